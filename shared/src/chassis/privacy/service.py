"""Use cases of any service on what it holds about people: tell, erase, let expire.

A part of the schools at a time and each in a transaction of its own: whatever was done
stays done, and doing it once more does nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from chassis.db import Database
from chassis.privacy import store
from chassis.privacy.model import Holdings, Row, Subject

SCHOOLS_AT_ONCE = 20
ENTRIES_AT_ONCE = 5000
RECORD = "record"
"""What every service holds: its audit."""

Told = dict[str, list[Row]]
Counts = dict[str, int]


async def tell(
    db: Database, actor: Actor, holdings: Holdings, subject: Subject
) -> Told:
    """Tell what is held about somebody in the LAs of the actor's scope."""
    told: Told = {thing: [] for thing in holdings.tells}
    for school_ids in await _parts(db, actor, holdings):
        async with db.read(actor, auth.SERVICE_ACCESS) as tx:
            for thing, query in holdings.tells.items():
                told[thing] += await tx.all(query, _asked(subject, school_ids))
    told[RECORD] = await tell_record(db, actor, subject)
    return told


async def tell_record(db: Database, actor: Actor, subject: Subject) -> list[Row]:
    async with db.read(actor, auth.SERVICE_ACCESS) as tx:
        return await store.tell_record(tx, _las(actor), subject)


async def erase(
    db: Database,
    actor: Actor,
    holdings: Holdings,
    subject: Subject,
    *,
    with_texts: bool,
    asked_by: str,
) -> Counts:
    """Erase somebody in the LAs of the actor's scope, and record that it was done.

    `with_texts` erases what they wrote as well; else it stays, without their name.
    Returns of how many things of each kind something was erased.
    """
    counts: Counter[str] = Counter()
    for school_ids in await _parts(db, actor, holdings):
        asked = _asked(subject, school_ids) | {"with_texts": with_texts}
        async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
            for thing, query in holdings.erases.items():
                counts[thing] += await tx.run(query, asked)
    counts[RECORD] = await erase_record(db, actor, subject)
    await _record(db, actor, subject, asked_by, counts)
    return dict(+counts)


async def erase_record(db: Database, actor: Actor, subject: Subject) -> int:
    """Erase the values of what the audit says of somebody; its chains still hold."""
    erased, after = 0, None
    while True:
        page = (after, ENTRIES_AT_ONCE)
        async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
            stretch = await store.erase_record(tx, _las(actor), subject, page)
        erased += stretch.erased
        if stretch.last_id is None:
            return erased
        after = stretch.last_id


async def expire(
    db: Database,
    actor: Actor,
    holdings: Holdings,
    before: Mapping[str, datetime],
) -> Counts:
    """Erase what is older than it is to be kept: of each kind, from before a moment."""
    counts: Counter[str] = Counter()
    for school_ids in await _parts(db, actor, holdings):
        async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
            for kind, moment in before.items():
                asked = {"before": moment, "school_ids": list(school_ids)}
                for query in holdings.expires.get(kind, ()):
                    counts[kind] += await tx.run(query, asked)
    if RECORD in before:
        counts[RECORD] += await expire_record(db, actor, before[RECORD])
    return dict(+counts)


async def expire_record(db: Database, actor: Actor, before: datetime) -> int:
    erased = 0
    while True:
        async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
            more = await store.expire_record(tx, _las(actor), before, ENTRIES_AT_ONCE)
        erased += more
        if more < ENTRIES_AT_ONCE:
            return erased


async def expire_unplaced_record(db: Database, actor: Actor, before: datetime) -> int:
    """Erase old values of what is no LA's; the worker's role alone is let do it."""
    erased = 0
    while True:
        async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
            more = await store.expire_unplaced_record(tx, before, ENTRIES_AT_ONCE)
        erased += more
        if more < ENTRIES_AT_ONCE:
            return erased


async def _parts(
    db: Database, actor: Actor, holdings: Holdings
) -> Sequence[Sequence[UUID]]:
    async with db.read(actor, auth.SERVICE_ACCESS) as tx:
        found = await tx.all(holdings.school_ids)
    starts = range(0, len(found), SCHOOLS_AT_ONCE)
    return [found[start : start + SCHOOLS_AT_ONCE] for start in starts]


def _asked(subject: Subject, school_ids: Sequence[UUID]) -> dict[str, object]:
    return {
        "person": str(subject.person_id),
        "pattern": subject.pattern,
        "school_ids": list(school_ids),
    }


def _las(actor: Actor) -> list[str]:
    return actor.las(auth.SERVICE_ACCESS.read)


async def _record(
    db: Database, actor: Actor, subject: Subject, asked_by: str, counts: Counts
) -> None:
    entries = [
        Entry(
            "person.erased",
            Target("person", subject.person_id, la_code),
            after=dict(counts),
            principal=asked_by,
        )
        for la_code in _las(actor)
    ]
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        await audit.record_many(tx, entries)
