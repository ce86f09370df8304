"""A map of dots: places told apart by shape and colour, with names and a scale."""

import altair as alt

from gateway.portal.charts import grid, paper, theme
from gateway.portal.charts.grid import Frame
from gateway.portal.charts.model import Dots, Shape
from gateway.portal.charts.paper import Channels
from gateway.portal.charts.theme import Colours

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
_SIZES: dict[Shape, int] = {"wide": 90, "narrow": 50}


def draw(chart: Dots, colours: Colours, shape: Shape) -> paper.Layers:
    places = [(dot.easting, dot.northing) for dot in chart.dots]
    frame = grid.frame(places, theme.MAP_WIDTHS[shape])
    layers = [
        *_names(chart, frame, colours),
        _dots(chart, frame, colours, shape),
        *_scale(frame, colours),
    ]
    return paper.layered(*layers).properties(width=frame.width, height=frame.height)


def _at(frame: Frame) -> Channels:
    east, north = list(frame.eastings), list(frame.northings)
    return {
        "x": alt.X("e:Q", axis=None, scale=alt.Scale(domain=east, nice=False)),
        "y": alt.Y("n:Q", axis=None, scale=alt.Scale(domain=north, nice=False)),
    }


def _dots(chart: Dots, frame: Frame, colours: Colours, shape: Shape) -> alt.Chart:
    rows = [{"e": d.easting, "n": d.northing, "group": d.group} for d in chart.dots]
    groups, count = list(chart.groups), len(chart.groups)
    legend = alt.Legend() if chart.legend else None
    shapes = alt.Scale(domain=groups, range=list(SHAPES[:count]))
    fills = alt.Scale(domain=groups, range=list(colours.series[:count]))
    channels: Channels = {
        **_at(frame),
        "shape": alt.Shape("group:N", scale=shapes, legend=legend),
        "color": alt.Color("group:N", scale=fills, legend=legend),
    }
    marked = paper.on(rows).mark_point(
        filled=True, opacity=1, size=_SIZES[shape], stroke=colours.ground, strokeWidth=1
    )
    return marked.encode(**channels)


def _names(chart: Dots, frame: Frame, colours: Colours) -> list[alt.Chart]:
    rows = [{"e": n.easting, "n": n.northing, "text": n.text} for n in chart.names]
    if not rows:
        return []
    words = paper.on(rows).mark_text(
        color=colours.soft, fontStyle="italic", fontSize=15
    )
    return [words.encode(**_at(frame), text=alt.Text("text:N"))]


def _scale(frame: Frame, colours: Colours) -> list[alt.Chart]:
    west, east = frame.bar
    row = {"e": west, "e2": east, "n": frame.foot, "text": frame.bar_text}
    line = paper.on([row]).mark_rule(color=colours.text, strokeWidth=3)
    words = paper.on([row]).mark_text(
        color=colours.text, align="left", baseline="bottom", dy=-5
    )
    text = alt.Text("text:N")
    return [
        line.encode(**_at(frame), x2="e2"),
        words.encode(**_at(frame), text=text),
    ]
