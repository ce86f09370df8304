"""The composition root of what answers: it knows every part; its worker's is work."""

from fastapi import FastAPI

from chassis import auth, http
from chassis.auditing import routes as audit
from chassis.auth import Access
from chassis.settings import ServiceSettings
from contracts import roles
from strategy.benchmarks import routes as benchmarks
from strategy.privacy import routes as privacy

AUDIT = audit.router(
    "/api/strategy/v1", Access(read=roles.AUDIT_READERS), auth.current_actor
)


def create_app(settings: ServiceSettings) -> FastAPI:
    return http.create_app(
        "strategy",
        settings,
        [benchmarks.router, AUDIT, privacy.router],
        description="Comparisons of schools, made from what the services say.",
    )
