"""Documents of a licence on pages: the form, and taking one away."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.portal.licence_documents import model, service
from gateway.portal.licence_documents.schemas import DocumentForm
from gateway.portal.licences import routes as licences
from gateway.portal.licences.routes import Where
from gateway.portal.licences.schemas import Licence
from gateway.portal.visit import routes as visiting

router = APIRouter()


async def filled(title: Annotated[str, Form()] = "") -> DocumentForm:
    return DocumentForm(title=title)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give the licences of one place the pages of their documents."""
    here_ = Depends(where)
    root = f"{path}/licences/{{licence_id:uuid}}/files"

    async def new_page(
        here: Annotated[Where, here_], licence_id: UUID, *, too_large: bool = False
    ) -> Response:
        held = await licences.own(here, licence_id)
        refusal = _at_file(model.TOO_LARGE) if too_large else None
        return _form(here, held, DocumentForm(), refusal)

    async def add(
        here: Annotated[Where, here_],
        licence_id: UUID,
        form: Annotated[DocumentForm, Depends(filled)],
        file: Annotated[UploadFile | None, File()] = None,
    ) -> Response:
        return await _keep(here, licence_id, form, file)

    async def remove_page(
        here: Annotated[Where, here_], licence_id: UUID, document_id: UUID
    ) -> Response:
        held = await licences.own(here, licence_id)
        upstream = here.visit.upstream
        found = await service.find_document(upstream, licence_id, document_id)
        context = {"one": held, "document": found}
        return licences.page(here, "licences/remove-document.html", context)

    async def remove(
        here: Annotated[Where, here_], licence_id: UUID, document_id: UUID
    ) -> Response:
        held = await licences.own(here, licence_id)
        await service.remove(here.visit.upstream, licence_id, document_id)
        return licences.back_to(here, held, "file-removed")

    router.add_api_route(f"{root}/new", new_page)
    router.add_api_route(f"{root}/new", add, methods=["POST"])
    router.add_api_route(f"{root}/{{document_id:uuid}}/remove", remove_page)
    router.add_api_route(
        f"{root}/{{document_id:uuid}}/remove", remove, methods=["POST"]
    )


_add("/schools/{urn}", licences.at_school)
_add("/authorities/{la_code}", licences.at_authority)


async def _keep(
    here: Where, licence_id: UUID, form: DocumentForm, file: UploadFile | None
) -> Response:
    held = await licences.own(here, licence_id)
    try:
        name, content = await _sent(file, form)
        await service.add(here.visit.upstream, licence_id, form, name, content)
    except errors.TooLarge:
        return _form(here, held, form, _at_file(model.TOO_LARGE))
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(here, held, form, refusal)
    return licences.back_to(here, held, "file-added")


async def _sent(file: UploadFile | None, form: DocumentForm) -> tuple[str, bytes]:
    """Take the file that was chosen; say all that is missing at once.

    Raises:
        errors.Invalid: there is none, it is too large, or it is not said what it is.
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


def _form(
    here: Where, held: Licence, form: DocumentForm, refusal: errors.Refusal | None
) -> Response:
    problems = visiting.messages(refusal, "file") if refusal else {}
    context = {
        "one": held,
        "form": form,
        "problems": problems,
        # A browser lets no page choose a file: it is to be chosen once more.
        "again": bool(problems) and "file" not in problems,
        "limit_mb": model.LARGEST >> 20,
    }
    name = "licences/document.html"
    return licences.page(here, name, context, licences.status_of(refusal))
