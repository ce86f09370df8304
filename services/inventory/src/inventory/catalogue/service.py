"""The use cases of the catalogue: each opens the one transaction it needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from chassis import conditional, db, errors
from chassis.audit import service as audit
from chassis.audit.model import Entry as AuditEntry
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import service as assets
from inventory.assets.model import Written
from inventory.catalogue import schemas, store
from inventory.catalogue.model import entries, joining, lifecycles, listing, naming
from inventory.catalogue.model.entries import (
    ACCESS,
    WRITERS,
    Make,
    MakeSort,
    Model,
    ModelFilter,
    Sort,
    Support,
)
from inventory.catalogue.model.lifecycles import Lifecycle, Listed, Taken, Wanted
from inventory.catalogue.model.listing import Catalogue, Entry
from inventory.catalogue.model.ways import Names
from inventory.kinds.model.lives import AuthorityNotFound
from inventory.schools import service as schools

_MEMORY = joining.Memory(most=64)


async def list_models(
    database: db.Database,
    actor: Actor,
    wanted: ModelFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Model]:
    """List the models of the scope that a filter lets through.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        whole = await whole_of(tx, actor, wanted.la_code, wanted.school_urn)
    return listing.page(listing.narrowed(whole, wanted), sort, page)


async def count_models(database: db.Database, actor: Actor, wanted: ModelFilter) -> int:
    """Count what a listing holds."""
    async with database.read(actor, ACCESS) as tx:
        whole = await whole_of(tx, actor, wanted.la_code, wanted.school_urn)
    return len(listing.narrowed(whole, wanted))


async def list_makes(
    database: db.Database,
    actor: Actor,
    wanted: ModelFilter,
    sort: MakeSort,
    page: PageRequest,
) -> Page[Make]:
    """List the makes of the scope, of one school or LA if it is named."""
    async with database.read(actor, ACCESS) as tx:
        whole = await whole_of(tx, actor, wanted.la_code, wanted.school_urn)
    text = (wanted.q or "").casefold()
    found = [each for each in listing.makes(whole) if text in each.make.casefold()]
    return listing.page(found, sort, page)


async def get_model(
    database: db.Database, actor: Actor, model_id: UUID, school_urn: int | None
) -> tuple[Model, Mapping[str, object]]:
    """Read a model: how it is written, where it is, and how old.

    Raises:
        ModelNotFound: it does not exist or is not within the scope.
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        school = await schools.school_of(tx, school_urn) if school_urn else None
        whole = await whole_of(tx, actor, None, school_urn)
        entry = whole.find(model_id)
        school_id = school.school_id if school else None
        written = sorted({each.sort_model for each in entry.spellings})
        place = (entry.model.la_code, school_id, written)
        at = await store.count_by_school(tx, *place)
        years = await store.count_by_year(tx, *place)
    more = {"spellings": _spellings(entry), "schools": at, "years": years}
    return entry.model, {**asdict(entry.model), **more}


async def get_model_of(database: db.Database, actor: Actor, asset_id: UUID) -> Model:
    """Read the model that an asset is of, with the devices of its school.

    Raises:
        AssetNotFound: the asset does not exist or is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        asset = await assets.asset_of(tx, asset_id)
        whole = await whole_of(tx, actor, asset.la_code, asset.school_urn)
    words = naming.named(asset.manufacturer, asset.model)
    return whole.find(entries.model_id_of(asset.la_code, words)).model


async def set_lifecycle(
    database: db.Database,
    actor: Actor,
    model_id: UUID,
    version: int,
    command: schemas.LifecycleBody,
) -> Model:
    """Write down what is known of a model in its LA; nothing at all forgets it.

    Raises:
        ModelNotFound: it does not exist or is not within the scope.
        errors.Forbidden: the actor does not say so there.
        errors.Stale: another change came first.
        LifecycleOutOfOrder: it would have ended before it began.
    """
    said = Lifecycle(**command.model_dump())
    async with database.begin(actor, ACCESS) as tx:
        entry = (await whole_of(tx, actor, None, None)).find(model_id)
        la_code, before = entry.model.la_code, entry.recorded
        actor.require(WRITERS, la_code, None)
        conditional.check(version, entry.model.version)
        lifecycles.require_in_order(said)
        wanted = _as_recorded(entry, said)
        if not await store.write(tx, la_code, wanted, said, version):
            raise errors.Stale
        was, now = entries.written(before), lifecycles.told(said)
        if was != now:
            await audit.record(
                tx, "model.lifecycle-set", _target(la_code, wanted), was, now
            )
        found = (await whole_of(tx, actor, la_code, None)).ids.get(model_id)
    # What nobody has and nobody knows anything of is in no catalogue.
    return found.model if found else lifecycles.forgotten(entry.model)


