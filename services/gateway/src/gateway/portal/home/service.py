"""Gathers what a home page shows; a part that does not answer is left out."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.comparison import service as comparison
from gateway.portal.comparison.schemas import (
    AuthorityBenchmarks,
    RegionTotals,
    SchoolBenchmarks,
)
from gateway.portal.tickets import service as tickets
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.visit.model import Place, Rights

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class SchoolHome:
    """What one school's page shows; None stands for what does not answer now."""

    tickets: list[Ticket] | None
    benchmarks: SchoolBenchmarks | None


@dataclass(frozen=True, slots=True)
class AuthorityHome:
    """What an LA's page shows; None stands for what does not answer now."""

    tickets: list[Ticket] | None
    benchmarks: AuthorityBenchmarks | None


async def school_home(upstream: Upstream, place: Place, rights: Rights) -> SchoolHome:
    asked = comparison.get_school(upstream, place.urn) if rights.compare else _none()
    urgent, figures = await asyncio.gather(
        _part(tickets.list_urgent(upstream, place.urn)), _part(asked)
    )
    return SchoolHome(urgent.items if urgent else None, figures)


async def authority_home(upstream: Upstream, la_code: str) -> AuthorityHome:
    urgent, figures = await asyncio.gather(
        _part(tickets.list_urgent(upstream, None)),
        _part(comparison.get_authority(upstream, la_code)),
    )
    return AuthorityHome(urgent.items if urgent else None, figures)


async def region_home(upstream: Upstream) -> RegionTotals | None:
    return await _part(comparison.get_region(upstream))


async def _part(asked: Awaitable[Part]) -> Part | None:
    try:
        return await asked
    except (errors.Unavailable, errors.TimedOut, errors.NotFound, errors.Forbidden):
        return None


async def _none() -> None:
    return None
