"""The composition root: the one file that knows every feature of this service."""

from fastapi import FastAPI

from chassis import auth, consumer, http, process
from chassis.auditing import routes as audit
from chassis.auth import Access
from chassis.settings import ServiceSettings
from contracts import inventory, roles
from contracts.gateway import SchoolRecorded
from servicedesk.assets import service as assets
from servicedesk.batches import routes as batches
from servicedesk.conversation import routes as conversation
from servicedesk.imports import routes as imports
from servicedesk.privacy import routes as privacy
from servicedesk.tickets import consumer as tickets_consumer
from servicedesk.tickets import routes as tickets
from servicedesk.tickets import service as tickets_service

AUDIT = audit.router(
    "/api/servicedesk/v1", Access(read=roles.AUDIT_READERS), auth.current_actor
)


def create_app(settings: ServiceSettings) -> FastAPI:
    return http.create_app(
        "servicedesk",
        settings,
        [
            *(batches.router, tickets.router, conversation.router, imports.router),
            *(AUDIT, privacy.router),
        ],
        description="What goes wrong or is asked for, and how it is settled.",
    )


SERVICE = process.Service(
    name="servicedesk",
    settings=ServiceSettings,
    create_app=create_app,
    subscriptions=(
        consumer.Subscription(
            durable="servicedesk-schools",
            facts=(SchoolRecorded,),
            handle=tickets_consumer.record_schools,
            follows_schools=True,
        ),
        consumer.Subscription(
            durable="servicedesk-assets",
            facts=inventory.ASSET_FACTS,
            handle=assets.record_assets,
        ),
    ),
    restate=tickets_service.restate_tickets,
)
