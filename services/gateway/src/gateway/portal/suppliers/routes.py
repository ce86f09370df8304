"""From whom the schools of an LA buy, on pages."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Form
from fastapi.responses import Response

from chassis import errors
from gateway.directory.model import Authority
from gateway.portal.catalogue import model as catalogue_words
from gateway.portal.catalogue import routes as catalogue
from gateway.portal.suppliers import model, schemas, service
from gateway.portal.suppliers.schemas import Supplier, SupplierForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter(prefix="/authorities/{la_code}/suppliers")
ONE = "/{supplier_id:uuid}"


@router.get("/new")
async def new_page(visit: UsualVisit, la_code: str) -> Response:
    authority = await catalogue.writable(visit, la_code)
    return _form(visit, authority, SupplierForm(once=str(uuid4())), None)


@router.post("/new")
async def add(
    visit: UsualVisit, la_code: str, form: Annotated[SupplierForm, Form()]
) -> Response:
    authority = await catalogue.writable(visit, la_code)
    try:
        added = await service.add(visit.upstream, la_code, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(visit, authority, form, None, refusal)
    return visiting.see_other(_root(added), "supplier-added")


@router.get(ONE)
async def view_page(visit: UsualVisit, la_code: str, supplier_id: UUID) -> Response:
    authority = await visiting.authority_of(visit, la_code)
    one = await service.get_supplier(visit.upstream, la_code, supplier_id)
    may = catalogue_words.may_write(visit.actor, la_code)
    context = {"authority": authority, "one": one, "may_write": may, "words": model}
    return visiting.page(visit, "suppliers/view.html", "all-assets", context)


@router.get(f"{ONE}/edit")
async def edit_page(visit: UsualVisit, la_code: str, supplier_id: UUID) -> Response:
    authority = await catalogue.writable(visit, la_code)
    one = await service.get_supplier(visit.upstream, la_code, supplier_id)
    return _form(visit, authority, schemas.form_of(one), one)


@router.post(f"{ONE}/edit")
async def edit(
    visit: UsualVisit,
    la_code: str,
    supplier_id: UUID,
    form: Annotated[SupplierForm, Form()],
) -> Response:
    authority = await catalogue.writable(visit, la_code)
    one = await service.get_supplier(visit.upstream, la_code, supplier_id)
    try:
        await service.change(visit.upstream, supplier_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": one.version})
        return _form(visit, authority, newest, one, refusal)
    return visiting.see_other(_root(one), "asset-changed")


def _root(one: Supplier) -> str:
    return f"/authorities/{one.la_code}/suppliers/{one.supplier_id}"


def _form(
    visit: Visit[Place | None],
    authority: Authority,
    form: SupplierForm,
    one: Supplier | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, "name") if refusal and invalid else {}
    context = {
        "authority": authority,
        "form": form,
        "one": one,
        "refusal": refusal,
        "problems": problems,
    }
    status = visiting.status_of(refusal)
    return visiting.page(visit, "suppliers/form.html", "all-assets", context, status)
