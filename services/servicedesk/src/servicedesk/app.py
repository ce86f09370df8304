"""The composition root of what answers: it knows every part; its worker's is work."""

from fastapi import FastAPI

from chassis import auth, http
from chassis.auditing import routes as audit
from chassis.auth import Access
from chassis.settings import ServiceSettings
from contracts import roles
from servicedesk.agreements import routes as agreements
from servicedesk.batches import routes as batches
from servicedesk.calendar import routes as calendar
from servicedesk.conversation import routes as conversation
from servicedesk.feedback import routes as feedback
from servicedesk.imports import routes as imports
from servicedesk.privacy import routes as privacy
from servicedesk.reports import routes as reports
from servicedesk.tickets import routes as tickets
from servicedesk.timelog import routes as timelog
from servicedesk.workload import routes as workload

AUDIT = audit.router(
    "/api/servicedesk/v1", Access(read=roles.AUDIT_READERS), auth.current_actor
)


def create_app(settings: ServiceSettings) -> FastAPI:
    return http.create_app(
        "servicedesk",
        settings,
        [
            *(batches.router, tickets.router, conversation.router, imports.router),
            *(calendar.router, agreements.router, timelog.router),
            *(feedback.router, reports.router, workload.router),
            *(AUDIT, privacy.router),
        ],
        description="What goes wrong or is asked for, and how it is settled.",
    )
