"""The use cases of support: each opens the one transaction it needs."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from chassis import db
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.assets import service as assets
from inventory.assets.model import ACCESS
from inventory.estate import service as estate
from inventory.lifecycle import service as lifecycle
from inventory.lifecycle.model import programs
from inventory.lifecycle.model.products import PRODUCTS
from inventory.lifecycle.model.releases import Support
from inventory.support import store
from inventory.support.model import summing
from inventory.support.model.judging import Judge
from inventory.support.model.machines import (
    Among,
    Having,
    MachineFilter,
    Sort,
    Supported,
    Title,
)
from inventory.support.model.summing import Counted, OfOne, Row, Summary


async def get_support(
    database: db.Database,
    actor: Actor,
    day: date,
    la_code: str | None,
    school_urn: int | None,
) -> Summary:
    """Say how what the machines of a school, an LA or the scope run is supported.

    Of an LA its schools are beside each other.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """

    async def count(tx: db.Tx) -> Summary:
        at = await estate.place_of(tx, actor, la_code, school_urn)
        judge = Judge(await lifecycle.releases_of(tx), day)
        is_beside = la_code is not None and school_urn is None
        counted = Counted(
            await store.count_systems(tx, at),
            await store.count_builds(tx, at),
            await _having(tx, at),
            await store.list_places(tx, at) if is_beside else None,
        )
        return summing.summary(judge, counted)

    asked = ("support", la_code, school_urn, day)
    return await database.read_shared(actor, ACCESS.read, asked, count)


async def list_devices(
    database: db.Database,
    actor: Actor,
    day: date,
    wanted: MachineFilter,
    sort: Sort,
    page: PageRequest,
) -> Page[Supported]:
    """List machines in use by tag, each with how its system is supported.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        at = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        judge = Judge(await lifecycle.releases_of(tx), day)
        among = await _among(tx, at, judge, wanted)
        found = await store.list_devices(tx, at, among, wanted.room, (sort, page))
    return Page([summing.supported(judge, each) for each in found.items], found.next)


async def count_devices(
    database: db.Database, actor: Actor, day: date, wanted: MachineFilter
) -> int:
    """Count what a listing holds."""
    async with database.read(actor, ACCESS) as tx:
        at = await estate.place_of(tx, actor, wanted.la_code, wanted.school_urn)
        judge = Judge(await lifecycle.releases_of(tx), day)
        among = await _among(tx, at, judge, wanted)
        return await store.count_devices(tx, at, among, wanted.room)


async def get_support_of(
    database: db.Database, actor: Actor, day: date, asset_id: UUID
) -> OfOne:
    """Say how the system and the programs of one asset are supported.

    Raises:
        AssetNotFound: there is none within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        built = await store.get_build(tx, asset_id)
        installed = await store.list_installed(tx, asset_id)
        judge = Judge(await lifecycle.releases_of(tx), day)
    return summing.of_one(judge, built, installed)


async def releases_in_use(
    tx: db.Tx, at: store.Where, day: date
) -> tuple[list[Row], list[Row]]:
    """Say which systems the machines of a place run, and which programs they have."""
    judge = Judge(await lifecycle.releases_of(tx), day)
    running = await store.count_systems(tx, at)
    having = await _having(tx, at)
    return summing.systems(judge, running), summing.programs(judge, having)


async def _having(tx: db.Tx, at: store.Where) -> list[tuple[Title, Having]]:
    """Count the titles that are looked at, by version."""
    titles = {
        title.title_id: title
        for title in await store.list_titles(tx, at)
        if programs.product_of(title.title_key, title.title)
    }
    if not titles:
        return []
    counted = await store.count_software(tx, at, titles)
    return [(titles[each.title_id], each) for each in counted]


async def _among(
    tx: db.Tx, at: store.Where, judge: Judge, wanted: MachineFilter
) -> Among:
    """Say which machines are meant.

    A state is of the product that is named, if one is, or else of the system.
    """
    among = Among()
    if wanted.product or wanted.state:
        among = await _supported_so(tx, at, judge, wanted)
    if wanted.windows_11 is None:
        return among
    builds = [
        each
        for each in await store.count_builds(tx, at)
        if judge.windows_11(
            each.category, each.system_told, each.hardware_told
        ).readiness
        == wanted.windows_11
    ]
    return replace(
        among,
        build_systems=[each.system_told for each in builds],
        build_hardware=[each.hardware_told for each in builds],
        build_categories=[each.category for each in builds],
    )


async def _supported_so(
    tx: db.Tx, at: store.Where, judge: Judge, wanted: MachineFilter
) -> Among:
    of = PRODUCTS.get(wanted.product or "")
    if wanted.product and (of is None or of.kind != "system"):
        pairs = [
            (title.title_id, having.release)
            for title, having in await _having(tx, at)
            if _is(judge.program(title.title_key, title.title, having.release), wanted)
        ]
        return Among(None, [one for one, _ in pairs], [other for _, other in pairs])
    running = await store.count_systems(tx, at)
    known = judge.systems(each.system_told for each in running)
    return Among([told for told, support in known.items() if _is(support, wanted)])


def _is(support: Support | None, wanted: MachineFilter) -> bool:
    return (
        support is not None
        and wanted.product in {None, support.product}
        and wanted.cycle in {None, support.cycle}
        and wanted.state in {None, support.state}
    )
