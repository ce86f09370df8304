"""The worker that hears what the directory says of schools."""

from collections.abc import AsyncGenerator

import pytest

from chassis import db
from chassis.testing.databases import ServiceDatabase


@pytest.fixture
async def worker(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    database = db.Database(rows.worker, 3, "inventory-worker")
    await database.open()
    yield database
    await database.close()
