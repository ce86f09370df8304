"""Asks inventory for machines that report."""

from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.assets import service as assets
from gateway.portal.devices.schemas import Changed, Detail, Device, IdentifyForm
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

PATH = "/api/inventory/v1/agent-devices"
MOST_CHANGES = 50
_DEVICE = TypeAdapter(Device)
_DETAIL = TypeAdapter(Detail)
_CHANGES = TypeAdapter(Listing[Changed])


async def get_device(upstream: Upstream, urn: int, device_id: UUID) -> Detail:
    """Read a machine of a school, and all that is known of it.

    Raises:
        errors.NotFound: it is not there, or reports for another school.
    """
    found = await visit.fetch(upstream, "inventory", f"{PATH}/{device_id}", _DETAIL)
    if found.school_urn != urn:
        raise errors.NotFound
    return found


async def list_changes(
    upstream: Upstream, device_id: UUID, after: str
) -> Listing[Changed]:
    """Read what changed on a machine, the newest first."""
    path = f"{PATH}/{device_id}/changes"
    params = visit.given({"limit": MOST_CHANGES, "after": after})
    return await visit.fetch(upstream, "inventory", path, _CHANGES, params)


async def identify(upstream: Upstream, device: Device, form: IdentifyForm) -> Device:
    """Say anew what a machine is.

    Raises:
        errors.Invalid: nothing was chosen, or no asset of the school bears the tag.
    """
    body = await body_of(upstream, device.school_urn, form)
    path = f"{PATH}/{device.device_id}/identify"
    headers = visit.of_version(form.version)
    asked = visit.Change("POST", "inventory", path, body, headers)
    return await visit.change(upstream, asked, _DEVICE)


async def body_of(
    upstream: Upstream, urn: int, form: IdentifyForm
) -> dict[str, str | None]:
    """Say what was chosen as inventory takes it.

    Raises:
        errors.Invalid: nothing was chosen, or no asset of the school bears the tag.
    """
    if form.said == "asset":
        return {"resolution": "asset", "asset_id": _id(form.asset_id)}
    if form.said == "tag":
        found = await assets.find_by_tag(upstream, urn, form.tag)
        if found is None:
            raise _wrong("tag", "Enter the tag of an asset of this school")
        return {"resolution": "asset", "asset_id": str(found.asset_id)}
    if form.said not in {"new", "ignored", "doubtful"}:
        raise _wrong("said", "Choose what it is")
    return {"resolution": form.said, "asset_id": None}


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise _wrong("said", "Choose what it is") from None


def _wrong(field: str, detail: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault(f"/{field}", detail)])
