"""Calendars of other programs on pages: a school's given out, and one taken in."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

import re
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.portal.calendars import routes as calendars
from gateway.portal.calendars import service
from gateway.portal.calendars.model import entries
from gateway.portal.calendars.routes import Where
from gateway.portal.calendars.schemas import Calendar, StepForm
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter()
_PLACE = re.compile(r"/(?:periods|parts)/[0-9]+")
LARGEST = 200_000
"""Letters of a file, as the service takes it."""
TOO_LARGE = "The file is larger than 200 KB: export one school year alone"
FORM = "/schools/{urn}/calendar/file"


@router.get("/schools/{urn}/calendar.ics")
async def file(visit: SchoolVisit) -> Response:
    """Save a school's calendar for another program."""
    place = visit.place
    path = service.path_of(place.la_code, place.urn)
    content = await service.get_file(visit.upstream, path)
    headers = export.attachment(f"school-{place.urn}.ics")
    return Response(content, media_type="text/calendar", headers=headers)


async def _version(version: Annotated[int, Form()] = 0) -> StepForm:
    return StepForm(version=version)


@router.get(FORM)
async def file_page(here: Annotated[Where, Depends(calendars.at_school)]) -> Response:
    return _file(here, await calendars.to_change(here))


@router.post(FORM)
async def take_file(
    here: Annotated[Where, Depends(calendars.at_school)],
    form: Annotated[StepForm, Depends(_version)],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Add what another program's file says, and tell what was passed over."""
    before = await calendars.to_change(here)
    try:
        text = await _sent(file)
        taken = await service.take_file(
            here.visit.upstream, here.path, text, form.version
        )
    except errors.Invalid as wrong:
        return _file(here, before, _said_once(wrong))
    except (errors.Stale, errors.TooLarge) as refusal:
        return _file(here, before, refusal)
    context = {
        "added": entries.new_of(before, taken.calendar),
        "passed_over": taken.passed_over,
    }
    return calendars.page(here, "calendars/taken.html", context)


def _file(
    here: Where, calendar: Calendar, refusal: errors.Refusal | None = None
) -> Response:
    form = StepForm(version=calendar.version)
    context = {"form": form, **calendars.refused(refusal, "file")}
    status = visiting.status_of(refusal)
    return calendars.page(here, "calendars/file.html", context, status)


async def _sent(file: UploadFile | None) -> str:
    """Take the text of the file that was chosen.

    Raises:
        errors.Invalid: there is none, it is too large, or no text.
    """
    if file is None or not file.filename:
        raise _at_file("Choose a file")
    content = await file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise _at_file(TOO_LARGE)
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text:
        raise _at_file("The file is empty, or is no calendar")
    return text


def _at_file(text: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault("/file", text)])


def _said_once(refusal: errors.Invalid) -> errors.Invalid:
    """Say all that is wrong with a file beside it, each thing once."""
    if any(fault.pointer == "/ical" for fault in refusal.faults):
        return _at_file("This is no calendar file (.ics) that can be read")
    said = dict.fromkeys(_plain(fault.detail) for fault in refusal.faults)
    return _at_file("; ".join(said) or refusal.detail)


def _plain(detail: str) -> str:
    """Leave out by which number the service knows an entry."""
    return _PLACE.sub("another entry", detail)
