"""Agreements of a school and of an LA on pages: one, its form, and its end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.agreements import model, schemas, service
from gateway.portal.agreements.schemas import Agreement, AgreementForm, EndForm
from gateway.portal.assets import model as reading
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Where:
    """One place, for one visit."""

    visit: Visit[Place | None]
    top: str
    name: str
    la_code: str
    school: Place | None

    @property
    def root(self) -> str:
        return f"{self.top}/agreements"

    @property
    def place(self) -> service.Place:
        """Name the place as the service desk is told for whom something is agreed."""
        if self.school:
            return {"school_urn": self.school.urn}
        return {"la_code": self.la_code}

    @property
    def section(self) -> str:
        return "tickets" if self.school else "all-tickets"

    @property
    def school_id(self) -> UUID | None:
        return self.school.school_id if self.school else None

    @property
    def kinds(self) -> tuple[str, ...]:
        return model.kinds_of(self.visit.actor, self.la_code, self.school_id)

    def is_of(self, one: Agreement) -> bool:
        """Whether an agreement is for this very place."""
        urn = self.school.urn if self.school else None
        return (one.la_code, one.school_urn) == (self.la_code, urn)

    def may_change(self, one: Agreement) -> bool:
        where = (self.la_code, self.school_id)
        return self.is_of(one) and model.may_change(
            self.visit.actor, *where, one.holder
        )


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    return Where(visit, f"/schools/{place.urn}", place.name, place.la_code, place)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    return Where(visit, f"/authorities/{la_code}", authority.name, la_code, None)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its pages."""
    here_ = Depends(where)
    root, one = f"{path}/agreements", f"{path}/agreements/{{agreement_id:uuid}}"

    async def new_page(here: Annotated[Where, here_]) -> Response:
        visiting.require(bool(here.kinds))
        form = AgreementForm(kind=here.kinds[0], once=str(uuid4()))
        return _form(here, form, None)

    async def add(
        here: Annotated[Where, here_], form: Annotated[AgreementForm, Form()]
    ) -> Response:
        return await _write_down(here, form)

    async def view_page(here: Annotated[Where, here_], agreement_id: UUID) -> Response:
        return await _view(here, agreement_id)

    async def edit_page(here: Annotated[Where, here_], agreement_id: UUID) -> Response:
        held = await _own(here, agreement_id)
        return _form(here, schemas.form_of(held), held)

    async def edit(
        here: Annotated[Where, here_],
        agreement_id: UUID,
        form: Annotated[AgreementForm, Form()],
    ) -> Response:
        return await _change(here, agreement_id, form)

    async def end_page(here: Annotated[Where, here_], agreement_id: UUID) -> Response:
        held = await _own(here, agreement_id)
        today = reading.as_typed(day_in_england(datetime.now(UTC)))
        form = EndForm(ends_on=today, version=held.version)
        return _ending(here, form, held)

    async def end(
        here: Annotated[Where, here_],
        agreement_id: UUID,
        form: Annotated[EndForm, Form()],
    ) -> Response:
        return await _end(here, agreement_id, form)

    router.add_api_route(f"{root}/new", new_page)
    router.add_api_route(f"{root}/new", add, methods=["POST"])
    router.add_api_route(one, view_page)
    router.add_api_route(f"{one}/edit", edit_page)
    router.add_api_route(f"{one}/edit", edit, methods=["POST"])
    router.add_api_route(f"{one}/end", end_page)
    router.add_api_route(f"{one}/end", end, methods=["POST"])


_add("/schools/{urn}", at_school)
_add("/authorities/{la_code}", at_authority)


async def _own(here: Where, agreement_id: UUID) -> Agreement:
    """Find an agreement for the place itself, to be changed.

    Raises:
        errors.NotFound: it is not there, or is for another place.
        errors.Forbidden: the visitor does not write it.
    """
    found = await service.get_agreement(here.visit.upstream, agreement_id)
    if not here.is_of(found):
        raise errors.NotFound
    visiting.require(here.may_change(found))
    return found


async def _view(here: Where, agreement_id: UUID) -> Response:
    """Show an agreement that holds at the place: its own, or at a school its LA's."""
    one = await service.get_agreement(here.visit.upstream, agreement_id)
    is_for_all = one.school_urn is None and one.la_code == here.la_code
    if not (here.is_of(one) or is_for_all):
        raise errors.NotFound
    context = {"one": one, "may": here.may_change(one)}
    return _page(here, "agreements/view.html", context)


async def _write_down(here: Where, form: AgreementForm) -> Response:
    visiting.require(form.kind in here.kinds)
    try:
        added = await service.add(here.visit.upstream, here.place, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(here, form, None, refusal)
    return visiting.see_other(f"{here.root}/{added.agreement_id}", "agreement-added")


async def _change(here: Where, agreement_id: UUID, form: AgreementForm) -> Response:
    held = await _own(here, agreement_id)
    try:
        await service.change(here.visit.upstream, agreement_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": held.version, "kind": held.kind})
        return _form(here, newest, held, refusal)
    return visiting.see_other(f"{here.root}/{agreement_id}", "asset-changed")


async def _end(here: Where, agreement_id: UUID, form: EndForm) -> Response:
    held = await _own(here, agreement_id)
    try:
        await service.end(here.visit.upstream, agreement_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": held.version})
        return _ending(here, newest, held, refusal)
    return visiting.see_other(f"{here.root}/{agreement_id}", "agreement-ended")


def _ending(
    here: Where,
    form: EndForm,
    one: Agreement,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {"form": form, "one": one, **_refused(refusal, "ends_on")}
    status = visiting.status_of(refusal)
    return _page(here, "agreements/end.html", context, status)


def _form(
    here: Where,
    form: AgreementForm,
    one: Agreement | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    context = {"form": form, "one": one, **_refused(refusal, "name")}
    status = visiting.status_of(refusal)
    return _page(here, "agreements/form.html", context, status)


def _refused(refusal: errors.Refusal | None, field: str) -> dict[str, object]:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, field) if refusal and invalid else {}
    return {"refusal": refusal, "problems": problems}


def _page(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"here": here, "words": model, **context}
    return visiting.page(here.visit, template, here.section, shown, status)
