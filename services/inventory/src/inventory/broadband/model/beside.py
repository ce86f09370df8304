"""Schools beside each other by how they stand to the broadband standard."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from inventory.broadband.model.standard import (
    SOURCE,
    Contradiction,
    Lack,
    Standing,
    judge,
)
from inventory.circuits.model.things import Circuit

Sort = Literal["name", "-name", "standing", "-standing", "ends_on", "-ends_on"]
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NEVER = "9999-12-31"
_RANK: Mapping[Standing, int] = {"not-met": 0, "not-known": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class School:
    """A school whose broadband is judged; its phase is None until it was told."""

    school_id: UUID
    la_code: str
    school_urn: int
    school_name: str
    phase: str | None


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """Which schools a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    standing: Standing | None = None
    lack: Lack | None = None
    is_contradicted: bool | None = None


@dataclass(frozen=True, slots=True)
class SchoolBroadband:
    """How a school stands to the standard on a day.

    Speeds are whole kbit/s and money is pence; what is asked is None of a phase that
    the standard does not name.
    """

    school_id: UUID
    la_code: str
    school_urn: int
    school_name: str
    phase: str | None
    as_of: date
    standing: Standing
    lacks: list[Lack]
    contradictions: list[Contradiction]
    asked_down_kbps: int | None
    asked_up_kbps: int | None
    asked_since: date | None
    wording: str | None
    source: str
    main: Circuit | None
    back_up: Circuit | None
    circuits: int
    """Those that have not ceased."""
    monthly_pence: int
    """Of those with a price."""
    ends_on: date | None
    """The first end of a contract that is yet to come, or of today."""


def beside(
    schools: Iterable[School],
    circuits: Iterable[Circuit],
    wanted: SchoolFilter,
    day: date,
) -> list[SchoolBroadband]:
    """Judge schools by their circuits, and leave those that a filter lets through."""
    of: dict[UUID, list[Circuit]] = {}
    for each in circuits:
        of.setdefault(each.school_id, []).append(each)
    told = [told_of(each, of.get(each.school_id, []), day) for each in schools]
    return [each for each in told if _lets_through(wanted, each)]


def told_of(school: School, circuits: Sequence[Circuit], day: date) -> SchoolBroadband:
    verdict = judge(school.phase, circuits, day)
    kept = [each for each in circuits if each.state != "ceased"]
    ends = [each.ends_on for each in kept if each.ends_on and each.ends_on >= day]
    asked = verdict.threshold
    return SchoolBroadband(
        school_id=school.school_id,
        la_code=school.la_code,
        school_urn=school.school_urn,
        school_name=school.school_name,
        phase=school.phase,
        as_of=day,
        standing=verdict.standing,
        lacks=verdict.lacks,
        contradictions=verdict.contradictions,
        asked_down_kbps=asked.down_kbps if asked else None,
        asked_up_kbps=asked.up_kbps if asked else None,
        asked_since=asked.since if asked else None,
        wording=asked.wording if asked else None,
        source=SOURCE,
        main=_line(verdict.main_id, kept),
        back_up=_line(verdict.back_up_id, kept),
        circuits=len(kept),
        monthly_pence=sum(each.monthly_pence or 0 for each in kept),
        ends_on=min(ends, default=None),
    )


def key_of(each: SchoolBroadband, sort: Sort) -> tuple[int | str, str, int]:
    """Say where a school stands in an order: by that, its name, its URN."""
    name = each.school_name.lower()[:_SORTED_BY]
    first: dict[str, int | str] = {
        "name": name,
        "standing": _RANK[each.standing],
        "ends_on": each.ends_on.isoformat() if each.ends_on else _NEVER,
    }
    return first[sort.removeprefix("-")], name, each.school_urn


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    """Say of what kinds the parts of such a key are."""
    return (int if sort.endswith("standing") else str), str, int


def _line(which: UUID | None, of: Iterable[Circuit]) -> Circuit | None:
    return next((each for each in of if each.circuit_id == which), None)


def _lets_through(wanted: SchoolFilter, each: SchoolBroadband) -> bool:
    contradicted = wanted.is_contradicted
    return (
        wanted.standing in {None, each.standing}
        and (wanted.lack is None or wanted.lack in each.lacks)
        and (contradicted is None or contradicted == bool(each.contradictions))
    )
