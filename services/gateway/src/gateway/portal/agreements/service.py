"""Asks the service desk for agreements, and writes them."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.agreements.schemas import Agreement, AgreementForm, EndForm
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Answer, Listing

PATH = "/api/servicedesk/v1/agreements"
Place = Mapping[str, str | int | None]
"""Of whom: a school's URN or an LA's code, as the service desk takes them."""
SHOWN = 8
"""Of what ends soon, the list shows so many above itself."""
_ONE = TypeAdapter(Agreement)
_SOME = TypeAdapter(Listing[Agreement])


class _Count(Answer):
    count: int


_COUNT = TypeAdapter(_Count)


async def get_agreement(upstream: Upstream, which: UUID) -> Agreement:
    return await visit.fetch(upstream, "servicedesk", f"{PATH}/{which}", _ONE)


async def soon_of(upstream: Upstream, place: Place) -> dict[str, object]:
    """Say what ends at a place, or needs notice, within 90 days: the first of it."""
    asked = {**place, "ends": "quarter"}
    first = {**asked, "sort": "ends_on", "limit": SHOWN}
    count, found = await asyncio.gather(
        visit.fetch(
            upstream, "servicedesk", f"{PATH}/count", _COUNT, visit.given(asked)
        ),
        visit.fetch(upstream, "servicedesk", PATH, _SOME, visit.given(first)),
    )
    return {"soon": found.items, "soon_count": count.count}


async def add(upstream: Upstream, place: Place, form: AgreementForm) -> Agreement:
    """Write one down for a school or an LA, as the service desk names them."""
    body = {**place, "kind": form.kind, **form.body()}
    asked = visit.Change("POST", "servicedesk", PATH, body, visit.once(form.once))
    return await _sent(upstream, asked, form)


async def change(upstream: Upstream, which: UUID, form: AgreementForm) -> Agreement:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}"
    asked = visit.Change("PUT", "servicedesk", path, form.body(), headers)
    return await _sent(upstream, asked, form)


async def end(upstream: Upstream, which: UUID, form: EndForm) -> Agreement:
    headers = visit.of_version(form.version)
    path = f"{PATH}/{which}/end"
    asked = visit.Change("POST", "servicedesk", path, form.body(), headers)
    return await visit.change(upstream, asked, _ONE)


async def _sent(
    upstream: Upstream, asked: visit.Change, form: AgreementForm
) -> Agreement:
    try:
        return await visit.change(upstream, asked, _ONE)
    except errors.Invalid as refusal:
        raise form.placed(refusal) from refusal
