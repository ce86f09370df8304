"""The use cases of repairs: each opens the one transaction it needs."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, idempotency, outbox
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor
from contracts import inventory as facts
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.repairs import model, schemas, store
from inventory.repairs.model import Moved, Repair

_BATCH = 500
_FIRST = UUID(int=0)


async def list_repairs(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Repair]:
    async with database.read(actor, assets_model.ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_repairs(tx, asset_id)


async def send_for_repair(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    command: schemas.SendForRepair,
    key: str | None,
) -> Repair:
    """Send an asset for repair, by which it passes into that state.

    Raises:
        AssetNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        AssetRetired, IllegalMove: in its state it is not repaired.
        model.RepairOpen: it is being repaired already.
    """
    async with database.begin(actor, assets_model.ACCESS) as tx:
        repeatable = (asset_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Repair):
            return earlier
        asset = await assets.pass_on(tx, actor, asset_id, "in-repair")
        place = {
            "la_code": asset.la_code,
            "school_id": asset.school_id,
            "asset_id": asset_id,
        }
        repair = await store.insert_repair(tx, {**command.model_dump(), **place})
        if repair is None:
            raise model.RepairOpen
        said = {"is_under_warranty": repair.is_under_warranty}
        await audit.record_many(tx, [model.told("repair.opened", repair, said)])
        await outbox.enqueue(tx, model.said(facts.RepairOpened, repair))
        await idempotency.keep(tx, key, repair)
    return repair


async def hand_over(
    tx: db.Tx, old_id: UUID, new_id: UUID, only: Sequence[UUID] | None = None
) -> list[Moved]:
    """Let repairs of an asset, or `only` some of them, be another's; say which were.

    Raises:
        model.BothInRepair: both have one that is open.
    """
    return await store.move_repairs(tx, old_id, new_id, only)


async def is_open(tx: db.Tx, asset_id: UUID) -> bool:
    """Say whether an asset is being repaired."""
    return bool(await store.count_open(tx, [asset_id]))


async def require_one(tx: db.Tx, asset_ids: Sequence[UUID]) -> None:
    """Vouch that assets could be one: what is open of their repairs is one at most.

    Raises:
        model.BothInRepair: more are.
    """
    if await store.count_open(tx, asset_ids) > 1:
        raise model.BothInRepair


async def close_repair(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    repair_id: UUID,
    command: schemas.CloseRepair,
) -> Repair:
    """Say what came of a repair; the asset passes to where it is now.

    Raises:
        AssetNotFound, model.RepairNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.RepairEndsTooEarly: it came back before it was sent.
        model.RepairClosed: what came of it is known.
    """
    async with database.begin(actor, assets_model.ACCESS) as tx:
        asset = await assets.asset_of(tx, asset_id)
        actor.require(assets_model.ACCESS.write, asset.la_code, asset.school_id)
        # In the order in which a merge holds them, or each waits for the other.
        await assets.hold_many(tx, [asset_id])
        repair = await store.lock_repair(tx, asset_id, repair_id)
        if repair is None:
            raise model.RepairNotFound
        if repair.outcome is not None:
            raise model.RepairClosed
        model.require_order(repair, command.returned_on)
        if asset.status == "in-repair":
            # Whoever said meanwhile that it is elsewhere knows better.
            await assets.pass_on(tx, actor, asset_id, command.status)
        said = command.model_dump(exclude={"status"})
        closed = await store.close_repair(tx, {**said, "repair_id": repair_id})
        after = {"outcome": closed.outcome, "cost_pence": closed.cost_pence}
        await audit.record_many(tx, [model.told("repair.closed", closed, after)])
        await outbox.enqueue(tx, model.said(facts.RepairClosed, closed))
    return closed


async def restate_repairs(database: db.Database, actor: Actor) -> int:
    """Say every repair of the actor's LAs again, as events."""
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            repairs = await store.restate_repairs(tx, last, _BATCH)
            if not repairs:
                return count
            await outbox.enqueue_many(
                tx, [model.said(facts.RepairRestated, each) for each in repairs]
            )
            count, last = count + len(repairs), repairs[-1].repair_id
