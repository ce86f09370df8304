"""The composition root of what answers: it knows every part; its worker's is work."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from chassis import bus, http
from chassis.auditing import routes as audit
from chassis.auth import Actor
from chassis.jobs import routes as jobs
from gateway import answers, edge, static
from gateway.callers.routes import current_caller
from gateway.callers.service import Callers, load_signing_key
from gateway.clients import routes as clients
from gateway.description import routes as description
from gateway.description.service import Descriptions
from gateway.directory import routes as directory
from gateway.issuer.service import Issuer, Place
from gateway.live import routes as live
from gateway.live import service as live_service
from gateway.login import routes as login
from gateway.login import service as login_service
from gateway.login.exchange import Exchange
from gateway.mail import routes as mail
from gateway.notices import routes as notices
from gateway.people import routes as people
from gateway.portal import routes as portal
from gateway.portal.attachments import model as attaching
from gateway.portal.charts.service import Drawing
from gateway.portal.licence_documents import model as documenting
from gateway.portal.model_pictures import model as picturing
from gateway.privacy import routes as privacy
from gateway.privacy.holders import Holders
from gateway.proxy import guard
from gateway.proxy import model as proxy_model
from gateway.proxy.capacity import Capacity
from gateway.proxy.service import Hop, Limits
from gateway.register import routes as register
from gateway.register.model import imports
from gateway.second_steps import service as second_steps
from gateway.second_steps.account import Account
from gateway.sessions.model import Lifetimes
from gateway.sessions.seal import Seal
from gateway.sessions.service import AtEnd, Sessions
from gateway.settings import GatewaySettings
from gateway.trail import model as trail_model
from gateway.trail.service import Refusals
from gateway.viewing import service as viewing
from gateway.views import routes as views

DIRECTORY = "/api/directory/v1"
LARGEST_PEOPLE = 2 << 20
"""Bytes of the form that sends a file of people: it comes back as a field of it."""
LARGEST_SHEET = 32 << 20
"""Bytes of the form that sends a file of assets; the page says what is too large."""
DESCRIPTION = "Schools, authorities, people, and who is what where."
BUILT = Path(__file__).parent / "portal" / "static"
_OURSELVES = Actor("service:gateway", "service")


@dataclass(frozen=True, slots=True)
class Parts:
    """What lives as long as the process."""

    issuer_http: httpx.AsyncClient
    service_http: httpx.AsyncClient
    hop: Hop
    callers: Callers
    login: login_service.Parts
    second_steps: second_steps.Parts
    drawing: Drawing
    broker: bus.Bus
    live: live_service.Hub
    refusals: Refusals


def create_app(settings: GatewaySettings) -> http.AsgiApp:
    """Make the whole gateway: the edge, and within it the pages and the directory."""
    parts = _parts(settings)
    app = http.create_app(
        "gateway",
        settings,
        [
            # Before the directory, whose schools are found by any word behind theirs.
            register.router,
            directory.router,
            jobs.router(DIRECTORY, imports.ACCESS, current_caller),
            audit.router(DIRECTORY, trail_model.ACCESS, current_caller),
            people.router,
            privacy.router,
            clients.router,
            notices.router,
            views.router,
            mail.router,
            description.router,
            login.router,
            live.router,
            static.router(settings.assets_dir or BUILT),
            portal.router,
        ],
        description=DESCRIPTION,
        uploads={
            f"{DIRECTORY}/schools/imports": settings.upload_limit,
            "/people/import": LARGEST_PEOPLE,
            "/schools/*/assets/import": LARGEST_SHEET,
            "/authorities/*/assets/import": LARGEST_SHEET,
            attaching.FORM: attaching.LARGEST_FORM,
            picturing.FORM: picturing.LARGEST_FORM,
            **dict.fromkeys(documenting.FORMS, documenting.LARGEST_FORM),
            # The page says at its field that a file is too large: it reads that far.
            "/register": 2 * settings.upload_limit,
        },
    )
    _drop_own_openapi(app)
    _keep(app, settings, parts)
    too_large = {attaching.FORM, picturing.FORM, *documenting.FORMS}
    answers.install(app, too_large=too_large)
    return edge.Edge(
        app,
        parts.hop,
        parts.callers,
        proxy_model.routes(
            settings.service_urls.items(), settings.body_limit, settings.upload_limit
        ),
        proxy_model.agent_route(settings.service_urls),
        edge.security_headers(settings.origin, settings.issuer_origin),
    )


def _parts(settings: GatewaySettings) -> Parts:
    issuer_http = httpx.AsyncClient(timeout=httpx.Timeout(3, connect=2))
    service_http = httpx.AsyncClient(
        timeout=httpx.Timeout(settings.forward_seconds, connect=2)
    )
    seal = Seal.from_file(settings.session_key_file)
    place = _place(settings)
    issuer = Issuer(place, issuer_http)
    exchange = Exchange(place, issuer_http, settings.public_url)
    sessions = Sessions(
        seal,
        exchange.refresh,
        _lifetimes(settings),
        _now,
        AtEnd(viewing.record_ended, login_service.end_sign_on),
    )
    key = load_signing_key(settings.internal_key_file)
    hub = live_service.Hub(settings.live_streams)
    broker = bus.Bus(settings.nats_url, "gateway-api")
    broker.overhear(live_service.SUBJECTS, hub.hear, hub.missed)
    return Parts(
        issuer_http,
        service_http,
        _hop(settings),
        Callers(sessions, issuer, seal, key, settings.origin),
        login_service.Parts(issuer, exchange, sessions, seal),
        second_steps.Parts(Account(place.issuer, issuer_http), sessions),
        Drawing(),
        broker,
        hub,
        Refusals(),
    )


def _keep(app: FastAPI, settings: GatewaySettings, parts: Parts) -> None:
    """Hand the parts to the routes, and tie their life to the app's."""
    app.state.callers = parts.callers
    app.state.login = parts.login
    app.state.second_steps = parts.second_steps
    app.state.live = parts.live
    app.state.refusals = parts.refusals
    app.state.seal = parts.login.seal
    app.state.token_url = parts.login.issuer.place.endpoint("token")
    app.state.http = parts.service_http
    app.state.drawing = parts.drawing
    app.state.holders = Holders(
        parts.service_http, settings.service_urls, parts.callers.internal_token
    )
    app.state.descriptions = Descriptions(
        parts.service_http,
        settings.service_urls,
        lambda service: parts.callers.internal_token(_OURSELVES, service),
        app.openapi,
        settings.public_url,
    )
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, object]]:
        async with inner(app), parts.issuer_http, parts.service_http:
            await parts.hop.open()
            await parts.drawing.open()
            await parts.broker.open()
            parts.refusals.open(app.state.db)
            try:
                yield {guard.STOP: parts.live.stop}
            finally:
                await parts.refusals.close(app.state.db)
                await parts.drawing.close()
                await parts.broker.close()
                await parts.hop.close()

    app.router.lifespan_context = lifespan


def _drop_own_openapi(app: FastAPI) -> None:
    """Leave `/openapi.json` to the merged document."""
    app.router.routes[:] = [
        route
        for route in app.router.routes
        if isinstance(route, APIRoute) or getattr(route, "path", "") != app.openapi_url
    ]


def _place(settings: GatewaySettings) -> Place:
    secret = settings.portal_client_secret_file.read_text("utf-8").strip()
    return Place(
        f"{settings.keycloak_url}/realms/{settings.keycloak_realm}",
        settings.portal_client_id,
        secret,
        settings.api_audience,
    )


def _hop(settings: GatewaySettings) -> Hop:
    slots = settings.forward_slots
    return Hop(
        Limits(total_seconds=settings.forward_seconds),
        {
            service: Capacity(slots, slots * 3 // 2, settings.forward_wait_seconds)
            for service in settings.service_urls
        },
    )


def _lifetimes(settings: GatewaySettings) -> Lifetimes:
    return Lifetimes(
        timedelta(minutes=settings.session_idle_minutes),
        timedelta(hours=settings.session_hours),
        timedelta(minutes=settings.grace_minutes),
    )


def _now() -> datetime:
    return datetime.now(UTC)
