"""Changing many assets in one transaction, and taking such a change back."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from chassis import db, idempotency, outbox
from chassis.auth import Actor
from contracts.inventory import AssetFact
from inventory.assets import model as assets
from inventory.assets import service as assets_service
from inventory.assets.model import Asset, Disposal
from inventory.batches import model, schemas
from inventory.batches.model import Batch, Change, Outcome, Result
from inventory.history import service as history
from inventory.history.model import Happened, Happening
from inventory.schools import service as schools

Seen = Sequence[tuple[UUID, int]]
Wanted = Mapping[UUID, tuple[Asset, Happened]]
Judged = Mapping[UUID, Result]


async def change_assets(
    database: db.Database, actor: Actor, command: schemas.ChangeAssets, key: str | None
) -> Batch:
    """Change those that may be changed and say of each other one why it is not.

    A repeat with the same key changes nothing.
    """
    async with database.begin(actor, assets.REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Batch):
            return earlier
        change = await _change(tx, actor, command)
        seen = [(each.asset_id, each.version) for each in command.assets]
        present = await assets_service.hold_many(tx, [asset_id for asset_id, _ in seen])
        retired = await history.retirements(tx, _out_of_use(present))
        wanted: dict[UUID, tuple[Asset, Happened]] = {}
        judged: dict[UUID, Result] = {}
        for asset_id, version in seen:
            asset = present.get(asset_id)
            if asset is None:
                judged[asset_id] = "not-found"
                continue
            if result := model.judged(actor, asset, version):
                judged[asset_id] = result
                continue
            new = model.changed(asset, change, retired.get(asset_id))
            if isinstance(new, Asset):
                wanted[asset_id] = new, change.happened
            else:
                judged[asset_id] = new
        batch = await _carry_out(tx, seen, present, wanted, judged)
        await idempotency.keep(tx, key, batch)
        return batch


async def take_back(database: db.Database, actor: Actor, batch_id: UUID) -> Batch:
    """Put back what a change of many of one's own changed and nobody has since.

    Raises:
        model.BatchNotFound: there is none, or somebody else's.
    """
    async with database.begin(actor, assets.REGISTERING) as tx:
        entries = await history.list_batch(tx, batch_id, model.MOST)
        if not entries:
            raise model.BatchNotFound
        made = [(entry.asset_id, entry.version) for entry in entries]
        present = await assets_service.hold_many(tx, [asset_id for asset_id, _ in made])
        stood = await history.stood(tx, made)
        seen = [(asset_id, stood[asset_id]) for asset_id, _ in made]
        wanted: dict[UUID, tuple[Asset, Happened]] = {}
        judged: dict[UUID, Result] = {}
        for entry in entries:
            asset = present.get(entry.asset_id)
            if asset is None:
                judged[entry.asset_id] = "not-found"
                continue
            if result := model.judged(actor, asset, stood[entry.asset_id]):
                judged[entry.asset_id] = result
                continue
            old, happened = model.taken_back(asset, entry.changes)
            if actor.may(assets.ACCESS.write, old.la_code, old.school_id):
                wanted[entry.asset_id] = old, happened
            else:
                judged[entry.asset_id] = "forbidden"
        return await _carry_out(tx, seen, present, wanted, judged)


async def _change(tx: db.Tx, actor: Actor, command: schemas.ChangeAssets) -> Change:
    match command.change:
        case schemas.SetStatus(status=status):
            return Change("changed", status=status)
        case schemas.Move(school_urn=urn, site=site, building=building, room=room):
            school = await schools.school_of(tx, urn)
            actor.require(assets.ACCESS.write, school.la_code, school.school_id)
            return Change(
                "moved", school=school, site=site, building=building, room=room
            )
        case schemas.Retire():
            return Change("retired")
        case schemas.Dispose(on=on, method=method, reference=reference):
            return Change("disposed", disposal=Disposal(on, method, reference))
        case schemas.Reinstate():
            return Change("reinstated")


def _out_of_use(present: Mapping[UUID, Asset]) -> list[UUID]:
    return [a_id for a_id, a in present.items() if a.status in assets.OUT_OF_USE]


async def _carry_out(
    tx: db.Tx,
    seen: Seen,
    present: Mapping[UUID, Asset],
    wanted: Wanted,
    judged: Judged,
) -> Batch:
    """Store, keep and say it all, with one statement each."""
    leaving = [a for a_id, (a, _) in wanted.items() if _leaves(present[a_id], a)]
    going, taken = await assets_service.going(tx, leaving)
    out = await assets_service.list_out(tx, list(going))
    refused = model.without_taken(going, taken) | out
    allowed = [new for new, _ in wanted.values() if new.asset_id not in refused]
    stored = await assets_service.update_many(tx, allowed)
    batch_id = uuid4()
    await _tell(tx, batch_id, present, stored, wanted)
    results: dict[UUID, Result] = {new.asset_id: "stale" for new in allowed}
    results |= dict.fromkeys(refused, "tag-taken")
    results |= dict.fromkeys(out, "out")
    return Batch(batch_id, _outcomes(seen, stored, results | dict(judged)))


async def _tell(
    tx: db.Tx,
    batch_id: UUID,
    present: Mapping[UUID, Asset],
    stored: Mapping[UUID, Asset],
    wanted: Wanted,
) -> None:
    """Keep what happened in the history, and say it to the other services."""
    entries: list[Happening] = []
    said: list[AssetFact] = []
    for asset_id, new in stored.items():
        old, happened = present[asset_id], wanted[asset_id][1]
        entries.append(assets.happening(happened, old, new))
        said += assets.said_of(old, new, happened)
    await history.record(tx, entries, batch_id)
    await outbox.enqueue_many(tx, said)


def _leaves(old: Asset, new: Asset) -> bool:
    return new.school_id != old.school_id


def _outcomes(
    seen: Seen, stored: Mapping[UUID, Asset], results: Mapping[UUID, Result]
) -> list[Outcome]:
    """Answer for each in its place; one that is named twice is done once."""
    found: list[Outcome] = []
    met: set[UUID] = set()
    for at, (asset_id, _) in enumerate(seen):
        pointer = f"/assets/{at}"
        if asset_id in met:
            found.append(Outcome(pointer, "repeated"))
        elif asset_id in stored:
            found.append(Outcome(pointer, "done", stored[asset_id].version))
        else:
            found.append(Outcome(pointer, results[asset_id]))
        met.add(asset_id)
    return found
