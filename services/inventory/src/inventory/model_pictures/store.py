"""The table of pictures of models: one function per query."""

from dataclasses import dataclass
from uuid import UUID

from chassis import db, sql
from inventory.catalogue.model.entries import Picture


@dataclass(frozen=True, slots=True)
class Replaced:
    """The file of the picture that another took the place of, if there was one."""

    file_id: UUID | None


_QUERIES = sql.load("inventory.model_pictures")
_GET = _QUERIES.rows("get_picture", Picture)
_SHOW = _QUERIES.rows("upsert_picture", Replaced)
_HIDE = _QUERIES.scalar("delete_picture", UUID)


async def get_picture(tx: db.Tx, model_id: UUID) -> Picture | None:
    return await tx.maybe(_GET, {"model_id": model_id})


async def show(tx: db.Tx, picture: Picture) -> UUID | None:
    """Show a picture of a model; return the file of the one there was."""
    told = {
        "la_code": picture.la_code,
        "model_id": picture.model_id,
        "make": picture.make,
        "model": picture.model,
        "alt": picture.alt,
        "file_id": picture.file_id,
    }
    return (await tx.one(_SHOW, told)).file_id


async def hide(tx: db.Tx, la_code: str, model_id: UUID) -> UUID | None:
    """Show none any more; return the file of the one there was, if there was one."""
    return await tx.maybe(_HIDE, {"la_code": la_code, "model_id": model_id})
