"""The use cases of relations: each opens the one transaction it needs."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.relations import model, schemas, store
from inventory.relations.model import Affected, HandedOver, Related, Relation


async def list_related(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Related]:
    async with database.read(actor, assets_model.ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_related(tx, asset_id)


async def list_affected(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Affected]:
    """List what a failure of an asset would take along, the nearest first."""
    async with database.read(actor, assets_model.ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_affected(tx, asset_id)


async def relate(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    command: schemas.RelateAsset,
    key: str | None,
) -> Relation:
    """Say that an asset hangs on another of its school.

    Raises:
        AssetNotFound: the asset is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.RelationImpossible: the other is the same one, or not of the school.
        model.RelationPresent, model.RelationCircular: as they say.
        AssetMerged: one of them was merged into another.
    """
    async with database.begin(actor, assets_model.ACCESS) as tx:
        repeatable = (asset_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Relation):
            return earlier
        asset = await assets.asset_of(tx, asset_id)
        place = asset.la_code, asset.school_id
        actor.require(assets_model.ACCESS.write, *place)
        if command.other_id == asset_id:
            raise model.impossible("An asset is not related to itself")
        await hold(tx, asset.school_id)
        # Either may have been merged into another before that.
        read = await assets.read_many(tx, [asset_id, command.other_id])
        other = read.get(command.other_id)
        if other is None or other.school_id != asset.school_id:
            raise model.impossible("There is no such asset at this school")
        for each in read.values():
            assets_model.present(each)
        over = await store.list_over(tx, command.other_id, command.kind)
        model.require_no_circle(command.kind, asset_id, over)
        relation = await store.insert_relation(
            tx, place, asset_id, command.kind, command.other_id
        )
        if relation is None:
            raise model.RelationPresent
        await audit.record_many(tx, [model.told("asset.related", relation)])
        await idempotency.keep(tx, key, relation)
    return relation


async def end(
    database: db.Database, actor: Actor, asset_id: UUID, relation_id: UUID
) -> None:
    """Say that a relation of an asset lasts no longer.

    Raises:
        AssetNotFound: the asset is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.RelationNotFound: no such relation of the asset lasts.
    """
    async with database.begin(actor, assets_model.ACCESS) as tx:
        asset = await assets.asset_of(tx, asset_id)
        actor.require(assets_model.ACCESS.write, asset.la_code, asset.school_id)
        relation = await store.end_relation(tx, asset_id, relation_id)
        if relation is None:
            raise model.RelationNotFound
        await audit.record_many(tx, [model.told("asset.parted", relation)])


async def hold(tx: db.Tx, school_id: UUID) -> None:
    """Wait for whoever relates assets of a school, and let the others wait."""
    await store.lock_school(tx, school_id)


async def hand_over(
    tx: db.Tx, school_id: UUID, old_id: UUID, new_id: UUID
) -> list[HandedOver]:
    """Let another asset of a school, which is held, have an asset's relations.

    What would relate it to itself, in a circle or twice is dropped.
    """
    handed: list[HandedOver] = []
    for each in await store.end_relations_of(tx, school_id, old_id):
        begun = await _begin(tx, model.handed_over(each, old_id, new_id))
        handed.append(HandedOver(each.relation_id, begun))
    return handed


async def give_back(
    tx: db.Tx, school_id: UUID, old_id: UUID, handed: Sequence[HandedOver]
) -> list[HandedOver]:
    """Begin again what an asset handed over; say what can not be, as it ended since.

    Where the other one was merged since, what it was merged into stands in its place.
    """
    ids = [i for each in handed for i in (each.ended, each.begun) if i is not None]
    known = await store.get_relations(tx, school_id, ids)
    ends = {i for each in known.values() for i in (each.asset_id, each.other_id)}
    others = await assets.read_many(tx, list(ends - {old_id}))
    merged = {i: to for i, each in others.items() if (to := each.merged_into)}
    kept: list[HandedOver] = []
    for each in handed:
        if each.begun is not None:
            begun = known.get(each.begun)
            if begun is None or begun.ended_at is not None:
                kept.append(each)
                continue
            await store.end_relation(tx, begun.asset_id, begun.relation_id)
        if each.ended in known:
            await _begin(tx, model.led_on(known[each.ended], merged))
    return kept


async def _begin(tx: db.Tx, wanted: Relation) -> UUID | None:
    """Relate two assets as two others were; None where that cannot be or is."""
    if wanted.asset_id == wanted.other_id:
        return None
    over = await store.list_over(tx, wanted.other_id, wanted.kind)
    if wanted.kind in model.WITHOUT_CIRCLES and wanted.asset_id in over:
        return None
    place = wanted.la_code, wanted.school_id
    begun = await store.insert_relation(
        tx, place, wanted.asset_id, wanted.kind, wanted.other_id
    )
    return begun and begun.relation_id
