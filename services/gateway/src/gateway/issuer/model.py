"""What each kind of Keycloak token must say before it counts: pure rules."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from chassis import errors

ALGORITHM = "RS256"
LONGEST_TOKEN = 8192
LEEWAY = 30
LOGOUT_SECONDS = 120
DOTS = 2
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_TYPES = ("JWT", "logout+jwt")
_HEADER_NAMES = frozenset({"alg", "typ", "kid"})

Claims = Mapping[str, object]


class TokenRefused(errors.Unauthenticated):
    """The token does not count here; the reason stays in the log."""

    slug = "token-refused"
    title = "The token is not valid here"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an ID token speaks of, and in which Keycloak session."""

    subject: str
    sid: str
    name: str
    authenticated_at: datetime | None
    """When they proved who they are; None: it does not say."""


def key_id(token: str) -> str:
    """Read which key is said to have signed, refusing every odd header.

    Only the three members that Keycloak writes are accepted: a header that brings its
    own key or its address (`jwk`, `jku`, `x5u`, `crit`) is refused unread.

    Raises:
        TokenRefused: the token has not the form of one of the issuer's.
    """
    if len(token) > LONGEST_TOKEN or token.count(".") != DOTS:
        raise TokenRefused
    header = _read_part(token.partition(".")[0])
    kid = header.get("kid")
    if header.keys() - _HEADER_NAMES or header.get("alg") != ALGORITHM:
        raise TokenRefused
    if not isinstance(kid, str) or header.get("typ", "JWT") not in _TYPES:
        raise TokenRefused
    return kid


def _read_part(part: str) -> dict[str, object]:
    try:
        raw = base64.b64decode(part + "=" * (-len(part) % 4), b"-_", validate=True)
        found: object = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as wrong:
        raise TokenRefused from wrong
    if not isinstance(found, dict):
        raise TokenRefused
    return cast("dict[str, object]", found)


def check_times(claims: Claims, now: float) -> float:
    """Check exp, iat and nbf; return when the token ends."""
    expires, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    starts = _seconds(claims, "nbf") if "nbf" in claims else issued
    if expires <= now - LEEWAY or issued > now + LEEWAY or starts > now + LEEWAY:
        raise TokenRefused
    return expires


def client_of_access_token(claims: Claims, issuer: str, audience: str) -> str:
    """Say which client an access token of client credentials belongs to."""
    _require(claims, "iss", issuer)
    _require(claims, "typ", "Bearer")
    if audience not in _audiences(claims):
        raise TokenRefused
    client = _text(claims, "azp")
    # Only a service account's token names its client a second time; a person's token
    # made for some other application is no way in.
    _require(claims, "client_id", client)
    _text(claims, "sub")
    return client


def identity_of_id_token(
    claims: Claims, issuer: str, client_id: str, nonce: str | None
) -> Identity:
    """Say who signed in; `nonce` None where the token comes from a refresh."""
    _require(claims, "iss", issuer)
    _require(claims, "typ", "ID")
    _require(claims, "azp", client_id)
    if _audiences(claims) != [client_id]:
        raise TokenRefused
    if nonce is not None:
        _require(claims, "nonce", nonce)
    name = claims.get("name") or claims.get("preferred_username") or ""
    proved = _seconds(claims, "auth_time") if "auth_time" in claims else None
    return Identity(
        _text(claims, "sub"),
        _text(claims, "sid"),
        str(name),
        datetime.fromtimestamp(proved, UTC) if proved is not None else None,
    )


def sid_of_logout_token(claims: Claims, issuer: str, client_id: str, now: float) -> str:
    """Say which session ended (OpenID Connect Back-Channel Logout 1.0, 2.6)."""
    _require(claims, "iss", issuer)
    _require(claims, "typ", "Logout")
    events = claims.get("events")
    if not isinstance(events, dict) or LOGOUT_EVENT not in events or "nonce" in claims:
        raise TokenRefused
    if (
        client_id not in _audiences(claims)
        or abs(now - _seconds(claims, "iat")) > LOGOUT_SECONDS
    ):
        raise TokenRefused
    _text(claims, "jti")
    return _text(claims, "sid")


def _audiences(claims: Claims) -> list[object]:
    found = claims.get("aud")
    return cast("list[object]", found) if isinstance(found, list) else [found]


def _require(claims: Claims, name: str, value: str) -> None:
    if claims.get(name) != value:
        raise TokenRefused


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise TokenRefused
    return value


def _seconds(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused
    return float(value)
