"""Use cases of privacy: a copy of what is held, an erasure, how long things stay."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from chassis import auth, errors, paging
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import Page, PageRequest
from chassis.privacy import service as holding
from chassis.privacy.model import Subject
from gateway.people import model as people_model
from gateway.people import service as people
from gateway.people.model import Known
from gateway.privacy import model, store
from gateway.privacy.holders import Holders
from gateway.privacy.model import Copy, Erasure, Kind, Part, Run

NEWEST = "newest"
RUNS_SHOWN = 30


async def copy_of(
    db: Database, actor: Actor, holders: Holders, person_id: UUID, today: date
) -> Copy:
    """Tell a manager all that their LAs hold about somebody (UK GDPR, article 15).

    With what others wrote of them by name: it may be about others as well, and is to be
    looked through before it is handed over.

    Raises:
        errors.Forbidden: the caller manages none of the LAs that know them.
        errors.ViewingOnly: they look as somebody else.
        errors.Unavailable: a service does not answer; a copy is whole or none.
    """
    if actor.behind is not None:
        raise errors.ViewingOnly
    known = await people.get_person(db, actor, person_id, today)
    managed = set(actor.las(model.MANAGERS))
    la_codes = [la for la in model.las_of(known) if la in managed]
    if not la_codes:
        raise errors.Forbidden
    is_own = actor.principal == str(person_id)
    words = () if is_own else await _words(db, known, la_codes)
    return await _copy(db, actor, holders, known, la_codes, words)


async def own_copy(db: Database, actor: Actor, holders: Holders, today: date) -> Copy:
    """Tell somebody all that is held about themselves, but for what others wrote.

    Raises:
        errors.Forbidden: a system asks, or who looks as somebody else.
    """
    person_id = people_model.person_of(actor)
    if person_id is None or actor.behind is not None:
        raise errors.Forbidden
    known = await people.get_person(db, actor, person_id, today)
    return await _copy(db, actor, holders, known, model.las_of(known), ())


async def _copy(
    db: Database,
    actor: Actor,
    holders: Holders,
    known: Known,
    la_codes: Sequence[str],
    words: tuple[str, ...],
) -> Copy:
    subject = Subject(known.person.person_id, words)
    ourselves = model.in_own_name(la_codes)
    async with db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        is_own = actor.principal == str(subject.person_id)
        is_whole = is_own or known.person.home_la_code in la_codes
        own = await store.tell_theirs(tx, subject.person_id) if is_whole else {}
        own["roles"] = await store.tell_roles(
            tx, subject.person_id, la_codes, is_whole=is_whole
        )
    own[holding.RECORD] = await holding.tell_record(db, ourselves, subject)
    told = await asyncio.gather(
        *(holders.tell(name, la_codes, subject) for name in holders.names)
    )
    parts = [Part(model.DIRECTORY, own)]
    parts += [Part(*each) for each in zip(holders.names, told, strict=True)]
    copy = Copy(
        subject.person_id,
        known.person.display_name,
        datetime.now(UTC),
        la_codes,
        parts,
    )
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await audit.record_many(tx, model.told(actor.principal, copy))
    return copy


async def _words(
    db: Database, known: Known, la_codes: Sequence[str]
) -> tuple[str, ...]:
    """Say by which words somebody is found; a namesake in any of the LAs counts."""
    names: list[model.Named] = []
    for la_code in la_codes:
        async with db.read(model.in_own_name([la_code]), auth.SERVICE_ACCESS) as tx:
            names += await store.list_names(tx, known.person.person_id, la_code)
    shared = {each.display_name for each in names if each.namesakes}
    return tuple(
        word for word in model.words_of(names, is_asked=True) if word not in shared
    )


async def ask_erasure(
    db: Database,
    actor: Actor,
    person_id: UUID,
    la_code: str,
    *,
    with_texts: bool,
    today: date,
) -> Erasure:
    """Ask that an LA lets go of somebody who is gone (UK GDPR, article 17).

    Raises:
        people.refusals.PersonNotFound: there is nobody within the caller's scope.
        errors.Forbidden: the LA is not the caller's to manage, or not the person's.
        model.StillInOffice: they hold a role there.
        model.ErasureAsked: somebody has asked for it.
    """
    known = await people.get_person(db, actor, person_id, today)
    actor.require(model.MANAGERS, la_code, None)
    if la_code not in model.las_of(known):
        raise errors.Forbidden
    model.require_gone(known, la_code)
    async with db.begin(actor, model.ACCESS) as tx:
        await store.insert_erasure(tx, la_code, person_id, with_texts=with_texts)
        entry = model.asked(person_id, la_code, with_texts=with_texts)
        await audit.record_many(tx, [entry])
        found = await store.get_erasure(tx, la_code, person_id)
    if found is None:
        raise errors.NotFound
    return found


async def get_erasure(
    db: Database, actor: Actor, person_id: UUID, la_codes: Sequence[str]
) -> Erasure | None:
    """Read whether one of some LAs lets go of somebody."""
    async with db.read(actor, model.ACCESS) as tx:
        for la_code in la_codes:
            if found := await store.get_erasure(tx, la_code, person_id):
                return found
    return None


async def list_erasures(
    db: Database, actor: Actor, la_code: str | None, page: PageRequest
) -> Page[Erasure]:
    """List whom an LA, or any in scope, let go of by their former ids, newest first."""
    (after,) = page.key(NEWEST, (str,))
    async with db.read(actor, model.ACCESS) as tx:
        found = await store.list_erasures(
            tx, la_code, paging.uuid_of(after), page.page_size
        )
    return page.page(found, NEWEST, lambda last: (str(last.erasure_id),))


async def get_rules(db: Database, actor: Actor, la_code: str) -> dict[Kind, int]:
    """Say for how many months an LA keeps each kind of thing."""
    actor.require(model.READERS, la_code, None)
    async with db.read(actor, model.ACCESS) as tx:
        return model.kept_by(await store.list_rules(tx, la_code))


async def change_rules(
    db: Database, actor: Actor, la_code: str, wanted: Mapping[Kind, int]
) -> dict[Kind, int]:
    """Have an LA keep things for other times; the next night goes by them.

    Raises:
        model.MonthsImpossible: one is too short or too long.
    """
    actor.require(model.MANAGERS, la_code, None)
    model.require_possible(wanted)
    async with db.begin(actor, model.ACCESS) as tx:
        old = model.kept_by(await store.list_rules(tx, la_code))
        new: dict[Kind, int] = {**old, **wanted}
        for kind, months in wanted.items():
            await store.keep_rule(tx, la_code, kind, months)
        entry = model.rules_changed(la_code, old, new)
        await audit.record_many(tx, [entry] if entry else [])
    return new


async def list_runs(db: Database, actor: Actor, la_code: str) -> list[Run]:
    """List what the last nights let go of in an LA, the newest first."""
    actor.require(model.READERS, la_code, None)
    async with db.read(actor, model.ACCESS) as tx:
        return await store.list_runs(tx, la_code, RUNS_SHOWN)
