"""Inviting people, and the steps on their roles, as pages."""

# ruff: noqa: FAST003 - PathPerson and PathRole read the names of the path

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from pydantic import ValidationError

from chassis import errors
from gateway.directory import service as directory
from gateway.people import assigning
from gateway.people import model as rules
from gateway.people import service as people
from gateway.people.model import Assignment, Known
from gateway.people.refusals import AssignmentNotFound, EmailInUse
from gateway.portal.people import model as words
from gateway.portal.people import routes as pages
from gateway.portal.people.routes import PathPerson
from gateway.portal.roles import model, schemas, service
from gateway.portal.roles.model import Row
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter(prefix="/people")
Invitation = Annotated[schemas.InviteForm, Form()]
Given = Annotated[schemas.RolesForm, Form()]
Days = Annotated[schemas.DaysForm, Form()]
Again = Annotated[schemas.AgainForm, Form()]
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
MORE = "more"
FEW_SCHOOLS = 40


async def role_of_path(known: PathPerson, assignment_id: UUID) -> Assignment:
    for held in known.held:
        if held.assignment_id == assignment_id:
            return held
    raise AssignmentNotFound


async def own_role_of_path(
    visit: UsualVisit, held: Annotated[Assignment, Depends(role_of_path)]
) -> Assignment:
    """Find a role that the visitor may end: a form to be refused is not shown."""
    visiting.require(rules.may_end(visit.actor, held))
    return held


PathRole = Annotated[Assignment, Depends(own_role_of_path)]


@router.get("/new")
async def invite_page(visit: UsualVisit, school: str = "") -> Response:
    visiting.require(bool(model.offered(visit.actor)))
    form = schemas.InviteForm(once=str(uuid4()))
    start = Row(place=school if model.is_urn(school) else "")
    return await _form(visit, None, form, [start])


@router.post("/new")
async def invite(visit: UsualVisit, form: Invitation) -> Response:
    visiting.require(bool(model.offered(visit.actor)))
    db, actor = visit.database, visit.actor
    rows, asked, problems = await service.roles_of(db, actor, form)
    if form.step == MORE:
        return await _form(visit, None, form, [*rows, Row()])
    try:
        command = service.invitation(form, asked, _days(form))
        if problems:
            return await _form(visit, None, form, rows, problems)
        key = form.once or None
        made = await people.invite_person(db, actor, command, key, pages.today())
    except (errors.Invalid, errors.Conflict, errors.NotFound) as refusal:
        return await _form(visit, None, form, rows, problems, refusal)
    return visiting.see_other(pages.path_of(made), "person-invited")


@router.get("/{person_id:uuid}/roles/new")
async def give_page(visit: UsualVisit, known: PathPerson, school: str = "") -> Response:
    visiting.require(bool(model.offered(visit.actor)))
    form = schemas.RolesForm(once=str(uuid4()))
    start = Row(place=school if model.is_urn(school) else "")
    return await _form(visit, known, form, [start])


@router.post("/{person_id:uuid}/roles/new")
async def give(visit: UsualVisit, known: PathPerson, form: Given) -> Response:
    visiting.require(bool(model.offered(visit.actor)))
    db, actor = visit.database, visit.actor
    rows, asked, problems = await service.roles_of(db, actor, form)
    try:
        days = _days(form)
        if problems:
            return await _form(visit, known, form, rows, problems)
        person_id, key = known.person.person_id, form.once or None
        command = service.given(asked[0], days)
        await assigning.assign(db, actor, person_id, command, key, known.today)
    except (errors.Invalid, errors.Conflict, errors.NotFound) as refusal:
        return await _form(visit, known, form, rows, problems, refusal)
    return visiting.see_other(pages.path_of(known), "role-given")


@router.post("/{person_id:uuid}/roles/again")
async def give_again(visit: UsualVisit, known: PathPerson, form: Again) -> Response:
    """Take the end of a role back: it is given anew, as it was, from today."""
    where = "la_code" if model.is_code(form.place) else "school_urn"
    said: dict[str, Any] = {"role": form.role, "to_on": form.to_on or None}
    said[where] = form.place if where == "la_code" else visiting.parse_urn(form.place)
    try:
        command = service.given(said, {})
    except ValidationError:
        raise errors.Invalid from None
    person_id = known.person.person_id
    try:
        await assigning.assign(
            visit.database, visit.actor, person_id, command, None, known.today
        )
    except (errors.Conflict, errors.Invalid) as refusal:
        return await pages.view(visit, known, refusal)
    return visiting.see_other(pages.path_of(known), "role-given")


