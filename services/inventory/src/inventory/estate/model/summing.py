"""The figures of an estate, put together from what a query counted in one pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import get_args

from inventory.assets.model import Status
from inventory.estate.model.health import Health, health
from inventory.estate.model.kit import AGES, Age, Figures, Group, OfStatus
from inventory.kinds.model.categories import Category

MOST_ROOMS = 12
_STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class OfAge:
    """Kit in use by whole years since its purchase."""

    age: Age
    assets: int
    past_life: int


@dataclass(frozen=True, slots=True)
class OfCategory:
    """Kit in use of a kind."""

    category: Category
    assets: int
    past_life: int
    out_of_warranty: int


@dataclass(frozen=True, slots=True)
class OfRoom:
    """Kit in use in a room, by its name."""

    room: str
    assets: int
    past_life: int


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms with the most kit, and the rest in sums; virtual kit needs no room."""

    rooms: Sequence[OfRoom]
    other_rooms: int
    other_assets: int
    no_room: int


@dataclass(frozen=True, slots=True)
class Estate:
    """How the kit of a school, an LA or a scope stands on a day."""

    as_of: date
    figures: Figures
    health: Health
    by_age: Sequence[OfAge]
    by_category: Sequence[OfCategory]
    by_room: Rooms | None
    """Of one school alone: two schools have rooms of one name."""
    by_status: Sequence[OfStatus]


def estate(groups: Iterable[Group], as_of: date, *, by_room: bool) -> Estate:
    """Put together what was counted; what was not is not there."""
    found: dict[str, dict[str | None, Group]] = {}
    for group in groups:
        found.setdefault(group.counted, {})[group.name] = group
    whole = figures_of(found.get("all", {}).get(None, Group()))
    return Estate(
        as_of,
        whole,
        health(whole),
        _ages(found.get("age", {})),
        _categories(found.get("category", {})),
        _rooms(found.get("room", {})) if by_room else None,
        _statuses(found.get("status", {})),
    )


def figures_of(row: Figures) -> Figures:
    """Take the figures alone off a row that tells more."""
    return Figures(**{each.name: getattr(row, each.name) for each in fields(Figures)})


def _ages(found: Mapping[str | None, Group]) -> list[OfAge]:
    """List every age, so that two schools' profiles can be laid side by side."""
    return [_of_age(age, found.get(str(years), Group())) for years, age in AGES.items()]


def _of_age(age: Age, kit: Group) -> OfAge:
    return OfAge(age, kit.assets, kit.past_life)


def _categories(found: Mapping[str | None, Group]) -> list[OfCategory]:
    listed = [
        OfCategory(kit.name, kit.assets, kit.past_life, kit.out_of_warranty)  # pyright: ignore[reportArgumentType] - the table's check holds it
        for kit in found.values()
        if kit.assets
    ]
    return sorted(listed, key=lambda each: (-each.assets, each.category))


def _rooms(found: Mapping[str | None, Group]) -> Rooms:
    named = [
        OfRoom(room, kit.assets, kit.past_life)
        for room, kit in found.items()
        if room is not None and kit.assets
    ]
    named.sort(key=lambda each: (-each.assets, each.room.casefold()))
    rest = named[MOST_ROOMS:]
    nowhere = found.get(None, Group()).no_room
    return Rooms(
        named[:MOST_ROOMS], len(rest), sum(each.assets for each in rest), nowhere
    )


def _statuses(found: Mapping[str | None, Group]) -> list[OfStatus]:
    return [
        OfStatus(status, found[status].number)
        for status in _STATUSES
        if status in found
    ]
