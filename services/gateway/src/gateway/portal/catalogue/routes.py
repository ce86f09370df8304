"""The catalogue on pages: a model and its life, one by one or as a list."""

# ruff: noqa: FAST003 - SchoolVisit reads the name of the path

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.directory.model import Authority
from gateway.portal.assets import model as asset_words
from gateway.portal.catalogue import model, schemas, service
from gateway.portal.catalogue.model import Listed, Wrong
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
AnyVisit = Visit[Place] | Visit[Place | None]
Asked = Annotated[str, Query(max_length=80)]
After = Annotated[str, Query(max_length=512)]
MOST_BYTES = 512 * 1024


@router.get("/schools/{urn}/models/{model_id:uuid}")
async def school_model(visit: SchoolVisit, model_id: UUID) -> Response:
    found = await service.get_model(visit.upstream, model_id, visit.place.urn)
    if found.la_code != visit.place.la_code:
        raise errors.NotFound
    root = f"/schools/{visit.place.urn}"
    context = {"model": found, "root": root, "of": visit.place.name, "may": False}
    return page(visit, "catalogue/model.html", context, "assets")


@router.get("/authorities/{la_code}/models/{model_id:uuid}")
async def authority_model(visit: UsualVisit, la_code: str, model_id: UUID) -> Response:
    authority = await visiting.authority_of(visit, la_code)
    found = await model_of(visit, la_code, model_id)
    may = model.may_write(visit.actor, la_code)
    context = {"model": found, "of": authority.name, "may": may}
    return authority_page(visit, authority, "catalogue/model.html", context)


@router.get("/authorities/{la_code}/models/{model_id:uuid}/lifecycle")
async def lifecycle_page(visit: UsualVisit, la_code: str, model_id: UUID) -> Response:
    authority = await writable(visit, la_code)
    found = await model_of(visit, la_code, model_id)
    return _lifecycle_form(visit, authority, found, schemas.form_of(found))


@router.post("/authorities/{la_code}/models/{model_id:uuid}/lifecycle")
async def set_lifecycle(
    visit: UsualVisit,
    la_code: str,
    model_id: UUID,
    form: Annotated[schemas.LifecycleForm, Form()],
) -> Response:
    authority = await writable(visit, la_code)
    found = await model_of(visit, la_code, model_id)
    try:
        await service.set_lifecycle(visit.upstream, model_id, form)
    except (errors.Invalid, errors.Stale) as refusal:
        return _lifecycle_form(visit, authority, found, form, refusal)
    where = f"/authorities/{la_code}/models"
    is_there = found.devices or any(form.body().values())
    return visiting.see_other(
        f"{where}/{model_id}" if is_there else where, "lifecycle-set"
    )


@router.get("/authorities/{la_code}/model-lists")
async def list_page(visit: UsualVisit, la_code: str) -> Response:
    return _list_form(visit, await writable(visit, la_code))


@router.post("/authorities/{la_code}/model-lists")
async def take_list(
    visit: UsualVisit,
    la_code: str,
    file: Annotated[UploadFile | None, File()] = None,
    content: Annotated[str, Form()] = "",
) -> Response:
    """Try a file that is sent; take in one that was tried and comes back."""
    authority = await writable(visit, la_code)
    try:
        sent = _unpacked(content) if content else await _sent(file)
        listed = model.read_list(sent)
    except errors.Invalid as refusal:
        return _list_form(visit, authority, refusal)
    wrong = list(listed.wrong)
    taken: schemas.Taken | None = None
    if listed.items:
        try:
            taken = await service.take_list(
                visit.upstream,
                la_code,
                listed.items,
                dry_run=not content or bool(wrong),
            )
        except errors.Invalid as refusal:
            wrong += _by_line(refusal, listed)
    if content and taken and not wrong:
        where = f"/authorities/{la_code}/models"
        return visiting.see_other(where, "list-taken")
    context = {
        "taken": taken,
        "wrong": sorted(wrong, key=lambda each: each.line),
        "rows": len(listed.items) + len({each.line for each in listed.wrong}),
        "content": _packed(sent),
    }
    status = UNPROCESSABLE if wrong else 200
    return authority_page(visit, authority, "catalogue/tried.html", context, status)


def _lifecycle_form(
    visit: Visit[Place | None],
    authority: Authority,
    found: schemas.ModelDetail,
    form: schemas.LifecycleForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    invalid, stale = (
        isinstance(refusal, kind) for kind in (errors.Invalid, errors.Stale)
    )
    context = {
        "model": found,
        "form": form.model_copy(update={"version": found.version}),
        "problems": visiting.messages(refusal, "note") if refusal and invalid else {},
        "stale": stale,
    }
    status = UNPROCESSABLE if invalid else STALE if stale else 200
    template = "catalogue/lifecycle.html"
    return authority_page(visit, authority, template, context, status)


def _list_form(
    visit: Visit[Place | None],
    authority: Authority,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {"problems": visiting.messages(refusal, "file") if refusal else {}}
    status = UNPROCESSABLE if refusal else 200
    return authority_page(visit, authority, "catalogue/list.html", context, status)


def _by_line(refusal: errors.Invalid, listed: Listed) -> list[Wrong]:
    """Say what inventory refused by the line of the file and its column."""
    found: list[Wrong] = []
    for fault in refusal.faults:
        _, _, at, *rest = [*fault.pointer.split("/"), "", "", ""]
        is_row = at.isdigit() and int(at) < len(listed.lines)
        line = listed.lines[int(at)] if is_row else 1
        found.append(Wrong(line, rest[0] if rest else "", fault.detail))
    return found or [Wrong(1, "", refusal.detail)]


async def _sent(file: UploadFile | None) -> bytes:
    content = await file.read(MOST_BYTES + 1) if file else b""
    if not content:
        raise errors.Invalid(faults=[errors.Fault("/file", "Choose a file")])
    if len(content) > MOST_BYTES:
        detail = "The file is larger than 500 KB: send it in parts"
        raise errors.Invalid(faults=[errors.Fault("/file", detail)])
    return content


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode()


def _unpacked(content: str) -> bytes:
    """Read what `_packed` wrote; whatever else comes back is no file.

    Raises:
        errors.Invalid: it is not what was sent.
    """
    try:
        packed = base64.b64decode(content, validate=True)
        found = zlib.decompressobj().decompress(packed, MOST_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError):
        found = b""
    if not found or len(found) > MOST_BYTES:
        fault = errors.Fault("/file", "Send the file again")
        raise errors.Invalid(faults=[fault])
    return found


async def writable(visit: Visit[Place | None], la_code: str) -> Authority:
    authority = await visiting.authority_of(visit, la_code)
    visiting.require(model.may_write(visit.actor, la_code))
    return authority


async def model_of(
    visit: AnyVisit, la_code: str, model_id: UUID
) -> schemas.ModelDetail:
    found = await service.get_model(visit.upstream, model_id)
    if found.la_code != la_code:
        raise errors.NotFound
    return found


def authority_page(
    visit: Visit[Place | None],
    authority: Authority,
    template: str,
    context: Mapping[str, object],
    status: int = 200,
) -> Response:
    root = f"/authorities/{authority.la_code}"
    shown = {"root": root, "of": authority.name, **context}
    return page(visit, template, shown, "all-assets", status)


def page(
    visit: AnyVisit,
    template: str,
    context: Mapping[str, object],
    section: str,
    status: int = 200,
) -> Response:
    shown = {"words": model, "asset_words": asset_words, **context}
    return visiting.page(visit, template, section, shown, status)
