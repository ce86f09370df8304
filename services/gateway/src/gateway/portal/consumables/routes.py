"""What a school uses up, and its stock, on pages."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.assets import model as asset_words
from gateway.portal.consumables import model, service
from gateway.portal.consumables.schemas import forms
from gateway.portal.consumables.schemas.answers import Consumable
from gateway.portal.tables import export
from gateway.portal.tables.model import Column
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.flash import Undo
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, Visit

router = APIRouter(prefix="/schools/{urn}/consumables")
ONE = "/{consumable_id:uuid}"
After = Annotated[str, Query(max_length=512)]


async def one_of_path(visit: SchoolVisit, consumable_id: UUID) -> Consumable:
    urn = visit.place.urn
    return await service.get_consumable(visit.upstream, urn, consumable_id)


PathOne = Annotated[Consumable, Depends(one_of_path)]


@router.get("/new")
async def new_page(visit: SchoolVisit) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, forms.ConsumableForm(once=str(uuid4())), None)


@router.post("/new")
async def add(
    visit: SchoolVisit, form: Annotated[forms.ConsumableForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        added = await service.add(visit.upstream, visit.place.urn, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, form, None, refusal)
    return visiting.see_other(_root(added), "consumable-added")


@router.get(ONE)
async def view_page(
    visit: SchoolVisit, one: PathOne, lines: After = "", uses: After = ""
) -> Response:
    return await _view(visit, one, (lines, uses))


@router.get(f"{ONE}/edit")
async def edit_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    return _form(visit, forms.form_of(one), one)


@router.post(f"{ONE}/edit")
async def edit(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.ConsumableForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.change(visit.upstream, one.consumable_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return _form(visit, newest, one, refusal)
    return visiting.see_other(_root(one), "asset-changed")


@router.post(f"{ONE}/use")
async def use(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.UseForm, Form()]
) -> Response:
    """Take some, and offer to take that back."""
    visiting.require(visit.rights.change_assets)
    try:
        taken = await service.use(visit.upstream, one, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _view(visit, one, form=form, refusal=refusal)
    undo = Undo(f"{_root(one)}/uses/{taken.use_id}/undo")
    return visiting.undoable(visit, _root(one), "stock-used", undo)


@router.post(f"{ONE}/uses/{{use_id:uuid}}/undo")
async def undo_use(visit: SchoolVisit, one: PathOne, use_id: UUID) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.undo_use(visit.upstream, one.consumable_id, use_id)
    except errors.Conflict:
        # It was taken back already: that is what was wanted.
        return visiting.see_other(_root(one))
    return visiting.see_other(_root(one), "stock-put-back")


@router.get(f"{ONE}/order")
async def order_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    price = f"{one.price:.2f}" if one.price is not None else ""
    form = forms.LineForm(
        ordered_on=_today(), price=price, supplier=one.supplier or "", once=str(uuid4())
    )
    return _step(visit, one, "order", form)


@router.post(f"{ONE}/order")
async def order(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.LineForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.order(visit.upstream, one.consumable_id, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _step(visit, one, "order", form, refusal)
    return visiting.see_other(_root(one), "stock-ordered")


@router.post(f"{ONE}/lines/{{line_id:uuid}}/receive")
async def receive(
    visit: SchoolVisit,
    one: PathOne,
    line_id: UUID,
    form: Annotated[forms.ReceiveForm, Form()],
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.receive(visit.upstream, one.consumable_id, line_id, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return await _view(visit, one, refusal=refusal, fallback="received_on")
    return visiting.see_other(_root(one), "stock-received")


@router.post(f"{ONE}/lines/{{line_id:uuid}}/cancel")
async def cancel(visit: SchoolVisit, one: PathOne, line_id: UUID) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.cancel(visit.upstream, one.consumable_id, line_id)
    except errors.Conflict as refusal:
        return await _view(visit, one, refusal=refusal)
    return visiting.see_other(_root(one), "stock-cancelled")


@router.get(f"{ONE}/count")
async def count_page(visit: SchoolVisit, one: PathOne) -> Response:
    visiting.require(visit.rights.change_assets)
    form = forms.CountForm(counted_on=_today(), version=one.version)
    return _step(visit, one, "count", form)


@router.post(f"{ONE}/count")
async def count(
    visit: SchoolVisit, one: PathOne, form: Annotated[forms.CountForm, Form()]
) -> Response:
    visiting.require(visit.rights.change_assets)
    try:
        await service.count(visit.upstream, one.consumable_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return _step(visit, one, "count", newest, refusal)
    return visiting.see_other(_root(one), "stock-counted")


@router.get("/next-order")
async def next_order_page(visit: SchoolVisit, months: str = "") -> Response:
    """Say what to order, to last for some months of school."""
    visiting.require(visit.rights.see_assets)
    asked_months = model.months_of(months)
    found = await service.get_next_order(visit.upstream, visit.place.urn, asked_months)
    return _page(visit, "consumables/next_order.html", {"found": found})


ORDER_COLUMNS = (
    Column("name", "Consumable"),
    Column("code", "Maker\u2019s code"),
    Column("site", "Site"),
    Column("supplier", "Supplier"),
    Column("quantity", "To order", "number"),
    Column("unit", "Unit"),
    Column("price", "Price of one in pounds", "number"),
    Column("cost", "Cost in pounds", "number"),
    Column("on_hand", "There now", "number"),
    Column("on_order", "On order", "number"),
)


@router.get("/next-order.csv")
async def next_order_csv(visit: SchoolVisit, months: str = "") -> Response:
    visiting.require(visit.rights.see_assets)
    asked_months = model.months_of(months)
    found = await service.get_next_order(visit.upstream, visit.place.urn, asked_months)
    rows = [
        export.cells(
            ORDER_COLUMNS, {c.key: getattr(each, c.key) for c in ORDER_COLUMNS}
        )
        for each in found.items
    ]
    name = export.file_name(
        "next-order", visit.place.name, on=found.as_of, suffix="csv"
    )
    return Response(
        b"".join(export.csv(ORDER_COLUMNS, rows)),
        media_type=export.CSV_TYPE,
        headers=export.attachment(name),
    )


def _root(one: Consumable) -> str:
    return f"/schools/{one.school_urn}/consumables/{one.consumable_id}"


def _today() -> str:
    return asset_words.as_typed(day_in_england(datetime.now(UTC)))


async def _view(
    visit: SchoolVisit,
    one: Consumable,
    after: tuple[str, str] = ("", ""),
    form: forms.UseForm | None = None,
    refusal: errors.Refusal | None = None,
    fallback: str = "quantity",
) -> Response:
    lines, uses = after
    listed = await service.list_lines(visit.upstream, one.consumable_id, lines)
    taken = await service.list_uses(visit.upstream, one.consumable_id, uses)
    context = {
        "one": one,
        "lines": listed,
        "uses": taken,
        "after_lines": lines,
        "after_uses": uses,
        "form": form or forms.UseForm(used_on=_today(), once=str(uuid4())),
        "receiving": forms.ReceiveForm(received_on=_today()),
        **_refused(refusal, fallback),
    }
    return _page(visit, "consumables/view.html", context, visiting.status_of(refusal))


def _form(
    visit: Visit[Place],
    form: forms.ConsumableForm,
    one: Consumable | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {"form": form, "one": one, **_refused(refusal, "name")}
    return _page(visit, "consumables/form.html", context, visiting.status_of(refusal))


def _step(
    visit: Visit[Place],
    one: Consumable,
    step: str,
    form: forms.LineForm | forms.CountForm,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {"form": form, "one": one, **_refused(refusal, "quantity")}
    return _page(
        visit, f"consumables/{step}.html", context, visiting.status_of(refusal)
    )


def _refused(refusal: errors.Refusal | None, fallback: str) -> dict[str, object]:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, fallback) if refusal and invalid else {}
    return {"refusal": refusal, "problems": problems}


def _page(
    visit: Visit[Place], template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"words": model, "asset_words": asset_words, **context}
    return visiting.page(visit, template, "assets", shown, status)
