"""Calendars of schools and of an LA on pages: looked at, and changed by one thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as reading_days
from gateway.portal.calendars import service
from gateway.portal.calendars.model import entries, months, reading, words
from gateway.portal.calendars.model.entries import Said
from gateway.portal.calendars.schemas import (
    Calendar,
    EntryForm,
    StepForm,
)
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
Text = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Where:
    """Whose calendar, for one visit; `may` says whether it is written."""

    visit: Visit[Place | None]
    top: str
    name: str
    la_code: str
    la_name: str
    school: Place | None
    may: bool

    @property
    def root(self) -> str:
        return f"{self.top}/calendar"

    @property
    def path(self) -> str:
        """Where the service desk has it."""
        return service.path_of(self.la_code, self.school.urn if self.school else None)

    @property
    def today(self) -> str:
        return reading_days.as_typed(day_in_england(datetime.now(UTC)))


async def at_school(visit: SchoolVisit) -> Where:
    place = visit.place
    may = words.may_write(visit.actor, place.la_code, place.school_id)
    root = f"/schools/{place.urn}"
    return Where(visit, root, place.name, place.la_code, place.la_name, place, may)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    may = words.may_write(visit.actor, la_code, None)
    name, root = authority.name, f"/authorities/{la_code}"
    return Where(visit, root, name, la_code, name, None, may)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its pages."""
    here_ = Depends(where)
    root = f"{path}/calendar"

    async def view(here: Annotated[Where, here_], year: Text = "") -> Response:
        return await _view(here, year)

    async def entry_page(here: Annotated[Where, here_], what: str) -> Response:
        calendar = await to_change(here)
        first = here.today if what == "closure" else ""
        return _entry(here, what, EntryForm(first=first, version=calendar.version))

    async def add_entry(
        here: Annotated[Where, here_], what: str, form: Annotated[EntryForm, Form()]
    ) -> Response:
        return await _add_entry(here, what, form)

    async def remove_page(here: Annotated[Where, here_], what: Text = "") -> Response:
        return _remove(here, what, await to_change(here))

    async def remove(
        here: Annotated[Where, here_],
        form: Annotated[StepForm, Form()],
        what: Text = "",
    ) -> Response:
        return await _take_away(here, what, form)

    router.add_api_route(root, view)
    router.add_api_route(f"{root}/add/{{what}}", entry_page)
    router.add_api_route(f"{root}/add/{{what}}", add_entry, methods=["POST"])
    router.add_api_route(f"{root}/remove", remove_page)
    router.add_api_route(f"{root}/remove", remove, methods=["POST"])


for _path, _where in (
    ("/schools/{urn}", at_school),
    ("/authorities/{la_code}", at_authority),
):
    _add(_path, _where)


async def to_change(here: Where) -> Calendar:
    """Read the newest calendar, for who may write it.

    Raises:
        errors.Forbidden: the visitor does not write it.
    """
    visiting.require(here.may)
    return await service.get_calendar(here.visit.upstream, here.path)


async def _view(here: Where, text: str) -> Response:
    now = datetime.now(UTC)
    today = day_in_england(now)
    year = words.year_read(text, today)
    at_school = here.school is not None
    shown = await service.get_shown(
        here.visit.upstream, here.path, year, now, at_school=at_school
    )
    written = shown.calendar.effective
    context = {
        "shown": shown,
        "year": year,
        "today": today,
        "months": months.months(shown.days),
        "legend": months.LEGEND,
        "letters": months.LETTERS,
        "entries": entries.of_year(shown.calendar, shown.days, year),
        "has_terms": entries.has_terms(written, year),
        "has_next": entries.has_terms(written, year + 1),
        "has_own_terms": entries.has_terms(shown.calendar, year),
        "told_today": months.told(shown.today) if shown.today else "",
        "is_open": shown.opens_at is not None and shown.opens_at <= now,
    }
    return page(here, "calendars/view.html", context)


def _entry(
    here: Where,
    what: str,
    form: EntryForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    asked = reading.FORMS.get(what)
    if asked is None:
        raise errors.NotFound
    context = {
        "wanted": asked,
        "kinds": {kind: words.ENTRIES[kind] for kind in asked.kinds},
        "what": what,
        "form": form,
        **refused(refusal, "first"),
    }
    return page(here, "calendars/add.html", context, visiting.status_of(refusal))


async def _add_entry(here: Where, what: str, form: EntryForm) -> Response:
    asked = reading.FORMS.get(what)
    if asked is None:
        raise errors.NotFound
    newest = await to_change(here)
    again = form.model_copy(update={"version": newest.version})
    try:
        entry = reading.entry(form, asked.kinds)
    except errors.Invalid as wrong:
        return _entry(here, what, again, wrong)
    said = entries.added(newest, entry)
    refusal = await write(here, said, form.version, entries.list_of(entry))
    if refusal is not None:
        return _entry(here, what, again, refusal)
    first = date.fromisoformat(entry.get("first") or entry["day"])
    return done(here, words.school_year(first))


def _remove(
    here: Where,
    what: str,
    calendar: Calendar,
    refusal: errors.Refusal | None = None,
) -> Response:
    found = entries.find(calendar, what)
    form = StepForm(version=calendar.version)
    context = {"entry": found, "form": form, **refused(refusal, "first")}
    return page(here, "calendars/remove.html", context, visiting.status_of(refusal))


async def _take_away(here: Where, what: str, form: StepForm) -> Response:
    newest = await to_change(here)
    found = entries.find(newest, what)
    refusal = await write(here, entries.without(newest, what), form.version)
    if refusal is not None:
        return _remove(here, what, newest, refusal)
    return done(here, words.school_year(found.first))


async def write(
    here: Where, said: Said, version: int, fresh: str = ""
) -> errors.Refusal | None:
    """Write a calendar at the version that was seen; say what spoke against it."""
    try:
        await service.write(here.visit.upstream, here.path, said, version)
    except errors.Invalid as wrong:
        return entries.at_fields(wrong, said, fresh)
    except (errors.Stale, errors.Conflict) as refusal:
        return refusal
    return None


def done(here: Where, year: int | None = None) -> Response:
    tail = "" if year is None else f"?year={year}"
    return visiting.see_other(f"{here.root}{tail}", "calendar-changed")


def refused(refusal: errors.Refusal | None, fallback: str) -> dict[str, object]:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, fallback) if refusal and invalid else {}
    return {"refusal": refusal, "problems": problems}


def page(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"here": here, "words": words, **context}
    return visiting.page(here.visit, template, "calendar", shown, status)
