"""Licences of a school and of an LA on pages: one, its form, and its removal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.licences import model, schemas, service
from gateway.portal.licences.schemas import Licence, LicenceForm, RemoveForm
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
Words = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Where:
    """One place, for one visit; `may` says whether its own licences are written."""

    visit: Visit[Place | None]
    top: str
    name: str
    la_code: str
    school: Place | None
    may: bool

    @property
    def root(self) -> str:
        return f"{self.top}/licences"

    @property
    def of(self) -> service.Place:
        """Name the place as inventory narrows a listing to it."""
        return {"school": self.school.urn} if self.school else {"la_code": self.la_code}

    @property
    def holder(self) -> service.Place:
        """Name the place as inventory is told who holds a licence."""
        if self.school:
            return {"school_urn": self.school.urn}
        return {"la_code": self.la_code}

    @property
    def section(self) -> str:
        return "assets" if self.school else "all-assets"

    def owns(self, one: Licence) -> bool:
        return one.la_code == self.la_code and one.school_id == (
            self.school.school_id if self.school else None
        )


async def at_school(visit: SchoolVisit) -> Where:
    visiting.require(visit.rights.see_assets)
    place = visit.place
    may = model.may_write(visit.actor, place.la_code, place.school_id)
    return Where(visit, f"/schools/{place.urn}", place.name, place.la_code, place, may)


async def at_authority(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    may = model.may_write(visit.actor, la_code, None)
    return Where(visit, f"/authorities/{la_code}", authority.name, la_code, None, may)


def _add(path: str, where: Callable[..., Any]) -> None:
    """Give one place its pages."""
    here_ = Depends(where)
    root, one = f"{path}/licences", f"{path}/licences/{{licence_id:uuid}}"

    async def new_page(
        here: Annotated[Where, here_], publisher: Words = "", name: Words = ""
    ) -> Response:
        visiting.require(here.may)
        form = LicenceForm(publisher=publisher, name=name, once=str(uuid4()))
        return _form(here, form, None)

    async def add(
        here: Annotated[Where, here_], form: Annotated[LicenceForm, Form()]
    ) -> Response:
        return await _write_down(here, form)

    async def view_page(here: Annotated[Where, here_], licence_id: UUID) -> Response:
        return await _view(here, licence_id)

    async def edit_page(here: Annotated[Where, here_], licence_id: UUID) -> Response:
        held = await own(here, licence_id)
        return _form(here, schemas.form_of(held), held)

    async def edit(
        here: Annotated[Where, here_],
        licence_id: UUID,
        form: Annotated[LicenceForm, Form()],
    ) -> Response:
        return await _change(here, licence_id, form)

    async def remove_page(here: Annotated[Where, here_], licence_id: UUID) -> Response:
        return _removal(here, await own(here, licence_id))

    async def remove(
        here: Annotated[Where, here_],
        licence_id: UUID,
        form: Annotated[RemoveForm, Form()],
    ) -> Response:
        return await _remove(here, licence_id, form)

    router.add_api_route(f"{root}/new", new_page)
    router.add_api_route(f"{root}/new", add, methods=["POST"])
    router.add_api_route(one, view_page)
    router.add_api_route(f"{one}/edit", edit_page)
    router.add_api_route(f"{one}/edit", edit, methods=["POST"])
    router.add_api_route(f"{one}/remove", remove_page)
    router.add_api_route(f"{one}/remove", remove, methods=["POST"])


_add("/schools/{urn}", at_school)
_add("/authorities/{la_code}", at_authority)


async def own(here: Where, licence_id: UUID) -> Licence:
    """Find a licence of the place itself, to be changed.

    Raises:
        errors.NotFound: it is not there, or is held elsewhere.
        errors.Forbidden: the visitor does not write it.
    """
    found = await service.get_licence(here.visit.upstream, licence_id)
    if not here.owns(found):
        raise errors.NotFound
    visiting.require(here.may)
    return found


async def _view(here: Where, licence_id: UUID) -> Response:
    """Show a licence that holds at the place: its own, or at a school its LA's."""
    upstream = here.visit.upstream
    one = await service.get_licence(upstream, licence_id)
    is_authoritys = one.school_id is None and one.la_code == here.la_code
    if not (here.owns(one) or is_authoritys):
        raise errors.NotFound
    owns = here.owns(one)
    # Those of the LA's own licences are the LA's.
    documents = await service.list_documents(upstream, licence_id) if owns else None
    context = {
        "one": one,
        "documents": documents,
        "standings": await service.standings_of(upstream, here.of, one.title_id),
        "devices": await service.devices_of(upstream, here.of, one.title_id),
        "may": here.may and owns,
    }
    return page(here, "licences/view.html", context)


async def _write_down(here: Where, form: LicenceForm) -> Response:
    visiting.require(here.may)
    try:
        added = await service.add(here.visit.upstream, here.holder, form)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _form(here, form, None, refusal)
    return visiting.see_other(f"{here.root}/{added.licence_id}", "licence-added")


async def _change(here: Where, licence_id: UUID, form: LicenceForm) -> Response:
    held = await own(here, licence_id)
    try:
        await service.change(here.visit.upstream, licence_id, form)
    except (errors.Invalid, errors.Conflict, errors.Stale) as refusal:
        newest = form.model_copy(update={"version": held.version})
        return _form(here, newest, held, refusal)
    return visiting.see_other(f"{here.root}/{licence_id}", "asset-changed")


async def _remove(here: Where, licence_id: UUID, form: RemoveForm) -> Response:
    held = await own(here, licence_id)
    try:
        await service.remove(here.visit.upstream, licence_id, form.version)
    except (errors.Conflict, errors.Stale) as refusal:
        return _removal(here, held, refusal)
    return visiting.see_other(here.root, "licence-removed")


def _removal(
    here: Where, held: Licence, refusal: errors.Refusal | None = None
) -> Response:
    context = {"one": held, "refusal": refusal}
    return page(here, "licences/remove.html", context, status_of(refusal))


def _form(
    here: Where,
    form: LicenceForm,
    one: Licence | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    invalid = isinstance(refusal, errors.Invalid)
    problems = visiting.messages(refusal, "name") if refusal and invalid else {}
    context = {"form": form, "one": one, "refusal": refusal, "problems": problems}
    return page(here, "licences/form.html", context, status_of(refusal))


def back_to(here: Where, one: Licence, flash: str) -> Response:
    """Send the browser back to the page of a licence, to its documents."""
    return visiting.see_other(f"{here.root}/{one.licence_id}#documents", flash)


def status_of(refusal: errors.Refusal | None) -> int:
    match refusal:
        case None:
            return 200
        case errors.Invalid():
            return UNPROCESSABLE
        case errors.Stale():
            return STALE
        case _:
            return CONFLICT


def page(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {"here": here, "words": model, "asset_words": asset_words, **context}
    return visiting.page(here.visit, template, here.section, shown, status)
