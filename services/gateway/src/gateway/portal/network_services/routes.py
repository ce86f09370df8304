"""The pages of what a school takes over the network."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.network_services import model, schemas, service
from gateway.portal.network_services.schemas import NetworkService, ServiceForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/network-services")
ONE = "/{service_id:uuid}"


async def one_of_path(visit: SchoolVisit, service_id: UUID) -> NetworkService:
    return await service.get_service(visit.upstream, visit.place.urn, service_id)


PathOne = Annotated[NetworkService, Depends(one_of_path)]


@router.get("/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, ServiceForm(once=str(uuid4())), None)


@router.post("/new")
async def add(visit: SchoolVisit, form: Annotated[ServiceForm, Form()]) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        added = await service.add(visit.upstream, visit.place.urn, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, form, None, refusal)
    return visiting.see_other(_root(added), "network-service-added")


@router.get(ONE)
async def view_page(visit: SchoolVisit, one: PathOne) -> Response:
    return _page(visit, "network_services/view.html", {"one": one}, 200)


@router.get(f"{ONE}/edit")
async def edit_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, schemas.form_of(one), one)


@router.post(f"{ONE}/edit")
async def edit(
    visit: SchoolVisit, one: PathOne, form: Annotated[ServiceForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.change(visit.upstream, one.service_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return _form(visit, newest, one, refusal)
    return visiting.see_other(_root(one), "asset-changed")


def _root(one: NetworkService) -> str:
    return f"/schools/{one.school_urn}/network-services/{one.service_id}"


def _form(
    visit: Visit[Place],
    form: ServiceForm,
    one: NetworkService | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, "name") if refusal and invalid else {}
    context = {"form": form, "one": one, "refusal": refusal, "problems": problems}
    return _page(
        visit, "network_services/form.html", context, visiting.status_of(refusal)
    )


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int
) -> Response:
    shown = {
        "words": model,
        "asset_words": asset_words,
        "today": day_in_england(datetime.now(UTC)),
        **context,
    }
    return visiting.page(visit, template, "assets", shown, status)
