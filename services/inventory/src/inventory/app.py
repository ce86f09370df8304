"""The composition root: the one file that knows every feature of this service."""

from collections.abc import Sequence

from fastapi import FastAPI

from chassis import auth, consumer, db, http, process
from chassis.auditing import routes as audit
from chassis.auth import Access, Actor
from chassis.files import service as files
from chassis.files.folder import Folder
from chassis.jobs import routes as jobs
from chassis.jobs.model import Chore, Kind
from chassis.settings import ServiceSettings
from contracts import roles
from contracts.gateway import SchoolRecorded
from inventory.agents import routes as agents
from inventory.assets import consumer as assets_consumer
from inventory.assets import routes as assets
from inventory.assets import service as assets_service
from inventory.attachments import routes as attachments
from inventory.batches import routes as batches
from inventory.catalogue import routes as catalogue
from inventory.consumables import routes as consumables
from inventory.consumables import service as consumables_service
from inventory.custody import routes as custody
from inventory.custody import service as custody_service
from inventory.depreciation import routes as depreciation
from inventory.devices import routes as devices
from inventory.duplicates import routes as duplicates
from inventory.enrolment import routes as enrolment
from inventory.estate import routes as estate
from inventory.imports import routes as imports
from inventory.kinds import routes as kinds
from inventory.kinds import service as kinds_service
from inventory.lists import routes as lists
from inventory.losses import routes as losses
from inventory.merges import routes as merges
from inventory.model_pictures import routes as model_pictures
from inventory.privacy import routes as privacy
from inventory.relations import routes as relations
from inventory.repairs import routes as repairs
from inventory.repairs import service as repairs_service
from inventory.scans import routes as scans
from inventory.sheets import routes as sheets
from inventory.sheets import working
from inventory.sheets.model.imports import ACCESS as IMPORTING
from inventory.software import routes as software
from inventory.spending import routes as spending
from inventory.stock import routes as stock
from inventory.stock import service as stock_service
from inventory.titles import routes as titles

PREFIX = "/api/inventory/v1"
AUDIT = audit.router(PREFIX, Access(read=roles.AUDIT_READERS), auth.current_actor)
JOBS = jobs.router(PREFIX, IMPORTING, auth.current_actor)


def create_app(settings: ServiceSettings) -> FastAPI:
    return http.create_app(
        "inventory",
        settings,
        [
            *(batches.router, imports.router, sheets.router, JOBS),
            *(lists.router, assets.router, software.router, attachments.router),
            *(enrolment.router, agents.router, devices.router),
            *(kinds.router, relations.router, repairs.router, catalogue.router),
            *(merges.router, model_pictures.router, titles.router, estate.router),
            *(depreciation.router, duplicates.router),
            *(custody.router, losses.router, scans.router),
            *(consumables.router, spending.router, stock.router),
            *(AUDIT, privacy.router),
        ],
        description="Every piece of kit that a school owns.",
        uploads=agents.UPLOADS
        | attachments.UPLOADS
        | model_pictures.UPLOADS
        | {sheets.PREFIX: settings.upload_limit},
    )


def work(settings: ServiceSettings) -> Sequence[Kind | Chore]:
    """Name the long work, and what is done by the clock."""
    depot = Folder(settings.files_dir)
    sweep = Chore(
        "sweep-files", "41 * * * *", lambda db: files.sweep(db, "inventory", depot)
    )
    return [*working.kinds(depot), sweep]


async def restate(database: db.Database, actor: Actor) -> int:
    """Say all that this service says of the actor's LAs again, as events."""
    return (
        await assets_service.restate_assets(database, actor)
        + await kinds_service.restate_lives(database, actor)
        + await repairs_service.restate_repairs(database, actor)
        + await custody_service.restate_custodies(database, actor)
        + await consumables_service.restate_consumables(database, actor)
        + await stock_service.restate_stock(database, actor)
    )


SERVICE = process.Service(
    name="inventory",
    settings=ServiceSettings,
    create_app=create_app,
    subscriptions=(
        consumer.Subscription(
            durable="inventory-schools",
            facts=(SchoolRecorded,),
            handle=assets_consumer.record_schools,
            follows_schools=True,
        ),
    ),
    jobs=work,
    restate=restate,
)
