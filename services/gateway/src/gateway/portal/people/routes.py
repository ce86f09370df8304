"""The tables of people, and the page of one of them, over HTTP."""

# ruff: noqa: FAST003 - PathPerson and the places read the names of the path

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import TypeAdapter, ValidationError

from chassis import errors
from chassis.paging import BadCursor, PageRequest
from gateway import days
from gateway.mail import service as mail
from gateway.people import assigning
from gateway.people import model as rules
from gateway.people import schemas as directory
from gateway.people import service as people
from gateway.people.model import Known
from gateway.portal.people import model, schemas, service
from gateway.portal.tables import export
from gateway.portal.tables import model as tables
from gateway.portal.tables import service as remembering
from gateway.portal.tables.sheet import Sheet
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import PEOPLE_READERS, Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit
from gateway.privacy import model as privacy
from gateway.provisioning import service as provisioning
from gateway.viewing import model as viewing
from gateway.views.model import SHARERS

router = APIRouter()
Filled = Annotated[schemas.NameForm, Form()]
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
_CHANGE: TypeAdapter[directory.ChangePerson] = TypeAdapter(directory.ChangePerson)
WRONG = {
    "display_name": "Enter a name of up to 120 letters",
    "email": "Enter an e-mail address, like name@example.sch.uk",
}


