"""The worker's composition root: what it hears.

The service itself is named here, and `app` by its name alone: no worker waits until
every route is made.
"""

from chassis import consumer, process
from chassis.settings import ServiceSettings
from contracts import inventory
from contracts.gateway import SchoolRecorded
from contracts.servicedesk import CalendarWritten
from servicedesk.assets import service as assets
from servicedesk.tickets import consumer as tickets_consumer
from servicedesk.tickets import service as tickets_service

SERVICE = process.Service(
    name="servicedesk",
    settings=ServiceSettings,
    app="servicedesk.app:create_app",
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
        consumer.Subscription(
            durable="servicedesk-calendars",
            facts=(CalendarWritten,),
            handle=tickets_consumer.judge_anew,
        ),
    ),
    restate=tickets_service.restate_tickets,
)
