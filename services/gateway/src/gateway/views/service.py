"""The use cases of tables that remember themselves, and of saved views."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from chassis import conditional, errors
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.directory import service as directory
from gateway.views import model, schemas, store
from gateway.views.model import ACCESS, SavedView, Sharing


async def recall(db: Database, actor: Actor, table: str) -> dict[str, Any] | None:
    """Say how somebody last set a table."""
    async with db.read(actor, ACCESS) as tx:
        return await store.get_memory(tx, table)


async def remember(
    db: Database, actor: Actor, table: str, state: Mapping[str, Any]
) -> None:
    """Keep how somebody sets a table; not what is tried by who looks as them."""
    if actor.behind is not None:
        return
    async with db.begin(actor, ACCESS) as tx:
        await store.keep_memory(tx, table, state)


async def forget(db: Database, actor: Actor, table: str) -> None:
    if actor.behind is not None:
        return
    async with db.begin(actor, ACCESS) as tx:
        await store.delete_memory(tx, table)


async def list_views(
    db: Database, actor: Actor, table: str, school_id: UUID | None = None
) -> list[SavedView]:
    """List the views of a table; at a school, without what other schools share."""
    async with db.read(actor, ACCESS) as tx:
        return await store.list_views(tx, table, school_id)


async def get_view(db: Database, actor: Actor, view_id: UUID) -> SavedView:
    async with db.read(actor, ACCESS) as tx:
        return await _view(tx, view_id)


async def save_view(db: Database, actor: Actor, command: schemas.SaveView) -> SavedView:
    """Save a view of one's own, and share it where one may."""
    sharing = await _sharing(db, actor, command.shared_with)
    async with db.begin(actor, ACCESS) as tx:
        if await store.count_own_views(tx, command.table) >= model.MOST:
            raise model.TooManyViews
        state = command.state.model_dump()
        view_id = await store.insert_view(
            tx, command.table, command.name, state, sharing
        )
        if command.is_default:
            await store.set_default(tx, command.table, view_id)
        saved = await _view(tx, view_id)
        await audit.record_many(tx, [model.recorded("saved", None, saved, actor)])
        return saved


async def change_view(
    db: Database,
    actor: Actor,
    view_id: UUID,
    version: int,
    command: schemas.ChangeView,
) -> SavedView:
    """Change a view of one's own; which view one's table opens with, of any seen."""
    shared = command.get("shared_with")
    sharing = await _sharing(db, actor, shared)
    async with db.begin(actor, ACCESS) as tx:
        view = await _view(tx, view_id)
        conditional.check(version, view.version)
        if command.keys() & {"name", "state", "shared_with"}:
            await _store(tx, view, command, sharing)
        match command.get("is_default"):
            case True:
                await store.set_default(tx, view.table, view_id)
            case False:
                await store.unset_default(tx, view_id)
            case None:
                pass
        new = await _view(tx, view_id)
        await audit.record_many(tx, [model.recorded("changed", view, new, actor)])
        return new


async def _store(
    tx: Tx, view: SavedView, command: schemas.ChangeView, sharing: Sharing
) -> None:
    if not view.is_mine:
        raise errors.Forbidden
    if "shared_with" not in command:
        school_id = await store.get_school_id(tx, view.view_id)
        sharing = Sharing(view.la_code, school_id)
    new = replace(
        view,
        name=command.get("name", view.name),
        state=command["state"].model_dump() if "state" in command else view.state,
    )
    if await store.update_view(tx, new, sharing) is None:
        raise errors.Stale


async def delete_view(db: Database, actor: Actor, view_id: UUID, version: int) -> None:
    """Delete a view of one's own, or one that is shared where one may share."""
    async with db.begin(actor, ACCESS) as tx:
        view = await _view(tx, view_id)
        school_id = await store.get_school_id(tx, view_id)
        if not model.may_delete(actor, view, school_id):
            raise errors.Forbidden
        conditional.check(version, view.version)
        if await store.delete_view(tx, view_id, version) is None:
            raise errors.Stale
        await audit.record_many(tx, [model.recorded("deleted", view, None, actor)])


async def _view(tx: Tx, view_id: UUID) -> SavedView:
    view = await store.get_view(tx, view_id)
    if view is None:
        raise model.ViewNotFound
    return view


async def _sharing(
    db: Database, actor: Actor, asked: schemas.SharedWith | None
) -> Sharing:
    """Find whom a view is to be shared with, if its owner may share there.

    Raises:
        model.SharingBeyondScope: the actor has no such school or LA.
        errors.Forbidden: none of the actor's roles there may share.
    """
    if asked is None:
        return model.PRIVATE
    if asked.school_urn is not None:
        try:
            school = await directory.get_school(db, actor, asked.school_urn)
        except errors.NotFound:
            raise _beyond("school_urn", "You have no such school") from None
        actor.require(model.SHARERS, school.la_code, school.school_id)
        return Sharing(school.la_code, school.school_id)
    if asked.la_code is None:
        return model.PRIVATE
    if asked.la_code not in actor.las(ACCESS.read):
        raise _beyond("la_code", "You have no such local authority")
    actor.require(model.SHARERS, asked.la_code, None)
    return Sharing(asked.la_code)


def _beyond(field: str, detail: str) -> model.SharingBeyondScope:
    fault = errors.Fault(f"/shared_with/{field}", detail)
    return model.SharingBeyondScope("The view cannot be shared there", [fault])
