"""Begins and ends that somebody looks as another, and says what they then see."""

from functools import partial
from uuid import UUID

from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.principals import service as principals
from gateway.sessions.model import Session, Viewing
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
        also = partial(record_end, session=session, how=how)
        await sessions.end_viewing(db, session, viewing, also)


async def record_end(tx: Tx, session: Session, how: How) -> None:
    """Record within a transaction of the gateway's that it ended."""
    if (viewing := session.viewing) is not None:
        entries = model.ended(session.principal, viewing, how)
        await audit.record_many(tx, entries)
