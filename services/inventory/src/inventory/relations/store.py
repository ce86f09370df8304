"""The table of relations: one function per query."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, sql
from inventory.relations.model import (
    DEEPEST,
    MOST,
    Affected,
    Related,
    Relation,
    RelationKind,
)

_QUERIES = sql.load("inventory.relations")
_RELATED = _QUERIES.rows("list_related", Related)
_AFFECTED = _QUERIES.rows("list_affected", Affected)
_OVER = _QUERIES.scalar("list_over", UUID)
_LOCK = _QUERIES.scalar("lock_school", str)
_INSERT = _QUERIES.rows("insert_relation", Relation)
_END_ALL = _QUERIES.rows("end_relations_of", Relation)
_SOME = _QUERIES.rows("get_relations", Relation)
_END = _QUERIES.rows("end_relation", Relation)


async def list_related(tx: db.Tx, asset_id: UUID) -> list[Related]:
    return await tx.all(_RELATED, {"asset_id": asset_id, "page_size": MOST})


async def list_affected(tx: db.Tx, asset_id: UUID) -> list[Affected]:
    asked = {"asset_id": asset_id, "deepest": DEEPEST, "page_size": MOST}
    return await tx.all(_AFFECTED, asked)


async def list_over(tx: db.Tx, asset_id: UUID, kind: RelationKind) -> list[UUID]:
    return await tx.all(_OVER, {"asset_id": asset_id, "kind": kind})


async def lock_school(tx: db.Tx, school_id: UUID) -> None:
    """Hold a school's relations: two at once could close a circle unseen."""
    await tx.one(_LOCK, {"school_id": school_id})


async def insert_relation(
    tx: db.Tx,
    place: tuple[str, UUID],
    asset_id: UUID,
    kind: RelationKind,
    other_id: UUID,
) -> Relation | None:
    """Store a relation of a school; None when it lasts already."""
    la_code, school_id = place
    told = {
        "la_code": la_code,
        "school_id": school_id,
        "asset_id": asset_id,
        "kind": kind,
        "other_id": other_id,
    }
    return await tx.maybe(_INSERT, told)


async def end_relation(tx: db.Tx, asset_id: UUID, relation_id: UUID) -> Relation | None:
    asked = {"asset_id": asset_id, "relation_id": relation_id}
    return await tx.maybe(_END, asked)


async def end_relations_of(
    tx: db.Tx, school_id: UUID, asset_id: UUID
) -> list[Relation]:
    return await tx.all(_END_ALL, {"school_id": school_id, "asset_id": asset_id})


async def get_relations(
    tx: db.Tx, school_id: UUID, relation_ids: Sequence[UUID]
) -> dict[UUID, Relation]:
    asked = {"school_id": school_id, "relation_ids": list(relation_ids)}
    return {each.relation_id: each for each in await tx.all(_SOME, asked)}
