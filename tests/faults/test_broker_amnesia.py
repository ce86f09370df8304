"""A broker that forgets what it acknowledged, unheard: the outbox refills it."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from chassis.embedded import child, nats
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.stack import eventually

SCHOOL, LA = uuid4(), "940"


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and a reader with a broker between them, all to be started by hand."""

    source: ServiceDatabase
    reader: ServiceDatabase
    broker: nats.Broker
    jwks_file: Path
    folder: Path

    @contextmanager
    def worker(self, service: str) -> Generator[None]:
        """Run a service's worker process for a while."""
        database = self.source if service == "inventory" else self.reader
        log = self.folder / f"{service}.log"
        port = str(child.free_port())
        process = child.start(
            [sys.executable, "-m", service, "worker"],
            log,
            {
                "JOINEDUP_DATABASE_URL": database.app,
                "JOINEDUP_WORKER_DATABASE_URL": database.worker,
                "JOINEDUP_NATS_URL": self.broker.url(),
                "JOINEDUP_INTERNAL_JWKS_FILE": str(self.jwks_file),
                "JOINEDUP_WORKER_PORT": port,
            },
        )
        try:
            yield
        finally:
            child.stop(process)

    @contextmanager
    def running_broker(self) -> Generator[subprocess.Popen[bytes]]:
        with nats.running(self.broker, self.folder / "nats.log") as process:
            yield process

    def register(self, tags: range) -> None:
        """Register assets as the service does: the row and its fact together."""
        with psycopg.connect(self.source.admin) as admin:
            for number in tags:
                admin.execute(
                    REGISTER, {"la": LA, "school": SCHOOL, "tag": f"T{number}"}
                )

    def published(self, count: int) -> bool:
        with psycopg.connect(self.source.admin) as admin:
            found = admin.execute(
                "SELECT count(*) FROM outbox WHERE published_at IS NOT NULL"
            ).fetchone()
        return found == (count,)

    def read(self) -> set[str]:
        with psycopg.connect(self.reader.admin) as admin:
            rows = admin.execute("SELECT asset_id::text FROM asset").fetchall()
        return {row[0] for row in rows}

    def said(self) -> set[str]:
        with psycopg.connect(self.source.admin) as admin:
            rows = admin.execute("SELECT asset_id::text FROM asset").fetchall()
        return {row[0] for row in rows}


REGISTER = """
WITH registered AS (
    INSERT INTO asset (la_code, school_id, tag, category, manufacturer, model)
    VALUES (%(la)s, %(school)s, %(tag)s, 'laptop', 'Acme', 'One') RETURNING *
)
INSERT INTO outbox
    (type, subject, la_code, school_id, entity_id, entity_version, data)
SELECT 'uk.joinedup.inventory.asset.registered.v1',
    'joinedup.inventory.asset.registered.v1.' || la_code, la_code, school_id,
    asset_id, version, jsonb_build_object(
        'entity_id', asset_id, 'entity_version', version, 'la_code', la_code,
        'school_id', school_id, 'tag', tag, 'category', category,
        'manufacturer', manufacturer, 'model', model, 'status', status,
        'purchased_on', purchased_on)
FROM registered
"""


@pytest.fixture
def pair(
    database_of: Callable[[str], ServiceDatabase], signing: Signing, tmp_path: Path
) -> Pair:
    source, reader = database_of("inventory"), database_of("strategy")
    source.empty()
    reader.empty()
    with psycopg.connect(source.admin) as admin:
        admin.execute(
            "INSERT INTO school (school_id, la_code, urn, name, version)"
            " VALUES (%s, %s, 900001, 'Here', 1)",
            [SCHOOL, LA],
        )
    broker = nats.Broker(tmp_path / "store", child.free_port(), child.free_port())
    return Pair(source, reader, broker, signing.jwks_file, tmp_path)


@pytest.mark.timeout(240)
def test_a_store_rolled_back_with_consumers_down_is_refilled(pair: Pair) -> None:
    kept = pair.folder / "kept"
    with pair.running_broker(), pair.worker("inventory"), pair.worker("strategy"):
        pair.register(range(20))
        eventually(lambda: pair.read() == pair.said() and len(pair.said()) == 20)
    shutil.copytree(pair.broker.store_dir, kept)
    with pair.running_broker(), pair.worker("inventory"):
        pair.register(range(20, 60))
        eventually(lambda: pair.published(60))
    shutil.rmtree(pair.broker.store_dir)
    shutil.copytree(kept, pair.broker.store_dir)

    with pair.running_broker(), pair.worker("inventory"), pair.worker("strategy"):
        eventually(lambda: pair.read() == pair.said())

    assert len(pair.read()) == 60


@pytest.mark.timeout(240)
def test_a_store_wiped_with_consumers_down_is_refilled(pair: Pair) -> None:
    with pair.running_broker(), pair.worker("inventory"):
        pair.register(range(30))
        eventually(lambda: pair.published(30))
    shutil.rmtree(pair.broker.store_dir)

    with pair.running_broker(), pair.worker("inventory"), pair.worker("strategy"):
        eventually(lambda: len(pair.read()) == 30)

    assert pair.read() == pair.said()
