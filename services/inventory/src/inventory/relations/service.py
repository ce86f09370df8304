"""The use cases of relations: each opens the one transaction it needs."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.relations import model, schemas, store
from inventory.relations.model import Affected, Related, Relation


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
        other = (await assets.read_many(tx, [command.other_id])).get(command.other_id)
        if other is None or other.school_id != asset.school_id:
            raise model.impossible("There is no such asset at this school")
        await store.lock_school(tx, asset.school_id)
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
