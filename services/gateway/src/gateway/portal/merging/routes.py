"""Makes and models that are one, on pages: chosen, merged, parted again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.directory.model import Authority
from gateway.portal.catalogue import model
from gateway.portal.catalogue import routes as catalogue
from gateway.portal.catalogue.schemas import ModelDetail
from gateway.portal.merging import schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter()
CONFLICT, UNPROCESSABLE = 409, 422
Asked = Annotated[str, Query(max_length=80)]
After = Annotated[str, Query(max_length=512)]


@router.get("/authorities/{la_code}/models/{model_id:uuid}/merge")
async def merge_page(
    visit: UsualVisit, la_code: str, model_id: UUID, q: Asked = ""
) -> Response:
    """Choose the model that another is to be called like, by words of its name."""
    authority = await catalogue.writable(visit, la_code)
    found = await catalogue.model_of(visit, la_code, model_id)
    return await _merge_form(visit, authority, found, q)


@router.post("/authorities/{la_code}/models/{model_id:uuid}/merge")
async def merge_model(
    visit: UsualVisit,
    la_code: str,
    model_id: UUID,
    form: Annotated[schemas.MergeForm, Form()],
) -> Response:
    authority = await catalogue.writable(visit, la_code)
    found = await catalogue.model_of(visit, la_code, model_id)
    try:
        into = _id_of(form.into_id, "into_id", "Choose a model")
        made = await service.merge(visit.upstream, "model", model_id, into)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _merge_form(visit, authority, found, "", refusal)
    where = f"/authorities/{la_code}/models/{into}"
    return visiting.undoable(visit, where, "names-merged", _undo(la_code, made))


@router.get("/authorities/{la_code}/makes")
async def makes_page(visit: UsualVisit, la_code: str, after: After = "") -> Response:
    authority = await visiting.authority_of(visit, la_code)
    return await _makes(visit, authority, after)


@router.post("/authorities/{la_code}/makes/merge")
async def merge_makes(
    visit: UsualVisit, la_code: str, form: Annotated[schemas.MergeForm, Form()]
) -> Response:
    authority = await catalogue.writable(visit, la_code)
    try:
        start = _id_of(form.from_id, "from_id", "Choose the make that is another")
        into = _id_of(form.into_id, "into_id", "Choose what it is to be called")
        made = await service.merge(visit.upstream, "make", start, into)
    except (errors.Invalid, errors.Conflict, errors.NotFound) as refusal:
        return await _makes(visit, authority, "", form, refusal)
    where = f"/authorities/{la_code}/makes"
    return visiting.undoable(visit, where, "names-merged", _undo(la_code, made))


@router.post("/authorities/{la_code}/merges/{merge_id:uuid}/undo")
async def undo_merge(visit: UsualVisit, la_code: str, merge_id: UUID) -> Response:
    await catalogue.writable(visit, la_code)
    await service.undo_merge(visit.upstream, merge_id)
    return visiting.see_other(f"/authorities/{la_code}/makes", "names-parted")


def _id_of(text: str, field: str, missing: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise errors.Invalid(faults=[errors.Fault(f"/{field}", missing)]) from None


def _undo(la_code: str, made: schemas.Merge) -> Undo:
    return Undo(f"/authorities/{la_code}/merges/{made.merge_id}/undo")


async def _merge_form(
    visit: Visit[Place | None],
    authority: Authority,
    found: ModelDetail,
    q: str,
    refusal: errors.Refusal | None = None,
) -> Response:
    words = q.strip() or found.make
    near = await service.find_models(visit.upstream, authority.la_code, words)
    context = {
        "model": found,
        "q": q,
        "choices": [each for each in near if each.model_id != found.model_id],
        "problems": visiting.messages(refusal, "into_id") if refusal else {},
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if isinstance(refusal, errors.Invalid) else CONFLICT
    return catalogue.authority_page(
        visit, authority, "catalogue/merge.html", context, status
    )


async def _makes(
    visit: Visit[Place | None],
    authority: Authority,
    after: str,
    form: schemas.MergeForm | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    makes = await service.list_makes(visit.upstream, authority.la_code)
    try:
        merges = await service.list_merges(visit.upstream, authority.la_code, after)
    except errors.Invalid:
        merges = await service.list_merges(visit.upstream, authority.la_code, "")
    context = {
        "makes": makes,
        "options_of_makes": {str(each.make_id): each.make for each in makes},
        "merges": merges,
        "after": after,
        "form": form or schemas.MergeForm(),
        "problems": visiting.messages(refusal, "into_id") if refusal else {},
        "may": model.may_write(visit.actor, authority.la_code),
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if isinstance(refusal, errors.Invalid) else CONFLICT
    return catalogue.authority_page(
        visit, authority, "catalogue/makes.html", context, status
    )
