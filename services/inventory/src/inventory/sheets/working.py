"""The jobs of an import: they try a file, register what it tells of, and take it back.

Applying and undoing go forward part by part, each a transaction that says how far it
came: a job that is begun again after a kill goes on where it was.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial

from chassis import auth
from chassis.auth import SERVICE_ACCESS, Actor, Grant
from chassis.db import Database, Tx
from chassis.files import service as files
from chassis.files.model import Depot
from chassis.jobs.model import Cancelled, Kind, Result, State, Told, Work
from inventory.assets import many
from inventory.assets.many import Changing
from inventory.assets.model import Asset, AssetRetired, IllegalMove, Tagged, Wanted
from inventory.schools import service as schools
from inventory.schools.model import School
from inventory.sheets import service, store
from inventory.sheets.model import imports, rows, updating
from inventory.sheets.model.imports import Import, RowFault
from inventory.sheets.model.reading import Reading
from inventory.sheets.model.rows import Taken

AT_ONCE = 500
"""Assets of one transaction, as a change of many has them."""
_NO_SCHOOL = "is no school of this local authority"


def kinds(depot: Depot) -> Sequence[Kind]:
    """Make the kinds of work that imports ask for."""
    return (
        Kind(imports.TRY, partial(try_import, depot), ended),
        Kind(imports.APPLY, partial(apply_import, depot), ended),
        Kind(imports.UNDO, undo_import, ended),
    )


async def try_import(depot: Depot, db: Database, work: Work, told: Told) -> Result:
    """Say what would come of each row; nothing is registered."""
    job = _Job(db, work)
    found = await job.begin("trying")
    if found is None:
        return None
    await told(0, found.rows, "Reading the file")
    taken = await job.read(depot, found)
    trial = _Trial()
    for start in range(0, len(taken.assets), AT_ONCE):
        async with job.transaction() as tx:
            await trial.judge(tx, found, taken.assets[start : start + AT_ONCE])
        await told(start, len(taken.assets), "Looking each row up")
    faults = sorted([*taken.faults, *trial.faults], key=lambda fault: fault.line)
    counts = {**trial.counts, "rows": taken.count, "faults": len(faults)}
    async with job.transaction() as tx:
        if await job.held(tx, "trying") is not None:
            await store.keep_trial(tx, found.import_id, counts, faults)
            await store.move_import(tx, found.import_id, "tried")
    return counts


async def apply_import(depot: Depot, db: Database, work: Work, told: Told) -> Result:
    """Register what a file tells of, and change what it says otherwise if wished."""
    job = _Job(db, work)
    found = await job.begin("applying")
    if found is None:
        return None
    await told(found.line_done, None, "Reading the file")
    taken = await job.read(depot, found)
    going = [each for each in taken.assets if each.line > found.line_done]
    total = len(taken.assets)
    for start in range(0, len(going), AT_ONCE):
        await told(total - len(going) + start, total, "Registering")
        async with job.transaction() as tx:
            if await job.held(tx, "applying") is None:
                raise Cancelled
            await _register(tx, found, going[start : start + AT_ONCE])
    async with job.transaction() as tx:
        if await job.held(tx, "applying") is not None:
            await store.move_import(tx, found.import_id, "applied")
    return {"rows": total}


async def undo_import(db: Database, work: Work, told: Told) -> Result:
    """Take back what an import did and nobody has changed since."""
    job = _Job(db, work)
    found = await job.begin("undoing")
    if found is None:
        return None
    total, done = found.made + found.updated, found.undone + found.kept
    while True:
        await told(done, total, "Taking back")
        async with job.transaction() as tx:
            if await job.held(tx, "undoing") is None:
                raise Cancelled
            effects = await store.take_effects(tx, found.import_id, AT_ONCE)
            if not effects:
                await store.move_import(tx, found.import_id, "undone")
                return {"undone": done}
            undone = await many.take_back_many(tx, effects, found.import_id)
            kept = len(effects) - undone
            await store.count_undone(tx, found.import_id, undone, kept)
        done += len(effects)


async def ended(tx: Tx, work: Work, state: State, why: str) -> None:
    """Let the import be where it is when its job ended before it was done."""
    if work.subject_id is not None:
        reason = why if state == "failed" else None
        await service.settle(tx, work.subject_id, work.job_id, reason)


class _Job:
    """A job in the name of whoever ordered it, within the place of its import only."""

    def __init__(self, db: Database, work: Work) -> None:
        self._db = db
        self._work = work
        las = () if work.school_id else (work.la_code or "",)
        own = (work.school_id,) if work.school_id else ()
        grant = Grant(auth.SERVICE_ROLE, las, own)
        self._actor = Actor(work.principal, "service", (grant,))

    def transaction(self) -> AbstractAsyncContextManager[Tx]:
        return self._db.begin(self._actor, SERVICE_ACCESS)

    async def begin(self, state: imports.State) -> Import | None:
        """Find the import; None where this job's work on it was done before a kill."""
        async with self.transaction() as tx:
            return await self.held(tx, state)

    async def held(self, tx: Tx, state: imports.State) -> Import | None:
        if self._work.subject_id is None:
            raise imports.AssetImportNotFound
        found = await store.lock_import(tx, self._work.subject_id)
        if found is None:
            raise imports.AssetImportNotFound
        is_ours = found.state == state and found.job_id == self._work.job_id
        return found if is_ours else None

    async def read(self, depot: Depot, found: Import) -> Taken:
        async with self.transaction() as tx:
            file = await files.find(tx, found.file_id)
        content = await depot.get(file.sha256)
        reading = Reading(**found.reading)
        return await asyncio.to_thread(rows.taken, content, reading, found.school_urn)


