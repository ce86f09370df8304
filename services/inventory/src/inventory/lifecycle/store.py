"""What is known of releases: our own facts, and what was taken in beside them."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from chassis import db, json, sql
from inventory.lifecycle.model import telling
from inventory.lifecycle.model.releases import Release

_QUERIES = sql.load("inventory.lifecycle")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A release as the table has it."""

    product: str
    cycle: str
    build: str | None
    released_on: str | None
    active_until: str | None
    security_until: str | None
    extended_until: str | None
    lts: str | None


_TAKEN_AT = _QUERIES.scalar("get_taken_at", datetime)
_RELEASES = _QUERIES.rows("list_releases", _Kept)
_UPSERT = _QUERIES.command("upsert_releases")


@cache
def own_facts() -> Sequence[Release]:
    """Read the facts that the service brings along."""
    file = resources.files("inventory.lifecycle") / "facts.csv"
    rows = csv.DictReader(file.read_text("utf-8").splitlines())
    return tuple(telling.release_of(row) for row in rows)


async def get_taken_at(tx: db.Tx) -> datetime | None:
    return await tx.maybe(_TAKEN_AT)


async def list_releases(tx: db.Tx) -> list[Release]:
    rows = await tx.all(_RELEASES)
    return [telling.release_of(asdict(row)) for row in rows]


async def take_in(tx: db.Tx, releases: Sequence[Release]) -> int:
    """Take releases in; return how many are new or differ from what was."""
    told = json.encode([telling.columns(each) for each in releases]).decode()
    return await tx.run(_UPSERT, {"releases": told})
