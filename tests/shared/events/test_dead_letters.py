"""What cannot be applied is set aside with a reason, and can be put back."""

import json
from uuid import uuid4

import pytest

from chassis import bus, consumer, errors, replay
from chassis.bus import Message
from contracts import event
from tests.shared.events import probe
from tests.shared.events.conftest import Store, Tasks, until

SUBJECT = event.name_of(probe.ReadingTaken).subject(probe.LA)
BURIED = "SELECT count(*) FROM dead_letter"
REASONS = "SELECT reason FROM dead_letter ORDER BY dead_letter_id"


def message(nats_subject: str = SUBJECT, **changes: object) -> Message:
    """A message as the relay would publish it, but for the changes."""
    said = probe.reading(1)
    told: dict[str, object] = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "/joinedup/probe",
        "type": event.name_of(probe.ReadingTaken).type,
        "subject": str(said.entity_id),
        "time": "2026-09-01T08:00:00Z",
        "datacontenttype": "application/json",
        "lacode": said.la_code,
        "schoolid": str(said.school_id),
        "entityversion": 1,
        "data": said.model_dump(mode="json"),
        **changes,
    }
    return Message(str(told["id"]), nats_subject, json.dumps(told).encode(), None)


POISON = {
    "no JSON": (Message("m1", SUBJECT, b"\xff{", None), "undecodable"),
    "no envelope": (Message("m2", SUBJECT, b"[]", None), "undecodable"),
    "no state": (message(data={"value": "x"}), "undecodable"),
    "another thing": (message(subject=str(uuid4())), "undecodable"),
    "unknown version": (
        message(type="uk.joinedup.probe.reading.taken.v2"),
        "unknown-fact",
    ),
    "a type that no column holds": (message(type="\x00" * 5000), "unknown-fact"),
    "subject of another LA": (
        message(SUBJECT.replace(probe.LA, probe.OTHER_LA)),
        "tenant-mismatch",
    ),
    "envelope of another LA": (message(lacode=probe.OTHER_LA), "tenant-mismatch"),
    "envelope of another school": (message(schoolid=str(uuid4())), "tenant-mismatch"),
}


@pytest.mark.parametrize(("poison", "reason"), POISON.values(), ids=POISON.keys())
async def test_poison_is_set_aside_at_once(
    store: Store,
    clerk: probe.Clerk,
    tasks: Tasks,
    connection: bus.Bus,
    poison: Message,
    reason: str,
) -> None:
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    await clerk.say(probe.reading(1))
    await until(lambda: store.value("SELECT count(*) = 1 FROM reading"))

    await connection.publish(poison)
    await clerk.say(probe.reading(2))

    await until(lambda: store.value("SELECT count(*) = 2 FROM reading"))
    await until(lambda: store.value(BURIED))
    assert await store.all(REASONS) == [reason]
    assert await store.value("SELECT message FROM dead_letter") == poison.body


async def test_a_failing_handler_is_given_up_and_holds_nobody_up(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    clerk.refused.add(13)
    await clerk.say(*probe.readings(40))
    tasks.relay(store, connection)
    state = tasks.consume(clerk, connection)

    await until(lambda: store.value("SELECT count(*) = 39 FROM reading"))
    await until(lambda: store.value(BURIED))

    assert await store.all(REASONS) == ["handler-failed"]
    assert "no place for 13" in await store.value("SELECT detail FROM dead_letter")
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")
    await until(lambda: _is(state.dead_letters == 1 and state.waiting == 0))


async def test_a_part_that_is_down_makes_no_dead_letter(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    asked: list[int] = []

    async def handle(tx: object, events: object) -> None:
        asked.append(1)
        if len(asked) <= consumer.MOST_FAILURES + 1:
            raise errors.Unavailable
        await clerk.apply(tx, events)  # type: ignore[arg-type]

    subscription = consumer.Subscription("probe-down", (probe.ReadingTaken,), handle)
    tasks.relay(store, connection)
    made = consumer.Consumer(tasks.worker, "probe", subscription)
    tasks.begin(lambda stop: consumer.run(made, connection, stop))
    await clerk.say(probe.reading(1))

    await until(lambda: store.value("SELECT count(*) = 1 FROM reading"))
    assert await store.value(BURIED) == 0
    assert len(asked) == consumer.MOST_FAILURES + 2


async def test_replay_applies_what_can_be_applied_now(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    clerk.refused.update({1, 2})
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    await clerk.say(*probe.readings(4))
    await until(lambda: store.value(f"SELECT ({BURIED}) = 2"))

    clerk.refused.remove(1)
    first = await replay.run(tasks.worker, "probe", [clerk.subscription()])
    second = await replay.run(tasks.worker, "probe", [clerk.subscription()])

    assert first == [replay.Replayed(probe.DURABLE, settled=1, failing=1)]
    assert second == [replay.Replayed(probe.DURABLE, settled=0, failing=1)]
    assert await store.value("SELECT count(*) FROM reading") == 3
    assert await store.value("SELECT bool_and(applied = 1) FROM reading")
    assert "no place for 2" in await store.value("SELECT detail FROM dead_letter")


async def test_a_dead_letter_that_was_applied_after_all_is_not_applied_again(
    store: Store, clerk: probe.Clerk, tasks: Tasks, connection: bus.Bus
) -> None:
    clerk.refused.add(1)
    tasks.relay(store, connection)
    tasks.consume(clerk, connection)
    await clerk.say(probe.reading(1))
    await until(lambda: store.value(BURIED))
    clerk.refused.clear()
    await store.admin.execute("CREATE TABLE kept AS SELECT * FROM dead_letter")
    await replay.run(tasks.worker, "probe", [clerk.subscription()])
    await store.admin.execute("INSERT INTO dead_letter SELECT * FROM kept")
    await store.admin.execute("DROP TABLE kept")

    again = await replay.run(tasks.worker, "probe", [clerk.subscription()])

    assert again[0].settled == 1
    assert await store.all("SELECT applied FROM reading") == [1]


async def _is(value: bool) -> bool:
    return value
