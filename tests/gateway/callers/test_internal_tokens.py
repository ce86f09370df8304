"""What a service takes in the gateway's name: forms that all fail, and one not."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

from chassis import auth, http
from chassis.auth import CurrentActor
from chassis.settings import ServiceSettings
from chassis.testing.identities import Signing, new_key

SERVICES = ("inventory", "servicedesk", "strategy", "gateway")
SCHOOL = "0199b1a0-0000-7000-8000-000000000001"
GRANTS = [{"role": "la-manager", "las": ["940"], "schools": [SCHOOL]}]
OTHER = new_key()
Forge = Callable[[Signing, str], str]


def later(seconds: int) -> Callable[[], int]:
    """A time from when the token is made, not from when this file was read."""
    return lambda: int(time.time()) + seconds


def made(
    signing: Signing, service: str, key: ECKey | None = None, **changes: Any
) -> str:
    head = {
        "alg": "ES256",
        "typ": auth.TOKEN_TYPE,
        "kid": signing.key.thumbprint(),
        **changes.pop("header", {}),
    }
    claims = {
        "iss": auth.ISSUER,
        "aud": service,
        "sub": "somebody",
        "kind": "person",
        "iat": later(0),
        "exp": later(45),
        "grants": GRANTS,
    } | changes
    registry = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    now = {n: value() if callable(value) else value for n, value in claims.items()}
    kept = {name: value for name, value in now.items() if value is not None}
    head = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(head, kept, key or signing.key, registry=registry)


def wrong(**changes: Any) -> Forge:
    return lambda signing, service: made(signing, service, **changes)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(alg: str) -> Forge:
    def forge(signing: Signing, service: str) -> str:
        _, claims, _ = made(signing, service).split(".")
        return f"{part({'alg': alg, 'typ': auth.TOKEN_TYPE})}.{claims}."

    return forge


def by_secret(signing: Signing, service: str) -> str:
    """Sign with the public key as if it were a shared secret."""
    _, claims, _ = made(signing, service).split(".")
    kid = signing.key.thumbprint()
    head = part({"alg": "HS256", "typ": auth.TOKEN_TYPE, "kid": kid})
    secret = signing.key.as_pem(private=False)
    mac = hmac.digest(secret, f"{head}.{claims}".encode(), hashlib.sha256)
    return f"{head}.{claims}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def tampered(signing: Signing, service: str) -> str:
    head, _, signature = made(signing, service).split(".")
    _, claims, _ = made(signing, service, sub="boss").split(".")
    return f"{head}.{claims}.{signature}"


FORGED: dict[str, Forge] = {
    "none": unsigned("none"),
    "unsigned": unsigned("ES256"),
    "hs256 with the public key": by_secret,
    "other key, our kid": lambda s, a: made(s, a, OTHER),
    "other key, own kid": lambda s, a: made(
        s, a, OTHER, header={"kid": OTHER.thumbprint()}
    ),
    "other key, jwk": lambda s, a: made(
        s, a, OTHER, header={"jwk": OTHER.as_dict(private=False)}
    ),
    "other key, jku": lambda s, a: made(
        s, a, OTHER, header={"jku": "http://127.0.0.1:1/keys"}
    ),
    "for another service": lambda s, a: made(s, next(x for x in SERVICES if x != a)),
    "audience a list with ours": lambda s, a: made(s, a, aud=[a, "other"]),
    "audience missing": wrong(aud=None),
    "audience empty": wrong(aud=""),
    "issuer other": wrong(iss="http://127.0.0.1/realms/joinedup"),
    "issuer missing": wrong(iss=None),
    "type JWT": wrong(header={"typ": "JWT"}),
    "type missing": wrong(header={"typ": None}),
    "kid a path": wrong(header={"kid": "../../dev/null"}),
    "expired": wrong(iat=later(-120), exp=later(-75)),
    "expiry missing": wrong(exp=None),
    "expiry a text": wrong(exp=lambda: str(later(45)())),
    "expiry true": wrong(exp=True),
    "expiry infinite": wrong(exp=1e300),
    "lives too long": wrong(exp=later(3600)),
    "issued missing": wrong(iat=None),
    "issued in future": wrong(iat=later(3600), exp=later(3640)),
    "not yet valid": wrong(nbf=later(3600)),
    "subject missing": wrong(sub=None),
    "kind other": wrong(kind="root"),
    "kind missing": wrong(kind=None),
    "actor without a name": wrong(act={}),
    "actor a text": wrong(act="somebody"),
    "grants missing": wrong(grants=None),
    "grants a text": wrong(grants="all"),
    "grants a map": wrong(grants={"role": "la-manager"}),
    "grant without role": wrong(grants=[{"las": ["940"], "schools": []}]),
    "grant without schools": wrong(grants=[{"role": "staff", "las": []}]),
    "grant with a bad id": wrong(
        grants=[{"role": "staff", "las": [], "schools": ["all"]}]
    ),
    "grant las null": wrong(grants=[{"role": "staff", "las": None, "schools": []}]),
    "claims changed after signing": tampered,
    "signature cut": lambda s, a: made(s, a)[:-6],
    "signature missing": lambda s, a: made(s, a).rsplit(".", 1)[0],
    "parts too many": lambda s, a: made(s, a) + ".AAAA",
    "words": lambda _s, _a: "let me in",
    "empty": lambda _s, _a: "..",
    "huge": lambda _s, _a: "A" * 100_000,
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("form", FORGED)
async def test_a_forged_internal_token_is_refused(
    signing: Signing, service: str, form: str
) -> None:
    token = FORGED[form](signing, service)

    answer = await _ask(signing, service, {"authorization": f"Bearer {token}"})

    assert answer.status_code == 401, form


@pytest.mark.parametrize("service", SERVICES)
async def test_the_gateways_own_token_is_taken(signing: Signing, service: str) -> None:
    token = made(signing, service)

    answer = await _ask(signing, service, {"authorization": f"Bearer {token}"})

    assert answer.json() == {"principal": "somebody"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Basic c29tZWJvZHk6eA=="},
        {"x-user": "somebody", "x-forwarded-user": "somebody", "x-tenant": "940"},
        {"cookie": "__Host-joinedup=somebody"},
    ],
)
async def test_no_other_header_says_who_calls(
    signing: Signing, headers: dict[str, str]
) -> None:
    assert (await _ask(signing, "inventory", headers)).status_code == 401


async def _ask(
    signing: Signing, service: str, headers: dict[str, str]
) -> httpx.Response:
    router = APIRouter()

    @router.get("/who")
    async def who(actor: CurrentActor) -> dict[str, str]:
        return {"principal": actor.principal}

    settings = ServiceSettings(database_url="", internal_jwks_file=signing.jwks_file)
    app = http.create_app(service, settings, [router], description="Says who calls.")
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get("/who", headers=headers)