async def take_lifecycles(
    database: db.Database, actor: Actor, command: schemas.TakeLifecycles
) -> Taken:
    """Write down what a list says of the models of an LA, all of it or nothing.

    Raises:
        AuthorityNotFound: the LA is not within the scope.
        errors.Forbidden: the actor does not say so there.
        ListWrong: lines name no model, or one twice, or their days are out of order.
    """
    la_code = command.la_code
    async with database.begin(actor, ACCESS) as tx:
        if not actor.may(ACCESS.read, la_code, None):
            raise AuthorityNotFound(la_code=la_code)
        actor.require(WRITERS, la_code, None)
        joined = await _joined(tx, la_code)
        wanted = lifecycles.planned(
            la_code, [_listed(item) for item in command.items], joined
        )
        differing = [each for each in wanted if not each.changes_nothing]
        if differing and not command.dry_run:
            await store.write_many(tx, la_code, differing)
            await audit.record_many(tx, [_taken_down(la_code, w) for w in differing])
    return lifecycles.taken(wanted)


async def names_of(tx: db.Tx, la_codes: Collection[str]) -> Names:
    """Read what some LAs of the scope call things, to name kit of theirs by."""
    only = next(iter(la_codes)) if len(la_codes) == 1 else None
    return Names(await _said(tx, only), datetime.now(UTC).date())


async def ways_of(
    tx: db.Tx,
    actor: Actor,
    la_code: str | None,
    model_id: UUID | None,
    support: Support | None,
) -> list[Written]:
    """Say in which ways kit of a model, or so supported, is written in the scope.

    Of a model that is not known there are none.
    """
    said = await _said(tx, la_code)
    names = Names(said, datetime.now(UTC).date())
    ways = await store.list_ways(tx, actor, la_code)
    return names.written(ways, model_id, support)


async def whole_of(
    tx: db.Tx, actor: Actor, la_code: str | None, school_urn: int | None
) -> Catalogue:
    """Read the catalogue of the scope; of one LA or school of it if it is named."""
    school = await schools.school_of(tx, school_urn) if school_urn else None
    la = school.la_code if school else la_code
    if school and la_code not in {None, la}:
        return Catalogue((), {})
    school_id = school.school_id if school else None
    written = await store.list_spellings(tx, actor, la, school_id)
    return listing.catalogue(written, await _said(tx, la), datetime.now(UTC).date())


async def _said(tx: db.Tx, la_code: str | None) -> Mapping[str, joining.Joined]:
    marks = await store.list_marks(tx, la_code)
    known = _MEMORY.recall(marks)
    if known is not None:
        return known
    said = joining.by_authority(
        await store.list_merges(tx, la_code),
        await store.list_recorded(tx, la_code),
        await store.list_pictures(tx, la_code),
    )
    # What came between the two readings is marked otherwise the next time.
    if marks == await store.list_marks(tx, la_code):
        _MEMORY.keep(marks, said)
    return said


async def _joined(tx: db.Tx, la_code: str) -> joining.Joined:
    return joining.joined(
        await store.list_merges(tx, la_code), await store.list_recorded(tx, la_code)
    )


def _as_recorded(entry: Entry, said: Lifecycle) -> Wanted:
    """Say which row is a model's: the one that is there goes before its new name."""
    known, model = entry.recorded, entry.model
    if known is not None:
        return Wanted(known.model_id, known.make, known.model, said, known)
    return Wanted(model.model_id, model.make, model.model, said, None)


def _listed(item: schemas.ListedModel) -> Listed:
    said = Lifecycle(**item.model_dump(exclude={"make", "model"}))
    return Listed(item.make or "", item.model, said)


def _target(la_code: str, wanted: Wanted) -> Target:
    return Target("model", wanted.model_id, la_code, None)


def _taken_down(la_code: str, wanted: Wanted) -> AuditEntry:
    was, now = entries.written(wanted.before), lifecycles.told(wanted.said)
    return AuditEntry(
        "model.lifecycle-set", _target(la_code, wanted), was, {**was, **now}
    )


def _spellings(entry: Entry) -> Sequence[Mapping[str, object]]:
    """Count the devices of each way of writing, whatever kind they are of."""
    counts: dict[tuple[str, str], int] = {}
    for each in entry.spellings:
        way = (each.manufacturer, each.model)
        counts[way] = counts.get(way, 0) + each.devices
    return [
        {"manufacturer": make, "model": model, "devices": devices}
        for (make, model), devices in sorted(
            counts.items(), key=lambda item: (-item[1], item[0])
        )
    ]
