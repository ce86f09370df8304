"""The use cases of agreements: each opens the one transaction it needs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chassis import conditional, db, errors, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from servicedesk.agreements import model, schemas, store
from servicedesk.agreements.model import Party, Targets, listing, rules, things
from servicedesk.agreements.model.listing import AgreementFilter, Sort
from servicedesk.agreements.model.refusals import (
    AgreementNotFound,
    AgreementOverlaps,
    PlaceUnclear,
)
from servicedesk.agreements.model.things import ACCESS, Agreement, Told
from servicedesk.calendar.model.calendars import AuthorityNotFound
from servicedesk.schools import service as schools
from servicedesk.schools.model import School


async def targets_of(
    tx: db.Tx,
    school: School,
    party: Party,
    priority: int,
    day: date,
    agreement_id: UUID | None,
) -> Targets | None:
    """Say what a party promised for tickets of a priority, at a school on a day.

    A supplier by the one agreement that is named; the others by what governs the day,
    an agreement for the school alone before one for all of the LA's. None: nothing was
    promised.
    """
    if party != "supplier":
        kind = model.KIND_OF[party]
        found = await store.get_promised(tx, school, kind, priority, day)
    elif agreement_id is None:
        return None
    else:
        found = await store.get_contracted(tx, school, agreement_id, priority, day)
    return model.targets(found)


async def has_team(tx: db.Tx, school: School, day: date) -> bool:
    """Say whether a school's own team works for it on a day: it has agreed to."""
    kind = model.KIND_OF["school"]
    return await store.get_promised(tx, school, kind, 1, day) is not None


async def require_supplier(
    tx: db.Tx, school: School, agreement_id: UUID, day: date
) -> None:
    """Refuse an agreement by which no supplier works for a school on a day.

    Raises:
        AgreementNotFound: it does not hold there, or is not within the scope.
    """
    if await store.get_contracted(tx, school, agreement_id, 1, day) is None:
        raise AgreementNotFound


async def list_agreements(
    database: db.Database,
    actor: Actor,
    today: date,
    wanted: AgreementFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Told]:
    """List the agreements of the scope, or those that hold at a school or LA of it.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    found = await _listed(database, actor, today, wanted)
    return page.cut(found, sort, lambda each: listing.key_of(each, sort), listing.KINDS)


async def count_agreements(
    database: db.Database, actor: Actor, today: date, wanted: AgreementFilter
) -> int:
    """Count what a listing holds."""
    return len(await _listed(database, actor, today, wanted))


async def get_agreement(
    database: db.Database, actor: Actor, today: date, agreement_id: UUID
) -> Told:
    """Read an agreement.

    Raises:
        AgreementNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        return things.told(await _agreement_of(tx, agreement_id), today)


async def add_agreement(
    database: db.Database,
    actor: Actor,
    today: date,
    command: schemas.AddAgreement,
    key: str | None,
) -> Told:
    """Write down what was agreed for a school, or for all of an LA's.

    Raises:
        PlaceUnclear: neither is named, or both are.
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write agreements of the kind there.
        AgreementImpossible: what is said contradicts itself.
        AgreementOverlaps: another of the kind governs the place on some of these days.
    """
    said = command.model_dump(exclude={"kind", "la_code", "school_urn"})
    async with database.begin(actor, ACCESS) as tx:
        la_code, school_id = await _place(tx, actor, command)
        holder = things.holder_of(actor, command.kind, la_code, school_id)
        actor.require(things.writers(holder), la_code, school_id)
        rules.require_sound(command.kind, said)
        if earlier := await idempotency.earlier(tx, key, command, Told):
            return earlier
        place = {"kind": command.kind, "la_code": la_code, "school_id": school_id}
        added = await write_down(tx, {**place, "holder": holder}, said)
        answer = things.told(added, today)
        await idempotency.keep(tx, key, answer)
    return answer


async def change_agreement(
    database: db.Database,
    actor: Actor,
    today: date,
    which: tuple[UUID, int],
    command: schemas.ChangeAgreement,
) -> Told:
    """Write an agreement anew at a version of it; tickets keep what they began under.

    Raises:
        AgreementNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write it.
        errors.Stale: it is at another version by now.
        AgreementImpossible: what is said contradicts itself.
        AgreementOverlaps: another of the kind governs the place on some of these days.
    """
    said = command.model_dump()
    async with database.begin(actor, ACCESS) as tx:
        held = await _to_write(tx, actor, which)
        rules.require_sound(held.kind, said)
        return await _write(tx, held, things.columns(said), today, "changed")


