"""Asks inventory for models and titles, and tells it what an LA decided."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.portal.catalogue.schemas import (
    LifecycleForm,
    Model,
    ModelDetail,
    Taken,
)
from gateway.portal.visit import service as visit

ROOT = "/api/inventory/v1"
Place = Mapping[str, str | int | None]
"""Of whom: a school's URN or an LA's code, as inventory takes them."""
_MODEL = TypeAdapter(Model)
_DETAIL = TypeAdapter(ModelDetail)
_TAKEN = TypeAdapter(Taken)


async def get_model(
    upstream: Upstream, model_id: UUID, school: int | None = None
) -> ModelDetail:
    params = visit.given({"school": school})
    path = f"{ROOT}/models/{model_id}"
    return await visit.fetch(upstream, "inventory", path, _DETAIL, params)


async def set_lifecycle(
    upstream: Upstream, model_id: UUID, form: LifecycleForm
) -> Model:
    """Write down what is known of a model.

    Raises:
        errors.Invalid: a date is none, or they are out of order.
        errors.Stale: another change came first.
    """
    path = f"{ROOT}/models/{model_id}/lifecycle"
    headers = visit.of_version(form.version)
    asked = visit.Change("PUT", "inventory", path, form.body(), headers)
    return await visit.change(upstream, asked, _MODEL)


async def take_list(
    upstream: Upstream,
    la_code: str,
    items: Sequence[Mapping[str, str]],
    *,
    dry_run: bool,
) -> Taken:
    """Take a list in, or see what it would do.

    Raises:
        errors.Invalid: lines are wrong; none was taken in.
    """
    body = {"la_code": la_code, "dry_run": dry_run, "items": list(items)}
    asked = visit.Change("PUT", "inventory", f"{ROOT}/models/lifecycles", body)
    return await visit.change(upstream, asked, _TAKEN)
