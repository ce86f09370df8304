"""The table of enrolment keys: one function per query."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis import auth, db, paging, sql
from chassis.paging import Page, PageRequest
from inventory.enrolment import model
from inventory.enrolment.model import EnrolmentKey, Holder
from inventory.schools.model import SchoolOnItsWay

_QUERIES = sql.load("inventory.enrolment")
_INSERT = _QUERIES.rows("insert_key", EnrolmentKey)
_LOCK = _QUERIES.scalar("lock_keys", str)
_COUNT = _QUERIES.scalar("count_keys", int)
_GET = _QUERIES.rows("get_key", EnrolmentKey)
_LIST = _QUERIES.rows("list_keys", EnrolmentKey)
_ROTATE = _QUERIES.command("rotate_key")
_WITHDRAW = _QUERIES.command("withdraw_key")
_FIND = _QUERIES.rows("find_holder", Holder)
_TOUCH = _QUERIES.command("touch_key")
_NEWEST = "newest"


async def insert_key(tx: db.Tx, values: Mapping[str, Any]) -> EnrolmentKey:
    return await tx.one(
        _INSERT, values, {"enrolment_key_school_fkey": SchoolOnItsWay()}
    )


async def count_keys_locked(tx: db.Tx, school_id: UUID) -> int:
    await tx.maybe(_LOCK, {"school_id": school_id})
    return await tx.one(_COUNT, {"school_id": school_id})


async def get_key(tx: db.Tx, key_id: UUID) -> EnrolmentKey | None:
    return await tx.maybe(_GET, {"key_id": key_id})


async def list_keys(
    tx: db.Tx, actor: auth.Actor, school_id: UUID | None, page: PageRequest
) -> Page[EnrolmentKey]:
    [after] = page.key(_NEWEST, (str,))
    asked = {
        "las": actor.las(model.ACCESS.read),
        "schools": actor.schools(model.ACCESS.read),
        "school_id": school_id,
        "after_id": paging.uuid_of(after),
        "page_size": page.page_size,
    }
    rows = await tx.all(_LIST, asked)
    return page.page(rows, _NEWEST, lambda last: (str(last.key_id),))


async def rotate_key(
    tx: db.Tx, key: EnrolmentKey, hint: str, key_hash: bytes, overlap: timedelta
) -> bool:
    """Say whether the key was still at its version."""
    changed = {
        "key_id": key.key_id,
        "version": key.version,
        "hint": hint,
        "key_hash": key_hash,
        "overlap": overlap,
    }
    return await tx.run(_ROTATE, changed) == 1


async def withdraw_key(tx: db.Tx, key: EnrolmentKey) -> bool:
    """Say whether the key was still at its version."""
    which = {"key_id": key.key_id, "version": key.version}
    return await tx.run(_WITHDRAW, which) == 1


async def find_holder(database: db.Database, key_hash: bytes) -> Holder | None:
    found = await database.read_all(
        model.FINDER, auth.Access(frozenset()), _FIND, {"key_hash": key_hash}
    )
    return found[0] if found else None


async def touch_key(tx: db.Tx, key_id: UUID) -> None:
    await tx.run(_TOUCH, {"key_id": key_id})
