"""Asks inventory for services over the network, and changes what is said of them."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.network_services.schemas import NetworkService, ServiceForm
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/network-services"
_ONE = TypeAdapter(NetworkService)


async def get_service(upstream: Upstream, urn: int, which: UUID) -> NetworkService:
    """Read a service of a school.

    Raises:
        errors.NotFound: it is not there, or is another school's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def add(upstream: Upstream, urn: int, form: ServiceForm) -> NetworkService:
    body = {"school_urn": urn, **form.body()}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ONE)


async def change(upstream: Upstream, which: UUID, form: ServiceForm) -> NetworkService:
    headers, path = visit.of_version(form.version), f"{PATH}/{which}"
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)
