"""The house style of charts: colours that pass contrast on their ground, plain fonts.

No colour means good or bad, and none is the only mark: what matters has a label, a
shape or a place of its own.
"""

from dataclasses import dataclass
from typing import Any

from gateway.portal.charts.model import Shape, Theme

FONT = "Helvetica Neue, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, each said with what it is for."""

    ground: str
    text: str
    soft: str
    line: str
    band: str
    bar: str
    strong: str
    series: tuple[str, ...]
    """Told apart by lightness too, so that they stand without colour."""


LIGHT = Colours(
    ground="#ffffff",
    text="#1a2527",
    soft="#4a595b",
    line="#dcd8ce",
    band="#e4efec",
    bar="#3f8f88",
    strong="#8a4b00",
    series=("#0b6a64", "#c98500", "#5b3f82", "#b3405f", "#7a8a8c"),
)
DARK = Colours(
    ground="#162829",
    text="#e9efee",
    soft="#a9bab9",
    line="#35494a",
    band="#22403e",
    bar="#57b0a6",
    strong="#f5b83d",
    series=("#57c2b6", "#f5b83d", "#c9b3ee", "#ff9db5", "#8fa3a3"),
)
COLOURS: dict[Theme, Colours] = {"light": LIGHT, "dark": DARK}
WIDTHS: dict[Shape, int] = {"wide": 1000, "narrow": 340}
MAP_WIDTHS: dict[Shape, int] = {"wide": 760, "narrow": 320}
LABEL_LIMITS: dict[Shape, int] = {"wide": 280, "narrow": 130}
PADDING = {"left": 12, "right": 16, "top": 6, "bottom": 6}
"""Room for a reader's font that is wider than the one that was measured with."""
TEXT_SIZES: dict[Shape, int] = {"wide": 14, "narrow": 13}


def config(theme: Theme, shape: Shape) -> dict[str, Any]:
    """Write the house style as Vega-Lite takes it."""
    colours, size = COLOURS[theme], TEXT_SIZES[shape]
    words = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": size,
        "titleFontSize": size,
        "labelColor": colours.soft,
        "titleColor": colours.text,
    }
    return {
        # A picture within a page is one image to a reader: its alternative says it.
        "aria": False,
        "background": colours.ground,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            **words,
            "titleFontWeight": "normal",
            "titlePadding": 10,
            "gridColor": colours.line,
            "domainColor": colours.soft,
            "tickColor": colours.soft,
        },
        "title": {
            "font": FONT,
            "fontSize": size,
            "fontWeight": "normal",
            "color": colours.text,
            "anchor": "start",
            "frame": "group",
            "offset": 12,
            "lineHeight": size + 5,
        },
        "legend": {
            **words,
            "orient": "top",
            "direction": "horizontal",
            "columns": 4 if shape == "wide" else 1,
            "title": None,
            "symbolStrokeWidth": 2,
            "labelLimit": 300,
        },
        "text": {"font": FONT, "fontSize": size, "color": colours.text},
    }
