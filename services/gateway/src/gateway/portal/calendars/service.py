"""Asks the service desk for calendars, and writes them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.days import day_in_england
from gateway.portal.calendars.model import words
from gateway.portal.calendars.schemas import (
    Calendar,
    Day,
    Days,
    Due,
    Proposal,
    Taken,
    Year,
)
from gateway.portal.visit import service as visit

Shape = TypeVar("Shape")
PATH = "/api/servicedesk/v1/calendars"
_ONE = TypeAdapter(Calendar)
_DAYS = TypeAdapter(Days)
_YEAR = TypeAdapter(Year)
_DUE = TypeAdapter(Due)
_PROPOSAL = TypeAdapter(Proposal)
_TAKEN = TypeAdapter(Taken)
LOWEST_ERROR = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """A school year of a place; `today` and when somebody is there next."""

    calendar: Calendar
    days: list[Day]
    year: Year
    today: Day | None
    opens_at: datetime | None


def path_of(la_code: str, urn: int | None) -> str:
    """Say where a school's calendar is, or without one, its LA's."""
    return f"{PATH}/authorities/{la_code}" if urn is None else f"{PATH}/schools/{urn}"


async def get_calendar(upstream: Upstream, path: str) -> Calendar:
    return await _read(upstream, path, _ONE)


async def get_shown(
    upstream: Upstream, path: str, year: int, now: datetime, *, at_school: bool
) -> Shown:
    """Read a school year as a page shows it."""
    first, last = words.year_bounds(year)
    today = day_in_england(now)
    calendar, days, counted, on_the_day, due = await asyncio.gather(
        get_calendar(upstream, path),
        _days(upstream, path, first, last),
        _read(upstream, f"{path}/year", _YEAR, {"year": year}),
        _days(upstream, path, today, today),
        _next_opening(upstream, path, now) if at_school else _none(),
    )
    return Shown(calendar, days, counted, on_the_day[0] if on_the_day else None, due)


async def write(
    upstream: Upstream, path: str, said: dict[str, Any], version: int
) -> Calendar:
    """Write a calendar anew, at the version that was seen."""
    asked = visit.Change("PUT", "servicedesk", path, said, visit.of_version(version))
    return await visit.change(upstream, asked, _ONE)


async def get_proposal(upstream: Upstream, path: str, year: int) -> Proposal:
    """Read the draft of the school year after one."""
    return await _read(upstream, f"{path}/next-year", _PROPOSAL, {"year": year})


async def take_file(upstream: Upstream, path: str, text: str, version: int) -> Taken:
    """Add what another program's file says."""
    headers = visit.of_version(version)
    asked = visit.Change("POST", "servicedesk", f"{path}/ical", {"ical": text}, headers)
    return await visit.change(upstream, asked, _TAKEN)


async def get_file(upstream: Upstream, path: str) -> bytes:
    """Read a school's calendar as a file for other programs.

    Raises:
        errors.Refusal: the service refused.
    """
    answer = await upstream.get("servicedesk", f"{path}/calendar.ics")
    if answer.status_code >= LOWEST_ERROR:
        raise visit.refusal_of(answer)
    return answer.content


async def _days(upstream: Upstream, path: str, first: date, last: date) -> list[Day]:
    asked = {"first": first.isoformat(), "last": last.isoformat()}
    return (await _read(upstream, f"{path}/days", _DAYS, asked)).items


async def _next_opening(
    upstream: Upstream, path: str, now: datetime
) -> datetime | None:
    """Say from when on somebody is there; None where that is not written so far."""
    start = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked: dict[str, str | int] = {"start": start, "minutes": 0}
    try:
        return (await _read(upstream, f"{path}/due", _DUE, asked)).runs_from
    except errors.Conflict:
        return None


async def _none() -> None:
    return None


async def _read(
    upstream: Upstream,
    path: str,
    shape: TypeAdapter[Shape],
    params: dict[str, Any] | None = None,
) -> Shape:
    return await visit.fetch(upstream, "servicedesk", path, shape, params)
