"""What a table is, and which part of it a person looks at; nothing here does I/O.

A table's state is the query string of its page and nothing else, so a page can be
shared, bookmarked, remembered and gone back to.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode

Kind = Literal["text", "number", "day", "moment"]
Direction = Literal["ascending", "descending"]
Pairs = Sequence[tuple[str, str]]

SIZES = (25, 50, 100, 200)
ORDERS: Mapping[Kind, tuple[str, str]] = {
    "text": ("A to Z", "Z to A"),
    "number": ("lowest first", "highest first"),
    "day": ("oldest first", "newest first"),
    "moment": ("oldest first", "newest first"),
}
LONGEST_TEXT = 80
LONGEST_TRAIL = 20
LONGEST_CURSOR = 512
LONGEST_NUMBER = 6
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `up` and `down` are the sorts by it, as the service names them."""

    key: str
    title: str
    kind: Kind = "text"
    up: str = ""
    down: str = ""
    shown: bool = True
    """Whether it is shown to somebody who has chosen nothing."""
    orders: tuple[str, str] | None = None
    """What `up` and `down` bring first, where its kind does not say it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: free text, unless it has choices."""

    key: str
    title: str
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    any: str = ""
    """What its empty choice says, such as "Every status"."""
    usual: str = ""
    """What it is set to for somebody who has chosen nothing."""
    of: str = ""
    """The filter that it says how to take: no field of a form, and nothing without."""
    is_id: bool = False
    """Whether a link sets it to a thing by its id: a form carries it along unseen."""

    def takes(self, value: str) -> bool:
        if self.is_id:
            return _ID.fullmatch(value) is not None
        if self.choices:
            return value in self.choices or (not value and bool(self.usual))
        return 0 < len(value) <= LONGEST_TEXT and value.isprintable()


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table; its first column names the row and is always shown."""

    key: str
    one: str
    many: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sort: str

    def sorts(self) -> set[str]:
        return {sort for c in self.columns for sort in (c.up, c.down) if sort}

    def usual(self) -> "State":
        """What somebody sees who has chosen nothing."""
        return State(
            self.sort,
            {f.key: f.usual for f in self.filters if f.usual},
            tuple(c.key for c in self.columns if c.shown),
        )

    def only(self, state: "State") -> list[Column]:
        """The columns of a state, in the table's own order."""
        return [c for c in self.columns if c.key in state.columns]


@dataclass(frozen=True, slots=True)
class State:
    """How somebody has set a table: all of it is known to be possible."""

    sort: str
    filters: Mapping[str, str]
    columns: tuple[str, ...]
    size: int = SIZES[1]


@dataclass(frozen=True, slots=True)
class Spot:
    """Which page of it: the cursor, and the cursors of the pages before it."""

    after: str = ""
    trail: tuple[str, ...] = ()
    number: int = 1


FIRST = Spot()


def read(table: Table, pairs: Pairs) -> State | None:
    """Read a state from a query; None where the query sets nothing of a table.

    What cannot be is left at what is usual: an old link still opens the page.
    """
    asked = {"sort", "size", "column", *(f.key for f in table.filters)}
    if not any(name in asked for name, _ in pairs):
        return None
    last = {name: value.strip() for name, value in pairs}
    chosen = {value for name, value in pairs if name == "column"}
    usual = table.usual()
    return State(
        last["sort"] if last.get("sort") in table.sorts() else usual.sort,
        _filters(table, last),
        _columns(table, chosen) if chosen else usual.columns,
        _size(last.get("size", "")),
    )


def known(table: Table, kept: State) -> State:
    """Read a state that was kept: what the table no longer has is left out."""
    pairs = [("sort", kept.sort), ("size", str(kept.size)), *kept.filters.items()]
    read_anew = read(table, [*pairs, *(("column", key) for key in kept.columns)])
    return read_anew or table.usual()


def without_words(table: Table, state: State) -> State:
    """Leave out what was typed to find one thing: tomorrow another is looked for."""
    chosen = {f.key for f in table.filters if f.choices and not f.of}
    kept = {key: value for key, value in state.filters.items() if key in chosen}
    return replace(state, filters=kept)


def _filters(table: Table, last: Mapping[str, str]) -> dict[str, str]:
    return {
        f.key: last.get(f.key, f.usual)
        for f in table.filters
        if f.takes(last.get(f.key, f.usual)) and (not f.of or last.get(f.of))
    }


