"""The register's imports as pages: send a file, see what it changes, apply it."""

# ruff: noqa: FAST003 - PathImport reads the name of the path

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse, Response

from chassis import errors, http
from chassis.files.model import Depot
from chassis.jobs import service as jobs
from chassis.jobs.model import Job, JobNotFound
from chassis.paging import PageRequest
from gateway.directory import service as directory
from gateway.portal.register import model, schemas
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit
from gateway.register import routes as sending
from gateway.register import service as register
from gateway.register.model import imports
from gateway.register.model.imports import Import, RegisterImplausible
from gateway.register.service import Sent

router = APIRouter(prefix="/register")
OK, CONFLICT, STALE, UNPROCESSABLE = 200, 409, 412, 422
SHOWN = 50
CurrentDepot = Annotated[Depot, Depends(http.depot)]
Decided = Annotated[schemas.DecideForm, Form()]
Asked = Annotated[schemas.PageQuery, Query()]


class SentBefore(errors.Invalid):
    """The very same file came before; it can be meant all the same."""


async def import_of_path(visit: UsualVisit, import_id: UUID) -> Import:
    return await register.get_import(visit.database, visit.actor, import_id)


PathImport = Annotated[Import, Depends(import_of_path)]


@router.get("")
async def list_page(visit: UsualVisit, query: Asked) -> Response:
    visiting.require(bool(visit.actor.las(imports.ACCESS.read)))
    return await _list(visit, query)


@router.post("")
async def send(visit: UsualVisit, depot: CurrentDepot) -> Response:
    register.scope_of(visit.actor)
    settings = visit.request.app.state.settings
    try:
        sent = await sending.sent_files(visit.request, depot)
        await _require_news(visit, sent)
        begun = await register.send_import(
            visit.database, visit.actor, sent, settings.files_quota
        )
    except (errors.Invalid, errors.Conflict, errors.TooLarge) as refusal:
        return await _list(visit, schemas.PageQuery(), refusal)
    return visiting.see_other(_path(begun))


@router.get("/{import_id:uuid}")
async def view_page(visit: UsualVisit, found: PathImport) -> Response:
    return await _view(visit, found)


@router.get("/{import_id:uuid}/changes")
async def changes_page(
    visit: UsualVisit,
    found: PathImport,
    query: Annotated[schemas.ChangesQuery, Query()],
) -> Response:
    page = PageRequest(SHOWN, query.after or None)
    listed = await register.list_changes(
        visit.database, visit.actor, found.import_id, query.kind or None, page
    )
    context = {"found": found, "listing": listed, "query": query}
    return _page(visit, "register/changes.html", context)


@router.get("/{import_id:uuid}/faults")
async def faults_page(visit: UsualVisit, found: PathImport, query: Asked) -> Response:
    page = PageRequest(SHOWN, query.after or None)
    listed = await register.list_faults(
        visit.database, visit.actor, found.import_id, page
    )
    context = {"found": found, "listing": listed, "query": query}
    return _page(visit, "register/faults.html", context)


@router.get("/{import_id:uuid}/apply")
async def apply_page(visit: UsualVisit, found: PathImport) -> Response:
    visiting.require(_may_decide(visit, found))
    if found.state != imports.PREVIEWED:
        return RedirectResponse(_path(found), 303)
    return _confirm(visit, found, schemas.DecideForm())


@router.post("/{import_id:uuid}/apply")
async def apply(visit: UsualVisit, found: PathImport, form: Decided) -> Response:
    db, actor = visit.database, visit.actor
    chosen, version = form.overrides, form.version
    try:
        await register.order_apply(db, actor, found.import_id, chosen, version)
    except RegisterImplausible:
        return _confirm(visit, found, form, UNPROCESSABLE)
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(visit, found, refusal)
    return visiting.see_other(_path(found))


@router.get("/{import_id:uuid}/cancel")
async def cancel_page(visit: UsualVisit, found: PathImport) -> Response:
    visiting.require(_may_decide(visit, found))
    if found.state not in model.OPEN:
        return RedirectResponse(_path(found), 303)
    return _page(visit, "register/cancel.html", {"found": found})