@router.get("/{person_id:uuid}/roles/{assignment_id:uuid}/days")
async def days_page(visit: UsualVisit, known: PathPerson, held: PathRole) -> Response:
    return _days_form(visit, known, held, schemas.days_of(held))


@router.post("/{person_id:uuid}/roles/{assignment_id:uuid}/days")
async def change_days(
    visit: UsualVisit, known: PathPerson, held: PathRole, form: Days
) -> Response:
    try:
        begins = form.begins() or held.from_on
        values = {"from_on": begins, "to_on": form.ends()}
        ids = (known.person.person_id, held.assignment_id)
        await assigning.move_assignment(
            visit.database, visit.actor, ids, form.version, values, known.today
        )
    except errors.Invalid as refusal:
        problems = visiting.messages(refusal, "to_on")
        return _days_form(visit, known, held, form, problems)
    except (errors.Conflict, errors.Stale) as refusal:
        return await pages.view(visit, known, refusal)
    return visiting.see_other(pages.path_of(known), "role-moved")


@router.get("/{person_id:uuid}/roles/{assignment_id:uuid}/end")
async def end_page(visit: UsualVisit, known: PathPerson, held: PathRole) -> Response:
    context = {"known": known, "held": held, "words": words}
    return visiting.page(visit, "people/end.html", "people", context)


@router.post("/{person_id:uuid}/roles/{assignment_id:uuid}/end")
async def end(
    visit: UsualVisit, known: PathPerson, held: PathRole, form: Days
) -> Response:
    ids = (known.person.person_id, held.assignment_id)
    try:
        await assigning.end_assignment(
            visit.database, visit.actor, ids, form.version, known.today
        )
    except (errors.Conflict, errors.Stale) as refusal:
        return await pages.view(visit, known, refusal)
    where = pages.path_of(known)
    fields = {
        "role": held.role,
        "place": str(held.school_urn or held.la_code or ""),
        "to_on": held.to_on.isoformat() if held.to_on else "",
    }
    undo = Undo(f"{where}/roles/again", fields)
    return visiting.undoable(visit, where, "role-ended", undo)


def _days(form: schemas.DaysForm) -> dict[str, date]:
    said = {"from_on": form.begins(), "to_on": form.ends()}
    return {name: day for name, day in said.items() if day is not None}


async def _form(
    visit: Visit[Place | None],
    known: Known | None,
    form: schemas.RolesForm,
    rows: Sequence[Row],
    problems: Mapping[str, str] | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the form for somebody new, or for a further role of somebody."""
    said = dict(problems or {})
    if refusal is not None:
        found = model.at_fields(refusal)
        if not found:
            found = {
                "email" if isinstance(refusal, EmailInUse) else "form": str(refusal)
            }
        said = found | said
    mine = await directory.my_schools(visit.database, visit.actor)
    context = {
        "known": known,
        "form": form,
        "rows": rows[: model.MOST],
        "may_more": known is None and len(rows) < model.MOST,
        "problems": said,
        "ids": model.summary_ids(said),
        "offered": model.offered(visit.actor),
        "las": model.la_codes_of(visit.actor),
        "schools": [(str(s.urn), s.name) for s in mine]
        if not model.la_codes_of(visit.actor) and len(mine) <= FEW_SCHOOLS
        else [],
        "taken_by": refusal.members.get("person_id") if refusal else None,
        "list_path": pages.list_path(visit),
    }
    status = 200
    if said:
        is_conflict = isinstance(refusal, errors.Conflict)
        status = CONFLICT if is_conflict else UNPROCESSABLE
    return visiting.page(visit, "people/roles.html", "people", context, status)


def _days_form(
    visit: Visit[Place | None],
    known: Known,
    held: Assignment,
    form: schemas.DaysForm,
    problems: Mapping[str, str] | None = None,
) -> Response:
    context = {
        "known": known,
        "held": held,
        "form": form,
        "problems": problems or {},
        "words": words,
        "has_begun": held.standing(known.today) == "present",
    }
    status = UNPROCESSABLE if problems else 200
    return visiting.page(visit, "people/days.html", "people", context, status)
