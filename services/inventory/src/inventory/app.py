"""The composition root of what answers: it knows every part; its worker's is work."""

from fastapi import FastAPI

from chassis import auth, http
from chassis.auditing import routes as audit
from chassis.auth import Access
from chassis.jobs import routes as jobs
from chassis.settings import ServiceSettings
from contracts import roles
from inventory.agents import routes as agents
from inventory.assets import routes as assets
from inventory.attachments import routes as attachments
from inventory.batches import routes as batches
from inventory.broadband import routes as broadband
from inventory.catalogue import routes as catalogue
from inventory.circuits import routes as circuits
from inventory.compliance import routes as compliance
from inventory.consumables import routes as consumables
from inventory.costs import routes as costs
from inventory.custody import routes as custody
from inventory.depreciation import routes as depreciation
from inventory.devices import routes as devices
from inventory.disposals import routes as disposals
from inventory.duplicates import routes as duplicates
from inventory.endings import routes as endings
from inventory.enrolment import routes as enrolment
from inventory.estate import routes as estate
from inventory.fit import routes as fit
from inventory.imports import routes as imports
from inventory.kinds import routes as kinds
from inventory.licence_documents import routes as licence_documents
from inventory.licences import routes as licences
from inventory.lists import routes as lists
from inventory.losses import routes as losses
from inventory.merges import routes as merges
from inventory.model_pictures import routes as model_pictures
from inventory.network_services import routes as network_services
from inventory.privacy import routes as privacy
from inventory.probes import routes as probes
from inventory.relations import routes as relations
from inventory.repairs import routes as repairs
from inventory.scans import routes as scans
from inventory.sheets import routes as sheets
from inventory.sheets.model.imports import ACCESS as IMPORTING
from inventory.sightings import routes as sightings
from inventory.software import routes as software
from inventory.spending import routes as spending
from inventory.stock import routes as stock
from inventory.stocktakes import routes as stocktakes
from inventory.suppliers import routes as suppliers
from inventory.support import routes as support
from inventory.tariffs import routes as tariffs
from inventory.titles import routes as titles
from inventory.wipes import routes as wipes

PREFIX = "/api/inventory/v1"
AUDIT = audit.router(PREFIX, Access(read=roles.AUDIT_READERS), auth.current_actor)
JOBS = jobs.router(PREFIX, IMPORTING, auth.current_actor)


def create_app(settings: ServiceSettings) -> FastAPI:
    return http.create_app(
        "inventory",
        settings,
        [
            # By far the most requests: each router before it would be asked in vain.
            agents.router,
            *(batches.router, imports.router, sheets.router, JOBS),
            *(lists.router, assets.router, software.router, attachments.router),
            *(enrolment.router, devices.router),
            *(kinds.router, relations.router, repairs.router, catalogue.router),
            *(merges.router, model_pictures.router, titles.router, estate.router),
            *(depreciation.router, costs.router, tariffs.router, duplicates.router),
            *(custody.router, losses.router, scans.router),
            *(wipes.router, disposals.router),
            *(stocktakes.router, sightings.router),
            *(consumables.router, spending.router, stock.router),
            *(support.router, fit.router, endings.router),
            *(circuits.router, probes.router, broadband.router, suppliers.router),
            *(compliance.router, licences.router, licence_documents.router),
            network_services.router,
            *(AUDIT, privacy.router),
        ],
        description="Every piece of kit that a school owns.",
        uploads=agents.UPLOADS
        | attachments.UPLOADS
        | licence_documents.UPLOADS
        | model_pictures.UPLOADS
        | {sheets.PREFIX: settings.upload_limit},
    )
