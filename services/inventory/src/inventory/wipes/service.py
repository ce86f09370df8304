"""The use cases of wipes: each opens the one transaction it needs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.auth import Actor
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.assets.model import ACCESS
from inventory.wipes import model, schemas, store
from inventory.wipes.model import Wipe, Wiped


async def list_wipes(
    database: db.Database, actor: Actor, asset_id: UUID
) -> Sequence[Wipe]:
    """List when and how the data on an asset was erased.

    Raises:
        AssetNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_wipes(tx, asset_id)


async def record_wipes(
    database: db.Database,
    actor: Actor,
    today: date,
    command: schemas.RecordWipes,
    key: str | None,
) -> Wiped:
    """Write down that the data on some assets was erased; all of them, or none.

    Raises:
        WipeImpossible: the day is to come, or one is named twice.
        AssetNotFound: some are not within the scope.
        errors.Forbidden: the actor may not write at some of their schools.
        AssetMerged: one is another's duplicate.
    """
    wanted = command.asset_ids
    async with database.begin(actor, ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Wiped):
            return earlier
        model.require_sound(wanted, command.wiped_on, today)
        found = await assets.read_many(tx, wanted)
        model.require_known(wanted, found)
        model.require_allowed(actor, wanted, found.values())
        # Held, they go to no other school before it is written down where they are.
        held = await assets.hold_many(tx, wanted)
        model.require_known(wanted, held)
        kit = [assets_model.present(held[each]) for each in wanted]
        said = command.model_dump(exclude={"asset_ids"})
        await store.insert_wipes(tx, kit, said)
        how = (command.wiped_on, command.method)
        await audit.record_many(tx, [model.recorded(each, *how) for each in kit])
        wiped = Wiped(len(kit))
        await idempotency.keep(tx, key, wiped)
    return wiped
