"""Draws a picture: Altair says what, vl-convert makes an SVG of it, with no browser."""

from xml.sax.saxutils import escape

import vl_convert

from gateway.portal.charts import bars, columns, dots, paper, theme
from gateway.portal.charts.model import Bars, Chart, Columns, Picture, Shape
from gateway.portal.charts.theme import Colours

_ROOT, _IMAGE = 'class="marks"', 'role="img"'


def draw(picture: Picture) -> str:
    """Draw a picture as SVG, with its title and description within."""
    made = _made(picture.chart, theme.COLOURS[picture.theme], picture.shape)
    spec = paper.written(made)
    spec["config"] = theme.config(picture.theme, picture.shape)
    spec["padding"] = theme.PADDING
    # Nothing may be fetched: a picture is made of what it was told.
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return _described(svg, picture.chart.title, picture.chart.text)


def _made(chart: Chart, colours: Colours, shape: Shape) -> paper.Layers:
    match chart:
        case Bars():
            return bars.draw(chart, colours, shape)
        case Columns():
            return columns.draw(chart, colours, shape)
        case _:
            return dots.draw(chart, colours, shape)


def _described(svg: str, title: str, text: str) -> str:
    """Put a title and a description where assistive technology looks for them."""
    head, _, rest = svg.partition(">")
    words = f"<title>{escape(title)}</title><desc>{escape(text)}</desc>"
    return f"{head.replace(_ROOT, _IMAGE)}>{words}{rest}"
