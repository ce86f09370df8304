"""Asks inventory for suppliers, and changes what is known of them."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.suppliers.schemas import Supplier, SupplierForm
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/suppliers"
_ONE = TypeAdapter(Supplier)


async def get_supplier(upstream: Upstream, la_code: str, which: UUID) -> Supplier:
    """Read a supplier of an LA.

    Raises:
        errors.NotFound: it is not there, or is another LA's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)
    if found.la_code != la_code:
        raise errors.NotFound
    return found


async def add(upstream: Upstream, la_code: str, form: SupplierForm) -> Supplier:
    body = {"la_code": la_code, **form.body()}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ONE)


async def change(upstream: Upstream, which: UUID, form: SupplierForm) -> Supplier:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}"
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)
