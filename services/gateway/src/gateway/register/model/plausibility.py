"""Asks whether a file is likely to be the register of now.

A concern is no fault: an operator who knows better overrides it by its name.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gateway.register.model import changes
from gateway.register.model.comparing import Comparison

ROW_COUNT = "row-count"
MANY_CLOSED = "many-closed"
MANY_RENAMED = "many-renamed"
MANY_MOVED = "many-moved"
OLDER_FILE = "older-file"
NAMES = (ROW_COUNT, MANY_CLOSED, MANY_RENAMED, MANY_MOVED, OLDER_FILE)

FEWEST = 10
"""Below so many schools a share says nothing."""
_FEWER, _MORE = 0.8, 1.25
_SHARES = {MANY_CLOSED: 0.05, MANY_RENAMED: 0.10, MANY_MOVED: 0.05}


@dataclass(frozen=True, slots=True)
class Before:
    """The last import that was applied for the same authorities."""

    rows: int
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Concern:
    """Something unlikely, by the name with which it is overridden."""

    name: str
    detail: str


def concerns(
    rows: int, as_of: date | None, found: Comparison, before: Before | None
) -> Iterator[Concern]:
    """Say what is unlikely about a file."""
    if before is not None:
        yield from _beside_the_last(rows, as_of, before)
    if found.compared < FEWEST:
        return
    kinds = Counter(change.kind for change in found.changes)
    renamed = sum(
        difference.field == "name"
        for change in found.changes
        if change.kind == changes.CHANGED
        for difference in change.differences
    )
    counts = {
        MANY_CLOSED: (kinds[changes.CLOSED], "close"),
        MANY_RENAMED: (renamed, "change their name"),
        MANY_MOVED: (kinds[changes.MOVED], "move to another local authority"),
    }
    for name, (count, verb) in counts.items():
        if count > _SHARES[name] * found.compared:
            yield Concern(name, f"{count:,} of {found.compared:,} schools {verb}")


def _beside_the_last(
    rows: int, as_of: date | None, before: Before
) -> Iterator[Concern]:
    if not _FEWER * before.rows <= rows <= _MORE * before.rows:
        said = f"the file has {rows:,} rows; the last one had {before.rows:,}"
        yield Concern(ROW_COUNT, said)
    if as_of is not None and before.as_of is not None and as_of < before.as_of:
        said = (
            f"the file is of {_british(as_of)};"
            f" one of {_british(before.as_of)} was imported already"
        )
        yield Concern(OLDER_FILE, said)


def _british(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
