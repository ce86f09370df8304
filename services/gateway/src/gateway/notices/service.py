"""The use cases of notices: write, show, change, publish, withdraw, put away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis import conditional, errors, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from chassis.paging import Page, PageRequest
from gateway.notices import model, schemas, store
from gateway.notices.model import Notice, State

SORT = "newest"


async def write_notice(
    db: Database, actor: Actor, command: schemas.WriteNotice, key: str | None
) -> Notice:
    """Write a draft; a repeat with the same key changes nothing."""
    _require_la(actor, command.la_code)
    model.require_days(command.from_on, command.to_on)
    async with db.begin(actor, model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Notice):
            return earlier
        schools = await _schools(tx, command.la_code, command.school_urns)
        values = command.model_dump(exclude={"school_urns"})
        written = await store.insert_notice(tx, values, schools, actor.principal)
        notice = await _notice(tx, written)
        await audit.record_many(tx, [model.recorded("written", None, notice)])
        await idempotency.keep(tx, key, notice)
    return notice


async def list_notices(db: Database, actor: Actor, page: PageRequest) -> Page[Notice]:
    """List every notice of the LAs in which the actor holds a role."""
    [after_id] = page.key(SORT, (str,))
    la_codes = actor.las(model.READERS)
    async with db.read(actor, model.ACCESS) as tx:
        after = None if after_id is None else str(after_id)
        found = await store.list_notices(tx, la_codes, after, page.page_size)
    return page.page(found, SORT, lambda notice: (str(notice.notice_id),))


async def shown_notices(db: Database, actor: Actor, today: date) -> Sequence[Notice]:
    """List what is for this person today and has not been put away."""
    async with db.read(actor, model.SHOWN_ACCESS) as tx:
        return await store.list_shown_notices(
            tx, model.held_by(actor), actor.principal, today
        )


async def get_notice(db: Database, actor: Actor, notice_id: UUID) -> Notice:
    async with db.read(actor, model.ACCESS) as tx:
        return await _notice(tx, notice_id)


async def change_notice(
    db: Database,
    actor: Actor,
    notice_id: UUID,
    version: int,
    values: Mapping[str, Any],
) -> Notice:
    async with db.begin(actor, model.ACCESS) as tx:
        notice = await _writable(tx, actor, notice_id, version)
        return await _store(tx, notice, model.changed(notice, values), "changed")


async def set_state(
    db: Database, actor: Actor, notice_id: UUID, version: int, state: State
) -> Notice:
    """Publish a notice, or withdraw it for good."""
    async with db.begin(actor, model.ACCESS) as tx:
        notice = await _writable(tx, actor, notice_id, version)
        new = replace(model.standing(notice), state=state)
        return await _store(tx, notice, new, state)


async def put_away(db: Database, actor: Actor, notice_id: UUID, today: date) -> None:
    """Show a notice no more to the one who puts it away.

    Raises:
        model.NoticeNotFound: it is none that is shown to them.
    """
    async with db.begin(actor, model.SHOWN_ACCESS) as tx:
        shown = await store.list_shown_notices(
            tx, model.held_by(actor), actor.principal, today
        )
        for notice in shown:
            if notice.notice_id == notice_id:
                await store.put_away_notice(tx, notice, actor.principal)
                await audit.record_many(tx, [model.put_away_by(notice)])
                return
    raise model.NoticeNotFound


def _require_la(actor: Actor, la_code: str) -> None:
    """Refuse an LA that is not the actor's: unknown to them, or not theirs to write.

    Raises:
        errors.NotFound: they hold no role over the LA.
        errors.Forbidden: they hold one that does not write notices.
    """
    if la_code not in actor.las(model.READERS):
        raise errors.NotFound
    if la_code not in actor.las(model.EDITORS):
        raise errors.Forbidden


async def _notice(tx: Tx, notice_id: UUID) -> Notice:
    notice = await store.get_notice(tx, notice_id)
    if notice is None:
        raise model.NoticeNotFound
    return notice


async def _writable(tx: Tx, actor: Actor, notice_id: UUID, version: int) -> Notice:
    notice = await _notice(tx, notice_id)
    actor.require(model.EDITORS, notice.la_code, None)
    conditional.check(version, notice.version)
    return notice


async def _store(tx: Tx, old: Notice, new: Notice, happened: str) -> Notice:
    schools = await _schools(tx, new.la_code, new.school_urns)
    if await store.update_notice(tx, new, schools) is None:
        raise errors.Stale
    stored = await _notice(tx, new.notice_id)
    await audit.record_many(tx, [model.recorded(happened, old, stored)])
    return stored


async def _schools(tx: Tx, la_code: str, urns: Sequence[int]) -> list[UUID]:
    """Find the schools of an audience.

    Raises:
        model.SchoolNotOfAuthority: some are none of the LA's.
    """
    if not urns:
        return []
    found = await store.list_audience_schools(tx, la_code, urns)
    if set(urns) - {school.urn for school in found}:
        raise model.SchoolNotOfAuthority
    return [school.school_id for school in found]
