"""The table of pictures and documents: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis import db, sql
from inventory.attachments.model.attachments import MOST, Attachment


@dataclass(frozen=True, slots=True)
class Had:
    """How many attachments an asset has, and how many of them are one content."""

    attachments: int
    alike: int


_QUERIES = sql.load("inventory.attachments")
_LIST = _QUERIES.rows("list_attachments", Attachment)
_COUNT = _QUERIES.rows("count_attachments", Had)
_INSERT = _QUERIES.scalar("insert_attachment", UUID)
_MOVE = _QUERIES.scalar("move_attachments", UUID)
_DELETE = _QUERIES.command("delete_attachment")


async def list_attachments(tx: db.Tx, asset_id: UUID) -> list[Attachment]:
    named = {"asset_id": asset_id, "attachment_id": None}
    return await tx.all(_LIST, {**named, "page_size": MOST})


async def get_attachment(
    tx: db.Tx, asset_id: UUID, attachment_id: UUID
) -> Attachment | None:
    named = {"asset_id": asset_id, "attachment_id": attachment_id}
    return await tx.maybe(_LIST, {**named, "page_size": 1})


async def count_attachments(tx: db.Tx, asset_id: UUID, sha256: str) -> Had:
    return await tx.one(_COUNT, {"asset_id": asset_id, "sha256": sha256})


async def insert_attachment(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    return await tx.one(_INSERT, values)


async def delete_attachment(tx: db.Tx, attachment_id: UUID) -> bool:
    """Forget an attachment; False when somebody else did."""
    return bool(await tx.run(_DELETE, {"attachment_id": attachment_id}))


async def move_attachments(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None
) -> list[UUID]:
    only = None if only is None else list(only)
    return await tx.all(_MOVE, {"old_id": old_id, "new_id": new_id, "only": only})
