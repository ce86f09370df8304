"""Asks inventory for titles of software and the devices that have them."""

from collections.abc import AsyncGenerator, Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.catalogue.service import ROOT
from gateway.portal.titles.schemas import Device, TitleDetail
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

Place = Mapping[str, str | int | None]
"""Of whom: a school's URN or an LA's code, as inventory takes them."""
PAGE = 200
_TITLE = TypeAdapter(TitleDetail)
_DEVICES = TypeAdapter(Listing[Device])


async def get_title(upstream: Upstream, title_id: UUID, place: Place) -> TitleDetail:
    path = f"{ROOT}/titles/{title_id}"
    return await visit.fetch(upstream, "inventory", path, _TITLE, visit.given(place))


async def list_devices(
    upstream: Upstream, title_id: UUID, place: Place, version: str | None, after: str
) -> Listing[Device]:
    """Read a page of the devices that have a title; a cursor of another is the first.

    An empty version is one that is not known.
    """
    asked = dict(visit.given({**place, "after": after}))
    if version is not None:
        asked["version"] = version
    path = f"{ROOT}/titles/{title_id}/devices"
    try:
        return await visit.fetch(upstream, "inventory", path, _DEVICES, asked)
    except errors.Invalid:
        if not after:
            raise
        return await list_devices(upstream, title_id, place, version, "")


async def walk(
    upstream: Upstream, title_id: UUID, place: Place, version: str | None
) -> AsyncGenerator[list[Device]]:
    """Read all devices that have a title, page by page."""
    path, after = f"{ROOT}/titles/{title_id}/devices", ""
    while True:
        asked = dict(visit.given({**place, "after": after, "limit": PAGE}))
        if version is not None:
            asked["version"] = version
        found = await visit.fetch(upstream, "inventory", path, _DEVICES, asked)
        yield found.items
        if found.next is None:
            return
        after = found.next
