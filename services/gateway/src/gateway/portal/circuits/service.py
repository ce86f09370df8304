"""Asks inventory for circuits and how schools stand, and changes circuits."""

import asyncio
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.circuits.schemas.answers import (
    Circuit,
    FailoverTest,
    Measurement,
    SchoolBroadband,
    Taken,
)
from gateway.portal.circuits.schemas.forms import (
    CircuitForm,
    FailoverForm,
    MeasurementForm,
    MoveForm,
)
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Item, Listing

PATH = "/api/inventory/v1/circuits"
STANDARD = "/api/inventory/v1/broadband/schools"
PAGE = 20
MOST = 200
"""The circuits of a school that its page shows, and the measurements that are drawn."""
_ONE = TypeAdapter(Circuit)
_MANY = TypeAdapter(Listing[Circuit])
_SCHOOLS = TypeAdapter(Listing[SchoolBroadband])
_MEASUREMENTS = TypeAdapter(Listing[Measurement])
_TESTS = TypeAdapter(Listing[FailoverTest])
_TEST = TypeAdapter(FailoverTest)
_TAKEN = TypeAdapter(Taken)


async def get_circuit(upstream: Upstream, urn: int, which: UUID) -> Circuit:
    """Read a circuit of a school.

    Raises:
        errors.NotFound: it is not there, or is another school's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{which}", _ONE)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def list_circuits(upstream: Upstream, urn: int, **asked: str) -> list[Circuit]:
    """Read the circuits of a school, by reference."""
    params = {"school": urn, "limit": MOST, **asked}
    found = await visit.fetch(upstream, "inventory", PATH, _MANY, params)
    return found.items


async def get_standing(
    upstream: Upstream, urn: int
) -> tuple[SchoolBroadband, list[Circuit]]:
    """Read how a school stands to the standard, beside its circuits.

    Raises:
        errors.NotFound: inventory knows of no such school yet.
    """
    schools, circuits = await asyncio.gather(
        visit.fetch(upstream, "inventory", STANDARD, _SCHOOLS, {"school": urn}),
        list_circuits(upstream, urn),
    )
    if not schools.items:
        raise errors.NotFound
    return schools.items[0], circuits


async def list_measurements(
    upstream: Upstream, which: UUID, after: str = "", limit: int = PAGE
) -> Listing[Measurement]:
    """Read a page of what was measured; a cursor of another list is the first page."""
    path = f"{PATH}/{which}/measurements"
    return await _page(upstream, path, _MEASUREMENTS, after, limit)


async def list_tests(
    upstream: Upstream, which: UUID, after: str = ""
) -> Listing[FailoverTest]:
    """Read a page of its tests; a cursor of another list is the first page."""
    return await _page(upstream, f"{PATH}/{which}/failover-tests", _TESTS, after, PAGE)


async def add(upstream: Upstream, urn: int, form: CircuitForm) -> Circuit:
    body = {"school_urn": urn, **form.body_of_new()}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _ONE)


async def change(upstream: Upstream, which: UUID, form: CircuitForm) -> Circuit:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}"
    asked = visit.Change("PATCH", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def move(upstream: Upstream, which: UUID, form: MoveForm) -> Circuit:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}/state"
    asked = visit.Change("POST", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def measure(upstream: Upstream, which: UUID, form: MeasurementForm) -> Taken:
    path = f"{PATH}/{which}/measurements"
    body = {"items": [form.body()]}
    asked = visit.Change("POST", "inventory", path, body, visit.once(form.once))
    return await visit.change(upstream, asked, _TAKEN)


async def test(upstream: Upstream, which: UUID, form: FailoverForm) -> FailoverTest:
    path = f"{PATH}/{which}/failover-tests"
    asked = visit.Change("POST", "inventory", path, form.body(), visit.once(form.once))
    return await visit.change(upstream, asked, _TEST)


async def _page(
    upstream: Upstream,
    path: str,
    shape: TypeAdapter[Listing[Item]],
    after: str,
    limit: int,
) -> Listing[Item]:
    params = visit.given({"limit": limit, "after": after})
    try:
        return await visit.fetch(upstream, "inventory", path, shape, params)
    except errors.Invalid:
        if not after:
            raise
        return await _page(upstream, path, shape, "", limit)
