"""Columns by a category, stacked or side by side of a few series."""

from typing import Any

import altair as alt

from gateway.portal.charts import paper
from gateway.portal.charts.model import Columns, Shape
from gateway.portal.charts.paper import Channels
from gateway.portal.charts.theme import Colours

_HEIGHT = 240
_LEVEL = 6
"""So many columns still have room for their names on a level."""


def draw(chart: Columns, colours: Colours, shape: Shape) -> paper.Layers:
    """Draw columns in the order that their parts come in."""
    order = list(dict.fromkeys(part.column for part in chart.parts))
    tilted = len(order) > _LEVEL or shape == "narrow"
    along = alt.Axis(
        title=chart.column_title, labelAngle=-40 if tilted else 0, ticks=False
    )
    up = alt.Axis(title=chart.value_title, tickCount=5, tickMinStep=1)
    channels: Channels = {
        "x": alt.X("column:N", sort=order, axis=along),
        "y": alt.Y("value:Q", stack="zero" if chart.stacked else None, axis=up),
        "color": _colour(chart, colours),
        "order": alt.Order("rank:Q"),
    }
    if not chart.stacked:
        channels["xOffset"] = alt.XOffset("series:N", sort=list(chart.series))
    marked = paper.on(_rows(chart)).mark_bar(
        cornerRadiusEnd=2, stroke=colours.ground, strokeWidth=1
    )
    return paper.sized(paper.layered(marked.encode(**channels)), shape, _HEIGHT)


def _rows(chart: Columns) -> list[dict[str, Any]]:
    return [
        {
            "column": part.column,
            "series": part.series,
            "value": part.value,
            "rank": chart.series.index(part.series),
        }
        for part in chart.parts
    ]


def _colour(chart: Columns, colours: Colours) -> Any:
    if chart.strong:
        own = f"datum.column === {paper.quoted(chart.strong)}"
        return alt.condition(own, alt.value(colours.strong), alt.value(colours.bar))
    count = len(chart.series)
    fills = alt.Scale(domain=list(chart.series), range=list(colours.series[:count]))
    legend = alt.Legend() if count > 1 else None
    return alt.Color("series:N", scale=fills, legend=legend)
