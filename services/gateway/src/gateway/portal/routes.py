"""Every page of the portal, in one router."""

from fastapi import APIRouter

from gateway.portal.account import routes as account
from gateway.portal.agreements import routes as agreements
from gateway.portal.assets import routes as assets
from gateway.portal.attachments import routes as attachments
from gateway.portal.audit import routes as audit
from gateway.portal.bulk import routes as bulk
from gateway.portal.calendar_additions import routes as calendar_additions
from gateway.portal.calendar_files import routes as calendar_files
from gateway.portal.calendar_hours import routes as calendar_hours
from gateway.portal.calendar_years import routes as calendar_years
from gateway.portal.calendars import routes as calendars
from gateway.portal.catalogue import routes as catalogue
from gateway.portal.circuits import routes as circuits
from gateway.portal.clients import routes as clients
from gateway.portal.comparison import routes as comparison
from gateway.portal.consumables import routes as consumables
from gateway.portal.costs import routes as costs
from gateway.portal.custody import routes as custody
from gateway.portal.depreciation import routes as depreciation
from gateway.portal.desk import routes as desk
from gateway.portal.devices import routes as devices
from gateway.portal.disposals import routes as disposals
from gateway.portal.doubts import routes as doubts
from gateway.portal.duplicates import routes as duplicates
from gateway.portal.enrolment import routes as enrolment
from gateway.portal.estate import routes as estate
from gateway.portal.feedback import routes as feedback
from gateway.portal.fit import routes as fit
from gateway.portal.handing import routes as handing
from gateway.portal.home import routes as home
from gateway.portal.intake import routes as intake
from gateway.portal.labels import routes as labels
from gateway.portal.licence_documents import routes as licence_documents
from gateway.portal.licences import routes as licences
from gateway.portal.lists import routes as lists
from gateway.portal.lives import routes as lives
from gateway.portal.map import routes as maps
from gateway.portal.merging import routes as merging
from gateway.portal.model_pictures import routes as model_pictures
from gateway.portal.network_services import routes as network_services
from gateway.portal.notices import routes as notices
from gateway.portal.people import routes as people
from gateway.portal.privacy import routes as privacy
from gateway.portal.register import routes as register
from gateway.portal.relations import routes as relations
from gateway.portal.repairs import routes as repairs
from gateway.portal.roles import routes as roles
from gateway.portal.scans import routes as scans
from gateway.portal.school import routes as school
from gateway.portal.schools import routes as schools
from gateway.portal.search import routes as search
from gateway.portal.service_reports import routes as service_reports
from gateway.portal.sheets import routes as sheets
from gateway.portal.spending import routes as spending
from gateway.portal.stocktakes import routes as stocktakes
from gateway.portal.suppliers import routes as suppliers
from gateway.portal.support import routes as support
from gateway.portal.tables import routes as tables
from gateway.portal.ticket_changes import routes as ticket_changes
from gateway.portal.tickets import routes as tickets
from gateway.portal.timelog import routes as timelog
from gateway.portal.titles import routes as titles
from gateway.portal.viewing import routes as viewing
from gateway.portal.wipes import routes as wipes

router = APIRouter(include_in_schema=False)
FEATURES = (
    audit,
    *(home, account, search, notices, schools, school, maps, comparison, register),
    # Before tickets: those take any word behind a ticket's address as a step.
    *(timelog, feedback, service_reports, ticket_changes, desk),
    *(assets, relations, repairs, tickets, lists, bulk, labels, tables, intake, sheets),
    *(people, roles, clients),
    *(viewing, privacy, handing, lives, catalogue, merging, model_pictures, titles),
    *(custody, scans, stocktakes, wipes, disposals),
    *(devices, doubts, enrolment, attachments, estate, depreciation, duplicates),
    *(consumables, spending, costs),
    *(support, fit),
    *(circuits, network_services, suppliers, licences, licence_documents),
    *(calendars, calendar_hours, calendar_years, calendar_files),
    calendar_additions,
    agreements,
)
for feature in FEATURES:
    router.include_router(feature.router)
