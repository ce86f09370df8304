"""The draft of a calendar's next school year on pages: looked at, and accepted."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.calendars import routes as calendars
from gateway.portal.calendars import service
from gateway.portal.calendars.model import entries, words
from gateway.portal.calendars.routes import Text, Where
from gateway.portal.calendars.schemas import Calendar, StepForm
from gateway.portal.visit import routes as visiting

router = APIRouter()


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give the calendar of one place the page of its next year."""
    here_ = Depends(where)
    root = f"{path}/calendar/next-year"

    async def next_page(here: Annotated[Where, here_], year: Text = "") -> Response:
        calendar = await calendars.to_change(here)
        return await _next(here, year, calendar)

    async def accept(
        here: Annotated[Where, here_],
        form: Annotated[StepForm, Form()],
        year: Text = "",
    ) -> Response:
        return await _accept(here, year, form)

    router.add_api_route(root, next_page)
    router.add_api_route(root, accept, methods=["POST"])


_add("/schools/{urn}", calendars.at_school)
_add("/authorities/{la_code}", calendars.at_authority)


async def _next(
    here: Where,
    text: str,
    calendar: Calendar,
    refusal: errors.Refusal | None = None,
) -> Response:
    year = words.year_read(text, day_in_england(datetime.now(UTC)))
    form = StepForm(version=calendar.version)
    context: dict[str, object] = {"year": year, "form": form, "proposal": None}
    try:
        proposal = await service.get_proposal(here.visit.upstream, here.path, year)
    except errors.Conflict as not_there:
        refusal = refusal or not_there
    else:
        context |= {
            "proposal": proposal,
            "added": entries.new_of(calendar, proposal),
        }
    context |= calendars.refused(refusal, "first")
    return calendars.page(
        here, "calendars/next.html", context, visiting.status_of(refusal)
    )


async def _accept(here: Where, text: str, form: StepForm) -> Response:
    """Write the draft of the next school year as it is."""
    newest = await calendars.to_change(here)
    year = words.year_read(text, day_in_england(datetime.now(UTC)))
    try:
        proposal = await service.get_proposal(here.visit.upstream, here.path, year)
    except errors.Conflict as not_there:
        return await _next(here, text, newest, not_there)
    refusal = await calendars.write(here, proposal.body(), form.version)
    if refusal is not None:
        return await _next(here, text, newest, refusal)
    return calendars.done(here, year + 1)