@dataclass(frozen=True, slots=True)
class Where:
    """The people of one school or LA, for one visit."""

    visit: Visit[Place | None]
    root: str
    of: str
    la_code: str | None
    urn: int | None
    may_give: bool
    shares: tuple[tuple[str, str], ...]

    @property
    def sees_privacy(self) -> bool:
        return self.la_code is not None and self.visit.actor.may(
            privacy.READERS, self.la_code, None
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return self.visit.request.query_params.multi_items()

    def filters(self, state: tables.State) -> rules.PeopleFilters:
        return model.filters_of(state, self.la_code, self.urn)


async def at_school(visit: SchoolVisit) -> Where:
    place, actor = visit.place, visit.actor
    here = (place.la_code, place.school_id)
    visiting.require(actor.may(PEOPLE_READERS, *here))
    return Where(
        visit,
        f"/schools/{place.urn}/people",
        place.name,
        None,
        place.urn,
        actor.may(rules.GIVERS, *here),
        ((f"school:{place.urn}", place.name),) if actor.may(SHARERS, *here) else (),
    )


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    visiting.require(visit.actor.may(PEOPLE_READERS, la_code, None))
    may_give = visit.actor.may(rules.GIVERS, la_code, None)
    return Where(
        visit,
        f"/authorities/{la_code}/people",
        authority.name,
        la_code,
        None,
        may_give,
        ((f"la:{la_code}", authority.name),) if may_give else (),
    )


async def person_of_path(visit: UsualVisit, person_id: UUID) -> Known:
    """Find somebody for a page of theirs.

    Raises:
        errors.Forbidden: the visitor holds no role that looks after people.
    """
    known = await people.get_person(visit.database, visit.actor, person_id, today())
    visiting.require(any(g.role in PEOPLE_READERS for g in visit.actor.grants))
    return known


PathPerson = Annotated[Known, Depends(person_of_path)]


def today() -> date:
    return days.day_in_england(datetime.now(UTC))


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its pages: the table, and its files."""

    async def list_page(here: Annotated[Where, Depends(where)]) -> Response:
        return await _list_page(here)

    async def csv_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _csv_file(here)

    async def xlsx_file(here: Annotated[Where, Depends(where)]) -> Response:
        return await _xlsx_file(here)

    router.add_api_route(path, list_page, methods=["GET"])
    router.add_api_route(f"{path}.csv", csv_file, methods=["GET"])
    router.add_api_route(f"{path}.xlsx", xlsx_file, methods=["GET"])


_add("/schools/{urn}/people", at_school)
_add("/authorities/{la_code}/people", at_authority)


async def _list_page(here: Where) -> Response:
    visit, table = here.visit, model.TABLE
    opened = await remembering.open_table(
        visit.database, visit.actor, table, here.pairs
    )
    spot = tables.read_spot(here.pairs)
    page = PageRequest(opened.state.size, spot.after or None)
    filters = here.filters(opened.state)
    try:
        found, count = await service.read_page(
            visit.database, visit.actor, filters, page, today()
        )
    except BadCursor:
        return RedirectResponse(f"{here.root}?{tables.query(table, opened.state)}", 303)
    sheet = Sheet(
        table,
        here.root,
        f"People of {here.of}",
        opened.state,
        spot,
        len(found.items),
        count,
        found.next,
        is_remembered=opened.is_remembered,
        views=remembering.listed(visit.actor, table, opened.views),
        shares=here.shares,
    )
    context = {"here": here, "sheet": sheet, "people": found.items, "words": model}
    return visiting.page(visit, "people/list.html", "people", context)


async def _csv_file(here: Where) -> Response:
    state, columns = _asked(here)
    headers = export.attachment(_file_name(here, "csv"))

    async def pages() -> AsyncGenerator[Sequence[export.Row]]:
        async for page in _walk(here, state):
            yield [export.cells(columns, row) for row in model.rows_of(page, here.urn)]

    made = export.csv_pages(columns, pages())
    return StreamingResponse(made, media_type=export.CSV_TYPE, headers=headers)


async def _xlsx_file(here: Where) -> Response:
    state, columns = _asked(here)
    rows = [
        export.cells(columns, row)
        async for page in _walk(here, state)
        for row in model.rows_of(page, here.urn)
    ][: export.MOST_XLSX_ROWS]
    title = f"People of {here.of}"
    made = await asyncio.to_thread(export.xlsx, title, columns, rows)
    headers = export.attachment(_file_name(here, "xlsx"))
    return Response(made, media_type=export.XLSX_TYPE, headers=headers)


def _asked(here: Where) -> tuple[tables.State, list[tables.Column]]:
    state = tables.read(model.TABLE, here.pairs) or model.TABLE.usual()
    return state, model.TABLE.only(state)


def _walk(here: Where, state: tables.State) -> AsyncGenerator[Sequence[Known]]:
    visit = here.visit
    return service.walk(visit.database, visit.actor, here.filters(state), today())


def _file_name(here: Where, suffix: str) -> str:
    return export.file_name("people", here.of, on=today(), suffix=suffix)


@router.get("/people/{person_id:uuid}")
async def view_page(visit: UsualVisit, known: PathPerson) -> Response:
    return await view(visit, known)


@router.get("/people/{person_id:uuid}/edit")
async def edit_page(visit: UsualVisit, known: PathPerson) -> Response:
    visiting.require(rules.keeps(visit.actor, known.person.home))
    return _form(visit, known, schemas.form_of(known))


@router.post("/people/{person_id:uuid}/edit")
async def change(visit: UsualVisit, known: PathPerson, form: Filled) -> Response:
    said = {"display_name": form.display_name, "email": form.email}
    try:
        values = _CHANGE.validate_python(said)
        await people.change_person(
            visit.database,
            visit.actor,
            known.person.person_id,
            form.version,
            values,
            known.today,
        )
    except ValidationError as wrong:
        fields = {str(each["loc"][0]) for each in wrong.errors()}
        problems = {name: WRONG[name] for name in WRONG if name in fields}
        return _form(visit, known, form, problems)
    except errors.Conflict as taken:
        return _form(visit, known, form, {"email": taken.detail}, CONFLICT)
    except errors.Stale:
        again = form.model_copy(update={"version": known.person.version})
        return _form(visit, known, again, {}, STALE)
    return visiting.see_other(path_of(known), "person-changed")


@router.post("/people/{person_id:uuid}/invite")
async def invite_again(visit: UsualVisit, known: PathPerson) -> Response:
    person_id = known.person.person_id
    try:
        await people.invite_again(visit.database, visit.actor, person_id, known.today)
    except errors.Conflict as refusal:
        return await view(visit, known, refusal)
    return visiting.see_other(path_of(known), "invitation-sent")


@router.post("/people/{person_id:uuid}/mail-retry")
async def try_mail_again(visit: UsualVisit, known: PathPerson) -> Response:
    person_id, now = known.person.person_id, datetime.now(UTC)
    await mail.try_again(visit.database, visit.actor, person_id, now)
    return visiting.see_other(path_of(known), "mail-tried-again")


@router.get("/people/{person_id:uuid}/leave")
async def leave_page(visit: UsualVisit, known: PathPerson) -> Response:
    ending = [e for e in model.standing(known) if rules.may_end(visit.actor, e)]
    visiting.require(bool(ending))
    manages = bool(visit.actor.las(privacy.MANAGERS))
    context = {"known": known, "ending": ending, "words": model, "manages": manages}
    return visiting.page(visit, "people/leave.html", "people", context)


@router.post("/people/{person_id:uuid}/leave")
async def leave(visit: UsualVisit, known: PathPerson) -> Response:
    person_id = known.person.person_id
    try:
        await assigning.leave(visit.database, visit.actor, person_id, known.today)
    except errors.Conflict as refusal:
        return await view(visit, known, refusal)
    return visiting.see_other(path_of(known), "person-left")


def path_of(known: Known) -> str:
    return f"/people/{known.person.person_id}"


async def view(
    visit: Visit[Place | None], known: Known, refusal: errors.Refusal | None = None
) -> Response:
    """Show somebody's page; after a refusal, with the reason."""
    actor = visit.actor
    invitation = None
    if known.state == "invited":
        person_id = known.person.person_id
        invitation = await provisioning.get_invitation(visit.database, actor, person_id)
    ends = {e.assignment_id for e in known.held if rules.may_end(actor, e)}
    context = {
        "known": known,
        "person": known.person,
        "refusal": refusal,
        "words": model,
        "invitation": invitation,
        "unreached": await mail.get_refusal(
            visit.database, actor, known.person.person_id
        ),
        "now": datetime.now(UTC),
        "ends": ends,
        "gives": any(grant.role in rules.GIVERS for grant in actor.grants),
        "manages": not set(actor.las(privacy.MANAGERS)).isdisjoint(
            privacy.las_of(known)
        ),
        "keeps": rules.keeps(actor, known.person.home),
        "views": viewing.may_view(
            actor, known.person.person_id, {each.la_code for each in known.held}
        ),
        "list_path": list_path(visit),
    }
    status = CONFLICT if refusal else 200
    return visiting.page(visit, "people/view.html", "people", context, status)


def list_path(visit: Visit[Place | None]) -> str:
    """Where the people are listed to whom this person belongs, for the way back."""
    las = visit.actor.las(PEOPLE_READERS)
    if las:
        la_code = visit.place.la_code if visit.place else las[0]
        return f"/authorities/{la_code if la_code in las else las[0]}/people"
    return f"/schools/{visit.place.urn}/people" if visit.place else "/"


def _form(
    visit: Visit[Place | None],
    known: Known,
    form: schemas.NameForm,
    problems: Mapping[str, str] | None = None,
    status: int = 0,
) -> Response:
    context = {
        "known": known,
        "form": form,
        "problems": problems or {},
        "stale": status == STALE,
    }
    answered = status or (UNPROCESSABLE if problems else 200)
    return visiting.page(visit, "people/edit.html", "people", context, answered)
