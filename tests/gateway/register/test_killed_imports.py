"""Imports whose worker is killed: another takes them up, and nothing is half-done."""

import os
import random
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from chassis.db import Database
from chassis.embedded import child, nats
from chassis.files.folder import Folder
from chassis.testing.databases import ServiceDatabase
from gateway.register import service
from gateway.register.model.imports import Import
from gateway.settings import GatewaySettings
from tests.gateway.register.files import row, text
from tests.gateway.register.siege import (
    BEGUN,
    Moment,
    Siege,
    Yard,
    reached,
    written,
)

SEED = int(os.environ.get("JOINEDUP_SEED", "20261125"))
SCHOOLS, BROKEN = 6_000, 20
PREVIEW = {"previewed": (SCHOOLS, BROKEN)}
FIRST_URN = 200_000
SAME: LiteralString = """
SELECT
    (SELECT count(*) FROM school_import_change WHERE import_id = %(killed)s)
    - (SELECT count(*) FROM (
        SELECT place, kind, urn, name, la_code, line, school_id, differences, details
        FROM school_import_change WHERE import_id = %(killed)s
        INTERSECT
        SELECT place, kind, urn, name, la_code, line, school_id, differences, details
        FROM school_import_change WHERE import_id = %(whole)s
    ) AS alike) AS changes,
    (SELECT count(*) FROM school_import_fault WHERE import_id = %(killed)s)
    - (SELECT count(*) FROM (
        SELECT place, file, line, column_title, detail
        FROM school_import_fault WHERE import_id = %(killed)s
        INTERSECT
        SELECT place, file, line, column_title, detail
        FROM school_import_fault WHERE import_id = %(whole)s
    ) AS alike) AS faults
"""


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[nats.Broker]:
    """A broker whose stream holds the facts of this test and no others."""
    made = nats.Broker(tmp_path / "nats", child.free_port(), child.free_port())
    with nats.running(made, tmp_path / "nats.log"):
        yield made


@pytest.fixture
async def yard(
    database_of: Callable[..., ServiceDatabase],
    gateway_settings: GatewaySettings,
    own_broker: nats.Broker,
    tmp_path: Path,
) -> AsyncGenerator[Yard]:
    stored = database_of("gateway", copy="killed")
    stored.empty()
    told = gateway_settings
    environment = {
        **os.environ,
        "JOINEDUP_DATABASE_URL": stored.app,
        "JOINEDUP_WORKER_DATABASE_URL": stored.worker,
        "JOINEDUP_INTERNAL_JWKS_FILE": str(told.internal_jwks_file),
        "JOINEDUP_INTERNAL_KEY_FILE": str(told.internal_key_file),
        "JOINEDUP_SESSION_KEY_FILE": str(told.session_key_file),
        "JOINEDUP_PORTAL_CLIENT_SECRET_FILE": str(told.portal_client_secret_file),
        "JOINEDUP_NATS_URL": own_broker.url(),
        "JOINEDUP_FILES_DIR": str(tmp_path / "files"),
    }
    database = Database(stored.app, 3, "besieged")
    await database.open()
    made = Yard(stored, database, Folder(tmp_path / "files"), environment, tmp_path)
    yield made
    for process in made.hired:
        process.kill()
        process.wait()
    await database.close()


def register(pupils: int) -> bytes:
    rows = (
        row(FIRST_URN + n, la="940", name=f"School {n}", pupils=pupils + n % 7)
        for n in range(SCHOOLS)
    )
    return text(*rows, *(row(n, la="940") for n in range(1, BROKEN + 1)))


def moments(rng: random.Random, whole: int, last: str) -> Sequence[Moment]:
    early, late = rng.uniform(0.02, 0.35), rng.uniform(0.35, 0.8)
    return [BEGUN, written(early, whole), written(late, whole), reached(last)]


@pytest.mark.parametrize("turn", ["every school is new", "every school is changed"])
async def test_a_killed_import_is_done_whole_or_not_at_all(
    yard: Yard, turn: str
) -> None:
    rng, there = random.Random(f"{SEED} {turn}"), 0
    if turn == "every school is changed":
        await service.apply_import(
            yard.database, await yard.whole_preview(register(200)), ()
        )
        there = SCHOOLS
    content = register(300)
    before = yard.size()
    whole = await yard.whole_preview(content)
    grown = yard.size() - before

    killed = await yard.send(content)
    ended = await Siege(
        yard,
        killed.import_id,
        lambda look: (
            (look.schools, look.facts, look.changes, look.faults)
            == (there, there, *PREVIEW.get(look.import_state, (0, 0)))
        ),
    ).lay(moments(rng, grown, "previewed"))
    assert (ended.import_state, ended.job_state) == ("previewed", "done"), ended
    found = await yard.get(killed.import_id)
    same(yard, found, whole)

    await yard.order(found)
    ended = await Siege(
        yard,
        killed.import_id,
        lambda look: (
            (look.schools, look.facts)
            == (
                (SCHOOLS, there + SCHOOLS)
                if look.import_state == "applied"
                else (there, there)
            )
        ),
    ).lay(moments(rng, grown, "applied"))
    assert (ended.import_state, ended.job_state) == ("applied", "done"), ended
    said_once(yard, there + SCHOOLS)
    recorded = yard.asked("SELECT urn, name, pupils FROM school ORDER BY urn")
    assert recorded == [
        (FIRST_URN + n, f"School {n}", 300 + n % 7) for n in range(SCHOOLS)
    ]


def same(yard: Yard, killed: Import, whole: Import) -> None:
    """The preview is what one is that nobody killed."""
    with psycopg.connect(yard.stored.admin) as admin:
        ids = {"killed": killed.import_id, "whole": whole.import_id}
        differing = admin.execute(SAME, ids).fetchone()
    assert differing == (0, 0)
    for member in ("counts", "file_rows", "as_of", "left_out", "concerns", "seen"):
        assert getattr(killed, member) == getattr(whole, member), member


def said_once(yard: Yard, count: int) -> None:
    """Each fact is published once: the stream holds as many as there are."""
    assert yard.asked(
        "SELECT count(*), count(DISTINCT (entity_id, entity_version)),"
        " count(DISTINCT stream_seq), max(stream_seq) FROM outbox"
    ) == [(count, count, count, count)]
