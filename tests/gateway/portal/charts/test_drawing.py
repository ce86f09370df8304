"""Every kind of chart, in both themes: an SVG that says what it is, and no more."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from gateway.portal.charts import bars, columns, dots, drawing, grid, paper, theme
from gateway.portal.charts.model import (
    Bar,
    Bars,
    Chart,
    Columns,
    Dot,
    Dots,
    Name,
    Part,
    Picture,
    Rule,
    Shape,
    Theme,
)
from gateway.portal.charts.theme import Colours

SVG = "{http://www.w3.org/2000/svg}"
QUOTED = '</text><script>alert(1)</script> "quoted" \\ ]}'
AWKWARD = f"{QUOTED} \u2028"


def some_bars(count: int, label: str = "School") -> Bars:
    return Bars(
        title="Pupils per device & more",
        text="From 1.0 <to> 9.0",
        thing_title=f"{count} schools",
        value_title="Pupils per device",
        bars=[Bar(f"{label} {i}", i / 2, strong=i == 1) for i in range(count)],
        rules=[Rule(1.0, "Line: median 1.0"), Rule(2.0, "dashed", dashed=True)],
        band=(0.5, 2.0),
    )


CHARTS: dict[str, Chart] = {
    "one bar": some_bars(1),
    "named bars": some_bars(12, AWKWARD),
    "many bars": some_bars(300),
    "stacked columns": Columns(
        "Ages", "By year", "Bought", "Devices",
        [Part(f"202{i}", kind, i) for i in (4, 5) for kind in ("Laptop", "Tablet")],
        ["Laptop", "Tablet"],
    ),
    "columns side by side": Columns(
        "Tickets", "By month", "Month", "Tickets",
        [Part("May", "Opened", 3), Part("May", "Resolved", 1)],
        ["Opened", "Resolved"],
        stacked=False,
    ),
    "columns, one of them strong": Columns(
        "Spread", "In steps", "Pupils", "Schools",
        [Part("1 to 2", "n", 5), Part(QUOTED, "n", 7)], ["n"], strong=QUOTED,
    ),
    "a map": Dots(
        "Map", "Two schools",
        [Dot(475_000, 260_000, "A", "One"), Dot(490_000, 275_000, "B", "Two")],
        ["One", "Two"],
        [Name(480_000, 265_000, "Daventry")],
    ),
    "a map of one": Dots("Map", "One", [Dot(475_000, 260_000, "A", "One")], ["One"]),
}  # fmt: skip


@pytest.mark.parametrize("look", [("light", "wide"), ("dark", "narrow")])
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_picture_is_an_svg_with_its_title_and_words(
    chart: Chart, look: tuple[Theme, Shape]
) -> None:
    svg = drawing.draw(Picture(chart, *look))
    root = ET.fromstring(svg)  # noqa: S314 - it is our own

    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", chart.title)
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", chart.text)
    assert not list(root.iter(f"{SVG}script"))
    assert {*root.iter(f"{SVG}image"), *root.iter(f"{SVG}a")} == set()
    assert theme.COLOURS[look[0]].ground in svg


DRAW: dict[type[Chart], Callable[..., paper.Layers]] = {
    Bars: bars.draw,
    Columns: columns.draw,
    Dots: dots.draw,
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_what_is_drawn_is_what_vega_lite_knows(chart: Chart) -> None:
    made = DRAW[type(chart)](chart, theme.LIGHT, "wide")

    assert made.to_dict(validate=True)


def test_few_bars_bear_their_names_and_many_do_not() -> None:
    few = drawing.draw(Picture(some_bars(12)))
    many = drawing.draw(Picture(some_bars(300)))

    assert "School 11" in few
    assert "School 11" not in many
    assert "School 1<" in many, "but one's own is named"


def test_names_that_are_cut_short_have_room_in_a_wider_font() -> None:
    svg = drawing.draw(Picture(some_bars(12, "Marbury Church of England Primary " * 3)))
    moved = re.search(r"translate\(([0-9.]+),", svg)

    assert moved is not None
    room = float(moved[1]) - theme.PADDING["left"]
    assert room > theme.LABEL_LIMITS["wide"] * 1.12


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", theme.COLOURS.values(), ids=theme.COLOURS)
def test_every_colour_passes_contrast_on_its_ground(colours: Colours) -> None:
    for text in (colours.text, colours.soft):
        for ground in (colours.ground, colours.band):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for mark in (colours.bar, colours.strong, *colours.series):
        assert contrast(mark, colours.ground) >= 3, mark
    assert contrast(colours.strong, colours.ground) >= 4.5, "a name is written in it"


def test_a_map_keeps_its_shape_and_its_paper() -> None:
    tall = grid.frame([(0, 0), (10_000, 90_000)], 700)
    wide = grid.frame([(0, 0), (90_000, 10_000)], 700)

    for frame in (tall, wide):
        metres_across = (frame.eastings[1] - frame.eastings[0]) / frame.width
        metres_up = (frame.northings[1] - frame.northings[0]) / frame.height
        assert metres_across == pytest.approx(metres_up, rel=0.02)
        assert frame.width <= 700
        assert frame.height <= 700
        assert frame.eastings[0] < frame.bar[0] < frame.bar[1] < frame.eastings[1]
    assert wide.bar_text == "20 km"
