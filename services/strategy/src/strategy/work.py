"""The worker's composition root: what it hears.

The service itself is named here, and `app` by its name alone: no worker waits until
every route is made.
"""

from chassis import consumer, process
from chassis.settings import ServiceSettings
from contracts import inventory, servicedesk
from contracts.gateway import SCHOOL_FACTS
from strategy.benchmarks import consumer as benchmarks
from strategy.desk import consumer as desk
from strategy.estate import consumer as estate
from strategy.schools import consumer as schools

SUBSCRIPTIONS = (
    consumer.Subscription(
        durable="strategy-schools",
        facts=SCHOOL_FACTS,
        handle=schools.record_schools,
        after=benchmarks.compare,
    ),
    consumer.Subscription(
        durable="strategy-estate",
        facts=(*inventory.ASSET_FACTS, inventory.AssetDeparted),
        handle=estate.record_assets,
        after=benchmarks.compare,
    ),
    consumer.Subscription(
        durable="strategy-desk",
        facts=(*servicedesk.TICKET_FACTS, servicedesk.TicketDeparted),
        handle=desk.record_tickets,
        after=benchmarks.compare,
    ),
)

SERVICE = process.Service(
    name="strategy",
    settings=ServiceSettings,
    app="strategy.app:create_app",
    subscriptions=SUBSCRIPTIONS,
)
