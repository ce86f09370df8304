"""Asks inventory for licences and what they cover, and changes licences."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.licences import model
from gateway.portal.licences.schemas import (
    Counted,
    Document,
    Licence,
    LicenceForm,
    Standing,
)
from gateway.portal.titles import service as titles
from gateway.portal.titles.schemas import Device
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/licences"
COMPLIANCE = f"{PATH}/compliance"
Place = Mapping[str, str | int | None]
"""Of whom: a school's URN or an LA's code, as inventory takes them."""
SHOWN = 8
"""Of titles that are not covered, the list of licences shows so many."""
DEVICES = 20
"""Of the devices that have a title, the page of its licence shows so many."""
MOST = 200
"""Schools that an LA's page of a licence shows."""
_ONE = TypeAdapter(Licence)
_STANDINGS = TypeAdapter(Listing[Standing])
_COUNTED = TypeAdapter(Counted)
_DOCUMENTS = TypeAdapter(Listing[Document])


async def get_licence(upstream: Upstream, which: UUID) -> Licence:
    return await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)


async def compliance_of(upstream: Upstream, place: Place) -> dict[str, object]:
    """Say how a place stands: how many of each state, and what lacks most."""
    params = visit.given(place)
    worst = {**params, "sort": "-short_by", "limit": SHOWN}
    counted, found = await asyncio.gather(
        visit.fetch(upstream, "inventory", f"{COMPLIANCE}/count", _COUNTED, params),
        visit.fetch(upstream, "inventory", COMPLIANCE, _STANDINGS, worst),
    )
    uncovered = [each for each in found.items if each.state in model.UNCOVERED]
    return {"counted": counted, "uncovered": uncovered}


async def standings_of(
    upstream: Upstream, place: Place, title_id: UUID
) -> list[Standing]:
    """Say how a title stands at a place: the LA's pool first, then the worst."""
    asked = {**place, "title_id": str(title_id), "sort": "state", "limit": MOST}
    found = await visit.fetch(
        upstream, "inventory", COMPLIANCE, _STANDINGS, visit.given(asked)
    )
    return sorted(found.items, key=lambda each: each.school_urn is not None)


async def devices_of(upstream: Upstream, place: Place, title_id: UUID) -> list[Device]:
    """List some of the devices that have a title; none where none reports it."""
    try:
        found = await titles.list_devices(upstream, title_id, place, None, "")
    except errors.NotFound:
        return []
    return found.items[:DEVICES]


def documents_path(licence_id: UUID) -> str:
    return f"{PATH}/{licence_id}/files"


async def list_documents(upstream: Upstream, licence_id: UUID) -> list[Document]:
    path = documents_path(licence_id)
    return (await visit.fetch(upstream, "inventory", path, _DOCUMENTS)).items


async def add(upstream: Upstream, holder: Place, form: LicenceForm) -> Licence:
    """Write one down; its holder is a school or an LA, as inventory names them."""
    body = {**holder, **form.body()}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ONE)


async def change(upstream: Upstream, which: UUID, form: LicenceForm) -> Licence:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}"
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def remove(upstream: Upstream, which: UUID, version: int) -> None:
    path, headers = f"{PATH}/{which}", visit.of_version(version)
    answer = await upstream.send("DELETE", "inventory", path, headers=headers)
    if answer.status_code >= visit.LOWEST_ERROR:
        raise visit.refusal_of(answer)
