"""The use cases of losses: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from chassis import db, idempotency
from chassis.auth import Actor
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, Asset
from inventory.losses import model, schemas, store
from inventory.losses.model import Loss

_ENGLAND = ZoneInfo("Europe/London")


async def list_losses(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Loss]:
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_losses(tx, asset_id)


async def report_loss(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    command: schemas.ReportLoss,
    key: str | None,
) -> Loss:
    """Say that an asset is lost or stolen, by which it is missing.

    Whoever has it has it still: they owe it until it is back or written off.

    Raises:
        AssetNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        AssetRetired, IllegalMove: in its state it does not go missing.
        model.LossOpen: it is lost already.
        model.LossUnclear: a theft without its reference, or a day to come.
    """
    async with database.begin(actor, ACCESS) as tx:
        repeatable = (asset_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Loss):
            return earlier
        asset = await _held(tx, actor, asset_id)
        said = command.model_dump()
        model.require(command.kind, command.lost_on, command.police_reference, _today())
        place = {
            "la_code": asset.la_code,
            "school_id": asset.school_id,
            "asset_id": asset_id,
        }
        gone = assets_model.changed_status(asset, "missing")
        loss = await store.insert_loss(tx, {**said, **place})
        if loss is None:
            raise model.LossOpen
        told = {"kind": loss.kind, "police_reference": loss.police_reference}
        await assets.keep(tx, asset, gone, "lost", model.beside(told))
        await idempotency.keep(tx, key, loss)
    return loss


async def find_asset(
    database: db.Database,
    actor: Actor,
    asset_id: UUID,
    loss_id: UUID,
    command: schemas.FindAsset,
) -> Loss:
    """Say that an asset was found, and where it is now.

    Raises:
        AssetNotFound, model.LossNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        model.LossEnded: it was found already.
        model.LossUnclear: before it was lost, or a day to come.
    """
    async with database.begin(actor, ACCESS) as tx:
        asset = await _held(tx, actor, asset_id)
        loss = await store.lock_loss(tx, asset_id, loss_id)
        if loss is None:
            raise model.LossNotFound
        model.require_found(loss, command.found_on, _today())
        ended = await store.end_loss(tx, loss_id, command.found_on)
        new = asset
        if asset.status == "missing":
            # Whoever wrote it off or found it meanwhile knows better.
            new = assets_model.changed_status(asset, command.status)
        await assets.keep(tx, asset, new, "found", {})
    return ended


async def end_by_return(tx: db.Tx, found: Mapping[UUID, date]) -> None:
    """Say of assets that came back on some days that they are found."""
    if found:
        await store.end_losses(tx, found)


async def _held(tx: db.Tx, actor: Actor, asset_id: UUID) -> Asset:
    held = (await assets.hold_many(tx, [asset_id])).get(asset_id)
    if held is None:
        raise assets_model.AssetNotFound
    actor.require(ACCESS.write, held.la_code, held.school_id)
    return held


def _today() -> date:
    return datetime.now(UTC).astimezone(_ENGLAND).date()
