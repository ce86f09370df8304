"""Opens, finds, refreshes and ends sessions."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from cachetools import TTLCache

from chassis import auth
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.sessions import model, store
from gateway.sessions.model import Ended as EndedSession
from gateway.sessions.model import Lifetimes, Seat, Session, Viewing
from gateway.sessions.seal import Seal

CACHE_SECONDS = 1.0
_LOG = structlog.get_logger("gateway.sessions")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Keycloak gave, and when it must be asked again."""

    refresh_token: str
    id_token: str
    access_token: str
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a session is, and as whom its beginning is recorded."""

    principal: str
    name: str
    recorder: Actor
    device: str
    """What they came with, in words."""
    authenticated_at: datetime | None
    """When they proved who they are, as Keycloak says."""


class Ended(Exception):
    """Keycloak says that the sign-on is over."""


class Unreachable(Exception):
    """Keycloak gave no answer that says anything of the sign-on."""


Also = Callable[[Tx], Awaitable[None]]
"""What is done in the transaction that opens or ends a session."""
Refresh = Callable[[str], Awaitable[Tokens]]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class AtEnd:
    """What others do about sessions that end."""

    always: Callable[[Tx, Sequence[EndedSession]], Awaitable[None]]
    """Done within the transaction that ends them, whyever."""
    sign_on: Callable[[Database, "Sessions", str], Awaitable[None]]
    """Ends every session of a sign-on of which Keycloak says that it is over."""


class Sessions:
    """The sessions of this gateway; what is resolved is kept for a second at most."""

    def __init__(
        self,
        seal: Seal,
        refresh: Refresh,
        lifetimes: Lifetimes,
        clock: Clock,
        at_end: AtEnd,
    ) -> None:
        self._seal = seal
        self._refresh = refresh
        self._lifetimes = lifetimes
        self._clock = clock
        self._at_end = at_end
        self._known: TTLCache[bytes, Session] = TTLCache(
            8192, CACHE_SECONDS, timer=time.monotonic
        )
        self._looking: dict[tuple[bytes, bool], asyncio.Task[Session | None]] = {}

    async def open(
        self, db: Database, tokens: Tokens, sid: str, whose: Whose, also: Also
    ) -> str:
        """Keep a new session and return its cookie value: 256 random bits."""
        cookie, now = secrets.token_urlsafe(32), self._clock()
        session = Session(
            session_hash=model.hash_of(cookie),
            keycloak_sid=sid,
            principal=whose.principal,
            display_name=whose.name,
            tokens=self._sealed(tokens),
            created_at=now,
            last_seen_at=now,
            refresh_at=now + tokens.lifetime,
            unreachable_since_at=None,
            device=whose.device,
            authenticated_at=whose.authenticated_at,
        )
        async with db.begin(whose.recorder, auth.SERVICE_ACCESS) as tx:
            expired = await store.delete_expired_sessions(
                tx, now - self._lifetimes.idle, now - self._lifetimes.absolute
            )
            await self._at_end.always(tx, expired)
            await store.insert_session(tx, session)
            await also(tx)
        return cookie

    async def find(
        self, db: Database, cookie: str, *, is_attended: bool = True
    ) -> Session:
        """Find the live session of a cookie; one that nobody attends still runs out.

        Requests that come at the same moment share one look-up, hence one refresh.

        Raises:
            model.SignInNeeded: there is none.
        """
        session_hash = model.hash_of(cookie)
        session = self._known.get(session_hash)
        if session is None:
            session = await self._look_once(db, session_hash, is_attended)
        if session is None:
            raise model.SignInNeeded
        return session

    async def find_anew(self, db: Database, cookie: str) -> Session:
        """Find a session as it is now, whichever process changed it last.

        Raises:
            model.SignInNeeded: there is none.
        """
        self._known.pop(model.hash_of(cookie), None)
        return await self.find(db, cookie)

    async def end(self, db: Database, session_hash: bytes) -> None:
        """End a session that another takes the place of."""
        self._known.pop(session_hash, None)
        async with _ourselves(db) as tx:
            await self._delete(tx, session_hash)
        self._known.pop(session_hash, None)

    async def sign_out(
        self, db: Database, session_hash: bytes, recorder: Actor, also: Also
    ) -> None:
        """End a session because its person asks for it."""
        self._known.pop(session_hash, None)
        async with db.begin(recorder, auth.SERVICE_ACCESS) as tx:
            await self._delete(tx, session_hash)
            await also(tx)
        self._known.pop(session_hash, None)

    async def begin_viewing(
        self, db: Database, session: Session, viewing: Viewing, also: Also
    ) -> None:
        """Let a session's person look as somebody else; who does already goes on."""
        async with _ourselves(db) as tx:
            if await store.begin_viewing(tx, session.session_hash, viewing):
                await also(tx)
        self._known.pop(session.session_hash, None)

    async def end_viewing(self, db: Database, session: Session, also: Also) -> None:
        """Let a session's person look as themselves again; recorded once."""
        async with _ourselves(db) as tx:
            if await store.end_viewing(tx, session.session_hash):
                await also(tx)
        self._known.pop(session.session_hash, None)

    def is_over(self, viewing: Viewing) -> bool:
        return viewing.until <= self._clock()

    def viewing_until(self, lasting: timedelta) -> datetime:
        return self._clock() + lasting

    async def principal_of(self, db: Database, sid: str) -> str | None:
        """Say whose a sign-on at Keycloak is; None: no session of it is left."""
        async with db.system() as tx:
            return await store.get_principal(tx, sid)

    async def end_keycloak_session(
        self, db: Database, sid: str, recorder: Actor, also: Also
    ) -> None:
        """End every session of a sign-on; `also` is done where there was one."""
        async with db.begin(recorder, auth.SERVICE_ACCESS) as tx:
            ended = await store.delete_keycloak_session(tx, sid)
            await self._at_end.always(tx, ended)
            if ended:
                await also(tx)
        self._known.clear()

    async def seats(self, db: Database, principal: str) -> list[Seat]:
        """List somebody's sessions, the one in use last first."""
        async with db.system() as tx:
            return await store.list_sessions(tx, principal)

    async def others(self, db: Database, session: Session) -> list[Session]:
        """List what else somebody is signed in by."""
        async with db.system() as tx:
            return await store.list_other_sessions(
                tx, session.principal, session.session_hash
            )

    async def end_others(
        self, db: Database, session: Session, recorder: Actor, also: Also
    ) -> None:
        """End every session of somebody but the one that they are in."""
        async with db.begin(recorder, auth.SERVICE_ACCESS) as tx:
            ended = await store.delete_other_sessions(
                tx, session.principal, session.session_hash
            )
            await self._at_end.always(tx, ended)
            await also(tx)
        self._known.clear()

    def id_token(self, session: Session) -> str:
        return (self._seal.open(session.tokens) or {}).get("id_token", "")

    def refresh_token(self, session: Session) -> str:
        return (self._seal.open(session.tokens) or {}).get("refresh_token", "")

    def access_token(self, session: Session) -> str:
        """What reaches somebody's own account at Keycloak, till it is renewed."""
        return (self._seal.open(session.tokens) or {}).get("access_token", "")

    async def _look_once(
        self, db: Database, session_hash: bytes, is_attended: bool
    ) -> Session | None:
        asked = (session_hash, is_attended)
        task = self._looking.get(asked)
        if task is None:
            task = asyncio.create_task(self._look(db, session_hash, is_attended))
            self._looking[asked] = task
            task.add_done_callback(lambda _: self._looking.pop(asked, None))
        return await asyncio.shield(task)

    async def _look(
        self, db: Database, session_hash: bytes, is_attended: bool
    ) -> Session | None:
        now = self._clock()
        async with _ourselves(db) as tx:
            session = await store.get_session(tx, session_hash)
            if session is None:
                return None
            if model.is_over(session, self._lifetimes, now):
                await self._delete(tx, session_hash)
                return None
            if is_attended and now - session.last_seen_at > model.TOUCH_AFTER:
                await store.touch_session(tx, session_hash, now)
        if session.refresh_at <= now and not await self._renew(db, session_hash, now):
            return None
        if is_attended:
            # What was not noted as use must not hide a use that follows.
            self._known[session_hash] = session
        return session

    async def _renew(self, db: Database, session_hash: bytes, now: datetime) -> bool:
        """Ask Keycloak whether the sign-on lives; hold the row so that one asks.

        Where another process holds it, the session goes on: rights are the
        directory's, and the tokens only say whether the sign-on was ended.
        """
        async with _ourselves(db) as tx:
            due = await store.lock_due_session(tx, session_hash, now)
            if due is None:
                return True
            # Tokens sealed with a key that was taken away cannot be refreshed: the
            # empty one makes Keycloak say so.
            kept = self._seal.open(due.tokens) or {"refresh_token": ""}
            try:
                tokens = await self._refresh(kept["refresh_token"])
            except Ended:
                tokens = None
            except Unreachable:
                await store.postpone_refresh(
                    tx, session_hash, now + model.RETRY_AFTER, now
                )
                return True
            if tokens is not None:
                await store.update_tokens(
                    tx, session_hash, self._sealed(tokens), now + tokens.lifetime
                )
                return True
        # In a transaction that may write into the record where its person belongs.
        await self._at_end.sign_on(db, self, due.keycloak_sid)
        _LOG.info("session.ended_at_issuer")
        return False

    async def _delete(self, tx: Tx, session_hash: bytes) -> None:
        await self._at_end.always(tx, await store.delete_session(tx, session_hash))

    def _sealed(self, tokens: Tokens) -> bytes:
        return self._seal.close(
            {
                "refresh_token": tokens.refresh_token,
                "id_token": tokens.id_token,
                "access_token": tokens.access_token,
            }
        )


def _ourselves(db: Database) -> AbstractAsyncContextManager[Tx]:
    return db.begin(auth.service_actor("gateway", []), auth.SERVICE_ACCESS)
