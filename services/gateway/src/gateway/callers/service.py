"""Finds the caller of a request, and speaks for them to the services."""

import json
import time
from pathlib import Path
from uuid import UUID

from cachetools import TTLCache
from joserfc.jwk import ECKey, KeySet

from chassis import auth, errors
from chassis.auth import Actor, Kind
from chassis.db import Database
from chassis.http import Scope
from gateway.callers import model
from gateway.callers.model import RawHeaders, Visitor
from gateway.issuer.service import Issuer
from gateway.limits.service import Limits
from gateway.principals import model as principal_model
from gateway.principals import service as principals
from gateway.principals.model import ClientSystem
from gateway.sessions import model as session_model
from gateway.sessions.model import Session
from gateway.sessions.seal import Seal
from gateway.sessions.service import Sessions
from gateway.viewing import model as viewing_model
from gateway.viewing import service as viewing
from gateway.viewing.model import Seen

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
        self._limits = Limits()
        self._sessions = sessions
        self._issuer = issuer
        self._seal = seal
        self._key = key
        self._origin = origin
        self._actors: TTLCache[str, Actor] = TTLCache(
            8192, RIGHTS_SECONDS, timer=time.monotonic
        )
        self._clients: TTLCache[str, ClientSystem] = TTLCache(
            1024, RIGHTS_SECONDS, timer=time.monotonic
        )
        self._seen: TTLCache[tuple[Actor, UUID], Seen | None] = TTLCache(
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
        seen = await self._seen_by(db, session, actor)
        name = seen.display_name if seen else session.display_name
        return Visitor(
            seen.actor if seen else actor,
            name,
            self._seal.csrf_token(model.signed(session.session_hash, seen is not None)),
            session.session_hash,
            actor if seen else None,
        )

    async def caller(self, db: Database, scope: Scope) -> Actor:
        """Find who calls the interface: a bearer token counts alone, else the session.

        Under `model.WHO` the request keeps who that is, also where it is refused.

        Raises:
            errors.Unauthenticated: neither is valid.
            errors.ViewingOnly: they look as somebody else, and this is not to be seen.
            model.FormExpired: a change by session without the session's own token.
            QuotaExceeded: the client has asked as often in this minute as it may.
            principal_model.ScopeMissing: the client has no scope for this.
        """
        method, headers = scope["method"], scope["headers"]
        token = model.bearer_of(headers)
        if token is not None:
            client = await self._client(db, token)
            scope[model.WHO] = actor = await self._system(db, client)
            await self._count(db, client, scope)
            principal_model.require_scope(client.scopes, method, scope["path"])
            return actor
        visitor = await self.visitor(db, headers)
        self.admit(visitor, scope)
        if method not in model.SAFE_METHODS:
            sent = model.header_of(headers, b"x-csrf-token")
            self.require_csrf(visitor, scope["path"], sent)
        return visitor.actor

    def admit(self, visitor: Visitor, scope: Scope) -> None:
        """Note whose request it is, and refuse what is none of who looks as another.

        Raises:
            errors.ViewingOnly: it would change, or take away, or is kept from them.
        """
        scope[model.WHO] = visitor.themselves
        scope[model.VIEWING] = visitor.administrator is not None
        if visitor.administrator is None:
            return
        if viewing_model.is_withheld(scope["method"], scope["path"]):
            raise errors.ViewingOnly

    def require_own_site(self, method: str, headers: RawHeaders) -> None:
        """Refuse another site's change before anything is looked up for it."""
        if model.cookie_of(headers, session_model.COOKIE) is not None:
            model.require_own_site(method, headers, self._origin)

    def require_csrf(self, visitor: Visitor, path: str, sent: str | None) -> None:
        """Refuse a form that is not of this session, or drawn for somebody else.

        What leads back to oneself may be sent from any page of the session.

        Raises:
            model.FormExpired: it is such a form.
        """
        drawn = {visitor.administrator is not None}
        if path in viewing_model.LEAVING:
            drawn = {False, True}
        signed = (model.signed(visitor.session_id, each) for each in drawn)
        if sent is None or not any(self._seal.is_csrf_token(s, sent) for s in signed):
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

    async def _seen_by(
        self, db: Database, session: Session, actor: Actor
    ) -> Seen | None:
        """Find as whom somebody looks; what is over, or theirs no more, ends here."""
        looking = session.viewing
        if looking is None:
            return None
        if self._sessions.is_over(looking):
            await viewing.end(db, self._sessions, session, "over")
            return None
        asked = (actor, looking.person_id)
        if asked not in self._seen:
            self._seen[asked] = await viewing.seen(db, *asked)
        seen = self._seen[asked]
        if seen is None:
            await viewing.end(db, self._sessions, session, "withdrawn")
        return seen

    async def _client(self, db: Database, token: str) -> ClientSystem:
        client_id = await self._issuer.client_of(token)
        client = self._clients.get(client_id)
        if client is None:
            try:
                client = await principals.client_of(db, client_id)
            except errors.Forbidden as unknown:
                raise errors.Unauthenticated from unknown
            self._clients[client_id] = client
        return client

    async def _count(self, db: Database, client: ClientSystem, scope: Scope) -> None:
        """Count a request of a client that is bounded; one that is refused, too."""
        quota = client.requests_per_minute
        if quota is None:
            return
        try:
            await self._limits.use(db, client.principal, client.client_id, quota)
        finally:
            scope[model.LIMIT] = self._limits.told(client.principal, quota)

    async def _system(self, db: Database, client: ClientSystem) -> Actor:
        """Say what a client may do where: an operator's has assignments for it."""
        if client.is_operators:
            return await self._actor(db, client.principal, "client")
        return Actor(client.principal, "client", client.grants)

    async def _actor(self, db: Database, principal: str, kind: Kind) -> Actor:
        actor = self._actors.get(principal)
        if actor is None:
            actor = await principals.resolve_actor(db, principal, kind)
            self._actors[principal] = actor
        return actor
