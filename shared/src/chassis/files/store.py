"""One function per statement on files."""

from collections.abc import Sequence
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from chassis.files.model import File, NewFile, Received

QUERIES = sql.load("chassis.files")
INSERT_FILE = QUERIES.scalar("insert_file", UUID)
HOLD_QUOTA = QUERIES.scalar("hold_quota", str)
MEASURE_LA = QUERIES.scalar("measure_la", int)
MEASURE_PRINCIPAL = QUERIES.scalar("measure_principal", int)
GET_FILE = QUERIES.rows("get_file", File)
DELETE_FILE = QUERIES.command("delete_file")
LIST_OWNERLESS = QUERIES.scalar("list_ownerless", str)


async def insert_file(
    tx: Tx, new: NewFile, received: Received, media_type: str
) -> UUID:
    values = {
        "la_code": new.la_code,
        "school_id": new.school_id,
        "principal": new.principal,
        "name": new.name,
        "media_type": media_type,
        "size": received.size,
        "sha256": received.sha256,
    }
    return await tx.one(INSERT_FILE, values)


async def measure(tx: Tx, new: NewFile) -> int:
    """Add up what the keeper of a file has; others who add wait for this one."""
    keeper = new.la_code or new.principal
    await tx.maybe(HOLD_QUOTA, {"keeper": keeper})
    if new.la_code is not None:
        return await tx.one(MEASURE_LA, {"la_code": new.la_code})
    return await tx.one(MEASURE_PRINCIPAL, {"principal": new.principal})


async def get_file(tx: Tx, file_id: UUID) -> File | None:
    return await tx.maybe(GET_FILE, {"file_id": file_id})


async def delete_file(tx: Tx, file_id: UUID) -> bool:
    return bool(await tx.run(DELETE_FILE, {"file_id": file_id}))


async def list_ownerless(tx: Tx, digests: Sequence[str]) -> list[str]:
    return await tx.all(LIST_OWNERLESS, {"digests": list(digests)})
