"""The pages of what kit costs to own, and of what electricity costs."""

# ruff: noqa: FAST003 - SchoolVisit reads the names of the path

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway import days
from gateway.portal.assets import model as asset_words
from gateway.portal.assets.routes import PathAsset
from gateway.portal.costs import model, schemas, service
from gateway.portal.estate.model import known_category
from gateway.portal.lives.model import may_say_for_authority, may_say_for_school
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
CONFLICT, UNPROCESSABLE = 409, 422
_FIELDS = {"pence_per_mwh": "price"}


@dataclass(frozen=True, slots=True)
class Where:
    """One place, for one visit; `may` says whether its prices may be changed."""

    visit: Visit[Place | None]
    root: str
    name: str
    of: service.Of
    may: bool

    @property
    def at_school(self) -> bool:
        return "school" in self.of

    @property
    def section(self) -> str:
        return "estate" if self.at_school else "all-estate"


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    may = may_say_for_school(visit.actor, place)
    root = f"/schools/{place.urn}"
    return Where(visit, root, place.name, {"school": place.urn}, may)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    may = may_say_for_authority(visit.actor, la_code)
    root = f"/authorities/{la_code}"
    return Where(visit, root, authority.name, {"la_code": la_code}, may)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its pages and its files."""
    here_ = Depends(where)

    async def page(here: Annotated[Where, here_], category: str = "") -> Response:
        kind = known_category(category)
        found = await service.get_costs(here.visit.upstream, here.of, kind)
        tariff = await service.get_tariff(here.visit.upstream, here.of)
        context = {"here": here, "found": found, "category": kind, "tariff": tariff}
        words = {"words": model, "asset_words": asset_words}
        name = "costs/page.html"
        return visiting.page(here.visit, name, here.section, {**context, **words})

    async def csv_file(here: Annotated[Where, here_], category: str = "") -> Response:
        kind = known_category(category)
        found = await service.get_costs(here.visit.upstream, here.of, kind)
        text = b"".join(export.csv(model.COLUMNS, model.table(found)))
        headers = export.attachment(_file_name(here, "csv"))
        return Response(text, media_type=export.CSV_TYPE, headers=headers)

    async def xlsx_file(here: Annotated[Where, here_], category: str = "") -> Response:
        kind = known_category(category)
        found = await service.get_costs(here.visit.upstream, here.of, kind)
        file = export.xlsx("Cost of ownership", model.COLUMNS, model.table(found))
        headers = export.attachment(_file_name(here, "xlsx"))
        return Response(file, media_type=export.XLSX_TYPE, headers=headers)

    async def tariff_page(here: Annotated[Where, here_]) -> Response:
        return await _tariff(here, schemas.PriceForm())

    async def set_price(
        here: Annotated[Where, here_], form: Annotated[schemas.PriceForm, Form()]
    ) -> Response:
        return await _set_price(here, form)

    async def remove_price(
        here: Annotated[Where, here_], form: Annotated[schemas.RemoveForm, Form()]
    ) -> Response:
        return await _remove_price(here, form)

    router.add_api_route(f"{path}/costs", page)
    router.add_api_route(f"{path}/costs.csv", csv_file)
    router.add_api_route(f"{path}/costs.xlsx", xlsx_file)
    router.add_api_route(f"{path}/electricity", tariff_page)
    router.add_api_route(f"{path}/electricity", set_price, methods=["POST"])
    router.add_api_route(f"{path}/electricity/remove", remove_price, methods=["POST"])


_add("/schools/{urn}", at_school)
_add("/authorities/{la_code}", at_authority)


@router.get("/schools/{urn}/assets/{asset_id:uuid}/cost")
async def asset_page(visit: SchoolVisit, asset: PathAsset) -> Response:
    found = await service.get_asset_cost(visit.upstream, asset.asset_id)
    context = {"asset": asset, "found": found}
    return visiting.page(visit, "costs/asset.html", "assets", context)


async def _set_price(here: Where, form: schemas.PriceForm) -> Response:
    visiting.require(here.may)
    try:
        starts_on, pence = _read(form)
        await service.set_price(here.visit.upstream, here.of, starts_on, pence)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _tariff(here, form, refusal)
    return visiting.see_other(f"{here.root}/electricity", "price-set")


async def _remove_price(here: Where, form: schemas.RemoveForm) -> Response:
    visiting.require(here.may)
    try:
        starts_on = date.fromisoformat(form.starts_on)
    except ValueError:
        raise errors.NotFound from None
    await service.set_price(here.visit.upstream, here.of, starts_on, None)
    return visiting.see_other(f"{here.root}/electricity", "price-removed")


def _read(form: schemas.PriceForm) -> tuple[date, int]:
    """Read both fields, and say of each what is wrong.

    Raises:
        errors.Invalid: one of them is not what it should be.
    """
    faults: list[errors.Fault] = []
    starts_on = pence = None
    try:
        pence = model.read_price(form.price)
    except errors.Invalid as wrong:
        faults.extend(wrong.faults)
    try:
        starts_on = model.read_start(form.starts_on)
    except errors.Invalid as wrong:
        faults.extend(wrong.faults)
    if starts_on is None or pence is None:
        raise errors.Invalid(faults=faults)
    return starts_on, pence


async def _tariff(
    here: Where, form: schemas.PriceForm, refusal: errors.Refusal | None = None
) -> Response:
    """Show the prices of a place, and the form for the next."""
    tariff = await service.get_tariff(here.visit.upstream, here.of)
    invalid = isinstance(refusal, errors.Invalid)
    found = visiting.messages(refusal, "price") if refusal and invalid else {}
    context = {
        "here": here,
        "tariff": tariff,
        "form": form,
        "refusal": refusal,
        "problems": {_FIELDS.get(name, name): text for name, text in found.items()},
    }
    status = 200
    if refusal:
        status = UNPROCESSABLE if invalid else CONFLICT
    name = "costs/tariff.html"
    return visiting.page(here.visit, name, here.section, context, status)


def _file_name(here: Where, suffix: str) -> str:
    today = days.day_in_england(datetime.now(UTC))
    return export.file_name("cost-of-ownership", here.name, on=today, suffix=suffix)
