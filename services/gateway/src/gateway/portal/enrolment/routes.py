"""Enrolment keys and the setting up of machines, over HTTP."""

# ruff: noqa: FAST003 - SchoolVisit and PathKey read the names of the path

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from chassis import errors
from gateway.portal.enrolment import model, schemas, service
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/devices")
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
AGENT = "/agent"


async def key_of_path(key_id: UUID, visit: SchoolVisit) -> schemas.Key:
    return await service.get_key(visit.upstream, visit.place.urn, key_id)


PathKey = Annotated[schemas.Key, Depends(key_of_path)]


@router.get("/set-up")
async def set_up_page(visit: SchoolVisit, platform: str = "windows") -> Response:
    """Say how machines of a platform are set up to report for the school."""
    visiting.require(visit.rights.see_assets)
    shown = platform if platform in model.PLATFORMS else "windows"
    context = {"platform": shown, "steps": model.steps(shown, _access(visit))}
    return _page(visit, "enrolment/set_up.html", context)


@router.get("/keys")
async def list_page(visit: SchoolVisit, after: str = "") -> Response:
    """List the keys, to who may know of them, and what was refused."""
    visiting.require(visit.rights.see_assets)
    urn, place = visit.place.urn, visit.place
    sees_keys = visit.actor.may(model.READERS, place.la_code, place.school_id)
    keys, following = [], None
    if sees_keys:
        try:
            found = await service.list_keys(visit.upstream, urn, after)
        except errors.Invalid:
            return RedirectResponse(_root(visit), 303)
        keys, following = found.items, found.next
    context = {
        "keys": keys,
        "sees_keys": sees_keys,
        "refusals": await service.list_refusals(visit.upstream, urn),
        "after": after,
        "next": following,
    }
    return _page(visit, "enrolment/list.html", context)


@router.get("/keys/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, schemas.KeyForm(once=str(uuid4())))


@router.post("/keys/new")
async def make(
    visit: SchoolVisit, form: Annotated[schemas.KeyForm, Form()]
) -> Response:
    """Make a key and show its letters, this once; a reload leads to the list."""
    visiting.require(visit.rights.change_assets)
    if not form.name or len(form.name) > model.LONGEST_NAME:
        said = f"Enter what it is for, in up to {model.LONGEST_NAME} letters"
        wrong = errors.Invalid(faults=[errors.Fault("/name", said)])
        return _form(visit, form, wrong)
    try:
        made = await service.make_key(visit.upstream, visit.place.urn, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, form, refusal)
    if made.enrolment_key is None:
        return visiting.see_other(_root(visit))
    access = _access(visit, made.enrolment_key)
    ways = {
        name: model.steps(platform, access)
        for platform, name in model.PLATFORMS.items()
        if model.steps(platform, access)
    }
    context = {"key": made, "access": access, "ways": ways}
    return _page(visit, "enrolment/made.html", context)


@router.get("/keys/{key_id:uuid}/withdraw")
async def withdraw_page(visit: SchoolVisit, key: PathKey) -> Response:
    visiting.require(visit.rights.change_assets)
    if key.withdrawn_at is not None:
        return visiting.see_other(_root(visit))
    return _page(visit, "enrolment/withdraw.html", {"key": key, "moved_on": False})


@router.post("/keys/{key_id:uuid}/withdraw")
async def withdraw(
    visit: SchoolVisit, key: PathKey, form: Annotated[schemas.VersionForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.withdraw_key(visit.upstream, key, form.version)
    except errors.Stale:
        context = {"key": key, "moved_on": True}
        return _page(visit, "enrolment/withdraw.html", context, STALE)
    except errors.Conflict:
        # It was withdrawn already: that is what was wanted.
        return visiting.see_other(_root(visit))
    return visiting.see_other(_root(visit), "key-withdrawn")


def _root(visit: Visit[Place]) -> str:
    return f"/schools/{visit.place.urn}/devices/keys"


def _access(visit: Visit[Place], key: str = model.PLACEHOLDER) -> model.Access:
    address = visit.request.app.state.settings.public_url.rstrip("/")
    return model.Access(f"{address}{AGENT}", visit.place.urn, key)


def _form(
    visit: Visit[Place], form: schemas.KeyForm, refusal: errors.Refusal | None = None
) -> Response:
    problems = visiting.messages(refusal, "name") if refusal else {}
    status = 200
    if refusal:
        invalid = isinstance(refusal, errors.Invalid)
        status = UNPROCESSABLE if invalid else CONFLICT
    context = {"form": form, "problems": problems}
    return _page(visit, "enrolment/form.html", context, status)


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {
        "words": model,
        "now": datetime.now(UTC),
        "access": _access(visit),
        **context,
    }
    return visiting.page(visit, template, "devices", shown, status)
