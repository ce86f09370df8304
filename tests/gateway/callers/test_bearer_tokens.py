"""API clients: the one true form of access token, and forty that are not."""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from tests.gateway.conftest import Stand
from tests.gateway.local_issuer import LocalIssuer, new_key
from tests.gateway.world import Browser

PATHS = ("/api/directory/v1/me", "/api/inventory/v1/assets")
NOW = int(time.time())
Forge = Callable[[LocalIssuer], str]


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(**changes: Any) -> Forge:
    return lambda issuer: issuer.sign(issuer.access_claims(**changes))


def header(**changes: Any) -> Forge:
    """Sign truly, under a header with something changed."""

    def forge(issuer: LocalIssuer) -> str:
        full = {"alg": "RS256", "typ": "JWT", "kid": issuer.key.kid} | changes
        start = f"{part(full)}.{part(issuer.access_claims())}"
        key = issuer.key.private_key
        assert key is not None
        signature = key.sign(start.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{start}.{part(signature)}"

    return forge


def by_other_key(key: RSAKey, **extra: Any) -> Forge:
    def forge(issuer: LocalIssuer) -> str:
        head = {"alg": "RS256", "typ": "JWT", "kid": issuer.key.kid} | extra
        registry = JWSRegistry(algorithms=["RS256"], strict_check_header=False)
        return jwt.encode(head, issuer.access_claims(), key, registry=registry)

    return forge


def unsigned(alg: str) -> Forge:
    return lambda issuer: (
        f"{part({'alg': alg, 'typ': 'JWT', 'kid': issuer.key.kid})}"
        f".{part(issuer.access_claims())}."
    )


def hmac_with_public_key(issuer: LocalIssuer) -> str:
    """Sign with the public key as if it were a shared secret."""
    head = {"alg": "HS256", "typ": "JWT", "kid": issuer.key.kid}
    start = f"{part(head)}.{part(issuer.access_claims())}"
    secret = issuer.key.as_pem(private=False)
    return f"{start}.{part(hmac.digest(secret, start.encode(), hashlib.sha256))}"


def tampered(issuer: LocalIssuer) -> str:
    head, _, signature = issuer.sign(issuer.access_claims()).split(".")
    return f"{head}.{part(issuer.access_claims(client_id='x', azp='x'))}.{signature}"


OTHER = new_key()
FORGED: dict[str, Forge] = {
    "none": unsigned("none"),
    "None": unsigned("None"),
    "unsigned rs256": unsigned("RS256"),
    "hs256 with the public key": hmac_with_public_key,
    "other key, our kid": by_other_key(OTHER),
    "other key, own kid": by_other_key(OTHER, kid=OTHER.kid),
    "other key, jwk in header": by_other_key(OTHER, jwk=OTHER.as_dict(private=False)),
    "other key, jku": by_other_key(OTHER, jku="http://127.0.0.1:1/keys"),
    "other key, x5u": by_other_key(OTHER, x5u="http://127.0.0.1:1/cert"),
    "true key, jku": header(jku="http://127.0.0.1:1/keys"),
    "true key, jwk": header(jwk={"kty": "RSA"}),
    "true key, x5c": header(x5c=["AAAA"]),
    "true key, crit": header(crit=["exp"]),
    "true key, b64 false": header(b64=False, crit=["b64"]),
    "kid a path": header(kid="../../../../dev/null"),
    "kid sql": header(kid="' OR 1=1 --"),
    "kid a number": header(kid=1),
    "kid missing": header(kid=None),
    "alg RS512": header(alg="RS512"),
    "alg PS256": header(alg="PS256"),
    "alg ES256": header(alg="ES256"),
    "alg a list": header(alg=["RS256"]),
    "typ of internal tokens": header(typ="joinedup-internal+jwt"),
    "expired": claims(exp=NOW - 3600),
    "exp missing": claims(exp=None),
    "exp a text": claims(exp=str(NOW + 36_000)),
    "exp true": claims(exp=True),
    "not yet": claims(nbf=NOW + 36_000),
    "issued in future": claims(iat=NOW + 36_000),
    "iat missing": claims(iat=None),
    "iss of another realm": claims(iss="http://127.0.0.1:1/realms/joinedup"),
    "iss missing": claims(iss=None),
    "aud of another": claims(aud=["account"]),
    "aud almost": claims(aud="joinedup-api-2"),
    "aud missing": claims(aud=None),
    "azp of another": claims(azp="somebody"),
    "azp missing": claims(azp=None),
    "azp a list": claims(azp=["rbc-demo"]),
    "client_id missing: a person's token": claims(client_id=None),
    "client unknown to the directory": claims(azp="stranger", client_id="stranger"),
    "sub missing": claims(sub=None),
    "an ID token": claims(typ="ID"),
    "a refresh token": claims(typ="Refresh"),
    "a logout token": claims(typ="Logout"),
    "an offline token": claims(typ="Offline"),
    "typ missing": claims(typ=None),
    "claims changed after signing": tampered,
    "signature cut": lambda i: i.sign(i.access_claims())[:-8],
    "signature missing": lambda i: i.sign(i.access_claims()).rsplit(".", 1)[0],
    "five parts": lambda i: i.sign(i.access_claims()) + ".AAAA.BBBB",
    "claims not an object": lambda i: (
        f"{part({'alg': 'RS256', 'kid': i.key.kid})}.{part([1])}.AAAA"
    ),
    "header not JSON": lambda _: f"{part(b'not json')}.e30.AAAA",
    "header deep": lambda _: f"{part(b'[' * 3000)}.e30.AAAA",
    "oversize": lambda i: i.sign(i.access_claims(pad="x" * 9000)),
    "words": lambda _: "a b",
    "empty parts": lambda _: "..",
}


@pytest.mark.parametrize("form", FORGED)
async def test_a_forged_token_is_refused(
    stand: Stand, http: httpx.AsyncClient, form: str
) -> None:
    token = FORGED[form](stand.issuer)
    for path in PATHS:
        answer = await http.get(
            stand.url + path, headers={"authorization": f"Bearer {token}"}
        )

        assert answer.status_code == 401, (form, answer.text)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
    assert stand.echo.seen == []


async def test_a_clients_token_is_taken(stand: Stand, http: httpx.AsyncClient) -> None:
    token = stand.issuer.sign(stand.issuer.access_claims())

    answer = await http.get(
        stand.url + PATHS[0], headers={"authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 200
    assert answer.json()["principal"] == "client:rbc-demo"
    assert answer.json()["grants"][0]["la_codes"] == ["940", "941"]


@pytest.mark.parametrize("sent", ["Basic Zm9vOmJhcg==", "Bearer", "token"])
async def test_other_schemes_are_refused(
    stand: Stand, http: httpx.AsyncClient, sent: str
) -> None:
    answer = await http.get(stand.url + PATHS[1], headers={"authorization": sent})

    assert answer.status_code == 401


async def test_a_wrong_bearer_does_not_fall_back_to_the_session(
    technician: Browser,
) -> None:
    answer = await technician.get(PATHS[0], {"authorization": "Bearer nonsense"})

    assert answer.status_code == 401


async def test_keys_turn_over_and_unknown_ones_make_no_storm_of_fetches(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    issuer = stand.issuer
    good = issuer.sign(issuer.access_claims())
    assert (await _ask(stand, http, good)).status_code == 200
    before = issuer.key_fetches

    answers = await asyncio.gather(
        *(
            _ask(stand, http, header(kid=secrets.token_hex(8))(issuer))
            for _ in range(60)
        )
    )

    assert {a.status_code for a in answers} == {401}
    assert issuer.key_fetches <= before + 1
    issuer.down = True
    fresh = issuer.sign(issuer.access_claims())
    assert (await _ask(stand, http, fresh)).status_code == 200


async def _ask(stand: Stand, http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.get(
        stand.url + PATHS[0], headers={"authorization": f"Bearer {token}"}
    )
