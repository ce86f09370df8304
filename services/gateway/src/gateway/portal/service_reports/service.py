"""Asks the service desk for the report of a service, and draws it as a PDF."""

import json
from collections.abc import Mapping
from datetime import date
from importlib import resources

import typst
from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.service_reports.schemas import Report
from gateway.portal.visit import service as visit

PATH = "/api/servicedesk/v1/reports/service"
_REPORT = TypeAdapter(Report)
_SOURCE = (
    resources.files("gateway.portal.service_reports") / "report.typ"
).read_bytes()


async def get_report(
    upstream: Upstream, place: Mapping[str, str | int], days: tuple[date, date]
) -> Report:
    first, last = days
    asked = {**place, "first": first.isoformat(), "last": last.isoformat()}
    params = visit.given(asked)
    return await visit.fetch(upstream, "servicedesk", PATH, _REPORT, params)


def draw(told: Mapping[str, object]) -> bytes:
    """Draw a report as an accessible PDF (PDF/UA-1).

    It takes some milliseconds a page: not for the loop of events.
    """
    return typst.compile(
        _SOURCE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"told": json.dumps(told)},
    )
