"""The worker's composition root: what it hears, and what it does by the clock.

The service itself is named here, and `app` by its name alone: no worker waits until
every route is made.
"""

from collections.abc import Sequence

from chassis import consumer, db, process
from chassis.auth import Actor
from chassis.files import service as files
from chassis.files.folder import Folder
from chassis.jobs.model import Chore, Kind
from chassis.settings import ServiceSettings
from contracts.gateway import SchoolRecorded
from inventory.assets import consumer as assets_consumer
from inventory.assets import service as assets
from inventory.circuits import service as circuits
from inventory.consumables import service as consumables
from inventory.custody import service as custody
from inventory.kinds import service as kinds
from inventory.licences import service as licences
from inventory.network_services import service as network_services
from inventory.probes import service as probes
from inventory.repairs import service as repairs
from inventory.sheets import working
from inventory.stock import service as stock


def jobs(settings: ServiceSettings) -> Sequence[Kind | Chore]:
    """Name the long work, and what is done by the clock."""
    depot = Folder(settings.files_dir)
    sweep = Chore(
        "sweep-files", "41 * * * *", lambda db: files.sweep(db, "inventory", depot)
    )
    return [*working.kinds(depot), sweep]


async def restate(database: db.Database, actor: Actor) -> int:
    """Say all that this service says of the actor's LAs again, as events."""
    return (
        await assets.restate_assets(database, actor)
        + await kinds.restate_lives(database, actor)
        + await repairs.restate_repairs(database, actor)
        + await custody.restate_custodies(database, actor)
        + await consumables.restate_consumables(database, actor)
        + await stock.restate_stock(database, actor)
        + await circuits.restate_circuits(database, actor)
        + await probes.restate_probes(database, actor)
        + await licences.restate_licences(database, actor)
        + await network_services.restate_services(database, actor)
    )


SERVICE = process.Service(
    name="inventory",
    settings=ServiceSettings,
    app="inventory.app:create_app",
    subscriptions=(
        consumer.Subscription(
            durable="inventory-schools",
            facts=(SchoolRecorded,),
            handle=assets_consumer.record_schools,
            follows_schools=True,
        ),
    ),
    jobs=jobs,
    restate=restate,
)
