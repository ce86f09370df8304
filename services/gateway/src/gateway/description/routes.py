"""The descriptions over HTTP, for programs and for people."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from chassis.http import reply
from contracts import asyncapi
from gateway.description import model
from gateway.description.service import Descriptions

router = APIRouter(include_in_schema=False)
_PAGES = Environment(
    loader=PackageLoader("gateway.description"), autoescape=select_autoescape()
)
_CACHED = {"cache-control": "public, max-age=60"}


def _descriptions(request: Request) -> Descriptions:
    found: Descriptions = request.app.state.descriptions
    return found


@router.get("/openapi.json")
async def get_openapi(request: Request) -> Response:
    return reply(await _descriptions(request).merged(), headers=_CACHED)


@router.get("/asyncapi.json")
async def get_asyncapi() -> Response:
    return reply(asyncapi.document(), headers=_CACHED)


@router.get("/docs")
async def read_docs(request: Request) -> Response:
    """Show the interface; plain pages need no script, hence no exception in the CSP."""
    document = await _descriptions(request).merged()
    text = _PAGES.get_template("docs.html").render(
        document=document,
        operations=model.operations(document),
        events=asyncapi.document(),
    )
    return HTMLResponse(text, headers=_CACHED)


@router.get("/docs/style.css")
async def read_style() -> Response:
    text = _PAGES.get_template("docs.css").render()
    return Response(text, media_type="text/css", headers=_CACHED)
