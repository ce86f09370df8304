"""Bars of things in order, with the median and quartiles lying across."""

from typing import Any

import altair as alt

from gateway.portal.charts import paper, theme
from gateway.portal.charts.model import Bars, Shape
from gateway.portal.charts.paper import Channels
from gateway.portal.charts.theme import Colours

NAMED = 30
"""So many bars still have room for a name each."""
_ROW, _HEIGHT = 26, 320
_WIDEST_LETTER = 9
_WIDER_FONT = 1.15


def draw(chart: Bars, colours: Colours, shape: Shape) -> paper.Layers:
    """Draw bars lying with their names where these have room, else standing."""
    named = len(chart.bars) <= NAMED
    rows: list[dict[str, Any]] = [
        {"at": i, "value": bar.value, "strong": bar.strong, "label": bar.label}
        for i, bar in enumerate(chart.bars)
    ]
    across = "x" if named else "y"
    marks = [
        *_band(chart, colours, across),
        _bars(chart, rows, colours, shape),
        *_rules(chart, colours, across),
        *(_values(rows, colours) if named else _pointer(rows, colours)),
    ]
    height = alt.Step(_ROW) if named else _HEIGHT
    above = _rules_in_words(chart, shape)
    return paper.sized(paper.layered(*marks), shape, height, above)


def _bars(chart: Bars, rows: paper.Rows, colours: Colours, shape: Shape) -> alt.Chart:
    named = len(rows) <= NAMED
    axis = alt.Axis(title=chart.value_title, tickCount=5, grid=True)
    channels: Channels = {
        **(_named(chart, shape) if named else _counted(chart)),
        "color": alt.condition(
            "datum.strong", alt.value(colours.strong), alt.value(colours.bar)
        ),
    }
    channels |= _across("x" if named else "y", "value:Q", axis=axis)
    marked = paper.on(rows).mark_bar(cornerRadiusEnd=2 if named else 0)
    return marked.encode(**channels)


def _named(chart: Bars, shape: Shape) -> Channels:
    """Two things may bear one name, so that a bar stands at its number."""
    labels = paper.quoted([bar.label for bar in chart.bars])
    longest = max(len(bar.label) for bar in chart.bars)
    limit = theme.LABEL_LIMITS[shape]
    axis = alt.Axis(
        title=None,
        labelExpr=f"{labels}[datum.value]",
        ticks=False,
        labelLimit=limit,
        # A reader's font may be wider than the one that is measured with here.
        minExtent=min(longest * _WIDEST_LETTER, limit * _WIDER_FONT) + 8,
    )
    return {"y": alt.Y("at:O", axis=axis, sort=None)}


def _counted(chart: Bars) -> Channels:
    axis = alt.Axis(title=chart.thing_title, labels=False, ticks=False)
    return {"x": alt.X("at:O", axis=axis, sort=None)}


def _across(across: str, field: str, **options: Any) -> Channels:
    kind = alt.X if across == "x" else alt.Y
    return {across: kind(field, **options)}


def _band(chart: Bars, colours: Colours, across: str) -> list[alt.Chart]:
    if chart.band is None:
        return []
    low, high = chart.band
    channels = {**_across(across, "low:Q"), f"{across}2": "high"}
    rows = [{"low": low, "high": high}]
    return [paper.on(rows).mark_rect(color=colours.band).encode(**channels)]


def _rules(chart: Bars, colours: Colours, across: str) -> list[alt.Chart]:
    rows = [{"value": rule.value, "dashed": rule.dashed} for rule in chart.rules]
    if not rows:
        return []
    lines = paper.on(rows).mark_rule(color=colours.text, strokeWidth=1.5)
    dash = alt.condition("datum.dashed", alt.value([5, 4]), alt.value([1, 0]))
    return [lines.encode(**_across(across, "value:Q"), strokeDash=dash)]


def _rules_in_words(chart: Bars, shape: Shape) -> list[str]:
    """Name the lines above the drawing, where no name can lie upon another."""
    texts = [rule.text for rule in chart.rules]
    return texts if shape == "narrow" else [", ".join(texts)]


def _values(rows: paper.Rows, colours: Colours) -> list[alt.Chart]:
    words = paper.on(rows).mark_text(align="left", dx=5, color=colours.text)
    text = alt.Text("value:Q", format=",.1f")
    return [words.encode(x=alt.X("value:Q"), y=alt.Y("at:O"), text=text)]


def _pointer(rows: paper.Rows, colours: Colours) -> list[alt.Chart]:
    """Name the strong bar: among many it has no room for a name of its own."""
    own = [row for row in rows if row["strong"]]
    if not own:
        return []
    words = paper.on(own).mark_text(
        color=colours.strong, fontWeight="bold", baseline="bottom", dy=-4
    )
    text = alt.Text("label:N")
    return [words.encode(x=alt.X("at:O"), y=alt.Y("value:Q"), text=text)]
