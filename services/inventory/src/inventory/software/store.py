"""The table of installed software: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis import auth, db, errors, json, sql
from chassis.paging import Page, PageRequest
from inventory.assets.model import ACCESS
from inventory.software.model import (
    Differing,
    Found,
    Host,
    Installed,
    Stored,
    Title,
    TitleFilter,
)

_QUERIES = sql.load("inventory.software")
_HOSTS = _QUERIES.rows("list_hosts", Host)
_UNLIST = _QUERIES.command("update_unlisted")
_UPSERT = _QUERIES.command("upsert_installs")
_TITLES = _QUERIES.rows("list_titles", Title, planned_anew=True)
_INSTALLED = _QUERIES.rows("list_installed", Installed)
_GONE = _QUERIES.rows("update_gone", Found)
_FOUND = _QUERIES.rows("upsert_found", Stored)
_COPY = _QUERIES.command("copy_installs")
_END_ALL = _QUERIES.command("end_installs")
_REVIVE = _QUERIES.command("revive_installs")
_END_OF = _QUERIES.command("end_installs_of")
_BY_NAME = "name"
_MOVED = errors.Conflict("An asset moved at this moment: send the request again")


async def list_hosts(tx: db.Tx, asset_ids: Sequence[UUID]) -> dict[UUID, Host]:
    hosts = await tx.all(_HOSTS, {"asset_ids": list(asset_ids)})
    return {host.asset_id: host for host in hosts}


async def replace_installs(
    tx: db.Tx, asset_ids: Sequence[UUID], installs: Sequence[Mapping[str, Any]]
) -> int:
    """Let these be all that the assets have; return how many titles they have."""
    said = {
        "asset_ids": list(asset_ids),
        "installs": json.encode(installs).decode(),
    }
    await tx.run(_UNLIST, said)
    return await tx.run(_UPSERT, said, {"software_install_asset_fkey": _MOVED})


async def add_installs(tx: db.Tx, installs: Sequence[Mapping[str, Any]]) -> None:
    """Keep titles with the end of the transaction, of assets that had none."""
    said = {"installs": json.encode(installs).decode()}
    tx.at_end(_UPSERT, said, {"software_install_asset_fkey": _MOVED})


async def take_down(tx: db.Tx, place: Mapping[str, Any], titles: str) -> Differing:
    """Let titles (a JSON array) be all that one asset has; `place` is where it is."""
    said = {**place, "titles": titles}
    gone = await tx.all(_GONE, said)
    stored = await tx.all(_FOUND, said, {"software_install_asset_fkey": _MOVED})
    new = [Found(s.publisher, s.name, s.version) for s in stored if s.is_new]
    return Differing(gone, new)


async def hand_over(tx: db.Tx, old_id: UUID, new_id: UUID) -> None:
    """Let an asset have what another has, which has nothing then."""
    told = {"old_id": old_id, "new_id": new_id, "since": None}
    await tx.run(_COPY, told)
    await tx.run(_END_ALL, {"asset_id": old_id})


async def give_back(
    tx: db.Tx, old_id: UUID, new_id: UUID, handed_at: datetime, *, is_all: bool
) -> None:
    """Let an asset have again what it handed over then; the other has it no longer.

    What was heard of the other since stays there, or goes along too where `is_all`.
    """
    told = {"old_id": old_id, "new_id": new_id}
    await tx.run(_REVIVE, {"asset_id": new_id, "until": handed_at})
    if is_all:
        await tx.run(_COPY, {**told, "since": handed_at})
    await tx.run(_END_OF, told)


async def list_titles(
    database: db.Database, actor: auth.Actor, wanted: TitleFilter, page: PageRequest
) -> Page[Title]:
    """Read one page within the actor's scope, in one round trip."""
    las, schools = actor.las(ACCESS.read), actor.schools(ACCESS.read)
    asked = {
        **asdict(wanted),
        **_place(page),
        # Row-level security decides; this lets the planner start from the right index.
        "la_code": las[0] if len(las) == 1 and not schools else None,
        "school_ids": None if las else schools,
    }
    rows = await database.read_all(actor, ACCESS, _TITLES, asked)
    return page.page(rows, _BY_NAME, _key)


async def list_installed(
    tx: db.Tx, asset_id: UUID, page: PageRequest
) -> Page[Installed]:
    rows = await tx.all(_INSTALLED, {"asset_id": asset_id, **_place(page)})
    return page.page(rows, _BY_NAME, _key)


def _place(page: PageRequest) -> dict[str, object]:
    name, publisher, version = page.key(_BY_NAME, (str, str, str))
    return {
        "after_name": name,
        "after_publisher": publisher,
        "after_version": version,
        "page_size": page.page_size,
    }


def _key(last: Title | Installed) -> tuple[str, str, str]:
    return last.name, last.publisher, last.version or ""
