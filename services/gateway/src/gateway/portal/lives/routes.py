"""How long kit lasts, over HTTP: read and said, for a school and for an LA."""

# ruff: noqa: FAST003 - SchoolVisit reads the name of the path

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.lives import model, schemas, service
from gateway.portal.lives.service import Of
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
UNPROCESSABLE = 422
Filled = Annotated[schemas.LivesForm, Form()]


@router.get("/schools/{urn}/kit-lives")
async def school_page(visit: SchoolVisit) -> Response:
    may = model.may_say_for_school(visit.actor, visit.place)
    return await _page(visit, visit.place.name, _school(visit), may=may)


@router.post("/schools/{urn}/kit-lives")
async def set_for_school(visit: SchoolVisit, form: Filled) -> Response:
    may = model.may_say_for_school(visit.actor, visit.place)
    return await _set(visit, visit.place.name, _school(visit), form, may=may)


@router.get("/authorities/{la_code}/kit-lives")
async def authority_page(visit: UsualVisit, la_code: str) -> Response:
    authority = await visiting.authority_of(visit, la_code)
    may = model.may_say_for_authority(visit.actor, la_code)
    return await _page(visit, authority.name, {"la_code": la_code}, may=may)


@router.post("/authorities/{la_code}/kit-lives")
async def set_for_authority(visit: UsualVisit, la_code: str, form: Filled) -> Response:
    authority = await visiting.authority_of(visit, la_code)
    may = model.may_say_for_authority(visit.actor, la_code)
    return await _set(visit, authority.name, {"la_code": la_code}, form, may=may)


def _school(visit: SchoolVisit) -> Of:
    return {"school_urn": visit.place.urn}


def _root(of: Of) -> str:
    if "school_urn" in of:
        return f"/schools/{of['school_urn']}"
    return f"/authorities/{of['la_code']}"


async def _set(
    visit: Visit[Place] | Visit[Place | None],
    name: str,
    of: Of,
    form: schemas.LivesForm,
    *,
    may: bool,
) -> Response:
    visiting.require(may)
    typed = form.typed()
    try:
        wanted = model.read(typed)
    except errors.Invalid as wrong:
        return await _page(visit, name, of, typed, wrong, may=may)
    present = {
        life.category: life.school_years if "school_urn" in of else life.authority_years
        for life in (await service.list_lives(visit.upstream, of)).items
    }
    await service.set_lives(visit.upstream, of, model.changed(wanted, present))
    return visiting.see_other(f"{_root(of)}/kit-lives", "lives-set")


async def _page(
    visit: Visit[Place] | Visit[Place | None],
    name: str,
    of: Of,
    typed: dict[str, str] | None = None,
    wrong: errors.Invalid | None = None,
    *,
    may: bool,
) -> Response:
    lives = await service.list_lives(visit.upstream, of)
    at_school = "school_urn" in of
    own = {
        life.category: str(
            (life.school_years if at_school else life.authority_years) or ""
        )
        for life in lives.items
    }
    context = {
        "of": name,
        "root": _root(of),
        "at_school": at_school,
        "lives": lives.items,
        "own": own | (typed or {}),
        "may": may,
        "problems": visiting.messages(wrong, "laptop") if wrong else {},
        "words": asset_words,
    }
    section = "assets" if at_school else "all-assets"
    status = UNPROCESSABLE if wrong else 200
    return visiting.page(visit, "lives/page.html", section, context, status)
