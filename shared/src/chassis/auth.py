"""Who is calling and where they may do what, from the gateway's signed token.

The gateway signs an internal token (JWS, ES256) per caller and service; every service
verifies it again, so a service reached round the gateway still refuses.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, cast
from uuid import UUID

from cachetools import TLRUCache
from fastapi import Depends, Request
from joserfc import errors as jose_errors
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from joserfc.jws import JWSRegistry

from chassis import errors

ISSUER = "joinedup-gateway"
TOKEN_TYPE = "joinedup-internal+jwt"  # noqa: S105 - a media type, not a secret
LONGEST_LIFE = 60
LEEWAY = 5
ALGORITHM = "ES256"

NOT_OURS = "The internal token is not one of ours"

VIEWING = "viewing:"
"""Begins the principal of a scope in which somebody looks as somebody else."""

Kind = Literal["person", "client", "service"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One role, and where it is held: whole LAs, or single schools."""

    role: str
    la_codes: tuple[str, ...] = ()
    school_ids: tuple[UUID, ...] = ()

    def covers(self, la_code: str, school_id: UUID | None) -> bool:
        return la_code in self.la_codes or school_id in self.school_ids


@dataclass(frozen=True, slots=True)
class Access:
    """Which roles a feature lets read, write, or see only what is their own."""

    read: frozenset[str]
    write: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """What row-level security lets one transaction see and write."""

    principal: str
    read_las: list[str]
    read_schools: list[UUID]
    write_las: list[str]
    write_schools: list[UUID]
    own_schools: list[UUID]


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller with the (role, scope) pairs that the directory gives them."""

    principal: str
    kind: Kind
    grants: tuple[Grant, ...] = ()
    behind: str | None = None
    """Who really asks, where somebody looks as this principal: they change nothing."""

    def scope(self, access: Access) -> Scope:
        """Union the scopes of exactly those grants whose role fits.

        Never roles x schools: a teacher at A who is the technician at B is no
        technician at A. Who looks as somebody writes nowhere, and under another name:
        what is the principal's alone, wherever it is, stays hidden from them.
        """
        read = self.las(access.read), self.schools(access.read)
        own = self.schools(access.own)
        if self.behind is not None:
            return Scope(VIEWING + self.principal, *read, [], [], own)
        write = self.las(access.write), self.schools(access.write)
        return Scope(self.principal, *read, *write, own)

    def las(self, roles: frozenset[str]) -> list[str]:
        return sorted({la for g in self.grants if g.role in roles for la in g.la_codes})

    def schools(self, roles: frozenset[str]) -> list[UUID]:
        return sorted({s for g in self.grants if g.role in roles for s in g.school_ids})

    def may(self, roles: frozenset[str], la_code: str, school_id: UUID | None) -> bool:
        return any(
            g.role in roles and g.covers(la_code, school_id) for g in self.grants
        )

    def require(
        self, roles: frozenset[str], la_code: str, school_id: UUID | None
    ) -> None:
        """Refuse unless one whole grant allows it.

        Raises:
            errors.Forbidden: no role held there allows it.
        """
        if not self.may(roles, la_code, school_id):
            raise errors.Forbidden


SERVICE_ROLE = "service"
SERVICE_ACCESS = Access(read=frozenset({SERVICE_ROLE}), write=frozenset({SERVICE_ROLE}))


def service_actor(
    service: str, la_codes: Sequence[str], school_ids: Sequence[UUID] = ()
) -> Actor:
    """Make the actor under which a service's own consumer writes for some LAs.

    Single schools are named where what is theirs may still stand in another LA.
    """
    grant = Grant(SERVICE_ROLE, tuple(la_codes), tuple(school_ids))
    return Actor(f"service:{service}", "service", (grant,))


def sign_internal_token(
    key: ECKey, actor: Actor, audience: str, now: float, lifetime: int = 45
) -> str:
    """Sign what one service needs to know of a caller; `lifetime` in seconds.

    Who really asks stands in `act`, as RFC 8693 has it.
    """
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": audience,
        "sub": actor.principal,
        "kind": actor.kind,
        "iat": int(now),
        "exp": int(now) + min(lifetime, LONGEST_LIFE),
        "grants": [
            {
                "role": g.role,
                "las": list(g.la_codes),
                "schools": [str(s) for s in g.school_ids],
            }
            for g in actor.grants
        ],
    }
    if actor.behind is not None:
        claims["act"] = {"sub": actor.behind}
    header = {"alg": ALGORITHM, "typ": TOKEN_TYPE, "kid": key.thumbprint()}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


class TokenVerifier:
    """Verifies internal tokens for one audience against a file of public keys.

    A verified token is remembered until it expires, by its hash: a busy caller costs
    one signature check per token, not per request.
    """

    def __init__(self, jwks_file: Path, audience: str) -> None:
        self._keys = KeySet.import_key_set(
            json.loads(jwks_file.read_text(encoding="utf-8"))
        )
        self._audience = audience
        self._registry = JWSRegistry(algorithms=[ALGORITHM])
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        self._known: TLRUCache[bytes, tuple[Actor, float]] = TLRUCache(
            maxsize=4096, ttu=lambda _key, value, _now: value[1], timer=time.time
        )

    def verify(self, token: str) -> Actor:
        """Say who a token speaks for.

        Raises:
            errors.Unauthenticated: it is not ours, not for this service, or expired.
        """
        key = sha256(token.encode("utf-8", "replace")).digest()
        if known := self._known.get(key):
            return known[0]
        actor, expires = self._check(token)
        self._known[key] = (actor, expires)
        return actor

    def _check(self, token: str) -> tuple[Actor, float]:
        try:
            read = jwt.decode(token, self._keys, registry=self._registry)
            self._claims.validate(read.claims)
            return _actor_of(read.header, read.claims, self._audience)
        except (jose_errors.JoseError, ValueError, KeyError, TypeError) as wrong:
            raise errors.Unauthenticated(NOT_OURS) from wrong


def _actor_of(
    header: Mapping[str, object], claims: Mapping[str, object], audience: str
) -> tuple[Actor, float]:
    issued, expires = _seconds(claims["iat"]), _seconds(claims["exp"])
    if header.get("typ") != TOKEN_TYPE or claims["aud"] != audience:
        raise ValueError(NOT_OURS)
    if not 0 <= expires - issued <= LONGEST_LIFE:
        raise ValueError(NOT_OURS)
    kind = claims["kind"]
    if kind not in {"person", "client", "service"}:
        raise ValueError(NOT_OURS)
    grants = tuple(_grant_of(g) for g in cast("list[object]", claims["grants"]))
    behind = _behind(claims.get("act"))
    return Actor(str(claims["sub"]), cast("Kind", kind), grants, behind), expires


def _behind(act: object) -> str | None:
    if act is None:
        return None
    if not isinstance(act, dict):
        raise TypeError(NOT_OURS)
    return str(cast("dict[str, object]", act)["sub"])


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(NOT_OURS)
    return float(value)


def _grant_of(value: object) -> Grant:
    if not isinstance(value, dict):
        raise TypeError(NOT_OURS)
    grant = cast("dict[str, object]", value)
    return Grant(
        str(grant["role"]),
        tuple(str(la) for la in cast("list[object]", grant["las"])),
        tuple(UUID(str(s)) for s in cast("list[object]", grant["schools"])),
    )


async def current_actor(request: Request) -> Actor:
    """Read the caller from the request's internal token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise errors.Unauthenticated
    verifier: TokenVerifier = request.app.state.verifier
    return verifier.verify(token)


CurrentActor = Annotated[Actor, Depends(current_actor)]
