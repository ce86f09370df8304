"""The picture of a model on pages of an LA: the form, and taking it away."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.directory.model import Authority
from gateway.portal.catalogue import routes as catalogue
from gateway.portal.catalogue.schemas import ModelDetail
from gateway.portal.model_pictures import model, service
from gateway.portal.model_pictures.schemas import PictureForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import UsualVisit

router = APIRouter(prefix="/authorities/{la_code}/models/{model_id:uuid}/picture")
CONFLICT, UNPROCESSABLE = 409, 422


async def filled(alt: Annotated[str, Form()] = "") -> PictureForm:
    return PictureForm(alt=alt)


async def authority_that_writes(visit: UsualVisit, la_code: str) -> Authority:
    return await catalogue.writable(visit, la_code)


Writing = Annotated[Authority, Depends(authority_that_writes)]


@router.get("")
async def picture_page(
    visit: UsualVisit,
    authority: Writing,
    model_id: UUID,
    *,
    too_large: bool = False,
) -> Response:
    """Show the form; again, where what was sent was too much to be read at all."""
    found = await catalogue.model_of(visit, authority.la_code, model_id)
    form = PictureForm(alt=found.picture.alt if found.picture else "")
    refusal = _at_file(model.TOO_LARGE) if too_large else None
    return _form(visit, authority, found, form, refusal)


@router.post("")
async def show_picture(
    visit: UsualVisit,
    authority: Writing,
    model_id: UUID,
    form: Annotated[PictureForm, Depends(filled)],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    found = await catalogue.model_of(visit, authority.la_code, model_id)
    try:
        content = await _sent(file, form)
        await service.show(visit.upstream, model_id, form.alt, content)
    except errors.TooLarge:
        return _form(visit, authority, found, form, _at_file(model.TOO_LARGE))
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, authority, found, form, refusal)
    return visiting.see_other(_path(authority, found), "picture-shown")


@router.get("/remove")
async def remove_page(
    visit: UsualVisit, authority: Writing, model_id: UUID
) -> Response:
    found = await _shown(visit, authority, model_id)
    template = "catalogue/picture_remove.html"
    return catalogue.authority_page(visit, authority, template, {"model": found})


@router.post("/remove")
async def remove(visit: UsualVisit, authority: Writing, model_id: UUID) -> Response:
    found = await _shown(visit, authority, model_id)
    await service.remove(visit.upstream, model_id)
    return visiting.see_other(_path(authority, found), "picture-removed")


async def _shown(
    visit: UsualVisit, authority: Authority, model_id: UUID
) -> ModelDetail:
    """Find a model that has a picture.

    Raises:
        errors.NotFound: it has none, or no longer.
    """
    found = await catalogue.model_of(visit, authority.la_code, model_id)
    if found.picture is None:
        raise errors.NotFound
    return found


async def _sent(file: UploadFile | None, form: PictureForm) -> bytes:
    """Take the picture that was chosen; say all that is missing at once.

    Raises:
        errors.Invalid: there is none, it is too large, or nothing is said of it.
    """
    faults = form.faults()
    content = b""
    if file is None or not file.filename:
        faults.insert(0, errors.Fault("/file", "Choose a picture"))
    else:
        content = await file.read(model.LARGEST + 1)
        if len(content) > model.LARGEST:
            faults.insert(0, errors.Fault("/file", model.TOO_LARGE))
        elif not content:
            faults.insert(0, errors.Fault("/file", "The file is empty"))
    if faults:
        raise errors.Invalid(faults=faults)
    return content


def _at_file(text: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault("/file", text)])


def _path(authority: Authority, found: ModelDetail) -> str:
    return f"/authorities/{authority.la_code}/models/{found.model_id}"


def _form(
    visit: UsualVisit,
    authority: Authority,
    found: ModelDetail,
    form: PictureForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    problems = visiting.messages(refusal, "file") if refusal else {}
    context = {
        "model": found,
        "form": form,
        "problems": problems,
        # A browser lets no page choose a file: it is to be chosen once more.
        "again": bool(problems) and "file" not in problems,
        "limit_mb": model.LARGEST >> 20,
    }
    status = 200
    if refusal:
        is_invalid = isinstance(refusal, errors.Invalid)
        status = UNPROCESSABLE if is_invalid else CONFLICT
    template = "catalogue/picture.html"
    return catalogue.authority_page(visit, authority, template, context, status)