class _Trial:
    """What would come of the rows of a file, part by part."""

    def __init__(self) -> None:
        self.faults: list[RowFault] = []
        self.counts = {"fresh": 0, "known": 0, "changing": 0}

    async def judge(self, tx: Tx, found: Import, told: Sequence[rows.Told]) -> None:
        places = await _places(tx, told)
        known = await _known(tx, told, places)
        for each in told:
            school = places.get(each.asset.school_urn)
            if school is None:
                urn = str(each.asset.school_urn)
                self.faults.append(RowFault(each.line, "URN", urn, _NO_SCHOOL))
                continue
            asset = known.get(Tagged(school.school_id, each.asset.tag.lower()))
            if asset is None:
                self.counts["fresh"] += 1
                continue
            self.counts["known"] += 1
            if found.reading["on_known"] != "update":
                continue
            try:
                changes = updating.updated(asset, each) != asset
            except (AssetRetired, IllegalMove) as refusal:
                detail = f"{asset.tag} stays as it is: {refusal.detail}"
                self.faults.append(RowFault(each.line, "", asset.tag, detail))
            else:
                self.counts["changing"] += changes


async def _register(tx: Tx, found: Import, told: Sequence[rows.Told]) -> None:
    """Register one part of a file; what cannot be done of it is left as it is."""
    places = await _places(tx, told)
    known = await _known(tx, told, places)
    lines: dict[Tagged, int] = {}
    wanted: list[Wanted] = []
    changes: list[Changing] = []
    for each in told:
        school = places.get(each.asset.school_urn)
        if school is None:
            continue
        place = Tagged(school.school_id, each.asset.tag.lower())
        lines[place] = each.line
        asset = known.get(place)
        if asset is None:
            wanted.append(Wanted(school, each.asset.model_dump()))
        elif found.reading["on_known"] == "update":
            try:
                new = updating.updated(asset, each)
            except (AssetRetired, IllegalMove):
                continue
            if new != asset:
                what = updating.happened(asset, new)
                changes.append(Changing(asset, new, what))
    made = await many.insert_free(tx, wanted)
    changed = await many.change_many(tx, changes, found.import_id)
    effects = [
        {
            "asset_id": asset.asset_id,
            "asset_version": asset.version,
            "line": lines[Tagged(asset.school_id, asset.tag.lower())],
        }
        for asset in (*made, *changed)
    ]
    counts = {
        "made": len(made),
        "updated": len(changed),
        "line_done": told[-1].line,
    }
    await store.keep_effects(tx, found.import_id, effects, counts)


async def _places(tx: Tx, told: Sequence[rows.Told]) -> Mapping[int, School]:
    return await schools.schools_of(tx, {each.asset.school_urn for each in told})


async def _known(
    tx: Tx, told: Sequence[rows.Told], places: Mapping[int, School]
) -> Mapping[Tagged, Asset]:
    """Find the assets of a part that the schools have already, and hold them."""
    tags = [
        (places[each.asset.school_urn], each.asset.tag)
        for each in told
        if each.asset.school_urn in places
    ]
    return await many.hold_tagged(tx, tags)