def _columns(table: Table, chosen: set[str]) -> tuple[str, ...]:
    first = table.columns[0].key
    return tuple(c.key for c in table.columns if c.key == first or c.key in chosen)


def _size(text: str) -> int:
    return next((size for size in SIZES if str(size) == text), SIZES[1])


def read_spot(pairs: Pairs) -> Spot:
    """Read which page is asked for; nonsense is the first page."""
    after = next((v for n, v in reversed(pairs) if n == "after"), "")
    number = next((v for n, v in reversed(pairs) if n == "page"), "")
    trail = tuple(v for n, v in pairs if n == "trail" and v)[-LONGEST_TRAIL:]
    if not after or any(len(v) > LONGEST_CURSOR for v in (after, *trail)):
        return FIRST
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return Spot(after, trail, max(2, int(number)) if is_number else len(trail) + 2)


def pairs_of(table: Table, state: State) -> list[tuple[str, str]]:
    """Write a state as a query that `read` reads back; what is usual is left out.

    The sort is always said, so that a link to the usual state is a link to a state.
    """
    usual = table.usual()
    pairs = [("sort", state.sort)]
    for each in table.filters:
        value = state.filters.get(each.key, "")
        if value != each.usual:
            pairs.append((each.key, value))
    if state.columns != usual.columns:
        pairs += [("column", key) for key in state.columns]
    if state.size != usual.size:
        pairs.append(("size", str(state.size)))
    return pairs


def query(table: Table, state: State, spot: Spot = FIRST) -> str:
    """Write a state and a page of it as a query string."""
    pairs = pairs_of(table, state)
    if spot.after:
        pairs += [("after", spot.after), ("page", str(spot.number))]
        pairs += [("trail", cursor) for cursor in spot.trail]
    return urlencode(pairs)


def following(spot: Spot, cursor: str) -> Spot:
    """The page after this one."""
    trail = (*spot.trail, spot.after) if spot.after else spot.trail
    return Spot(cursor, trail[-LONGEST_TRAIL:], spot.number + 1)


def preceding(spot: Spot) -> Spot | None:
    """The page before this one, as far as the trail leads back."""
    if not spot.after:
        return None
    if spot.trail:
        return Spot(spot.trail[-1], spot.trail[:-1], max(2, spot.number - 1))
    return FIRST if spot.number == FIRST.number + 1 else None


def sorted_by(state: State, column: Column) -> Direction | None:
    """How a column is sorted, as `aria-sort` says it."""
    match state.sort:
        case "":
            return None
        case column.up:
            return "ascending"
        case column.down:
            return "descending"
        case _:
            return None


def turned(state: State, column: Column) -> State:
    """What choosing a column's heading leads to: sorted by it, or the other way."""
    first, second = column.up or column.down, column.down or column.up
    return replace(state, sort=second if state.sort == first else first)


def is_respelt(table: Table, before: State, now: State) -> bool:
    """Whether two states differ in nothing but words that somebody is still typing."""
    typed = [f.key for f in table.filters if not f.choices and not f.is_id]
    words = {key: now.filters[key] for key in typed if key in now.filters}
    both = all(key in before.filters for key in words)
    return both and replace(before, filters={**before.filters, **words}) == now


def orders(table: Table) -> dict[str, str]:
    """Say every sort of a table in words."""
    return {
        sort: f"{column.title}, {words}"
        for column in table.columns
        for sort, words in zip(
            (column.up, column.down), column.orders or ORDERS[column.kind], strict=True
        )
        if sort
    }


def without(table: Table, state: State, key: str) -> State:
    """The state with one filter taken off, even one that is usually set."""
    off = {f.key: "" for f in table.filters if f.key == key and f.usual}
    kept = {name: value for name, value in state.filters.items() if name != key}
    return replace(state, filters={**kept, **off})


def cleared(table: Table, state: State) -> State:
    """The state with its filters as they usually are."""
    return replace(state, filters=table.usual().filters)


def set_filters(
    table: Table, state: State, names: Mapping[str, str] = {}
) -> list[tuple[Filter, str]]:
    """Say the filters that narrow the table, each with its value in words.

    `names` are those of the things that filters are set to, by the filters' keys.
    """
    return [
        (each, names.get(each.key) or each.choices.get(value, value))
        for each in table.filters
        if (value := state.filters.get(each.key, ""))
    ]
