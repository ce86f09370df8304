"""Asks inventory for consumables and their stock, and changes them."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.consumables import model
from gateway.portal.consumables.schemas.answers import (
    Consumable,
    Line,
    NextOrder,
    Use,
)
from gateway.portal.consumables.schemas.forms import (
    ConsumableForm,
    CountForm,
    LineForm,
    ReceiveForm,
    UseForm,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Item, Listing

PATH = "/api/inventory/v1/consumables"
PAGE = 20
_ONE = TypeAdapter(Consumable)
_LINE = TypeAdapter(Line)
_LINES = TypeAdapter(Listing[Line])
_USE = TypeAdapter(Use)
_USES = TypeAdapter(Listing[Use])
_NEXT = TypeAdapter(NextOrder)


async def get_consumable(upstream: Upstream, urn: int, which: UUID) -> Consumable:
    """Read a consumable of a school.

    Raises:
        errors.NotFound: it is not there, or is another school's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def list_lines(upstream: Upstream, which: UUID, after: str) -> Listing[Line]:
    """Read a page of its lines; a cursor of another list is the first page."""
    return await _page(upstream, f"{PATH}/{which}/lines", _LINES, after)


async def list_uses(upstream: Upstream, which: UUID, after: str) -> Listing[Use]:
    """Read a page of its uses; a cursor of another list is the first page."""
    return await _page(upstream, f"{PATH}/{which}/uses", _USES, after)


async def get_next_order(upstream: Upstream, urn: int, months: int) -> NextOrder:
    params = {"school": urn, "months": months}
    return await visit.fetch(upstream, "inventory", f"{PATH}/next-order", _NEXT, params)


async def count_due(upstream: Upstream, urn: int) -> int:
    """Count what a school should order now."""
    found = await get_next_order(upstream, urn, model.USUAL_MONTHS)
    return len(found.items)


async def add(upstream: Upstream, urn: int, form: ConsumableForm) -> Consumable:
    body = {"school_urn": urn, **form.body()}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ONE)


async def change(upstream: Upstream, which: UUID, form: ConsumableForm) -> Consumable:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}"
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def use(upstream: Upstream, held: Consumable, form: UseForm) -> Use:
    """Take some of a consumable, maybe for the device of its school that bears a tag.

    Raises:
        errors.Invalid: a field is empty, or no asset of the school bears the tag.
        errors.Conflict: there is less.
    """
    body = form.body()
    if form.asset_tag:
        found = await assets.find_by_tag(upstream, held.school_urn, form.asset_tag)
        if found is None:
            said = "No asset of this school has that tag"
            raise errors.Invalid(faults=[errors.Fault("/asset_tag", said)])
        body["asset_id"] = str(found.asset_id)
    path = f"{PATH}/{held.consumable_id}/uses"
    asked = visit.Change("POST", "inventory", path, body, visit.once(form.once))
    return await visit.change(upstream, asked, _USE)


async def undo_use(upstream: Upstream, which: UUID, use_id: UUID) -> Use:
    path = f"{PATH}/{which}/uses/{use_id}/undo"
    return await visit.change(upstream, visit.Change("POST", "inventory", path), _USE)


async def order(upstream: Upstream, which: UUID, form: LineForm) -> Line:
    path = f"{PATH}/{which}/lines"
    asked = visit.Change("POST", "inventory", path, form.body(), visit.once(form.once))
    return await visit.change(upstream, asked, _LINE)


async def receive(
    upstream: Upstream, which: UUID, line_id: UUID, form: ReceiveForm
) -> Line:
    path = f"{PATH}/{which}/lines/{line_id}/receive"
    asked = visit.Change("POST", "inventory", path, form.body())
    return await visit.change(upstream, asked, _LINE)


async def cancel(upstream: Upstream, which: UUID, line_id: UUID) -> Line:
    path = f"{PATH}/{which}/lines/{line_id}/cancel"
    return await visit.change(upstream, visit.Change("POST", "inventory", path), _LINE)


async def count(upstream: Upstream, which: UUID, form: CountForm) -> Consumable:
    path = f"{PATH}/{which}/stock-takes"
    headers = visit.of_version(form.version)
    asked = visit.Change("POST", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def _page(
    upstream: Upstream, path: str, shape: TypeAdapter[Listing[Item]], after: str
) -> Listing[Item]:
    params = visit.given({"limit": PAGE, "after": after})
    try:
        return await visit.fetch(upstream, "inventory", path, shape, params)
    except errors.Invalid:
        if not after:
            raise
        return await _page(upstream, path, shape, "")
