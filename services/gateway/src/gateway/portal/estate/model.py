"""How an estate is worded, drawn and kept as a table; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.portal.assets import model as assets
from gateway.portal.charts.model import Columns, Part
from gateway.portal.estate.schemas import Changes, Estate, Figures, Rooms
from gateway.portal.tables.export import Row
from gateway.portal.tables.model import Column
from gateway.portal.templates import formats

AGES = {
    "under-1": "Under 1 year",
    "1": "1 year",
    "2": "2 years",
    "3": "3 years",
    "4": "4 years",
    "5": "5 years",
    "6": "6 years",
    "7-and-over": "7 years and over",
    "unknown": "Not known",
}
CONCERNS = {
    "past-life": "Past its expected life",
    "life-ending": "Expected life ends within 90 days",
    "out-of-warranty": "Out of warranty",
    "warranty-ending": "Warranty ends within 90 days",
    "out-of-support": "Out of support",
    "support-ending": "Support ends within 90 days",
    "unseen": "Reported before, silent for over 30 days",
    "missed": "Missing at the last stock-take",
    "gaps": "Something is missing in its record",
    "no-serial": "No serial number",
    "no-room": "No room",
    "no-purchase-date": "No purchase date",
    "no-price": "No price",
}
BANDS = {
    "good": "Good",
    "fair": "Fair",
    "poor": "Poor",
    "too-little-known": "Too little known",
    "no-kit": "No kit recorded",
}
BAND_TONES = {
    "good": "good",
    "fair": "note",
    "poor": "bad",
    "too-little-known": "quiet",
    "no-kit": "quiet",
}
FACTS = {
    "registered": "Added",
    "changed": "Changed",
    "moved": "Moved",
    "retired": "Retired",
    "disposed": "Disposed of",
    "reinstated": "Reinstated",
}
"""What is counted, and told one by one."""
HAPPENED = {
    **FACTS,
    "merged": "Merged into another",
    "took-in": "Took in a duplicate",
    "split": "Split off again",
    "gave-back": "Gave back what was its duplicate\u2019s",
    "attached": "Picture or document added",
    "detached": "Picture or document removed",
    "issued": "Given out",
    "renewed": "Due on another day",
    "returned": "Back",
    "lost": "Missing",
    "found": "Found",
}
"""What is told one by one."""
ENDINGS = {"warranty": "Warranty", "support": "Support", "life": "Expected life"}
ENDED = {
    "out-of-warranty": "warranty-ending",
    "out-of-support": "support-ending",
    "past-life": "life-ending",
}
"""What is over already, beside what is about to be."""
MISSING = ("no-serial", "no-room", "no-purchase-date", "no-price")
_OF = {
    "past-life": ("dated", "whose age and expected life are known"),
    "out-of-warranty": ("warranted", "whose last day of warranty is known"),
    "out-of-support": ("supported", "whose last day of support is known"),
    "unseen": ("reporting", "that have reported by themselves"),
    "missed": ("physical", "that are not virtual machines"),
    "gaps": ("physical", "that are not virtual machines"),
}
_PAST, _WITHIN = "Past its expected life", "Not past it"
_NOWHERE, _ELSEWHERE = "No room", "Other rooms"

COLUMNS = (
    Column("by", "Counted by"),
    Column("name", "What"),
    Column("assets", "Assets", "number"),
    Column("past_life", "Past their expected life", "number"),
    Column("out_of_warranty", "Out of warranty", "number"),
)
"""Those of the file of an estate."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something that deserves a look: how many, of how many, and the share in %."""

    concern: str
    assets: int
    of: int
    of_words: str

    @property
    def share(self) -> float | None:
        return 100 * self.assets / self.of if self.of else None


def number_of(figures: Figures, concern: str) -> int:
    found: int = getattr(figures, concern.replace("-", "_"))
    return found


def looks(figures: Figures) -> list[Look]:
    """List what is counted beside what it can be said of."""
    return [
        Look(concern, number_of(figures, concern), getattr(figures, whole), words)
        for concern, (whole, words) in _OF.items()
    ]


def percent(share: float | None) -> str:
    return formats.ABSENT if share is None else f"{formats.number(share)}%"


def changed(changes: Changes) -> int:
    """Count all that happened in the week."""
    return sum(getattr(changes, fact) for fact in FACTS)


def ending(figures: Figures) -> int:
    """Count all that runs out within ninety days."""
    return sum(number_of(figures, concern) for concern in ENDED.values())


def category(code: str) -> str:
    return assets.CATEGORIES.get(code) or formats.words(code)


def known_category(asked: str) -> str:
    """Take the kind that is asked for where there is such a kind."""
    return asked if asked in assets.CATEGORIES else ""


def ages(estate: Estate) -> Columns | None:
    """Draw kit by its age; None without any."""
    rows = [
        (AGES.get(each.age, each.age), each.assets, each.past_life)
        for each in estate.by_age
    ]
    return _columns("Kit in use by age", "Years since the purchase", rows)


def kinds(estate: Estate) -> Columns | None:
    """Draw kit by its kind, the most first; None without any."""
    rows = [
        (category(each.category), each.assets, each.past_life)
        for each in estate.by_category
    ]
    return _columns("Kit in use by kind", "Kind", rows)


def rooms(found: Rooms | None) -> Columns | None:
    """Draw kit by its room, the most first; None of an LA, or without any."""
    if found is None:
        return None
    rows = [(each.room, each.assets, each.past_life) for each in found.rooms]
    return _columns("Kit in use by room", "Room", rows)


def _columns(
    title: str, along: str, rows: Sequence[tuple[str, int, int]]
) -> Columns | None:
    if not any(number for _, number, _ in rows):
        return None
    said = "; ".join(
        f"{name}: {formats.number(number)}, {formats.number(past)} past expected life"
        for name, number, past in rows
        if number
    )
    return Columns(
        title=title,
        text=f"Column chart: {title.lower()}. {said}. The table says the same.",
        column_title=along,
        value_title="Assets",
        parts=[
            Part(name, series, value)
            for name, number, past in rows
            for series, value in ((_WITHIN, number - past), (_PAST, past))
        ],
        series=[_WITHIN, _PAST],
    )


def table(estate: Estate) -> list[Row]:
    """Write an estate as the rows of its file."""
    rows: list[Row] = [
        ["Age", AGES.get(each.age, each.age), each.assets, each.past_life, None]
        for each in estate.by_age
    ]
    rows += [
        ["Kind", category(e.category), e.assets, e.past_life, e.out_of_warranty]
        for e in estate.by_category
    ]
    rows += _of_rooms(estate.by_room) if estate.by_room else []
    rows += [
        ["What deserves a look", CONCERNS[concern], number, None, None]
        for concern, number in _numbers(estate.figures).items()
    ]
    rows += [
        ["Status", assets.STATUSES.get(e.status, e.status), e.assets, None, None]
        for e in estate.by_status
    ]
    return rows


def _of_rooms(found: Rooms) -> list[Row]:
    rows: list[Row] = [
        ["Room", each.room, each.assets, each.past_life, None] for each in found.rooms
    ]
    rows.append(["Room", _ELSEWHERE, found.other_assets, None, None])
    return [*rows, ["Room", _NOWHERE, found.no_room, None, None]]


def _numbers(figures: Figures) -> Mapping[str, int]:
    return {concern: number_of(figures, concern) for concern in CONCERNS}