@router.post("/{import_id:uuid}/cancel")
async def cancel(visit: UsualVisit, found: PathImport, form: Decided) -> Response:
    db, actor = visit.database, visit.actor
    try:
        left = await register.cancel_import(db, actor, found.import_id, form.version)
    except (errors.Conflict, errors.Stale) as refusal:
        return await _view(visit, found, refusal)
    is_gone = left.state == imports.CANCELLED
    return visiting.see_other(_path(found), "import-given-up" if is_gone else "")


def _path(found: Import) -> str:
    return f"/register/{found.import_id}"


def _may_decide(visit: Visit[Place | None], found: Import) -> bool:
    return set(found.la_codes) <= set(visit.actor.las(imports.IMPORTERS))


async def _require_news(visit: Visit[Place | None], sent: Sent) -> None:
    """Refuse the very file that came before, unless it is meant.

    Raises:
        SentBefore: it is under way, or was applied, and "Read it again" is not set.
    """
    if (await visit.request.form()).get("again"):
        return
    before = await register.sent_before(visit.database, visit.actor, sent)
    if before is not None:
        raise SentBefore(faults=[errors.Fault("/file", model.sent_before(before))])


async def _list(
    visit: Visit[Place | None],
    query: schemas.PageQuery,
    refusal: errors.Refusal | None = None,
) -> Response:
    page = PageRequest(SHOWN, query.after or None)
    listed = await register.list_imports(visit.database, visit.actor, page)
    said = visiting.messages(refusal, "file") if refusal else {}
    context = {
        "listing": listed,
        "query": query,
        "problems": model.advised(refusal, said) if refusal else {},
        "again": isinstance(refusal, SentBefore),
        "may_send": bool(visit.actor.las(imports.IMPORTERS)),
        "limit_mb": visit.request.app.state.settings.upload_limit >> 20,
        "authorities": await _authorities(visit, visit.actor.las(imports.IMPORTERS)),
    }
    status = OK if refusal is None else UNPROCESSABLE
    return _page(visit, "register/list.html", context, status)


async def _view(
    visit: Visit[Place | None], found: Import, refusal: errors.Refusal | None = None
) -> Response:
    status = OK
    if refusal is not None:
        status = STALE if isinstance(refusal, errors.Stale) else CONFLICT
        found = await register.get_import(visit.database, visit.actor, found.import_id)
    job = await _job(visit, found)
    context = {
        "found": found,
        "job": job,
        "busy": model.is_busy(found, job),
        "may_decide": _may_decide(visit, found),
        "refusal": refusal,
        "authorities": await _authorities(visit, found.la_codes),
    }
    answer = _page(visit, "register/view.html", context, status)
    if "hx-request" in visit.request.headers and not context["busy"]:
        # The work that was looked at has ended: the whole page says another thing now.
        answer.headers["HX-Refresh"] = "true"
    return answer


def _confirm(
    visit: Visit[Place | None],
    found: Import,
    form: schemas.DecideForm,
    status: int = OK,
) -> Response:
    context = {"found": found, "form": form, "missed": status == UNPROCESSABLE}
    return _page(visit, "register/apply.html", context, status)


async def _authorities(visit: Visit[Place | None], la_codes: list[str]) -> list[str]:
    """Name the LAs in which an import takes effect, where the visitor knows them."""
    mine = await directory.my_authorities(visit.database, visit.actor)
    return [each.name for each in mine if each.la_code in la_codes]


async def _job(visit: Visit[Place | None], found: Import) -> Job | None:
    if found.job_id is None:
        return None
    try:
        return await jobs.get_job(
            visit.database, visit.actor, imports.ACCESS, found.job_id
        )
    except JobNotFound:
        # Jobs are forgotten after a while; what came of them stays.
        return None


def _page(
    visit: Visit[Place | None],
    template: str,
    context: Mapping[str, object],
    status: int = OK,
) -> Response:
    shown = {"words": model, **context}
    return visiting.page(visit, template, "register", shown, status)
