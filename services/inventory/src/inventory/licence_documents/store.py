"""The table of documents of licences: one function per query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis import db, sql
from inventory.licence_documents.model import MOST, Document


@dataclass(frozen=True, slots=True)
class Had:
    """How many documents a licence has, and how many of them are one content."""

    documents: int
    alike: int


_QUERIES = sql.load("inventory.licence_documents")
_LIST = _QUERIES.rows("list_documents", Document)
_COUNT = _QUERIES.rows("count_documents", Had)
_INSERT = _QUERIES.scalar("insert_document", UUID)
_DELETE = _QUERIES.command("delete_document")


async def list_documents(tx: db.Tx, licence_id: UUID) -> list[Document]:
    asked = {"licence_id": licence_id, "document_id": None, "page_size": MOST}
    return await tx.all(_LIST, asked)


async def get_document(
    tx: db.Tx, licence_id: UUID, document_id: UUID
) -> Document | None:
    asked = {"licence_id": licence_id, "document_id": document_id, "page_size": 1}
    return await tx.maybe(_LIST, asked)


async def count_documents(tx: db.Tx, licence_id: UUID, sha256: str) -> Had:
    return await tx.one(_COUNT, {"licence_id": licence_id, "sha256": sha256})


async def insert_document(tx: db.Tx, values: Mapping[str, Any]) -> UUID:
    return await tx.one(_INSERT, values)


async def delete_document(tx: db.Tx, document_id: UUID) -> bool:
    """Forget a document and its file; False when somebody else did."""
    return bool(await tx.run(_DELETE, {"document_id": document_id}))
