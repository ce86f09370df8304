"""Asks inventory how long kit lasts, and tells it what a school or an LA decided."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.lives.schemas import Lives
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/kinds"
Of = Mapping[str, str | int]
"""Whose lives: `school_urn` or `la_code`, as inventory takes them."""
_LIVES = TypeAdapter(Lives)


async def list_lives(upstream: Upstream, of: Of) -> Lives:
    names = {"school_urn": "school", "la_code": "la_code"}
    params = {names[name]: value for name, value in of.items()}
    return await visit.fetch(upstream, "inventory", PATH, _LIVES, params)


async def set_lives(
    upstream: Upstream, of: Of, years: Mapping[str, int | None]
) -> None:
    """Store the years of each kind that is named; None leaves it to the next above."""
    for category, each in years.items():
        body = {**of, "category": category, "years": each}
        path = f"{PATH}/expected-life"
        asked = visit.Change("PUT", "inventory", path, body)
        await visit.change(upstream, asked, _LIVES)
