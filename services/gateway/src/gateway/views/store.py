"""The tables of memories and views: one function per query."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from chassis import db, json, sql
from gateway.views.model import MOST, SavedView, Sharing, ViewNameTaken

_QUERIES = sql.load("gateway.views")
_GET_MEMORY = _QUERIES.scalar("get_memory", object)
_KEEP_MEMORY = _QUERIES.command("keep_memory")
_DELETE_MEMORY = _QUERIES.command("delete_memory")
_LIST = _QUERIES.rows("list_views", SavedView)
_COUNT_OWN = _QUERIES.scalar("count_own_views", int)
_GET = _QUERIES.rows("get_view", SavedView)
_INSERT = _QUERIES.scalar("insert_view", UUID)
_UPDATE = _QUERIES.scalar("update_view", UUID)
_DELETE = _QUERIES.scalar("delete_view", UUID)
_SCHOOL = _QUERIES.rows("get_school_id", UUID)
_SET_DEFAULT = _QUERIES.command("set_default")
_UNSET_DEFAULT = _QUERIES.command("unset_default")
_TAKEN = {"saved_view_name_unique": ViewNameTaken()}

State = Mapping[str, Any]


async def get_memory(tx: db.Tx, table: str) -> dict[str, Any] | None:
    found = await tx.maybe(_GET_MEMORY, {"table_key": table})
    return cast("dict[str, Any] | None", found)


async def keep_memory(tx: db.Tx, table: str, state: State) -> None:
    await tx.run(_KEEP_MEMORY, {"table_key": table, "state": _text(state)})


async def delete_memory(tx: db.Tx, table: str) -> None:
    await tx.run(_DELETE_MEMORY, {"table_key": table})


async def list_views(tx: db.Tx, table: str, school_id: UUID | None) -> list[SavedView]:
    values = {"table_key": table, "school_id": school_id, "page_size": MOST}
    return await tx.all(_LIST, values)


async def count_own_views(tx: db.Tx, table: str) -> int:
    return await tx.one(_COUNT_OWN, {"table_key": table})


async def get_view(tx: db.Tx, view_id: UUID) -> SavedView | None:
    return await tx.maybe(_GET, {"view_id": view_id})


async def get_school_id(tx: db.Tx, view_id: UUID) -> UUID | None:
    return await tx.maybe(_SCHOOL, {"view_id": view_id})


async def insert_view(
    tx: db.Tx, table: str, name: str, state: State, sharing: Sharing
) -> UUID:
    values = {"table_key": table, "name": name, "state": _text(state)}
    place = {"la_code": sharing.la_code, "school_id": sharing.school_id}
    return await tx.one(_INSERT, values | place, _TAKEN)


async def update_view(tx: db.Tx, view: SavedView, sharing: Sharing) -> UUID | None:
    """Store the next version; None when `view.version` is no longer the present."""
    values = {"name": view.name, "state": _text(view.state), "version": view.version}
    place = {"la_code": sharing.la_code, "school_id": sharing.school_id}
    return await tx.maybe(_UPDATE, values | place | {"view_id": view.view_id}, _TAKEN)


async def delete_view(tx: db.Tx, view_id: UUID, version: int) -> UUID | None:
    return await tx.maybe(_DELETE, {"view_id": view_id, "version": version})


async def set_default(tx: db.Tx, table: str, view_id: UUID) -> None:
    await tx.run(_SET_DEFAULT, {"table_key": table, "view_id": view_id})


async def unset_default(tx: db.Tx, view_id: UUID) -> None:
    await tx.run(_UNSET_DEFAULT, {"view_id": view_id})


def _text(state: State) -> str:
    return json.encode(dict(state)).decode()
