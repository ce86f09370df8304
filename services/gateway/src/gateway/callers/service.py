"""Finds the caller of a request, and speaks for them to the services."""

import json
import time
from pathlib import Path

from cachetools import TTLCache
from joserfc.jwk import ECKey, KeySet

from chassis import auth, errors
from chassis.auth import Actor, Kind
from chassis.db import Database
from gateway.callers import model
from gateway.callers.model import RawHeaders, Visitor
from gateway.issuer.service import Issuer
from gateway.principals import service as principals
from gateway.sessions import model as session_model
from gateway.sessions.seal import Seal
from gateway.sessions.service import Sessions

RIGHTS_SECONDS = 5.0
TOKEN_SECONDS = 10.0
TOKEN_LIFE = 45


def load_signing_key(path: Path) -> ECKey:
    """Read the key that signs internal tokens: the first of the set."""
    keys = KeySet.import_key_set(json.loads(path.read_text("utf-8"))).keys
    if not keys or not isinstance(keys[0], ECKey):
        raise ValueError(f"{path} holds no elliptic-curve key")
    return keys[0]


class Callers:
    """Resolves callers; their rights are read anew every few seconds.

    A right that is withdrawn therefore ends within `RIGHTS_SECONDS`: an internal token
    is reused only for the very same rights.
    """

    def __init__(
        self, sessions: Sessions, issuer: Issuer, seal: Seal, key: ECKey, origin: str
    ) -> None:
        self._sessions = sessions
        self._issuer = issuer
        self._seal = seal
        self._key = key
        self._origin = origin
        self._actors: TTLCache[str, Actor] = TTLCache(
            8192, RIGHTS_SECONDS, timer=time.monotonic
        )
        self._clients: TTLCache[str, str] = TTLCache(
            1024, RIGHTS_SECONDS, timer=time.monotonic
        )
        self._tokens: TTLCache[tuple[Actor, str], str] = TTLCache(
            8192, TOKEN_SECONDS, timer=time.monotonic
        )

    async def visitor(
        self, db: Database, headers: RawHeaders, *, is_attended: bool = True
    ) -> Visitor:
        """Find the signed-in person; what a page does by itself keeps nobody signed in.

        Raises:
            session_model.SignInNeeded: nobody is signed in.
        """
        cookie = model.cookie_of(headers, session_model.COOKIE)
        if cookie is None:
            raise session_model.SignInNeeded
        is_attended = is_attended and not model.is_unattended(headers)
        session = await self._sessions.find(db, cookie, is_attended=is_attended)
        actor = await self._actor(db, session.principal, "person")
        return Visitor(
            actor,
            session.display_name,
            self._seal.csrf_token(session.session_hash),
            session.session_hash,
        )

    async def caller(self, db: Database, method: str, headers: RawHeaders) -> Actor:
        """Find who calls the interface: a bearer token counts alone, else the session.

        Raises:
            errors.Unauthenticated: neither is valid.
            model.FormExpired: a change by session without the session's own token.
        """
        token = model.bearer_of(headers)
        if token is not None:
            return await self._client(db, token)
        visitor = await self.visitor(db, headers)
        if method not in model.SAFE_METHODS:
            sent = model.header_of(headers, b"x-csrf-token")
            self.require_csrf(visitor.session_id, sent)
        return visitor.actor

    def require_own_site(self, method: str, headers: RawHeaders) -> None:
        """Refuse another site's change before anything is looked up for it."""
        if model.cookie_of(headers, session_model.COOKIE) is not None:
            model.require_own_site(method, headers, self._origin)

    def require_csrf(self, session_hash: bytes, sent: str | None) -> None:
        if sent is None or not self._seal.is_csrf_token(session_hash, sent):
            raise model.FormExpired

    def internal_token(self, actor: Actor, service: str) -> str:
        """Sign who calls, for one service; used again for some seconds."""
        token = self._tokens.get((actor, service))
        if token is None:
            token = auth.sign_internal_token(
                self._key, actor, service, time.time(), TOKEN_LIFE
            )
            self._tokens[(actor, service)] = token
        return token

    async def _client(self, db: Database, token: str) -> Actor:
        client_id = await self._issuer.client_of(token)
        principal = self._clients.get(client_id)
        if principal is None:
            try:
                principal = await principals.principal_of_client(db, client_id)
            except errors.Forbidden as unknown:
                raise errors.Unauthenticated from unknown
            self._clients[client_id] = principal
        return await self._actor(db, principal, "client")

    async def _actor(self, db: Database, principal: str, kind: Kind) -> Actor:
        actor = self._actors.get(principal)
        if actor is None:
            actor = await principals.resolve_actor(db, principal, kind)
            self._actors[principal] = actor
        return actor
