"""Pictures and documents on the pages of an asset: the form, and taking one away."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.assets.routes import PathAsset
from gateway.portal.assets.schemas import Asset, Attachment
from gateway.portal.attachments import model, service
from gateway.portal.attachments.schemas import AttachForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter(prefix="/schools/{urn}/assets/{asset_id:uuid}/files")
ONE = "/{attachment_id:uuid}/remove"
UNPROCESSABLE = 422


async def filled(
    title: Annotated[str, Form()] = "", kind: Annotated[str, Form()] = ""
) -> AttachForm:
    return AttachForm(title=title, kind=kind)


async def asset_to_change(visit: SchoolVisit, asset: PathAsset) -> Asset:
    """Find an asset whose files the visitor may add to; in use or not.

    Raises:
        errors.Forbidden: the visitor does not change assets here.
    """
    visiting.require(visit.rights.change_assets)
    return asset


ChangingAsset = Annotated[Asset, Depends(asset_to_change)]


async def attachment_of_path(
    attachment_id: UUID, visit: SchoolVisit, asset: ChangingAsset
) -> Attachment:
    return await service.find_attachment(visit.upstream, asset, attachment_id)


PathAttachment = Annotated[Attachment, Depends(attachment_of_path)]


@router.get("/new")
async def new_page(
    visit: SchoolVisit, asset: ChangingAsset, *, too_large: bool = False
) -> Response:
    """Show the form; again, where what was sent was too much to be read at all."""
    refusal = _at_file(model.TOO_LARGE) if too_large else None
    return _form(visit, asset, AttachForm(), refusal)


@router.post("/new")
async def attach(
    visit: SchoolVisit,
    asset: ChangingAsset,
    form: Annotated[AttachForm, Depends(filled)],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    try:
        name, content = await _sent(file, form)
        await service.attach(visit.upstream, asset.asset_id, form, name, content)
    except errors.TooLarge:
        return _form(visit, asset, form, _at_file(model.TOO_LARGE))
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, asset, form, refusal)
    return visiting.see_other(f"{_path(asset)}#attachments", "file-added")


@router.get(ONE)
async def remove_page(
    visit: SchoolVisit, asset: ChangingAsset, attachment: PathAttachment
) -> Response:
    context = {"asset": asset, "attachment": attachment, "words": asset_words}
    return visiting.page(visit, "attachments/remove.html", "assets", context)


@router.post(ONE)
async def remove(
    visit: SchoolVisit, asset: ChangingAsset, attachment: PathAttachment
) -> Response:
    await service.remove(visit.upstream, asset.asset_id, attachment.attachment_id)
    return visiting.see_other(f"{_path(asset)}#attachments", "file-removed")


async def _sent(file: UploadFile | None, form: AttachForm) -> tuple[str, bytes]:
    """Take the file that was chosen; say all that is missing at once.

    Raises:
        errors.Invalid: there is none, it is too large, or something is not said.
    """
    faults = form.faults()
    content = b""
    if file is None or not file.filename:
        faults.insert(0, errors.Fault("/file", "Choose a file"))
    else:
        content = await file.read(model.LARGEST + 1)
        if len(content) > model.LARGEST:
            faults.insert(0, errors.Fault("/file", model.TOO_LARGE))
        elif not content:
            faults.insert(0, errors.Fault("/file", "The file is empty"))
    if faults or file is None:
        raise errors.Invalid(faults=faults)
    return file.filename or "", content


def _at_file(text: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault("/file", text)])


def _path(asset: Asset) -> str:
    return f"/schools/{asset.school_urn}/assets/{asset.asset_id}"


def _form(
    visit: SchoolVisit,
    asset: Asset,
    form: AttachForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    problems = visiting.messages(refusal, "file") if refusal else {}
    context = {
        "asset": asset,
        "form": form,
        "problems": problems,
        # A browser lets no page choose a file: it is to be chosen once more.
        "again": bool(problems) and "file" not in problems,
        "limit_mb": model.LARGEST >> 20,
        "words": asset_words,
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if isinstance(refusal, errors.Invalid) else 409
    return visiting.page(visit, "attachments/form.html", "assets", context, status)
