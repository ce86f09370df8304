"""Finds the places that a form names, as people write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chassis import errors
from chassis.auth import Actor
from chassis.db import Database
from gateway.directory import service as directory
from gateway.people.schemas import GiveRole, InvitePerson
from gateway.portal.roles import model, schemas
from gateway.portal.roles.model import Row
from gateway.portal.search.model import cleaned

FOUND = 10
_ROLE: TypeAdapter[GiveRole] = TypeAdapter(GiveRole)
Read = tuple[Row, dict[str, Any] | None, Mapping[str, str]]
"""A row as it is shown again, what it asks for, and what is wrong at which field."""
WRONG = {
    "display_name": "Enter a name of up to 120 letters",
    "email": "Enter an e-mail address, like name@example.sch.uk",
}


async def roles_of(
    db: Database, actor: Actor, form: schemas.RolesForm
) -> tuple[list[Row], list[dict[str, Any]], dict[str, str]]:
    """Read the roles of a form: its rows, what they ask for, and what is wrong where.

    A row that is quite empty asks for nothing.
    """
    rows: list[Row] = []
    asked: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    for nth, (role, place) in enumerate(zip(form.role, form.place, strict=False)):
        row, given, wrong = await _row(db, actor, role, cleaned(place))
        rows.append(row)
        if given is not None:
            asked.append(given)
        problems |= {f"{field}-{nth}": said for field, said in wrong.items()}
    if not asked and not problems:
        problems["role-0"] = "Choose a role"
    return rows or [Row()], asked, problems


async def _row(db: Database, actor: Actor, role: str, place: str) -> Read:
    row = Row(role, place)
    if not role:
        return row, None, {"role": "Choose a role"} if place else {}
    if role not in model.offered(actor):
        return row, None, {"role": "This role is for others to give"}
    if model.is_of_an_la(role):
        code, wrong = _la_code(actor, place)
        return row, {"role": role, "la_code": code} if code else None, wrong
    if model.is_urn(place):
        return row, {"role": role, "school_urn": int(place)}, {}
    return await _named(db, actor, row)


async def _named(db: Database, actor: Actor, row: Row) -> Read:
    """Find the school that a row names; where several fit, they are to choose from."""
    if not row.place:
        return row, None, {"place": "Say at which school"}
    found = await directory.find_schools(db, actor, row.place, FOUND)
    meant = model.the_one(found, row.place)
    if meant is not None:
        return row, {"role": row.role, "school_urn": meant.urn}, {}
    if not found.schools:
        return row, None, {"place": "No school of yours is called so"}
    choices = [(str(s.urn), f"{s.name}, URN {s.urn}") for s in found.schools]
    wrong = {"place": "Choose which school you mean"}
    return replace(row, choices=choices), None, wrong


def _la_code(actor: Actor, place: str) -> tuple[str, dict[str, str]]:
    las = model.la_codes_of(actor)
    if model.is_code(place):
        return place, {}
    if place:
        return "", {"place": "Leave this empty: the role is of the whole LA"}
    if len(las) > 1:
        return "", {"place": f"Say in which LA by its code: {', '.join(las)}"}
    return las[0], {}


def invitation(
    form: schemas.InviteForm, asked: Sequence[dict[str, Any]], days: dict[str, date]
) -> InvitePerson:
    """Make the invitation that a form asks for.

    Raises:
        errors.Invalid: a name or address cannot be, said at its field.
    """
    try:
        return InvitePerson.model_validate(
            {
                "display_name": form.display_name,
                "email": form.email,
                "assignments": [{**each, **days} for each in asked],
            }
        )
    except ValidationError as wrong:
        fields = {str(each["loc"][0]) for each in wrong.errors()}
        faults = [
            errors.Fault(f"/{name}", said)
            for name, said in WRONG.items()
            if name in fields
        ]
        raise errors.Invalid(faults=faults) from None


def given(asked: dict[str, Any], days: dict[str, date]) -> GiveRole:
    """Make the role that a form asks for."""
    return _ROLE.validate_python({**asked, **days})
