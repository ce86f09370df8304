"""Asks inventory for a disposal, and draws its record as a PDF."""

import json
from collections.abc import Mapping
from importlib import resources

import typst
from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.disposals.model import Which
from gateway.portal.disposals.schemas import Gone
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/disposals/kit"
PAGE = 200
_KIT = TypeAdapter(Listing[Gone])
_SOURCE = (resources.files("gateway.portal.disposals") / "record.typ").read_bytes()


async def list_kit(upstream: Upstream, urn: int, which: Which) -> list[Gone]:
    """Read all that left a school together.

    Raises:
        errors.NotFound: nothing did, or nothing that one may know of.
    """
    found: list[Gone] = []
    after: str | None = ""
    while after is not None:
        asked = {**which.query(), "school": urn, "limit": PAGE, "after": after}
        page = await visit.fetch(upstream, "inventory", PATH, _KIT, visit.given(asked))
        found += page.items
        after = page.next
    return found


def draw(told: Mapping[str, object]) -> bytes:
    """Draw the record of a disposal as an accessible PDF (PDF/UA-1).

    It takes some milliseconds a page: not for the loop of events.
    """
    asked = {"told": json.dumps(told)}
    return typst.compile(
        _SOURCE, format="pdf", pdf_standards=["ua-1"], sys_inputs=asked
    )
