"""The pages of privacy over HTTP: copies, erasures, and for how long things stay."""

# ruff: noqa: FAST003 - PathPerson reads the name of the path

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response, StreamingResponse

from chassis import errors, http
from chassis.paging import PageRequest
from gateway import days
from gateway.directory.model import Authority
from gateway.people.model import Known
from gateway.portal.people.routes import PathPerson, path_of
from gateway.portal.privacy import model, schemas
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit
from gateway.privacy import model as rules
from gateway.privacy import schemas as wire
from gateway.privacy import service as privacy
from gateway.privacy.model import Copy
from gateway.privacy.routes import CurrentHolders
from gateway.trail import service as trail

router = APIRouter()
PERSON, OWN = "/people/{person_id:uuid}/data", "/account/data"
ROOT = "/authorities/{la_code}/privacy"
MOST = 50
CONFLICT, UNPROCESSABLE = 409, 422
Erase = Annotated[schemas.EraseForm, Form()]
Kept = Annotated[schemas.KeptForm, Form()]


async def copy_of_path(
    visit: UsualVisit, known: PathPerson, holders: CurrentHolders
) -> Copy:
    """Find all that is held about somebody of the path."""
    return await privacy.copy_of(
        visit.database, visit.actor, holders, known.person.person_id, known.today
    )


async def own_copy(visit: UsualVisit, holders: CurrentHolders) -> Copy:
    """Find all that is held about who looks."""
    today = days.day_in_england(datetime.now(UTC))
    return await privacy.own_copy(visit.database, visit.actor, holders, today)


Theirs = Annotated[Copy, Depends(copy_of_path)]
Own = Annotated[Copy, Depends(own_copy)]


@router.get(PERSON)
async def person_page(visit: UsualVisit, copy: Theirs) -> Response:
    return _page(visit, copy, f"/people/{copy.person_id}")


@router.get(f"{PERSON}.json")
async def person_json(copy: Theirs) -> Response:
    return _json(copy)


@router.get(f"{PERSON}.xlsx")
async def person_xlsx(copy: Theirs) -> Response:
    return await _xlsx(copy)


@router.get(OWN)
async def own_page(visit: UsualVisit, copy: Own) -> Response:
    return _page(visit, copy, "/account")


@router.get(f"{OWN}.json")
async def own_json(copy: Own) -> Response:
    return _json(copy)


@router.get(f"{OWN}.xlsx")
async def own_xlsx(copy: Own) -> Response:
    return await _xlsx(copy)


def _page(visit: Visit[Place | None], copy: Copy, back: str) -> Response:
    is_own = back == "/account"
    context = {
        "copy": copy,
        "holdings": model.holdings_of(copy),
        "back": back,
        "is_own": is_own,
        "shown": model.SHOWN,
    }
    section = "account" if is_own else "people"
    return visiting.page(visit, "privacy/copy.html", section, context)


def _json(copy: Copy) -> Response:
    headers = export.attachment(_file_name(copy, "json"))
    return http.reply(wire.shown(copy), headers=headers)


async def _xlsx(copy: Copy) -> Response:
    """Make a workbook: a sheet for each kind of thing that there is."""
    sheets = [
        export.Sheet(f"{each.of} {each.thing}", each.columns, each.rows)
        for each in model.holdings_of(copy)
        if each.rows
    ]
    made = await asyncio.to_thread(export.workbook, sheets)
    headers = export.attachment(_file_name(copy, "xlsx"))
    return Response(made, media_type=export.XLSX_TYPE, headers=headers)


def _file_name(copy: Copy, suffix: str) -> str:
    """Name the file by the day alone: a name would stand in a list of downloads."""
    on = days.day_in_england(copy.told_at)
    return export.file_name("personal-data", on=on, suffix=suffix)


@router.get("/people/{person_id:uuid}/erase")
async def erase_page(visit: UsualVisit, known: PathPerson) -> Response:
    return await _erase_form(visit, known, schemas.EraseForm(), {})


@router.post("/people/{person_id:uuid}/erase")
async def erase(visit: UsualVisit, known: PathPerson, form: Erase) -> Response:
    problems: dict[str, str] = {}
    if form.texts not in {"keep", "erase"}:
        problems["texts"] = "Choose what becomes of what they wrote"
    if form.sure != "yes":
        problems["sure"] = "Say that you are sure: it cannot be undone"
    if problems:
        return await _erase_form(visit, known, form, problems, UNPROCESSABLE)
    try:
        await privacy.ask_erasure(
            visit.database,
            visit.actor,
            known.person.person_id,
            form.la_code,
            with_texts=form.texts == "erase",
            today=known.today,
        )
    except errors.Conflict as refusal:
        said = {"sure": refusal.detail}
        return await _erase_form(visit, known, form, said, CONFLICT)
    where = f"/authorities/{form.la_code}/privacy"
    return visiting.see_other(where, "erasure-asked")


