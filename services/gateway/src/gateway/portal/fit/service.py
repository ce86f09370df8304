"""Asks inventory on which machines of a school software runs."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.fit.schemas import Fit
from gateway.portal.visit import service as visit

_PATH = "/api/inventory/v1/fit"
_FIT = TypeAdapter(Fit)


async def get_fit(upstream: Upstream, urn: int, params: Mapping[str, str]) -> Fit:
    asked: dict[str, str | int] = {**params, "school": urn}
    return await visit.fetch(upstream, "inventory", _PATH, _FIT, asked)
