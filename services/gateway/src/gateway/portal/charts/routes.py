"""A chart as an image of its own: the page's policy lets no drawing stand within it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from gateway.portal.charts import model, theme
from gateway.portal.charts.model import Chart, ChartNotDrawn, Picture, Shape, Theme
from gateway.portal.charts.service import Drawing
from gateway.portal.templates import environment

_SVG = "image/svg+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody wants to see a chart, and what they hold of it already."""

    drawing: Drawing
    theme: Theme
    shape: Shape
    held: str | None


async def current_look(
    request: Request,
    colours: Annotated[Theme, Query(alias="theme")] = "light",
    shape: Annotated[Shape, Query()] = "wide",
) -> Look:
    drawing: Drawing = request.app.state.drawing
    return Look(drawing, colours, shape, request.headers.get("if-none-match"))


CurrentLook = Annotated[Look, Depends(current_look)]


async def image(look: Look, chart: Chart) -> Response:
    """Answer with a chart; where none can be drawn, with an image that says so."""
    picture = Picture(chart, look.theme, look.shape)
    tag = f'"{model.key_of(picture)}"'
    if look.held is not None and tag in {t.strip() for t in look.held.split(",")}:
        return Response(status_code=304, headers={"etag": tag})
    try:
        svg = await look.drawing.svg(picture)
    except ChartNotDrawn:
        # A browser shows the image of any answer, so its reader learns where to look.
        colours = theme.COLOURS[look.theme]
        svg = environment.draw("charts/not_drawn.svg", {"colours": colours})
        return Response(svg, 503, {"retry-after": "10"}, _SVG)
    return Response(svg, headers={"etag": tag}, media_type=_SVG)
