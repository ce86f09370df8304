"""Use cases on people: find, invite, change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis import conditional, errors, idempotency, paging
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from chassis.paging import Page, PageRequest
from gateway.people import model, refusals, schemas, steps, store
from gateway.people.model import Home, Known, PeopleFilters

SORT = "display_name"


async def list_people(
    db: Database, actor: Actor, filters: PeopleFilters, page: PageRequest, today: date
) -> Page[Known]:
    """List the people of a scope by name, each with the roles that one may see."""
    name, person_id = page.key(SORT, (str, str))
    after = store.After(None if name is None else str(name), paging.uuid_of(person_id))
    async with db.read(actor, model.PEOPLE_ACCESS) as tx:
        asked = await _asked(tx, actor, filters, today)
        if asked is None:
            return Page([], None)
        scope = steps.scope_of(actor)
        found = await store.list_people(tx, scope, asked, after, page.page_size)
        known = await steps.known_of(tx, found, today)
    return page.page(
        known, SORT, lambda k: (k.person.display_name, str(k.person.person_id))
    )


async def count_people(
    db: Database, actor: Actor, filters: PeopleFilters, today: date
) -> int:
    async with db.read(actor, model.PEOPLE_ACCESS) as tx:
        asked = await _asked(tx, actor, filters, today)
        return (
            0
            if asked is None
            else await store.count_people(tx, steps.scope_of(actor), asked)
        )


async def get_person(db: Database, actor: Actor, person_id: UUID, today: date) -> Known:
    async with db.read(actor, model.PEOPLE_ACCESS) as tx:
        return await steps.one(tx, person_id, today)


async def invite_person(
    db: Database,
    actor: Actor,
    command: schemas.InvitePerson,
    key: str | None,
    today: date,
) -> Known:
    """Keep somebody new and give them their roles; a repeat changes nothing.

    Raises:
        refusals.EmailInUse: somebody has the address.
        refusals.PlaceNotFound: a role is to be held where the caller has no business.
        refusals.RoleNotYoursToGive: it is not theirs to give.
    """
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, UUID):
            return await steps.one(tx, earlier, today)
        first, *_ = await steps.places_of(
            tx, actor, command.assignments, "/assignments"
        )
        await steps.require_free(tx, command.email)
        home = model.home_of(first)
        person_id = await store.insert_person(
            tx, command.display_name, command.email, home
        )
        known = await steps.one(tx, person_id, today)
        await audit.record_many(tx, [model.recorded("invited", known.person)])
        await steps.give(tx, actor, known, command.assignments, "/assignments")
        await idempotency.keep(tx, key, person_id)
        return await steps.one(tx, person_id, today)


async def change_person(
    db: Database,
    actor: Actor,
    person_id: UUID,
    version: int,
    values: Mapping[str, Any],
    today: date,
) -> Known:
    """Give somebody another name or address.

    Raises:
        refusals.KeptElsewhere: another home keeps them.
        refusals.EmailInUse: somebody has the address.
    """
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        person = await steps.kept(tx, actor, person_id)
        conditional.check(version, person.version)
        new = replace(person, **values)
        await steps.require_free(tx, new.email, person_id)
        if await store.update_person(tx, new) is None:
            raise errors.Stale
        await audit.record_many(tx, [model.recorded("changed", new, person)])
        return await steps.one(tx, person_id, today)


async def invite_again(
    db: Database, actor: Actor, person_id: UUID, today: date
) -> Known:
    """Send somebody who has not come yet another invitation.

    Raises:
        refusals.KeptElsewhere: another home keeps them.
        refusals.AlreadyJoined: they have signed in.
    """
    async with db.begin(actor, model.CHANGE_ACCESS) as tx:
        person = await steps.kept(tx, actor, person_id)
        if await store.invite_again(tx, person_id) is None:
            raise refusals.AlreadyJoined
        await audit.record_many(tx, [model.recorded("invited-again", person, person)])
        return await steps.one(tx, person_id, today)


async def home_kept(tx: Tx, actor: Actor, person_id: UUID) -> Home:
    """Say where somebody is kept, to who may change their name and address.

    Raises:
        refusals.KeptElsewhere: another home keeps them.
        refusals.PersonNotFound: there is nobody whom the caller may see.
    """
    return (await steps.kept(tx, actor, person_id)).home


async def _asked(
    tx: Tx, actor: Actor, filters: PeopleFilters, today: date
) -> dict[str, object] | None:
    """Say what a listing asks for; None where its school is none of the caller's."""
    if filters.school_urn is None:
        return store.asked_for(filters, None, today)
    found = await store.list_places(tx, steps.scope_of(actor), [filters.school_urn], [])
    return store.asked_for(filters, found[0].school_id, today) if found else None
