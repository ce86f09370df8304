"""The lines that join a school to the internet, and their standard, on pages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.charts import routes as charts
from gateway.portal.charts.routes import CurrentLook
from gateway.portal.circuits import model, service
from gateway.portal.circuits.schemas import forms
from gateway.portal.circuits.schemas.answers import Circuit, Measurement
from gateway.portal.comparison import model as school_words
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}")
MANY = "/circuits"
ONE = MANY + "/{circuit_id:uuid}"
After = Annotated[str, Query(max_length=512)]


async def one_of_path(visit: SchoolVisit, circuit_id: UUID) -> Circuit:
    return await service.get_circuit(visit.upstream, visit.place.urn, circuit_id)


PathOne = Annotated[Circuit, Depends(one_of_path)]


@router.get("/broadband")
async def standing_page(visit: SchoolVisit) -> Response:
    """Say whether the school meets the standard, and what lacks."""
    visiting.require(visit.rights.see_assets)
    told, circuits = await service.get_standing(visit.upstream, visit.place.urn)
    context = {"told": told, "circuits": circuits, "phases": school_words.PHASES}
    return _page(visit, "circuits/standing.html", context)


@router.get(f"{MANY}/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return await _form(visit, forms.CircuitForm(once=str(uuid4())), None)


@router.post(f"{MANY}/new")
async def add(
    visit: SchoolVisit, form: Annotated[forms.CircuitForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        added = await service.add(visit.upstream, visit.place.urn, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _form(visit, form, None, refusal)
    return visiting.see_other(_root(added), "circuit-added")


@router.get(ONE)
async def view_page(
    visit: SchoolVisit, one: PathOne, measured: After = "", tests: After = ""
) -> Response:
    return await _view(visit, one, (measured, tests))


@router.get(f"{ONE}/measurements.svg")
async def chart(visit: SchoolVisit, one: PathOne, look: CurrentLook) -> Response:
    drawn = model.drawn(_measured(await _latest(visit, one)))
    if drawn is None:
        raise errors.NotFound
    return await charts.image(look, drawn)


@router.get(f"{ONE}/edit")
async def edit_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    return await _form(visit, forms.form_of(one), one)


@router.post(f"{ONE}/edit")
async def edit(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.CircuitForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.change(visit.upstream, one.circuit_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return await _form(visit, newest, one, refusal)
    return visiting.see_other(_root(one), "asset-changed")


@router.post(f"{ONE}/state")
async def move(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.MoveForm, Form()]
) -> Response:
    """Let it go live, or cease."""
    visiting.require(visit.rights.change_assets)
    try:
        await service.move(visit.upstream, one.circuit_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return await _view(visit, one, filled={"moving": newest}, refusal=refusal)
    return visiting.see_other(_root(one), f"circuit-{form.state}")


@router.post(f"{ONE}/measurements")
async def measure(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.MeasurementForm, Form()]
) -> Response:
    """Write down what somebody measured by hand."""
    visiting.require(visit.rights.change_assets)
    try:
        await service.measure(visit.upstream, one.circuit_id, form)
    except errors.Invalid as refusal:
        return await _view(visit, one, filled={"measuring": form}, refusal=refusal)
    return visiting.see_other(_root(one), "circuit-measured")


@router.post(f"{ONE}/failover-tests")
async def test(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.FailoverForm, Form()]
) -> Response:
    """Write down whether it took over."""
    visiting.require(visit.rights.change_assets)
    try:
        await service.test(visit.upstream, one.circuit_id, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _view(visit, one, filled={"testing": form}, refusal=refusal)
    return visiting.see_other(_root(one), "circuit-tested")


def _root(one: Circuit) -> str:
    return f"/schools/{one.school_urn}/circuits/{one.circuit_id}"


def _today() -> str:
    return asset_words.as_typed(day_in_england(datetime.now(UTC)))


async def _latest(visit: Visit[Place], one: Circuit) -> list[Measurement]:
    found = await service.list_measurements(
        visit.upstream, one.circuit_id, limit=service.MOST
    )
    return found.items


def _measured(found: list[Measurement]) -> list[tuple[datetime, int, int]]:
    return [(each.measured_at, each.down_kbps, each.up_kbps) for each in found]


async def _view(
    visit: Visit[Place],
    one: Circuit,
    after: tuple[str, str] = ("", ""),
    filled: Mapping[str, object] | None = None,
    refusal: errors.Refusal | None = None,
) -> Response:
    measured, tests = after
    found = await service.list_measurements(visit.upstream, one.circuit_id, measured)
    tested = await service.list_tests(visit.upstream, one.circuit_id, tests)
    latest = await _latest(visit, one) if found.items else []
    empty = {
        "moving": forms.MoveForm(on=_today(), version=one.version),
        "measuring": forms.MeasurementForm(day=_today(), once=str(uuid4())),
        "testing": forms.FailoverForm(tested_on=_today(), once=str(uuid4())),
    }
    context = {
        "one": one,
        "measured": found,
        "tests": tested,
        "after_measured": measured,
        "after_tests": tests,
        "drawn": model.drawn(_measured(latest)),
        **empty,
        **(filled or {}),
        **_refused(refusal, "on"),
    }
    return _page(visit, "circuits/view.html", context, visiting.status_of(refusal))


async def _form(
    visit: Visit[Place],
    form: forms.CircuitForm,
    one: Circuit | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    mains = await service.list_circuits(visit.upstream, visit.place.urn, role="main")
    choices = {
        str(each.circuit_id): f"{each.reference}, {each.provider}"
        for each in mains
        if one is None or each.circuit_id != one.circuit_id
    }
    told = {"form": form, "one": one, "mains": choices, **_refused(refusal, "provider")}
    return _page(visit, "circuits/form.html", told, visiting.status_of(refusal))


def _refused(refusal: errors.Refusal | None, fallback: str) -> dict[str, object]:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, fallback) if refusal and invalid else {}
    return {"refusal": refusal, "problems": problems}


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, "asset_words": asset_words, **context}
    return visiting.page(visit, template, "assets", shown, status)