async def _erase_form(
    visit: Visit[Place | None],
    known: Known,
    form: schemas.EraseForm,
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    managed = visit.actor.las(rules.MANAGERS)
    las = [la for la in rules.las_of(known) if la in managed]
    visiting.require(bool(las))
    found = await privacy.get_erasure(
        visit.database, visit.actor, known.person.person_id, las
    )
    # Whoever manages two LAs is offered the one in which they have left.
    la_code = next((la for la in las if not _is_in_office(known, la)), las[0])
    context = {
        "known": known,
        "la_code": la_code,
        "erasure": found,
        "is_in_office": _is_in_office(known, la_code),
        "form": form,
        "problems": problems,
        "here": path_of(known),
    }
    return visiting.page(visit, "privacy/erase.html", "people", context, status)


def _is_in_office(known: Known, la_code: str) -> bool:
    try:
        rules.require_gone(known, la_code)
    except rules.StillInOffice:
        return True
    return False


@dataclass(frozen=True, slots=True)
class Where:
    """The privacy of one LA, for one visit."""

    visit: Visit[Place | None]
    authority: Authority

    @property
    def may_edit(self) -> bool:
        return self.visit.actor.may(rules.MANAGERS, self.authority.la_code, None)


async def where_of_path(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    visiting.require(visit.actor.may(rules.READERS, la_code, None))
    return Where(visit, authority)


Here = Annotated[Where, Depends(where_of_path)]


@router.get(ROOT)
async def authority_page(here: Here, after: str = "") -> Response:
    visit, la_code = here.visit, here.authority.la_code
    months = await privacy.get_rules(visit.database, visit.actor, la_code)
    typed: dict[rules.Kind, str] = {kind: str(each) for kind, each in months.items()}
    return await _authority(here, typed, {}, after)


@router.get(f"{ROOT}.csv")
async def erasures_file(here: Here) -> Response:
    """Give the list of who was erased: what to erase again after a restored backup."""

    async def pages() -> AsyncGenerator[Sequence[export.Row]]:
        after: str | None = None
        while True:
            found = await privacy.list_erasures(
                here.visit.database,
                here.visit.actor,
                here.authority.la_code,
                PageRequest(MOST, after),
            )
            yield [export.cells(model.ERASURES, model.row_of(e)) for e in found.items]
            after = found.next
            if after is None:
                return

    on = days.day_in_england(datetime.now(UTC))
    name = export.file_name("erasures", here.authority.name, on=on, suffix="csv")
    return StreamingResponse(
        export.csv_pages(model.ERASURES, pages()),
        media_type=export.CSV_TYPE,
        headers=export.attachment(name),
    )


@router.post(ROOT)
async def change(here: Here, form: Kept) -> Response:
    visit, la_code = here.visit, here.authority.la_code
    months = form.months()
    if problems := schemas.faults(months):
        return await _authority(here, form.typed(), problems, "", UNPROCESSABLE)
    await privacy.change_rules(visit.database, visit.actor, la_code, months)
    return visiting.see_other(f"/authorities/{la_code}/privacy", "retention-changed")


async def _authority(
    here: Where,
    typed: Mapping[rules.Kind, str],
    problems: Mapping[str, str],
    after: str,
    status: int = 200,
) -> Response:
    visit, la_code = here.visit, here.authority.la_code
    page = PageRequest(MOST, after or None)
    erasures = await privacy.list_erasures(visit.database, visit.actor, la_code, page)
    askers = {each.asked_by for each in erasures.items}
    context = {
        "authority": here.authority,
        "typed": typed,
        "problems": problems,
        "edits": here.may_edit,
        "words": model,
        "runs": await privacy.list_runs(visit.database, visit.actor, la_code),
        "erasures": erasures.items,
        "names": await trail.names_of(visit.database, visit.actor, askers),
        "after": after,
        "next": erasures.next,
        "is_under_way": any(each.done_at is None for each in erasures.items),
    }
    return visiting.page(visit, "privacy/authority.html", "people", context, status)
