"""The use cases of signing in and out."""

import hmac
from dataclasses import asdict, dataclass
from functools import partial

from chassis.audit import service as audit
from chassis.db import Database, Tx
from gateway.issuer.service import Issuer
from gateway.login import model
from gateway.login.exchange import Exchange
from gateway.login.model import LoginRefused, LoginState, Wish
from gateway.principals import service as principals
from gateway.sessions import model as session_model
from gateway.sessions.seal import Seal
from gateway.sessions.service import Sessions, Whose
from gateway.trail import service as trail


@dataclass(frozen=True, slots=True)
class Parts:
    """What signing in needs."""

    issuer: Issuer
    exchange: Exchange
    sessions: Sessions
    seal: Seal


@dataclass(frozen=True, slots=True)
class Started:
    """A sign-in that has left for Keycloak."""

    location: str
    sealed_state: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What Keycloak's redirect brought back."""

    state: str
    code: str
    issuer: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Came:
    """By what a browser comes back: the session it had, and what it is in words."""

    old_cookie: str | None
    device: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A finished sign-in: the cookie's value, and where the person was going."""

    cookie: str
    next: str


async def begin_login(
    parts: Parts, wish: Wish, sealed_before: str | None = None
) -> Started:
    """Start a sign-in; on its way an action that a person may choose is done.

    One that takes the place of another, begun before, leads where that one did.

    Raises:
        IssuerDown: Keycloak does not answer; better said here than by a dead page.
    """
    await parts.issuer.require_reachable()
    before = _opened(parts, sealed_before) if wish.next is None else None
    state = model.new_state(before.next if before else wish.next)
    sealed = parts.seal.close(asdict(state)).decode("ascii")
    return Started(parts.exchange.authorization_url(state, wish), sealed)


async def finish_login(
    db: Database,
    parts: Parts,
    sealed_state: str | None,
    returned: Returned,
    came: Came,
) -> SignedIn:
    """Check what came back and open a session; one that was there before ends.

    Raises:
        LoginRefused: it is not the sign-in that this browser began, or was denied.
        NotInDirectory: Keycloak knows them, the directory does not.
    """
    state = _state_of(parts, sealed_state)
    if not hmac.compare_digest(state.state.encode(), returned.state.encode()):
        raise LoginRefused
    if returned.issuer not in {None, parts.issuer.place.issuer} or returned.error:
        raise LoginRefused
    tokens = await parts.exchange.redeem(returned.code, state.verifier)
    identity = await parts.issuer.identity_of(tokens.id_token, state.nonce)
    person = await principals.person_of_subject(db, identity.subject)
    await principals.note_joined(db, person)
    if came.old_cookie is not None:
        await parts.sessions.end(db, session_model.hash_of(came.old_cookie))
    actor = await principals.resolve_actor(db, str(person.person_id), "person")
    whose = Whose(
        actor.principal,
        person.display_name,
        trail.ourselves(actor),
        came.device,
        identity.authenticated_at,
    )
    also = partial(trail.record, action="sign-in.succeeded", actor=actor)
    cookie = await parts.sessions.open(db, tokens, identity.sid, whose, also)
    return SignedIn(cookie, state.next)


async def log_out(db: Database, parts: Parts, cookie: str) -> str:
    """End the session here; return where it is ended at Keycloak."""
    session = await parts.sessions.find(db, cookie)
    actor = await principals.resolve_actor(db, session.principal, "person")
    also = partial(trail.record, action="sign-out", actor=actor)
    recorder = trail.ourselves(actor)
    await parts.sessions.sign_out(db, session.session_hash, recorder, also)
    return parts.exchange.end_session_url(parts.sessions.id_token(session))


async def log_out_elsewhere(db: Database, parts: Parts, cookie: str) -> None:
    """End every other session of whoever this one is, at Keycloak first.

    A browser whose sign-on lived on there would come back without being asked.

    Raises:
        IssuerDown: Keycloak does not answer; what is ended till then stays ended.
    """
    session = await parts.sessions.find(db, cookie)
    tried: set[bytes] = set()
    # Looked for twice: one that was renewed meanwhile bears other tokens by then, and
    # the old ones end nothing.
    for _ in range(2):
        for other in await parts.sessions.others(db, session):
            if other.keycloak_sid == session.keycloak_sid or other.tokens in tried:
                continue
            tried.add(other.tokens)
            # Without a token that we can read it runs out by itself.
            if token := parts.sessions.refresh_token(other):
                await parts.exchange.end_sign_on(token)
    actor = await principals.resolve_actor(db, session.principal, "person")
    also = partial(trail.record, action="sign-out.elsewhere", actor=actor)
    await parts.sessions.end_others(db, session, trail.ourselves(actor), also)


async def end_by_issuer(db: Database, parts: Parts, logout_token: str) -> None:
    """End every session of the sign-on that Keycloak says, unasked, is over."""
    sid = await parts.issuer.ended_session(logout_token)
    await end_sign_on(db, parts.sessions, sid)


async def end_sign_on(db: Database, sessions: Sessions, sid: str) -> None:
    """End every session of a sign-on that is over at Keycloak, and record it.

    Who had it ended Keycloak does not say: an operator, the person elsewhere, or time.
    What was ended here first, at the portal, is on record already.
    """
    principal = await sessions.principal_of(db, sid)
    if principal is None:
        return
    actor = await principals.resolve_actor(db, principal, "person")
    recorder = trail.ourselves(actor)

    async def also(tx: Tx) -> None:
        ended = "sign-out.by-the-sign-on"
        by = recorder.principal
        await audit.record_many(tx, await trail.entries_about(tx, ended, actor, by=by))

    await sessions.end_keycloak_session(db, sid, recorder, also)


def _state_of(parts: Parts, sealed: str | None) -> LoginState:
    found = _opened(parts, sealed)
    if found is None:
        raise LoginRefused
    return found


def _opened(parts: Parts, sealed: str | None) -> LoginState | None:
    found = None
    if sealed is not None:
        found = parts.seal.open(sealed.encode(), model.STATE_SECONDS)
    if found is None or found.keys() != {"state", "nonce", "verifier", "next"}:
        return None
    return LoginState(**found)
