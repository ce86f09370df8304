"""Begins and ends that somebody looks as another, and says what they then see."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.principals import service as principals
from gateway.sessions.model import Ended, Session, Viewing
from gateway.sessions.service import Sessions
from gateway.viewing import model, store
from gateway.viewing.model import How, Seen


async def seen(db: Database, administrator: Actor, person_id: UUID) -> Seen | None:
    """Find somebody as an administrator may look as them today; None if they may not.

    Row security narrows it: what the administrator does not see is not found.
    """
    theirs = await principals.resolve_actor(db, str(person_id), "person")
    schools = {school for grant in theirs.grants for school in grant.school_ids}
    las = administrator.las(model.VIEWERS)
    async with db.read(administrator, model.ACCESS) as tx:
        name = await store.get_name(tx, person_id)
        common = await store.list_authorities(tx, person_id, las)
        both = await store.list_schools(tx, sorted(schools))
    if name is None or not model.may_view(administrator, person_id, common):
        return None
    grants = model.narrowed(theirs.grants, las, both)
    actor = Actor(theirs.principal, "person", grants, administrator.principal)
    return Seen(actor, name, common)


async def begin(
    db: Database,
    sessions: Sessions,
    session: Session,
    administrator: Actor,
    person_id: UUID,
) -> None:
    """Let an administrator look as somebody for a while; recorded as theirs.

    Raises:
        model.NotToBeViewed: it is nobody of their LAs, or they themselves.
    """
    found = await seen(db, administrator, person_id)
    if found is None:
        raise model.NotToBeViewed
    until = sessions.viewing_until(model.LASTING)
    viewing = Viewing(person_id, found.la_codes, until)
    entries = model.began(session.principal, viewing)
    also = partial(audit.record_many, entries=entries)
    await sessions.begin_viewing(db, session, viewing, also)


async def end(db: Database, sessions: Sessions, session: Session, how: How) -> None:
    """End it and record how; where another request was first, nothing happens."""
    if (viewing := session.viewing) is not None:
        whom = viewing.person_id, viewing.la_codes
        entries = model.ended(session.principal, *whom, how)
        also = partial(audit.record_many, entries=entries)
        await sessions.end_viewing(db, session, also)


async def record_ended(tx: Tx, sessions: Sequence[Ended]) -> None:
    """Record that it ended with a session, whoever or whatever ended that."""
    entries = [
        entry
        for each in sessions
        if each.viewing_as is not None
        for entry in model.ended(
            each.principal, each.viewing_as, each.viewing_las or [], "session-ended"
        )
    ]
    await audit.record_many(tx, entries)