async def end_agreement(
    database: db.Database,
    actor: Actor,
    today: date,
    which: tuple[UUID, int],
    ends_on: date,
) -> Told:
    """Let an agreement end on a day, today or later: it renews no more.

    Raises:
        AgreementNotFound: it is not within the scope.
        errors.Forbidden: the actor does not write it.
        errors.Stale: it is at another version by now.
        AgreementEnded: it has ended.
        AgreementImpossible: it cannot end then.
    """
    ending = {"ends_on": ends_on, "renews": "none", "notice_days": None}
    async with database.begin(actor, ACCESS) as tx:
        held = await _to_write(tx, actor, which)
        rules.require_end(held, ends_on, today)
        values = {**things.described(held), **ending}
        return await _write(tx, held, values, today, "ended")


async def write_down(
    tx: db.Tx, place: Mapping[str, Any], said: things.Said
) -> Agreement:
    """Store one more, of a kind and a holder, for an LA or a school of it.

    Raises:
        AgreementOverlaps: another of the kind governs the place on some of these days.
    """
    values = {**things.columns(said), **place}
    await _require_apart(tx, {**values, "agreement_id": None})
    added = await _agreement_of(tx, await store.insert_agreement(tx, values))
    await audit.record_many(tx, [things.added(added)])
    return added


async def names_of(tx: db.Tx, la_code: str) -> set[str]:
    """Say what the agreements of an LA and of its schools are called."""
    found = await store.list_agreements(tx, None, AgreementFilter(la_code))
    return {each.name for each in found}


async def _write(
    tx: db.Tx, held: Agreement, values: Mapping[str, Any], today: date, fact: str
) -> Told:
    """Store what is agreed now, unless that is what was."""
    if values == things.described(held):
        return things.told(held, today)
    names = ("agreement_id", "version", "kind", "la_code", "school_id")
    new = {**values, **{name: getattr(held, name) for name in names}}
    await _require_apart(tx, new)
    if not await store.update_agreement(tx, new):
        raise errors.Stale
    changed = await _agreement_of(tx, held.agreement_id)
    await audit.record_many(tx, [things.changed(held, changed, fact)])
    return things.told(changed, today)


async def _require_apart(tx: db.Tx, values: Mapping[str, Any]) -> None:
    """Refuse two of a kind for one place and day; of suppliers there may be many."""
    if values["kind"] == "supplier":
        return
    await store.lock_place(tx, values)
    asked = {**values, "until_on": things.until_on(values)}
    other = await store.get_overlapping(tx, asked)
    if other is not None:
        raise AgreementOverlaps(other)


async def _place(
    tx: db.Tx, actor: Actor, command: schemas.AddAgreement
) -> tuple[str, UUID | None]:
    """Find the LA, or the school, for which it is agreed."""
    la_code, urn = command.la_code, command.school_urn
    if (la_code is None) == (urn is None):
        raise PlaceUnclear
    if urn is not None:
        school = await schools.school_of(tx, urn)
        return school.la_code, school.school_id
    if la_code is None or not actor.may(ACCESS.read, la_code, None):
        raise AuthorityNotFound(la_code=la_code)
    rules.require_of_school(command.kind, urn)
    return la_code, None


async def _to_write(tx: db.Tx, actor: Actor, which: tuple[UUID, int]) -> Agreement:
    """Find an agreement that the actor writes, at the version that was seen."""
    agreement_id, version = which
    held = await _agreement_of(tx, agreement_id)
    actor.require(things.writers(held.holder), held.la_code, held.school_id)
    conditional.check(version, held.version)
    return held


async def _agreement_of(tx: db.Tx, agreement_id: UUID) -> Agreement:
    found = await store.get_agreement(tx, agreement_id)
    if found is None:
        raise AgreementNotFound
    return found


async def _listed(
    database: db.Database, actor: Actor, today: date, wanted: AgreementFilter
) -> list[Told]:
    async with database.read(actor, ACCESS) as tx:
        school = None
        if wanted.school_urn is not None:
            school = await schools.school_of(tx, wanted.school_urn)
            if wanted.la_code not in {None, school.la_code}:
                return []
        found = await store.list_agreements(tx, school, wanted)
    return listing.narrowed((things.told(e, today) for e in found), wanted, today)
