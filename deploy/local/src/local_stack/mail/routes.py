"""Takes in every message over SMTP and shows it on a page; on loopback alone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local_stack.mail import folder, model
from local_stack.mail.model import Message

LARGEST = 10_000_000
LONDON = ZoneInfo("Europe/London")
NOT_FOUND = 404
# What was written by others is drawn without any right, in a frame of its own.
_LETTER = {"Content-Security-Policy": "sandbox; default-src 'none'; img-src data:"}
_PAGE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self';"
    " frame-src 'self'; form-action 'self'"
}


class Catcher:
    """What the SMTP server asks; its method names are aiosmtpd's."""

    def __init__(self, where: Path) -> None:
        self._where = where

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take an address, or refuse it as a server elsewhere might."""
        del server, session
        if said := model.refusal(address):
            return said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a message."""
        del server, session
        content = envelope.original_content or b""
        return f"250 2.0.0 Kept as {folder.keep(self._where, content)}"


def create_app(where: Path, smtp_port: int) -> Starlette:
    """Make the pages on which messages are read; as long as they live, more come in."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        app.state.where = where
        loop, catcher = asyncio.get_running_loop(), Catcher(where)

        def conversation() -> SMTP:
            return SMTP(
                catcher, data_size_limit=LARGEST, enable_SMTPUTF8=True, loop=loop
            )

        server = await loop.create_server(conversation, "127.0.0.1", smtp_port)
        try:
            yield
        finally:
            server.close()

    routes = [
        Route("/", _show_all),
        Route("/messages.json", _list_all),
        Route("/messages/{message_id}", _show),
        Route("/messages/{message_id}/html", _show_html),
        Route("/clear", _clear, methods=["POST"]),
        Route("/style.css", _style),
    ]
    return Starlette(lifespan=lifespan, routes=routes)


async def _show_all(request: Request) -> Response:
    address = request.query_params.get("to", "")
    found = folder.newest(request.app.state.where, address)
    return _page("list.html", messages=found, address=address)


async def _list_all(request: Request) -> Response:
    address = request.query_params.get("to", "")
    found = folder.newest(request.app.state.where, address)
    said = [asdict(m) | {"sent_at": m.sent_at.isoformat()} for m in found]
    return JSONResponse({"items": said})


async def _show(request: Request) -> Response:
    message = _asked(request)
    if message is None:
        return _page("lost.html", NOT_FOUND)
    return _page("message.html", message=message)


async def _show_html(request: Request) -> Response:
    message = _asked(request)
    if message is None:
        return _page("lost.html", NOT_FOUND)
    return HTMLResponse(message.html, headers=_LETTER)


async def _clear(request: Request) -> Response:
    folder.clear(request.app.state.where)
    return RedirectResponse("/", 303)


async def _style(_request: Request) -> Response:
    drawn = _templates().get_template("style.css").render()
    return Response(drawn, media_type="text/css")


def _asked(request: Request) -> Message | None:
    return folder.get(request.app.state.where, request.path_params["message_id"])


def run(where: Path, smtp_port: int, page_port: int) -> None:
    """Take messages in, and show them, till the process is told to end."""
    app = create_app(where, smtp_port)
    uvicorn.run(app, port=page_port, log_level="warning", access_log=False)


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["moment"] = _moment
    return made


def _moment(at: datetime) -> str:
    return f"{at.astimezone(LONDON):%-d %B %Y at %-H:%M}"


def _page(template: str, status: int = 200, **context: object) -> Response:
    drawn = _templates().get_template(template).render(**context)
    return HTMLResponse(drawn, status, headers=_PAGE)
