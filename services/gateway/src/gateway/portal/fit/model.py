"""How fit is asked for and worded; no I/O."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gateway.portal.assets import model as assets
from gateway.portal.fit.schemas import Fit, FitQuery
from gateway.portal.tables.export import Row
from gateway.portal.tables.model import Column
from gateway.portal.templates import formats

SYSTEMS = {
    "windows": "Windows",
    "macos": "macOS",
    "chromeos": "ChromeOS",
    "ipados": "iPadOS",
    "android": "Android",
}
NEEDS = {
    "system": "operating system",
    "processor": "processor",
    "memory": "memory",
    "storage": "storage",
}
STEPS = {
    "memory": "more memory",
    "storage": "larger drive",
    "system": "newer system",
    "replacement": "another machine",
}
VERDICTS = {"runs": "Runs", "lacks": "Does not run", "unknown": "Not known"}
TONES = {"runs": "good", "lacks": "bad", "unknown": "quiet"}
PRICES = ("memory", "storage", "system", "replacement")
COLUMNS = (
    Column("tag", "Tag"),
    Column("model", "Make and model"),
    Column("category", "Category"),
    Column("room", "Room"),
    Column("verdict", "Runs"),
    Column("lacks", "Lacks"),
    Column("unknown", "Not known"),
    Column("mend", "Mend"),
    Column("price", "Price in pounds", "number"),
)
_LIMITS = {
    "release": (1, 999, "Enter the release as a number, like 11"),
    "memory_gib": (0, 65_536, "Enter memory in GiB, like 8"),
    "storage_gb": (0, 10_000_000, "Enter storage in GB, like 128"),
}
"""The least and the most of each, and what is said of anything else."""
_MOST_POUNDS = 1_000_000
_WRONG_PRICE = "Enter a price in pounds, like 45 or 45.50"
_LONGEST_ROOM = 80
_WRONG_ROOM = f"Enter a room of at most {_LONGEST_ROOM} characters"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as inventory takes it, and what is wrong with it by field."""

    params: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def is_asked(self) -> bool:
        """Whether anything is needed at all, and rightly told."""
        names = {"system", "memory_gib", "storage_gb", "listed_processor"}
        return bool(names & self.params.keys()) and not self.problems


def asked(query: FitQuery) -> Asked:
    """Read a form: what it leaves empty is anything."""
    found = _Reading(query)
    found.choose("system", SYSTEMS)
    found.choose("category", assets.CATEGORIES)
    if query.listed_processor:
        found.params["listed_processor"] = "true"
    found.take_room()
    for name, (least, most, wrong) in _LIMITS.items():
        number = found.number(name, least, most, wrong)
        if number is not None:
            found.params[name] = f"{number:f}"
    if "." in found.params.get("release", ""):
        found.problems["release"] = _LIMITS["release"][2]
    for name in PRICES:
        pounds = found.number(f"{name}_price", 0, _MOST_POUNDS, _WRONG_PRICE)
        if pounds is not None:
            found.params[f"{name}_pence"] = f"{pounds * 100:.0f}"
    return Asked(found.params, found.problems)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A form as it is read, field by field."""

    query: FitQuery
    params: dict[str, str] = field(default_factory=dict[str, str])
    problems: dict[str, str] = field(default_factory=dict[str, str])

    def choose(self, name: str, choices: Mapping[str, str]) -> None:
        text: str = getattr(self.query, name)
        if text in choices:
            self.params[name] = text

    def take_room(self) -> None:
        room = self.query.room
        if len(room) > _LONGEST_ROOM or not room.isprintable():
            self.problems["room"] = _WRONG_ROOM
        elif room:
            self.params["room"] = room

    def number(self, name: str, least: int, most: int, wrong: str) -> Decimal | None:
        """Read a number; None where there is none, or where it is wrong."""
        text: str = getattr(self.query, name)
        if not text:
            return None
        try:
            number = Decimal(text.removeprefix("£").replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and least <= number <= most:
            return number
        self.problems[name] = wrong
        return None


def named(names: Sequence[str], words: Mapping[str, str]) -> str:
    return ", ".join(words.get(name, name) for name in names)


def table(found: Fit) -> Iterator[Row]:
    """Write the machines on which it does not run as the rows of a file."""
    for each in found.machines:
        pence = each.mend.pence if each.mend.steps else None
        yield [
            each.tag,
            f"{each.manufacturer} {each.model}",
            assets.CATEGORIES.get(each.category, each.category),
            each.room,
            VERDICTS.get(each.verdict, each.verdict),
            named(each.lacks, NEEDS),
            named(each.unknown, NEEDS),
            named(each.mend.steps, STEPS),
            None if pence is None else formats.pence(pence),
        ]
