"""Asks inventory for enrolment keys and refusals, makes and withdraws keys."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.enrolment.schemas import Key, KeyForm, Made, Refused
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/enrolment-keys"
REFUSALS = "/api/inventory/v1/agent-refusals"
PAGE = 100
MOST_REFUSALS = 30
_KEY = TypeAdapter(Key)
_MADE = TypeAdapter(Made)
_KEYS = TypeAdapter(Listing[Key])
_REFUSED = TypeAdapter(Listing[Refused])


async def list_keys(upstream: Upstream, urn: int, after: str) -> Listing[Key]:
    params = visit.given({"school": urn, "limit": PAGE, "after": after})
    return await visit.fetch(upstream, "inventory", PATH, _KEYS, params)


async def list_refusals(upstream: Upstream, urn: int) -> list[Refused]:
    """Read what was refused lately, the latest day first."""
    params = {"school": urn, "limit": MOST_REFUSALS}
    found = await visit.fetch(upstream, "inventory", REFUSALS, _REFUSED, params)
    return found.items


async def get_key(upstream: Upstream, urn: int, key_id: UUID) -> Key:
    """Read a key of a school.

    Raises:
        errors.NotFound: it is not there, or is another school's.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{key_id}", _KEY)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def make_key(upstream: Upstream, urn: int, form: KeyForm) -> Made:
    body = {"school_urn": urn, "name": form.name}
    asked = visit.Change("POST", "inventory", PATH, body, visit.once(form.once))
    return await visit.change(upstream, asked, _MADE)


async def withdraw_key(upstream: Upstream, key: Key, version: int) -> Key:
    path, headers = f"{PATH}/{key.key_id}/withdraw", visit.of_version(version)
    asked = visit.Change("POST", "inventory", path, None, headers)
    return await visit.change(upstream, asked, _KEY)
