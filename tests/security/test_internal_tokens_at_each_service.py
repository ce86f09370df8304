"""Each service judges the internal token itself, reached round the gateway too."""

import base64
from collections.abc import Callable

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jwt
from joserfc.jwk import RSAKey

from chassis import auth
from chassis.testing.identities import Signing, at_la
from tests.gateway.callers.test_internal_tokens import FORGED as COMMON
from tests.gateway.callers.test_internal_tokens import OTHER, SCHOOL, later, made, part
from tests.gateway.local_issuer import LocalIssuer
from tests.security.product import Product

Forge = Callable[[Signing, str], str]
READS = {
    "inventory": "/api/inventory/v1/assets",
    "servicedesk": "/api/servicedesk/v1/tickets",
    "strategy": "/api/strategy/v1/benchmarks?la_code=940",
}
RSA = RSAKey.generate_key(2048)


def granted(**changes: object) -> Forge:
    """Sign truly, but with a grant of a wrong form."""
    grant = {"role": "la-manager", "las": ["940"], "schools": [SCHOOL]} | changes
    return lambda signing, service: made(signing, service, grants=[grant])


def headed(**changes: object) -> Forge:
    """Sign truly, under a header that no honest library would write."""

    def forge(signing: Signing, service: str) -> str:
        _, claims, _ = made(signing, service).split(".")
        head = {"alg": "ES256", "typ": auth.TOKEN_TYPE, "kid": signing.key.thumbprint()}
        start = f"{part(head | changes)}.{claims}"
        private = signing.key.private_key
        assert private is not None
        signature = private.sign(start.encode(), ec.ECDSA(hashes.SHA256()))
        both = b"".join(n.to_bytes(32) for n in decode_dss_signature(signature))
        return f"{start}.{base64.urlsafe_b64encode(both).rstrip(b'=').decode()}"

    return forge


def by_keycloak(_signing: Signing, service: str) -> str:
    """An access token as the issuer signs it, for this very service."""
    claims = LocalIssuer(1).access_claims(aud=[service], azp="rbc-demo")
    return jwt.encode({"alg": "RS256", "typ": "JWT"}, claims, RSA, algorithms=["RS256"])


def rs256_with_our_claims(signing: Signing, service: str) -> str:
    _, claims, _ = made(signing, service).split(".")
    head = {"alg": "RS256", "typ": auth.TOKEN_TYPE, "kid": signing.key.thumbprint()}
    start = f"{part(head)}.{claims}"
    return f"{start}.{jwt.encode(head, {}, RSA, algorithms=['RS256']).split('.')[2]}"


def nested(signing: Signing, service: str) -> str:
    """A true token, wrapped as the claim of an unsigned one."""
    inner = made(signing, service)
    return f"{part({'alg': 'none', 'cty': 'JWT'})}.{part({'jwt': inner})}."


FORGED: dict[str, Forge] = COMMON | {
    "by the issuer of sign-ins": by_keycloak,
    "rs256 with our claims": rs256_with_our_claims,
    "nested": nested,
    "a token twice": lambda s, a: f"{made(s, a)}, {made(s, a)}",
    "a token and a word": lambda s, a: f"{made(s, a)} x",
    "other key, x5u": lambda s, a: made(
        s, a, OTHER, header={"x5u": "http://127.0.0.1"}
    ),
    "other key, x5c": lambda s, a: made(s, a, OTHER, header={"x5c": ["AAAA"]}),
    "typ in capitals": headed(typ=auth.TOKEN_TYPE.upper()),
    "alg in small letters": headed(alg="es256"),
    "alg a list": headed(alg=["ES256"]),
    "kid a number": headed(kid=1),
    "typ a list": headed(typ=[auth.TOKEN_TYPE]),
    "typ of an id token": headed(typ="ID"),
    "kid missing, other key": lambda s, a: made(s, a, OTHER, header={"kid": None}),
    "kid of nobody": headed(kid="nobody"),
    "critical extension": headed(crit=["exp"]),
    "unencoded payload": headed(crit=["b64"], b64=False),
    "for the gateway": lambda s, _: made(s, "gateway"),
    "for all services": lambda s, _: made(s, "*"),
    "issued after it ends": lambda s, a: made(s, a, iat=later(50), exp=later(10)),
    "issued as a text": lambda s, a: made(s, a, iat=lambda: str(later(0)())),
    "grant a text": lambda s, a: made(s, a, grants=["la-manager"]),
    "grant las a number": granted(las=940),
    "grant schools a number": granted(schools=[1]),
    "grant schools null": granted(schools=None),
    "grants null": lambda s, a: made(s, a, grants=[None]),
}


@pytest.mark.parametrize("service", READS)
@pytest.mark.parametrize("form", FORGED)
async def test_a_forged_token_is_refused_by_the_service_itself(
    product: Product, service: str, form: str
) -> None:
    token = FORGED[form](product.signing, service)

    answer = await _ask(product, service, f"Bearer {token}")

    assert answer.status_code == 401, (form, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"].endswith("#unauthenticated")
    assert token not in answer.text


@pytest.mark.parametrize("service", READS)
async def test_the_forger_can_sign_truly_too(product: Product, service: str) -> None:
    token = headed()(product.signing, service)

    assert (await _ask(product, service, f"Bearer {token}")).status_code == 200


@pytest.mark.parametrize("service", READS)
async def test_the_same_question_with_a_true_token_is_answered(
    product: Product, service: str
) -> None:
    token = product.signing.token(at_la("la-manager", "940"), service)

    assert (await _ask(product, service, f"Bearer {token}")).status_code == 200


@pytest.mark.parametrize("service", READS)
@pytest.mark.parametrize("scheme", ["", "Bearer ", "Basic ", "bearer\t", "Token "])
async def test_no_other_scheme_counts(
    product: Product, service: str, scheme: str
) -> None:
    token = product.signing.token(at_la("la-manager", "940"), service)
    sent = "Bearer" if scheme == "Bearer " else scheme + token

    assert (await _ask(product, service, sent)).status_code == 401


async def test_a_services_token_is_no_access_token_at_the_gateway(
    product: Product,
) -> None:
    for audience in (*READS, "gateway", "joinedup-api"):
        token = made(product.signing, audience)
        for path in (*READS.values(), "/api/directory/v1/me"):
            answer = await product.http.get(
                product.url + path, headers={"authorization": f"Bearer {token}"}
            )
            assert answer.status_code == 401


def test_there_are_forty_forms_at_the_least() -> None:
    assert len(FORGED) >= 60


async def _ask(product: Product, service: str, sent: str) -> httpx.Response:
    transport = httpx.ASGITransport(product.apps[service])
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(READS[service], headers={"authorization": sent})
