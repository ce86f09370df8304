"""A job that was cut off goes on where it was; nothing of it is done twice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from fastapi import FastAPI

from chassis.db import Database
from chassis.jobs.model import Work
from chassis.testing.databases import ServiceDatabase
from inventory.sheets import working
from tests.inventory.sheets.conftest import Sender
from tests.inventory.world import HERE, TECHNICIAN, Call

ROWS = 1_200


class CutOff(Exception):
    """What a kill is to a job: nothing after it happens."""


@dataclass(slots=True)
class Until:
    """Hears of progress, and cuts the job off at a moment."""

    moment: int

    async def __call__(self, done: int, total: int | None, note: str) -> None:
        del done, total, note
        self.moment -= 1
        if self.moment == 0:
            raise CutOff


@pytest.fixture
def technician(by: Call) -> Sender:
    return Sender(by(TECHNICIAN), {"school_urn": HERE.urn})


def table() -> bytes:
    lines = [f"T-{number:04},laptop,Dell,L1" for number in range(ROWS)]
    return "\n".join(["Tag,Category,Make,Model", *lines]).encode()


def work(found: dict[str, Any], kind: str) -> Work:
    """The job of an import as its worker takes it up."""
    return Work(
        UUID(found["job_id"]),
        kind,
        UUID(found["import_id"]),
        "940",
        HERE.school_id,
        TECHNICIAN.principal,
        {},
        1,
        None,
    )


async def test_every_part_is_registered_once(
    technician: Sender, rows: ServiceDatabase, app: FastAPI
) -> None:
    database = Database(rows.worker, 2, "cut-off")
    await database.open()
    found = await technician.sent(table())
    found = (await technician.read_as(found, found["reading"])).json()
    depot = app.state.depot
    await working.try_import(depot, database, work(found, "try"), Until(0))
    found = await technician.settled(found)
    found = (await technician.step(found, "apply")).json()
    ordered = work(found, "apply")

    seen: list[int] = []
    for moment in (2, 3, 0):
        try:
            await working.apply_import(depot, database, ordered, Until(moment))
        except CutOff:
            with psycopg.connect(rows.admin) as admin:
                [(so_far,)] = admin.execute("SELECT count(*) FROM asset").fetchall()
            seen.append(so_far)
    # And once more when all was done: a kill may come before that is said.
    await working.apply_import(depot, database, ordered, Until(0))
    applied = await technician.settled(found)
    found = (await technician.step(applied, "undo")).json()
    with pytest.raises(CutOff):
        await working.undo_import(database, work(found, "undo"), Until(2))
    await working.undo_import(database, work(found, "undo"), Until(0))
    undone = await technician.settled(found)
    await database.close()

    assert seen == [0, 500]
    assert (applied["state"], applied["made"]) == ("applied", ROWS)
    assert (undone["state"], undone["undone"], undone["kept"]) == ("undone", ROWS, 0)
    with psycopg.connect(rows.admin) as admin:
        [(events, kit, effects)] = admin.execute(
            "SELECT (SELECT count(*) FROM outbox WHERE subject LIKE '%registered%'),"
            " (SELECT count(*) FROM asset), (SELECT count(*) FROM asset_import_effect)"
        ).fetchall()
    assert (events, kit, effects) == (ROWS, 0, 0)


async def test_what_was_stopped_and_applied_again_changes_what_it_had_made(
    technician: Sender, rows: ServiceDatabase, app: FastAPI
) -> None:
    database = Database(rows.worker, 2, "cut-off")
    await database.open()
    depot = app.state.depot
    found = await technician.sent(table())
    told = {**found["reading"], "on_known": "update"}
    found = (await technician.read_as(found, told)).json()
    await working.try_import(depot, database, work(found, "try"), Until(0))
    found = await technician.settled(found)
    found = (await technician.step(found, "apply")).json()
    with pytest.raises(CutOff):
        await working.apply_import(depot, database, work(found, "apply"), Until(3))
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute("UPDATE asset_import SET state = 'stopped'")
    [one] = await technician.assets(q="T-0000")
    changed = await technician.http.patch(
        f"/assets/{one['asset_id']}",
        json={"model": "Other"},
        headers={"if-match": '"1"', "content-type": "application/merge-patch+json"},
    )
    found = (await technician.http.get(f"/assets/imports/{found['import_id']}")).json()
    found = (await technician.step(found, "apply")).json()

    await working.apply_import(depot, database, work(found, "apply"), Until(0))

    applied = await technician.settled(found)
    [now] = await technician.assets(q="T-0000")
    await database.close()
    assert changed.status_code == 200
    assert (applied["state"], applied["made"], applied["updated"]) == (
        "applied",
        ROWS,
        1,
    )
    assert (now["model"], now["version"]) == ("L1", 3)
