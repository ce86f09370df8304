"""A table as one page of it is shown: where each of its links leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gateway.portal.tables import model
from gateway.portal.tables.model import (
    FIRST,
    Column,
    Direction,
    Filter,
    Spot,
    State,
    Table,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved view, as it is listed beside its table."""

    view_id: str
    name: str
    query: str
    is_mine: bool
    is_default: bool
    shared: str
    version: int
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a table, for a template to draw."""

    table: Table
    root: str
    title: str
    """What the table is of, such as "Assets of Oak Primary School"."""
    state: State
    spot: Spot
    rows: int
    count: int
    next: str | None = None
    is_exact: bool = True
    is_remembered: bool = False
    live: str = ""
    views: Sequence[Kept] = ()
    shares: Sequence[tuple[str, str]] = ()
    """With whom this person may share a view: value and words."""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the things are called that filters are set to, by the filters' keys."""

    @property
    def query(self) -> str:
        return model.query(self.table, self.state)

    @property
    def query_here(self) -> str:
        return model.query(self.table, self.state, self.spot)

    @property
    def here(self) -> str:
        return f"{self.root}?{self.query_here}"

    @property
    def columns(self) -> list[Column]:
        return self.table.only(self.state)

    @property
    def orders(self) -> dict[str, str]:
        return model.orders(self.table)

    @property
    def sizes(self) -> tuple[int, ...]:
        return model.SIZES

    @property
    def filters_set(self) -> list[tuple[Filter, str]]:
        return model.set_filters(self.table, self.state, self.names)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The filters that are no fields of the form, which it carries along."""
        return [
            (each.key, value)
            for each in self.table.filters
            if (each.is_id or each.of) and each.key != "match"
            if (value := self.state.filters.get(each.key, ""))
        ]

    @property
    def is_narrowed(self) -> bool:
        return self.state.filters != self.table.usual().filters

    @property
    def first_row(self) -> int:
        return (self.spot.number - 1) * self.state.size + 1

    @property
    def last_row(self) -> int:
        return self.first_row + self.rows - 1

    def direction(self, column: Column) -> Direction | None:
        return model.sorted_by(self.state, column)

    def to_sort(self, column: Column) -> str:
        return self._to(model.turned(self.state, column))

    def to_without(self, key: str) -> str:
        return self._to(model.without(self.table, self.state, key))

    @property
    def to_cleared(self) -> str:
        return self._to(model.cleared(self.table, self.state))

    @property
    def to_first(self) -> str | None:
        return self._to(self.state) if self.spot != FIRST else None

    @property
    def to_previous(self) -> str | None:
        before = model.preceding(self.spot)
        return self._to(self.state, before) if before else None

    @property
    def to_next(self) -> str | None:
        if self.next is None:
            return None
        return self._to(self.state, model.following(self.spot, self.next))

    def to_file(self, suffix: str) -> str:
        return f"{self.root}.{suffix}?{self.query}"

    def sized(self, size: int) -> str:
        return self._to(replace(self.state, size=size))

    def _to(self, state: State, spot: Spot = FIRST) -> str:
        return f"{self.root}?{model.query(self.table, state, spot)}"
