"""A service of the tests' own: readings are said by it and read by it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from chassis import auth, bus, consumer, db, outbox, sql
from chassis.auth import Grant
from contracts.event import Event, fact

LA, OTHER_LA = "940", "941"
STREAM = bus.Stream(service="probe", max_bytes=64 * 1024**2)
DURABLE = "probe-readings"

TABLE = """
CREATE TABLE reading (
    reading_id uuid PRIMARY KEY,
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    version integer NOT NULL,
    value integer NOT NULL,
    applied integer NOT NULL DEFAULT 1
);
CALL secure_tenant_table('reading');
GRANT SELECT, INSERT, UPDATE ON reading TO joinedup_worker;
"""
STATEMENTS = """-- record_readings
-- Take over readings, newer versions only, counting every application.
INSERT INTO reading (reading_id, la_code, school_id, version, value)
SELECT entity_id, la_code, school_id, entity_version, value
FROM jsonb_to_recordset(%(states)s::jsonb) AS said (
    entity_id uuid, la_code text, school_id uuid, entity_version integer, value integer
)
ON CONFLICT (reading_id) DO UPDATE SET
version = greatest(reading.version, excluded.version),
value = CASE
    WHEN excluded.version > reading.version THEN excluded.value ELSE reading.value
END,
applied = reading.applied + 1;
"""
RECORD: sql.Query[None] = sql.Query(
    "record_readings", sql.parse(STATEMENTS, "probe")["record_readings"], None
)


@fact("probe.reading.taken")
class ReadingTaken(Event, frozen=True):
    """A reading was taken; a negative value is one that no handler can apply."""

    school_id: UUID
    value: int


@dataclass(frozen=True, slots=True)
class Clerk:
    """Says readings through the outbox, and applies them as a consumer would."""

    app: db.Database
    refused: set[int] = field(default_factory=set)

    async def say(self, *facts: ReadingTaken) -> None:
        las = sorted({fact.la_code for fact in facts})
        actor = auth.Actor("clerk", "person", (Grant("clerk", tuple(las)),))
        access = auth.Access(read=frozenset({"clerk"}), write=frozenset({"clerk"}))
        async with self.app.begin(actor, access) as tx:
            await outbox.enqueue_many(tx, facts)

    async def say_each(self, *facts: ReadingTaken) -> None:
        for each in facts:
            await self.say(each)

    async def apply(self, tx: db.Tx, events: Sequence[Event]) -> None:
        for event in events:
            assert isinstance(event, ReadingTaken)
            if event.value in self.refused:
                raise LookupError(f"no place for {event.value}")
            await tx.run(RECORD, {"states": f"[{event.model_dump_json()}]"})

    def subscription(self) -> consumer.Subscription:
        return consumer.Subscription(DURABLE, (ReadingTaken,), self.apply)


def reading(
    value: int, version: int = 1, of: UUID | None = None, la_code: str = LA
) -> ReadingTaken:
    return ReadingTaken(
        entity_id=of or uuid4(),
        entity_version=version,
        la_code=la_code,
        school_id=uuid4(),
        value=value,
    )


def readings(count: int, la_code: str = LA) -> list[ReadingTaken]:
    return [reading(value, la_code=la_code) for value in range(count)]
