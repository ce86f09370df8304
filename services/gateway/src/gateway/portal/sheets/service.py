"""Asks inventory for imports of files of assets, and tells it each next step."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import TypeAdapter

from chassis import errors
from gateway.callers.upstream import Upstream
from gateway.portal.sheets.model import SHOWN
from gateway.portal.sheets.schemas import FaultPage, Import, ImportPage, Job, Reading
from gateway.portal.visit import service as visit

PATH = "/api/inventory/v1/assets/imports"
Of = Mapping[str, str | int]
"""Whose files: `school_urn` or `la_code`, as inventory takes them."""
_IMPORT = TypeAdapter(Import)
_PAGE = TypeAdapter(ImportPage)
_FAULTS = TypeAdapter(FaultPage)
_JOB = TypeAdapter(Job)


async def list_imports(upstream: Upstream, of: Of, after: str) -> ImportPage:
    school = {n: v for n, v in of.items() if n == "school_urn"}
    params = visit.given({**school, "after": after, "page_size": SHOWN})
    return await visit.fetch(upstream, "inventory", PATH, _PAGE, params)


async def get_import(upstream: Upstream, import_id: UUID) -> Import:
    path = f"{PATH}/{import_id}"
    return await visit.fetch(upstream, "inventory", path, _IMPORT)


async def list_faults(upstream: Upstream, import_id: UUID, after: str) -> FaultPage:
    params = visit.given({"after": after, "page_size": SHOWN})
    path = f"{PATH}/{import_id}/faults"
    return await visit.fetch(upstream, "inventory", path, _FAULTS, params)


async def get_job(upstream: Upstream, found: Import) -> Job | None:
    """Read the job of an import; jobs are forgotten after a while."""
    if found.job_id is None:
        return None
    path = f"/api/inventory/v1/jobs/{found.job_id}"
    try:
        return await visit.fetch(upstream, "inventory", path, _JOB)
    except errors.NotFound:
        return None


async def send(upstream: Upstream, of: Of, name: str, content: bytes) -> Import:
    asked = visit.Change(
        "POST",
        "inventory",
        PATH,
        content,
        {"content-type": "application/octet-stream"},
        params={**of, "name": name},
    )
    return await visit.change(upstream, asked, _IMPORT)


async def read_as(
    upstream: Upstream, found: Import, reading: Reading, version: int
) -> None:
    path = f"{PATH}/{found.import_id}/reading"
    headers = visit.of_version(version)
    asked = visit.Change("PUT", "inventory", path, reading.model_dump(), headers)
    await visit.change(upstream, asked, _IMPORT)


async def take(upstream: Upstream, import_id: UUID, verb: str, version: int) -> None:
    """Take the next step: apply, undo or cancel."""
    path = f"{PATH}/{import_id}/{verb}"
    headers = visit.of_version(version)
    asked = visit.Change("POST", "inventory", path, headers=headers)
    await visit.change(upstream, asked, _IMPORT)
