"""Named SQL: each feature's `queries.sql` becomes typed queries.

The form of the file: a line `-- name`, a line `-- One sentence.`, the statement. A
query thereby has an identity: its span, its comment in the server's statistics, its
test.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Generic, LiteralString, TypeVar, cast

Row = TypeVar("Row")

_ENTRY = re.compile(
    r"^-- (?P<name>[a-z][a-z0-9_]*)\n"
    r"-- (?P<purpose>[A-Z].*\.)\n"
    r"(?P<text>(?:(?!^-- [a-z][a-z0-9_]*$).*\n?)+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Query(Generic[Row]):
    """One statement and the shape of its rows.

    `row` is a frozen dataclass, a plain type for a single column, or None for a
    statement that returns nothing. One that is `planned_anew` is never prepared: its
    best plan hangs on its values, or on how full its tables are by now, and one plan
    for all times may be a thousand times slower than planning it each time.
    """

    name: str
    text: LiteralString
    row: type[Row] | None
    planned_anew: bool = False


class Queries:
    """The statements of one feature, by name; handing one out gives it its row type."""

    def __init__(self, feature: str, texts: dict[str, LiteralString]) -> None:
        self.feature = feature
        self.texts = texts
        self.bound: dict[str, Query[object]] = {}

    def rows(
        self, name: str, row: type[Row], *, planned_anew: bool = False
    ) -> Query[Row]:
        full = f"{self.feature}.{name}"
        return self._bind(Query(full, self.texts[name], row, planned_anew), name)

    def scalar(self, name: str, kind: type[Row]) -> Query[Row]:
        return self.rows(name, kind)

    def command(self, name: str, *, planned_anew: bool = False) -> Query[None]:
        full = f"{self.feature}.{name}"
        return self._bind(Query(full, self.texts[name], None, planned_anew), name)

    def _bind(self, query: Query[Row], name: str) -> Query[Row]:
        self.bound[name] = cast("Query[object]", query)
        return query


_LOADED: dict[str, Queries] = {}


def load(package: str) -> Queries:
    """Read `queries.sql` of a feature's package, e.g. `inventory.assets`."""
    if package not in _LOADED:
        file = resources.files(package) / "queries.sql"
        _LOADED[package] = Queries(package, parse(file.read_text("utf-8"), package))
    return _LOADED[package]


def loaded() -> Iterator[Queries]:
    """Every feature's statements read so far, for tests that walk them all."""
    return iter(_LOADED.values())


def parse(text: str, feature: str) -> dict[str, LiteralString]:
    """Split a file into statements, each led by a comment that names it.

    Raises:
        ValueError: two statements share a name, or some text belongs to none.
    """
    found: dict[str, LiteralString] = {}
    end = 0
    for entry in _ENTRY.finditer(text):
        if entry["name"] in found or text[end : entry.start()].strip():
            raise ValueError(f"{feature}: near {entry['name']}")
        end = entry.end()
        statement = f"/* {feature}.{entry['name']} */\n{entry['text'].strip()}"
        # The text is a file of this package, fixed when it was built.
        found[entry["name"]] = cast("LiteralString", statement)
    if text[end:].strip():
        raise ValueError(f"{feature}: text that belongs to no name: {text[end:]!r}")
    return found
