"""What every drawing is made of: data, layers, and the paper that they lie on."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from gateway.portal.charts import theme
from gateway.portal.charts.model import Shape

Rows = Sequence[Mapping[str, Any]]
Channels = dict[str, Any]
Layers = alt.LayerChart


def on(rows: Rows) -> alt.Chart:
    """Begin a layer of its own data."""
    return alt.Chart(alt.Data(values=list(rows)))


def layered(*layers: alt.Chart) -> Layers:
    return alt.LayerChart(layer=list(layers))


def sized(made: Layers, shape: Shape, height: Any, above: Sequence[str] = ()) -> Layers:
    """Give a drawing the whole width, axes and all, and what is said above it."""
    words = [text for text in above if text]
    title: dict[str, Any] = {"title": alt.TitleParams(words)} if words else {}
    return made.properties(
        width=theme.WIDTHS[shape],
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        **title,
    )


def quoted(text: str | Sequence[str]) -> str:
    """Write text as an expression of Vega takes it, whatever it holds.

    In ASCII: within quotes, a line separator would end the line.
    """
    return json.dumps(text)


def written(made: Layers) -> dict[str, Any]:
    """Write a drawing as Vega-Lite; tests check it against the schema, not each use."""
    spec: dict[str, Any] = made.to_dict(validate=False)
    return spec
