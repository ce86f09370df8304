"""The same days for many schools: chosen, looked at, done; pages of an LA."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.directory import service as directory
from gateway.directory.model import School, SchoolFilters
from gateway.portal.calendar_additions import model, service
from gateway.portal.calendar_additions.schemas import ManyForm
from gateway.portal.calendars import routes as calendars
from gateway.portal.calendars.model import entries, reading, words
from gateway.portal.calendars.routes import Where
from gateway.portal.comparison import model as school_words
from gateway.portal.visit import routes as visiting

router = APIRouter()
PATH = "/authorities/{la_code}/calendar/many"
OfLa = Annotated[Where, Depends(calendars.at_authority)]
ASK, CHANGE = "ask", "change"


@router.get(PATH)
async def many_page(here: OfLa) -> Response:
    schools = await _schools(here)
    return _form(here, schools, ManyForm(first=here.today, choice="all"))


@router.post(PATH)
async def many(here: OfLa, form: Annotated[ManyForm, Form()]) -> Response:
    """Say how many it will be, go back to the form, or do it."""
    schools = await _schools(here)
    if form.step == CHANGE:
        return _form(here, schools, form)
    try:
        chosen, entry = _read(form, schools)
        if form.step == ASK:
            return _confirm(here, form, chosen, entry)
        urns = [each.urn for each in chosen]
        await service.add(here.visit.upstream, urns, entry, form.once)
    except errors.Invalid as wrong:
        return _form(here, schools, form, wrong)
    except (errors.Stale, errors.Conflict) as refusal:
        return _form(here, schools, form, refusal)
    context = {"schools": chosen, "entry": entries.of_said(entry)}
    return calendars.page(here, "calendars/many-done.html", context)


async def _schools(here: Where) -> list[School]:
    """The schools of the LA that have pupils, by name."""
    visiting.require(here.may)
    visit = here.visit
    filters = SchoolFilters(here.la_code)
    found = await directory.every_school(visit.database, visit.actor, filters)
    return model.running(found)


def _read(form: ManyForm, schools: list[School]) -> tuple[list[School], dict[str, str]]:
    """Read for whom it is and what, with all that is wrong of both.

    Raises:
        errors.Invalid: something is missing, or cannot be read.
    """
    faults: list[errors.Fault] = []
    chosen: list[School] = []
    entry: dict[str, str] = {}
    try:
        chosen = model.chosen(form, schools)
    except errors.Invalid as wrong:
        faults += wrong.faults
    try:
        entry = reading.entry(form, tuple(words.ENTRIES))
    except errors.Invalid as wrong:
        faults += wrong.faults
    if faults:
        raise errors.Invalid(faults=faults)
    return chosen, entry


def _form(
    here: Where,
    schools: list[School],
    form: ManyForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    said = refusal
    if isinstance(refusal, errors.Invalid):
        chosen = model.picked(form, schools)
        said = model.at_schools(refusal, chosen)
    phases = {each.phase for each in schools}
    context = {
        "form": form,
        "schools": schools,
        "phases": {k: v for k, v in school_words.PHASES.items() if k in phases},
        "choices": model.CHOICES,
        **calendars.refused(said, "first"),
    }
    status = visiting.status_of(refusal)
    return calendars.page(here, "calendars/many.html", context, status)


def _confirm(
    here: Where, form: ManyForm, chosen: list[School], entry: dict[str, str]
) -> Response:
    context = {
        "form": form,
        "schools": chosen,
        "entry": entries.of_said(entry),
        "once": form.once or str(uuid4()),
    }
    return calendars.page(here, "calendars/many-confirm.html", context)
