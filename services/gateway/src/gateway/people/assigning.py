"""Use cases on the roles of people: give, move, end, and let somebody leave."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chassis import conditional, errors, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database
from gateway.people import model, refusals, schemas, steps, store
from gateway.people.model import Assignment


async def assign(
    db: Database,
    actor: Actor,
    person_id: UUID,
    command: schemas.GiveRole,
    key: str | None,
    today: date,
) -> Assignment:
    """Give somebody a further role; their others stay as they are, seen or not.

    Raises:
        refusals.AlreadyAssigned: they have it there within those days.
        refusals.RoleNotYoursToGive: it is not the caller's to give.
    """
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, (person_id, command), UUID):
            return steps.held_of(await steps.one(tx, person_id, today), earlier)
        known = await steps.one(tx, person_id, today)
        [given] = await steps.give(tx, actor, known, [command])
        await idempotency.keep(tx, key, given)
        return steps.held_of(await steps.one(tx, person_id, today), given)


async def move_assignment(
    db: Database,
    actor: Actor,
    held: tuple[UUID, UUID],
    version: int,
    values: Mapping[str, Any],
    today: date,
) -> Assignment:
    """Give a role of somebody other days.

    Raises:
        refusals.LastAdministrator: the LA would be without a manager.
    """
    person_id, assignment_id = held
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        found = await steps.theirs(tx, actor, held, today)
        conditional.check(version, found.version)
        new = model.moved(found, values, today)
        if new.from_on > today:
            await steps.require_administered(tx, [found], today)
        elif new.to_on is not None:
            await steps.require_administered(tx, [found], new.to_on + timedelta(days=1))
        if await store.update_assignment(tx, new) is None:
            raise errors.Stale
        place = (new.la_code, new.school_id)
        days = {"role": new.role, "from_on": new.from_on, "to_on": new.to_on}
        said = {"assignment_id": assignment_id, **days}
        entry = model.role_recorded("moved", person_id, place, said)
        await audit.record_many(tx, [entry])
        return steps.held_of(await steps.one(tx, person_id, today), assignment_id)


async def end_assignment(
    db: Database, actor: Actor, held: tuple[UUID, UUID], version: int, today: date
) -> Assignment:
    """End a role at once.

    Raises:
        refusals.LastAdministrator: the LA would be without a manager.
        refusals.AssignmentEnded: it has ended.
    """
    person_id, assignment_id = held
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        found = await steps.theirs(tx, actor, held, today)
        conditional.check(version, found.version)
        if found.standing(today) == "past":
            raise refusals.AssignmentEnded
        await steps.require_administered(tx, [found], today)
        if not await store.end_assignments(tx, [assignment_id]):
            raise errors.Stale
        await audit.record_many(tx, [model.ended(found)])
        return steps.held_of(await steps.one(tx, person_id, today), assignment_id)


async def leave(db: Database, actor: Actor, person_id: UUID, today: date) -> int:
    """End every role that the caller could have given; return how many.

    Raises:
        errors.Forbidden: they could have given none of them.
        refusals.LastAdministrator: an LA would be without a manager.
    """
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        known = await steps.one(tx, person_id, today)
        own = [each for each in known.held if model.may_end(actor, each)]
        if not own:
            raise errors.Forbidden
        standing = [each for each in own if each.standing(today) != "past"]
        if not standing:
            return 0
        await steps.require_administered(tx, standing, today)
        ids = [each.assignment_id for each in standing]
        await audit.record_many(tx, [model.ended(each) for each in standing])
        return len(await store.end_assignments(tx, ids))
