"""Whether what is installed is covered by licences; nothing here does I/O.

A school's own licences in force are used first. What they lack is drawn from those that
its LA holds for all schools: its pool. Of a school nothing is said that hangs on what
other schools draw, since its own people may not see that: whether the pool is enough
for all of them is said of the LA itself, to whoever sees the whole of it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from inventory.licences.model.things import Licence, state_of

State = Literal["short", "unlicensed", "ended", "unused", "covered"]
"""The worst first. `unlicensed`: others of the LA hold licences, and none holds here;
`ended`: those that held here have ended."""
STATES: tuple[State, ...] = ("short", "unlicensed", "ended", "unused", "covered")


@dataclass(frozen=True, slots=True)
class Installed:
    """On how many devices in use of a school a title is."""

    la_code: str
    school_id: UUID
    school_urn: int
    school_name: str
    title_id: UUID
    devices: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a school, or the pool of an LA, stands to the licences of one title."""

    la_code: str
    school_id: UUID | None
    school_urn: int | None
    school_name: str | None
    title_id: UUID
    publisher: str
    name: str
    state: State
    installed: int
    """Devices in use that have it: of a school, or of all schools of an LA."""
    counted: int | None
    """As the maker's console says of the licences in force that are looked at."""
    used: int
    """What has to be covered: the more of both; of an LA, what its schools draw."""
    seats: int | None
    """Of its own licences in force; None where one is for a whole site."""
    from_authority: int
    """Of what a school uses, what its LA's licences cover."""
    short_by: int
    ends_on: date | None
    """When the next of the licences that it leans on ends, or the last of them did."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a place holds of a title on a day."""

    holds: bool
    seats: int | None
    counted: int | None
    ends: tuple[date, ...]
    """Of those in force."""
    ended: tuple[date, ...]

    def lacks(self, used: int) -> int:
        """Say how many of those used it does not cover."""
        return 0 if self.seats is None else max(used - self.seats, 0)


def standings(
    licences: Iterable[Licence],
    installed: Iterable[Installed],
    today: date,
    wholes: Collection[str],
) -> list[Standing]:
    """Say how each title stands that somebody holds a licence of, place by place.

    `wholes` are the LAs whose schools are all among what is installed: of their pools
    something can be said.
    """
    by_title: dict[tuple[str, UUID], list[Licence]] = {}
    for each in sorted(licences, key=_authority_first):
        by_title.setdefault((each.la_code, each.title_id), []).append(each)
    on: dict[tuple[str, UUID], list[Installed]] = {}
    for found in installed:
        on.setdefault((found.la_code, found.title_id), []).append(found)
    return [
        standing
        for key, held in by_title.items()
        for standing in _of_title(held, on.get(key, ()), today, wholes)
    ]


def _of_title(
    licences: Sequence[Licence],
    installed: Sequence[Installed],
    today: date,
    wholes: Collection[str],
) -> Iterator[Standing]:
    """Say how one title stands at the schools of an LA, and how the LA's pool does."""
    named = licences[0]
    owned: dict[UUID | None, list[Licence]] = {}
    for each in licences:
        owned.setdefault(each.school_id, []).append(each)
    pool = _held(owned.pop(None, ()), today)
    places: dict[UUID | None, Licence | Installed] = {
        school_id: held[0] for school_id, held in owned.items()
    }
    devices: dict[UUID | None, int] = {}
    for each in installed:
        places[each.school_id], devices[each.school_id] = each, each.devices
    drawn = 0
    for school_id, place in places.items():
        own = _held(owned.get(school_id, ()), today)
        used = max(devices.get(school_id, 0), own.counted or 0)
        drawn += own.lacks(used)
        told = devices.get(school_id, 0), used
        yield from _at_school(named, place, told, own, pool)
    if named.la_code in wholes:
        told = sum(devices.values()), max(drawn, pool.counted or 0)
        yield from _of_pool(named, told, pool)


def _at_school(
    named: Licence,
    place: Licence | Installed,
    told: tuple[int, int],
    own: _Held,
    pool: _Held,
) -> Iterator[Standing]:
    """Say how a school stands, if it uses or holds anything."""
    installed, used = told
    lacking = own.lacks(used)
    short = pool.lacks(lacking)
    leans = (own, pool) if lacking else (own,)
    state = _state(used, short, leans)
    if state is None:
        return
    yield Standing(
        la_code=named.la_code,
        school_id=place.school_id,
        school_urn=place.school_urn,
        school_name=place.school_name,
        title_id=named.title_id,
        publisher=named.publisher,
        name=named.name,
        state=state,
        installed=installed,
        counted=own.counted,
        used=used,
        seats=own.seats,
        from_authority=lacking - short,
        short_by=short,
        ends_on=_ends_on(leans),
    )


def _of_pool(named: Licence, told: tuple[int, int], pool: _Held) -> Iterator[Standing]:
    """Say how what an LA holds for all its schools stands, if it held anything."""
    installed, used = told
    state = _state(used, pool.lacks(used), (pool,))
    if state is None or state == "unlicensed":
        return
    yield Standing(
        la_code=named.la_code,
        school_id=None,
        school_urn=None,
        school_name=None,
        title_id=named.title_id,
        publisher=named.publisher,
        name=named.name,
        state=state,
        installed=installed,
        counted=pool.counted,
        used=used,
        seats=pool.seats,
        from_authority=0,
        short_by=pool.lacks(used),
        ends_on=_ends_on((pool,)),
    )


def _state(used: int, short: int, leans: Sequence[_Held]) -> State | None:
    if not used:
        return "unused" if leans[0].holds else None
    if any(each.holds for each in leans):
        return "short" if short else "covered"
    return "ended" if any(each.ended for each in leans) else "unlicensed"


def _held(licences: Sequence[Licence], today: date) -> _Held:
    """Sum what the licences of a place are on a day; of none it is nothing."""
    stand = [(each, state_of(each, today)) for each in licences]
    forces = [each for each, state in stand if state == "in-force"]
    counts = [each.counted for each in forces if each.counted is not None]
    any_number = any(each.measure == "site" for each in forces)
    return _Held(
        holds=bool(forces),
        seats=None if any_number else sum(each.seats or 0 for each in forces),
        counted=sum(counts) if counts else None,
        ends=tuple(each.ends_on for each in forces if each.ends_on),
        ended=tuple(
            each.ends_on for each, state in stand if state == "ended" and each.ends_on
        ),
    )


def _ends_on(leans: Iterable[_Held]) -> date | None:
    held = list(leans)
    if any(each.holds for each in held):
        return min((day for each in held for day in each.ends), default=None)
    return max((day for each in held for day in each.ended), default=None)


def _authority_first(held: Licence) -> tuple[bool, str]:
    return held.school_id is not None, str(held.licence_id)
