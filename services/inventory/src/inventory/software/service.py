"""The use cases of software: each opens the one transaction it needs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis import db, errors, idempotency, json
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.errors import Fault
from chassis.paging import Page, PageRequest
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.schools import model as schools_model
from inventory.schools import service as schools
from inventory.software import model, schemas, store
from inventory.software.model import (
    Differing,
    Host,
    Installed,
    Reportable,
    Reported,
    Title,
    TitleFilter,
)
from inventory.titles.model import naming


async def report_software(
    database: db.Database,
    actor: Actor,
    command: schemas.ReportSoftware,
    key: str | None,
) -> Reported:
    """Take down all that assets have installed; what they no longer have is gone.

    Raises:
        AssetNamedTwice: two items name one asset.
        AssetNotFound: items name assets that are not within the scope.
        errors.Forbidden: the actor may not write at some of their schools.
        AssetRetired: items name retired assets.
    """
    asset_ids = [item.asset_id for item in command.items]
    async with database.begin(actor, assets_model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Reported):
            return earlier
        model.require_each_once(asset_ids)
        hosts = await store.list_hosts(tx, asset_ids)
        model.require_known(asset_ids, hosts)
        closed = [
            Fault(f"/items/{place}/asset_id", errors.Forbidden.title)
            for place, host in enumerate(hosts[asset_id] for asset_id in asset_ids)
            if not actor.may(assets_model.ACCESS.write, host.la_code, host.school_id)
        ]
        if closed:
            raise errors.Forbidden(errors=closed)
        model.require_working(asset_ids, hosts)
        rows = [
            {
                "la_code": hosts[item.asset_id].la_code,
                "school_id": hosts[item.asset_id].school_id,
                "asset_id": item.asset_id,
                **_kept(title.publisher, title.name, title.version or ""),
            }
            for item in command.items
            for title in item.titles
        ]
        titles = await store.replace_installs(tx, asset_ids, rows)
        taken_down = [
            model.recorded(hosts[item.asset_id], len(item.titles))
            for item in command.items
        ]
        await audit.record_many(tx, taken_down)
        reported = Reported(len(asset_ids), titles)
        await idempotency.keep(tx, key, reported)
    return reported


async def take_down(tx: db.Tx, host: Host, titles: Sequence[Reportable]) -> Differing:
    """Take down all that one asset has, within the caller's own transaction.

    Each of `titles` is there once; an unknown version is the empty text.
    """
    rows = [_kept(title.publisher, title.name, title.version) for title in titles]
    return await store.take_down(tx, _place(host), json.encode(rows).decode())


async def take_down_first(tx: db.Tx, host: Host, titles: Sequence[Reportable]) -> None:
    """Take down all that an asset has of which there was nothing before."""
    place = _place(host)
    rows = [
        place | _kept(title.publisher, title.name, title.version) for title in titles
    ]
    await store.add_installs(tx, rows)


async def hand_over(tx: db.Tx, old_id: UUID, new_id: UUID) -> None:
    """Let an asset have the software of another, which has none then."""
    await store.hand_over(tx, old_id, new_id)


async def give_back(
    tx: db.Tx, old_id: UUID, new_id: UUID, handed_at: datetime, *, is_all: bool
) -> None:
    """Let an asset have again what it handed over at `handed_at` (UTC).

    Where `is_all`, what was heard of the other one since was its software too.
    """
    await store.give_back(tx, old_id, new_id, handed_at, is_all=is_all)


def _place(host: Host) -> dict[str, object]:
    return {
        "la_code": host.la_code,
        "school_id": host.school_id,
        "asset_id": host.asset_id,
    }


def _kept(publisher: str, name: str, version: str) -> dict[str, str]:
    """Say how a title is kept: as it is reported, and by its one name."""
    told = {"publisher": publisher, "name": name, "version": version}
    return told | naming.columns(publisher, name, version)


async def list_titles(
    database: db.Database, actor: Actor, wanted: TitleFilter, page: PageRequest
) -> Page[Title]:
    """Count devices by title; an unknown school is not one without software."""
    found = await store.list_titles(database, actor, wanted, page)
    if not found.items and wanted.school_urn is not None:
        async with database.read(actor, schools_model.ACCESS) as tx:
            school = await schools.school_of(tx, wanted.school_urn)
        actor.require(assets_model.ACCESS.read, school.la_code, school.school_id)
    return found


async def list_installed(
    database: db.Database, actor: Actor, asset_id: UUID, page: PageRequest
) -> Page[Installed]:
    """List what is installed on an asset of the scope."""
    async with database.read(actor, assets_model.ACCESS) as tx:
        await assets.asset_of(tx, asset_id)
        return await store.list_installed(tx, asset_id, page)
