"""Verifies what Keycloak signed, with keys that are fetched seldom and kept long."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

import httpx
import structlog
from cachetools import TLRUCache
from joserfc import errors as jose_errors
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import JWSRegistry

from chassis import errors
from gateway.issuer import model

FETCH_PAUSE = 10.0
STALE_FOR = 24 * 3600.0
PROBE_PAUSE = 3.0

_LOG = structlog.get_logger("gateway.issuer")
Clock = Callable[[], float]


class IssuerDown(errors.Unavailable):
    """Keycloak does not answer."""

    slug = "sign-on-down"
    title = "Signing in is not possible just now"
    retry_after = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where the realm is, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    api_audience: str

    def endpoint(self, name: str) -> str:
        return f"{self.issuer}/protocol/openid-connect/{name}"


class Issuer:
    """The realm's signing keys, and the checks of its tokens.

    Keys are fetched when an unknown key is named, at most once in ten seconds whatever
    is sent; when Keycloak is away the known ones serve on for a day.
    """

    def __init__(
        self, place: Place, http: httpx.AsyncClient, clock: Clock = time.time
    ) -> None:
        self.place = place
        self._http = http
        self._clock = clock
        self._keys: dict[str, RSAKey] = {}
        self._fetched = self._tried = float("-inf")
        self._probed = float("-inf")
        self._fetching = asyncio.Lock()
        self._registry = JWSRegistry(algorithms=[model.ALGORITHM])
        self._clients: TLRUCache[bytes, tuple[str, float]] = TLRUCache(
            maxsize=4096, ttu=lambda _key, value, _now: value[1], timer=clock
        )

    async def client_of(self, token: str) -> str:
        """Say which API client an access token belongs to; remembered until it ends.

        Raises:
            model.TokenRefused: it is not such a token, or no longer.
        """
        remembered = sha256(token.encode("utf-8", "replace")).digest()
        if known := self._clients.get(remembered):
            return known[0]
        claims, expires = await self._claims(token)
        client = model.client_of_access_token(
            claims, self.place.issuer, self.place.api_audience
        )
        self._clients[remembered] = (client, expires)
        return client

    async def identity_of(self, id_token: str, nonce: str | None) -> model.Identity:
        claims, _ = await self._claims(id_token)
        return model.identity_of_id_token(
            claims, self.place.issuer, self.place.client_id, nonce
        )

    async def ended_session(self, logout_token: str) -> str:
        claims, _ = await self._claims(logout_token)
        return model.sid_of_logout_token(
            claims, self.place.issuer, self.place.client_id, self._clock()
        )

    async def require_reachable(self) -> None:
        """Ask whether Keycloak answers, so that no browser is sent to a dead address.

        Raises:
            IssuerDown: it does not.
        """
        if self._clock() - self._probed > PROBE_PAUSE:
            await self._fetch_keys()
            self._probed = self._clock()

    async def _claims(self, token: str) -> tuple[model.Claims, float]:
        key = await self._key(model.key_id(token))
        try:
            read = jwt.decode(token, key, registry=self._registry)
        except (jose_errors.JoseError, ValueError, TypeError, KeyError) as wrong:
            raise model.TokenRefused from wrong
        return read.claims, model.check_times(read.claims, self._clock())

    async def _key(self, kid: str) -> RSAKey:
        if kid not in self._keys or self._clock() - self._fetched > STALE_FOR:
            # Whoever comes while the keys are fetched waits for them.
            async with self._fetching:
                await self._look_for(kid)
        if kid not in self._keys:
            raise model.TokenRefused
        return self._keys[kid]

    async def _look_for(self, kid: str) -> None:
        now = self._clock()
        is_stale = now - self._fetched > STALE_FOR
        if (kid in self._keys and not is_stale) or now - self._tried < FETCH_PAUSE:
            return
        self._tried = now
        try:
            await self._fetch_keys()
        except IssuerDown:
            if kid not in self._keys:
                raise

    async def _fetch_keys(self) -> None:
        try:
            answer = await self._http.get(self.place.endpoint("certs"))
            answer.raise_for_status()
            found = KeySet.import_key_set(answer.json())
        except (httpx.HTTPError, ValueError, KeyError, jose_errors.JoseError) as error:
            _LOG.warning("issuer.unreachable", reason=type(error).__name__)
            raise IssuerDown from error
        self._keys = {
            str(key.kid): key
            for key in found.keys
            if isinstance(key, RSAKey) and key.get("use", "sig") == "sig"
        }
        self._fetched = self._clock()
