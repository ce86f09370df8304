"""Gathers what a home page shows; a part that does not answer is left out."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset
from gateway.portal.comparison import service as comparison
from gateway.portal.comparison.schemas import (
    AuthorityBenchmarks,
    RegionTotals,
    SchoolBenchmarks,
)
from gateway.portal.consumables import service as consumables
from gateway.portal.estate import service as estate
from gateway.portal.estate.schemas import Today
from gateway.portal.tickets import service as tickets
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.visit import service as visit
from gateway.portal.visit.model import Place, Rights
from gateway.portal.visit.schemas import Listing

Part = TypeVar("Part")
FEW = 5
_ASSETS = TypeAdapter(Listing[Asset])


@dataclass(frozen=True, slots=True)
class SchoolHome:
    """What one school's page shows; None stands for what does not answer now."""

    tickets: list[Ticket] | None
    benchmarks: SchoolBenchmarks | None
    in_repair: list[Asset] | None
    lately: list[Asset] | None
    today: Today | None
    short: int | None
    """How many consumables are to be ordered."""


@dataclass(frozen=True, slots=True)
class AuthorityHome:
    """What an LA's page shows; None stands for what does not answer now."""

    tickets: list[Ticket] | None
    benchmarks: AuthorityBenchmarks | None


async def school_home(upstream: Upstream, place: Place, rights: Rights) -> SchoolHome:
    def kit(**wanted: str) -> Awaitable[list[Asset] | None]:
        return _assets(upstream, place.urn, wanted) if rights.see_assets else _none()

    asked = comparison.get_school(upstream, place.urn) if rights.compare else _none()
    day = estate.get_today(upstream, place.urn) if rights.see_assets else _none()
    due = consumables.count_due(upstream, place.urn) if rights.see_assets else _none()
    waiting, figures, in_repair, lately, today, short = await asyncio.gather(
        _part(tickets.list_waiting(upstream, place.urn)),
        _part(asked),
        _part(kit(status="in-repair", sort="tag")),
        _part(kit(sort="-changed_at")),
        _part(day),
        _part(due),
    )
    return SchoolHome(waiting, figures, in_repair, lately, today, short)


async def authority_home(upstream: Upstream, la_code: str) -> AuthorityHome:
    waiting, figures = await asyncio.gather(
        _part(tickets.list_waiting(upstream, None)),
        _part(comparison.get_authority(upstream, la_code)),
    )
    return AuthorityHome(waiting, figures)


async def region_home(upstream: Upstream) -> RegionTotals | None:
    return await _part(comparison.get_region(upstream))


async def _assets(upstream: Upstream, urn: int, wanted: dict[str, str]) -> list[Asset]:
    params = visit.given({**wanted, "school": urn, "limit": FEW})
    found = await visit.fetch(upstream, "inventory", assets.PATH, _ASSETS, params)
    return found.items


async def _part(asked: Awaitable[Part]) -> Part | None:
    try:
        return await asked
    except (errors.Unavailable, errors.TimedOut, errors.NotFound, errors.Forbidden):
        return None


async def _none() -> None:
    return None
