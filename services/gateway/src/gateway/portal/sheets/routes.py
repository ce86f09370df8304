"""Files of assets as pages, for a school and for an LA: send, read, register, undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.sheets import model, schemas, service
from gateway.portal.sheets.schemas import Import
from gateway.portal.sheets.service import Of
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

OK, CONFLICT, STALE, UNPROCESSABLE = 200, 409, 412, 422
_STATUSES = ((errors.Stale, STALE), (errors.Conflict, CONFLICT))
ONE = "/{import_id:uuid}"
pages = APIRouter()
Asked = Annotated[schemas.PageQuery, Query()]
Stepped = Annotated[schemas.StepForm, Form()]


@dataclass(frozen=True, slots=True)
class Here:
    """Whose files these are, and where their pages stand."""

    visit: Visit[Place] | Visit[Place | None]
    name: str
    of: Of
    root: str
    may: bool

    @property
    def at_school(self) -> bool:
        return "school_urn" in self.of


async def here(visit: UsualVisit) -> Here:
    """Find the school or the LA that the path names."""
    named = visit.request.path_params
    if "urn" in named:
        parts = (visit.request, visit.visitor, visit.upstream, visit.database)
        return _at_school(await visiting.school_visit(*parts, named["urn"]))
    return await _at_authority(visit, named["la_code"])


def _at_school(visit: Visit[Place]) -> Here:
    visiting.require(visit.rights.see_assets)
    root = f"/schools/{visit.place.urn}/assets"
    of = {"school_urn": visit.place.urn}
    return Here(visit, visit.place.name, of, root, visit.rights.change_assets)


async def _at_authority(visit: Visit[Place | None], la_code: str) -> Here:
    authority = await visiting.authority_of(visit, la_code)
    may = model.may_import_for_authority(visit.actor, la_code)
    visiting.require(may)
    root = f"/authorities/{la_code}/assets"
    return Here(visit, authority.name, {"la_code": la_code}, root, may)


Placed = Annotated[Here, Depends(here)]


async def _list(
    here: Here, query: schemas.PageQuery, refusal: errors.Refusal | None = None
) -> Response:
    listed = await service.list_imports(here.visit.upstream, here.of, query.after)
    context = {
        "listing": listed,
        "query": query,
        "problems": {"file": refusal.detail} if refusal else {},
        "limit_mb": model.MOST_BYTES >> 20,
    }
    status = UNPROCESSABLE if refusal else OK
    return _page(here, "sheets/list.html", context, status)


async def _send(here: Here, file: UploadFile | None) -> Response:
    visiting.require(here.may)
    try:
        name, content = await _sent(file)
        found = await service.send(here.visit.upstream, here.of, name, content)
    except (errors.Invalid, errors.Conflict, errors.TooLarge) as refusal:
        return await _list(here, schemas.PageQuery(), refusal)
    after = "/reading" if found.state == "sent" else ""
    return visiting.see_other(f"{here.root}/import/{found.import_id}{after}")


async def _sent(file: UploadFile | None) -> tuple[str, bytes]:
    """Take the file that was chosen.

    Raises:
        errors.Invalid: none was, or it is too large.
    """
    if file is None or not file.filename:
        raise errors.Invalid("Choose a file")
    content = await file.read(model.MOST_BYTES + 1)
    if len(content) > model.MOST_BYTES:
        most = model.MOST_BYTES >> 20
        raise errors.Invalid(f"The file is larger than {most} MB: send it in parts")
    if not content:
        raise errors.Invalid("The file is empty")
    return file.filename[:200], content


async def _found(here: Here, import_id: UUID) -> Import:
    """Find an import of this place.

    Raises:
        errors.NotFound: there is none, or it is another's.
    """
    found = await service.get_import(here.visit.upstream, import_id)
    said = {"school_urn": found.school_urn, "la_code": found.la_code}
    if any(said[name] != value for name, value in here.of.items()):
        raise errors.NotFound
    return found


async def _view(
    here: Here, import_id: UUID, refusal: errors.Refusal | None = None
) -> Response:
    found = await _found(here, import_id)
    busy = found.state in model.UNDER_WAY
    job = await service.get_job(here.visit.upstream, found) if busy else None
    context = {"found": found, "job": job, "busy": busy, "refusal": refusal}
    answer = _page(here, "sheets/view.html", context, _status(refusal))
    if "hx-request" in here.visit.request.headers and not busy:
        # The work that was looked at has ended: the whole page says another thing now.
        answer.headers["HX-Refresh"] = "true"
    return answer


async def _reading(
    here: Here,
    found: Import,
    refusal: errors.Refusal | None = None,
) -> Response:
    if found.state not in model.READABLE:
        return RedirectResponse(f"{here.root}/import/{found.import_id}", 303)
    problems: dict[str, str] = {}
    if refusal is not None:
        said = visiting.messages(refusal, "columns")
        problems = {"columns": ". ".join(dict.fromkeys(said.values()))}
    context = {
        "found": found,
        "reading": found.reading,
        "problems": problems,
        "targets": model.targets(at_school=here.at_school),
    }
    return _page(here, "sheets/reading.html", context, _status(refusal))


async def _read_as(here: Here, import_id: UUID, form: schemas.ReadingForm) -> Response:
    visiting.require(here.may)
    found = await _found(here, import_id)
    reading = form.reading(found)
    try:
        await service.read_as(here.visit.upstream, found, reading, form.version)
    except errors.Invalid as refusal:
        shown = found.model_copy(update={"reading": reading})
        return await _reading(here, shown, refusal)
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(here, import_id, refusal)
    return visiting.see_other(f"{here.root}/import/{import_id}")


async def _faults(here: Here, import_id: UUID, query: schemas.PageQuery) -> Response:
    found = await _found(here, import_id)
    listed = await service.list_faults(here.visit.upstream, import_id, query.after)
    context = {"found": found, "listing": listed, "query": query}
    return _page(here, "sheets/faults.html", context)


async def _undo_page(here: Here, import_id: UUID) -> Response:
    visiting.require(here.may)
    found = await _found(here, import_id)
    if found.state not in model.UNDOABLE:
        return RedirectResponse(f"{here.root}/import/{import_id}", 303)
    return _page(here, "sheets/undo.html", {"found": found})


async def _take(
    here: Here, import_id: UUID, verb: str, form: schemas.StepForm
) -> Response:
    visiting.require(here.may)
    await _found(here, import_id)
    try:
        await service.take(here.visit.upstream, import_id, verb, form.version)
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(here, import_id, refusal)
    flash = "import-given-up" if verb == "cancel" else ""
    return visiting.see_other(f"{here.root}/import/{import_id}", flash)


def _status(refusal: errors.Refusal | None) -> int:
    if refusal is None:
        return OK
    for family, status in _STATUSES:
        if isinstance(refusal, family):
            return status
    return UNPROCESSABLE


def _page(
    here: Here, template: str, context: Mapping[str, object], status: int = OK
) -> Response:
    shown = {"here": here, "words": model, "assets": asset_words, **context}
    section = "assets" if here.at_school else "all-assets"
    return visiting.page(here.visit, template, section, shown, status)


@pages.get("")
async def list_page(here: Placed, query: Asked) -> Response:
    return await _list(here, query)


@pages.post("")
async def send(
    here: Placed, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    return await _send(here, file)


@pages.get(ONE)
async def view_page(here: Placed, import_id: UUID) -> Response:
    return await _view(here, import_id)


@pages.get(f"{ONE}/reading")
async def reading_page(here: Placed, import_id: UUID) -> Response:
    found = await _found(here, import_id)
    return await _reading(here, found)


@pages.post(f"{ONE}/reading")
async def read_as(
    here: Placed, import_id: UUID, form: Annotated[schemas.ReadingForm, Form()]
) -> Response:
    return await _read_as(here, import_id, form)


@pages.get(f"{ONE}/faults")
async def faults_page(here: Placed, import_id: UUID, query: Asked) -> Response:
    return await _faults(here, import_id, query)


@pages.post(f"{ONE}/apply")
async def apply(here: Placed, import_id: UUID, form: Stepped) -> Response:
    return await _take(here, import_id, "apply", form)


@pages.get(f"{ONE}/undo")
async def undo_page(here: Placed, import_id: UUID) -> Response:
    return await _undo_page(here, import_id)


@pages.post(f"{ONE}/undo")
async def undo(here: Placed, import_id: UUID, form: Stepped) -> Response:
    return await _take(here, import_id, "undo", form)


@pages.post(f"{ONE}/cancel")
async def cancel(here: Placed, import_id: UUID, form: Stepped) -> Response:
    return await _take(here, import_id, "cancel", form)


router = APIRouter()
for _where in ("/schools/{urn}", "/authorities/{la_code}"):
    router.include_router(pages, prefix=f"{_where}/assets/import")
