"""Many assets within another use case's transaction, each step with one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis import db, outbox
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from contracts import inventory as facts
from contracts.inventory import AssetFact
from inventory.assets import model, service, store
from inventory.assets.model import Asset, Tagged, Wanted
from inventory.history import service as history
from inventory.history.model import Changes, Happened, Happening
from inventory.schools.model import School

_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Changing:
    """An asset as it is, as it is to be, and what its history calls that."""

    old: Asset
    new: Asset
    happened: Happened
    beside: Changes = field(default_factory=Changes)
    """What else its history is to tell."""


async def hold_tagged(
    tx: db.Tx, tags: Iterable[tuple[School, str]]
) -> Mapping[Tagged, Asset]:
    """Find the assets that bear some tags at some schools, and hold them."""
    found = await store.list_tagged(tx, tags)
    held = await service.hold_many(tx, found)
    return {Tagged(a.school_id, a.tag.lower()): a for a in held.values()}


async def insert_free(tx: db.Tx, wanted: Sequence[Wanted]) -> list[Asset]:
    """Register assets at schools; those whose tag was taken meanwhile are left out."""
    if not wanted:
        return []
    made = await store.insert_assets(tx, model.rows_of(wanted))
    await service.tell_registered(tx, made)
    return made


async def change_many(
    tx: db.Tx, changes: Sequence[Changing], batch_id: UUID | None = None
) -> list[Asset]:
    """Store changes of assets that are held, keep them in the history, say them."""
    by_id = {each.new.asset_id: each for each in changes}
    stored = await service.update_many(tx, [each.new for each in changes])
    entries: list[Happening] = []
    said: list[AssetFact] = []
    for asset_id, new in stored.items():
        change = by_id[asset_id]
        entries.append(model.happening(change.happened, change.old, new, change.beside))
        said += model.said_of(change.old, new, change.happened)
    await history.record(tx, entries, batch_id)
    await outbox.enqueue_many(tx, said)
    return list(stored.values())


async def take_back_many(
    tx: db.Tx, versions: Mapping[UUID, int], batch_id: UUID
) -> int:
    """Undo what made some assets the versions that they are, and say how many were.

    What was registered then is taken away; what was changed is as it was before. What
    somebody has changed since, or something hangs on, is left as it is.
    """
    held = await service.hold_many(tx, list(versions))
    stood = await history.stood(tx, list(versions.items()))
    same = [a for a_id, a in held.items() if a.version == stood[a_id]]
    new = [a for a in same if versions[a.asset_id] == _FIRST_VERSION]
    withdrawn = await _withdraw(tx, new)
    older = [a for a in same if versions[a.asset_id] > _FIRST_VERSION]
    changes = await history.list_versions(
        tx, [(a.asset_id, versions[a.asset_id]) for a in older]
    )
    back = [
        Changing(a, replace(a, **model.before(a, changes[a.asset_id])), "changed")
        for a in older
        if a.asset_id in changes
    ]
    told = [
        replace(c, happened="reinstated") if _comes_back(c) else c
        for c in back
        if c.old != c.new
    ]
    return withdrawn + len(await change_many(tx, told, batch_id))


async def _withdraw(tx: db.Tx, assets: Sequence[Asset]) -> int:
    gone = await store.withdraw_assets(tx, [each.asset_id for each in assets])
    left = [
        replace(each, status="cancelled", version=each.version + 1)
        for each in assets
        if each.asset_id in gone
    ]
    entries = [
        Entry(
            "asset.withdrawn",
            Target("asset", each.asset_id, each.la_code, each.school_id),
            before={"tag": each.tag},
        )
        for each in left
    ]
    await audit.record_many(tx, entries)
    await outbox.enqueue_many(
        tx, [model.said(facts.AssetWithdrawn, each) for each in left]
    )
    return len(left)


def _comes_back(change: Changing) -> bool:
    return (
        change.old.status in model.OUT_OF_USE
        and change.new.status not in model.OUT_OF_USE
    )
