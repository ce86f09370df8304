"""The hours of a calendar on pages: those of one kind of day, weekday by weekday."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.calendars import routes as calendars
from gateway.portal.calendars.model import reading, words
from gateway.portal.calendars.routes import Text, Where
from gateway.portal.calendars.schemas import Calendar, HoursForm
from gateway.portal.visit import routes as visiting

router = APIRouter()


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give the calendar of one place the page of its hours."""
    here_ = Depends(where)
    root = f"{path}/calendar/hours"

    async def shown(here: Annotated[Where, here_], kind: Text = "") -> Response:
        return await _hours_page(here, kind)

    async def set_hours(
        here: Annotated[Where, here_], form: Annotated[HoursForm, Form()]
    ) -> Response:
        return await _set_hours(here, form)

    async def drop(
        here: Annotated[Where, here_], form: Annotated[HoursForm, Form()]
    ) -> Response:
        return await _set_hours(here, form, dropped=True)

    router.add_api_route(root, shown)
    router.add_api_route(root, set_hours, methods=["POST"])
    router.add_api_route(f"{root}/drop", drop, methods=["POST"])


_add("/schools/{urn}", calendars.at_school)
_add("/authorities/{la_code}", calendars.at_authority)


async def _hours_page(here: Where, kind: str) -> Response:
    calendar = await calendars.to_change(here)
    kind = kind if kind in words.HOURS else "school-day"
    week = calendar.effective.hours.get(kind, [])
    typed = [reading.as_typed(spans) for spans in week] or [""] * len(words.WEEKDAYS)
    days = [name.lower() for name in words.WEEKDAYS]
    told = dict(zip(days, typed, strict=True))
    form = HoursForm(kind=kind, version=calendar.version, **told)
    return _hours(here, calendar, form)


def _hours(
    here: Where,
    calendar: Calendar,
    form: HoursForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {
        "form": form,
        "is_own": form.kind in calendar.hours,
        "weekdays": {name.lower(): name for name in words.WEEKDAYS},
        **calendars.refused(refusal, "monday"),
    }
    return calendars.page(
        here, "calendars/hours.html", context, visiting.status_of(refusal)
    )


async def _set_hours(
    here: Where, form: HoursForm, *, dropped: bool = False
) -> Response:
    """Set the hours of one kind of day, or take the LA's for it again."""
    newest = await calendars.to_change(here)
    again = form.model_copy(update={"version": newest.version})
    if form.kind not in words.HOURS:
        raise errors.NotFound
    said = newest.body()
    try:
        if dropped:
            said["hours"].pop(form.kind, None)
        else:
            said["hours"][form.kind] = reading.week(form)
    except errors.Invalid as wrong:
        return _hours(here, newest, again, wrong)
    refusal = await calendars.write(here, said, form.version)
    if refusal is not None:
        return _hours(here, newest, again, refusal)
    return calendars.done(here)
