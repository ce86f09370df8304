"""The jobs of an import: they read its file, and make its preview true.

Each is one transaction that knows its own effect: begun again after a kill it starts
from nothing, or finds that all was done.
"""

from collections.abc import Sequence
from functools import partial

from chassis import auth
from chassis.db import Database, Tx
from chassis.files.model import Depot
from chassis.jobs.model import Cancelled, Kind, Result, State, Told, Work
from gateway.register import applying, service
from gateway.register.model import changes, imports
from gateway.register.model.imports import APPLIED, CANCELLED, PREVIEWED, Import
from gateway.register.previewing import Files

_OURSELVES = auth.service_actor("gateway", [])
_NOT_RECORDED = frozenset({changes.LINKED, changes.BORDER})


def kinds(depot: Depot) -> Sequence[Kind]:
    """Make the kinds of work that imports ask for."""
    return (
        Kind(imports.PREVIEW, partial(preview, depot), ended),
        Kind(imports.APPLY, apply, ended),
    )


async def preview(depot: Depot, db: Database, work: Work, told: Told) -> Result:
    """Read the files of a waiting import and keep what they would change."""
    found = await _import_of(db, work)
    if found.state == CANCELLED:
        raise Cancelled
    if found.state != PREVIEWED:
        await told(0, None, "Opening the file")
        sent = await _files(depot, db, found)
        found = await service.preview_import(db, found, sent, told)
    return {"changes": found.counts["total"], "faults": found.counts["faults"]}


async def apply(db: Database, work: Work, told: Told) -> Result:
    """Make the preview of an import true."""
    found = await _import_of(db, work)
    if found.state == APPLIED and found.job_id == work.job_id:
        return {"schools": _recorded(found)}
    chosen = work.arguments["overrides"]
    return {"schools": await applying.apply(db, found, chosen, told, work.job_id)}


async def ended(tx: Tx, work: Work, state: State, why: str) -> None:
    """Let the import end as its job did."""
    if work.subject_id is not None:
        reason = why if state == "failed" else None
        await service.settle_import(tx, work.subject_id, work.job_id, reason)


async def _import_of(db: Database, work: Work) -> Import:
    if work.subject_id is None:
        raise imports.ImportNotFound
    return await service.get_import(db, _OURSELVES, work.subject_id)


async def _files(depot: Depot, db: Database, found: Import) -> Files:
    file, links = await service.get_files(db, _OURSELVES, found.import_id)
    told = None if links is None else await depot.get(links.sha256)
    return Files(await depot.get(file.sha256), told)


def _recorded(found: Import) -> int:
    return sum(found.counts.get(kind, 0) for kind in {*changes.KINDS} - _NOT_RECORDED)
