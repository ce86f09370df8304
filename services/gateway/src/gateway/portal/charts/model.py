"""What a chart shows, in words and values: nothing here knows how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from chassis import errors, json

Theme = Literal["light", "dark"]
Shape = Literal["wide", "narrow"]
"""Wide as on a desk, or narrow as on a phone: text keeps its size on both."""

DRAWN_LIKE = 1
"""Counts the changes of how charts are drawn, so that no browser keeps an old one."""


class ChartNotDrawn(errors.Unavailable):
    """The process that draws did not: the page's table says the same."""

    slug = "chart-not-drawn"
    title = "The chart cannot be drawn just now"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across a chart at a value, with what it stands for."""

    value: float
    text: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; the strong one is one's own, and says so."""

    label: str
    value: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a thing, as ordered; rules lie across, and a band between two values."""

    title: str
    text: str
    thing_title: str
    value_title: str
    bars: Sequence[Bar]
    rules: Sequence[Rule] = ()
    band: tuple[float, float] | None = None
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a column."""

    column: str
    series: str
    value: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by a category in its order, each stacked of the series in theirs."""

    title: str
    text: str
    column_title: str
    value_title: str
    parts: Sequence[Part]
    series: Sequence[str]
    stacked: bool = True
    strong: str = ""
    kind: Literal["columns"] = "columns"


@dataclass(frozen=True, slots=True)
class Dot:
    """A place of the national grid, in metres."""

    easting: int
    northing: int
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name written at a place."""

    easting: int
    northing: int
    text: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Places on a plain grid, told apart by shape and colour."""

    title: str
    text: str
    dots: Sequence[Dot]
    groups: Sequence[str]
    names: Sequence[Name] = ()
    legend: bool = True
    kind: Literal["dots"] = "dots"


Chart = Bars | Columns | Dots


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as it is asked for."""

    chart: Chart
    theme: Theme = "light"
    shape: Shape = "wide"


def key_of(picture: Picture) -> str:
    """Name a picture by its content: equal pictures are one."""
    return sha256(b"%d" % DRAWN_LIKE + json.encode(picture)).hexdigest()[:32]
