"""The present state of tickets is said again, for readers that are rebuilt."""

from chassis import auth, db
from chassis.testing.databases import ServiceDatabase
from servicedesk.work import SERVICE
from tests.servicedesk.world import (
    FAR_AWAY,
    MANAGER,
    NEXT_DOOR,
    RBC,
    TEACHER,
    Call,
    opened,
    stored,
    taken,
)


async def test_every_ticket_of_the_named_authorities_is_said_once(
    by: Call, rows: ServiceDatabase
) -> None:
    await opened(by(TEACHER))
    settled = await opened(by(MANAGER), school_urn=NEXT_DOOR.urn)
    settled = await taken(by(MANAGER), settled, "resolve")
    await opened(by(RBC), school_urn=FAR_AWAY.urn)

    said = await restated(rows, "940")

    facts = stored(
        rows,
        "SELECT entity_version, data ->> 'status', la_code FROM outbox"
        " WHERE type LIKE '%restated.v1' ORDER BY id",
    )
    assert said == 2
    assert facts == [(1, "open", "940"), (2, "resolved", "940")]


async def restated(rows: ServiceDatabase, *la_codes: str) -> int:
    assert SERVICE.restate is not None
    worker = db.Database(rows.worker, 1, "servicedesk-worker")
    await worker.open()
    try:
        return await SERVICE.restate(worker, auth.service_actor("x", la_codes))
    finally:
        await worker.close()
