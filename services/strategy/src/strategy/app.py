"""The composition root: the one file that knows every feature of this service."""

from fastapi import FastAPI

from chassis import auth, consumer, http, process
from chassis.auditing import routes as audit
from chassis.auth import Access
from chassis.settings import ServiceSettings
from contracts import inventory, roles, servicedesk
from contracts.gateway import SCHOOL_FACTS
from strategy.benchmarks import consumer as benchmarks_consumer
from strategy.benchmarks import routes as benchmarks
from strategy.desk import consumer as desk
from strategy.estate import consumer as estate
from strategy.privacy import routes as privacy
from strategy.schools import consumer as schools

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


SUBSCRIPTIONS = (
    consumer.Subscription(
        durable="strategy-schools",
        facts=SCHOOL_FACTS,
        handle=schools.record_schools,
        after=benchmarks_consumer.compare,
    ),
    consumer.Subscription(
        durable="strategy-estate",
        facts=(*inventory.ASSET_FACTS, inventory.AssetDeparted),
        handle=estate.record_assets,
        after=benchmarks_consumer.compare,
    ),
    consumer.Subscription(
        durable="strategy-desk",
        facts=(*servicedesk.TICKET_FACTS, servicedesk.TicketDeparted),
        handle=desk.record_tickets,
        after=benchmarks_consumer.compare,
    ),
)

SERVICE = process.Service(
    name="strategy",
    settings=ServiceSettings,
    create_app=create_app,
    subscriptions=SUBSCRIPTIONS,
)
