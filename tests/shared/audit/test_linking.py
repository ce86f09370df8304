"""Every entry is linked once, whenever it commits; heads are anchored by one leader."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from joserfc.jwk import KeySet

from chassis.audit import anchors, linking, service
from chassis.audit.anchors import Anchor, Broken
from chassis.audit.model import Head
from chassis.testing.identities import new_key
from tests.shared.audit.conftest import ACCESS, OWNER, Trail, happened, told

PATIENCE = 60.0


@asynccontextmanager
async def linker(
    trail: Trail, every: timedelta = timedelta(hours=1)
) -> AsyncGenerator[linking.State]:
    """Run one that links, as a worker does."""
    stop, state = asyncio.Event(), linking.State()
    anchoring = linking.Anchoring(trail.folder, trail.keys, every)
    run = linking.run(trail.stored.worker, "inventory", anchoring, stop, state)
    task = asyncio.ensure_future(run)
    try:
        yield state
    finally:
        stop.set()
        await task


async def until_linked(trail: Trail, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await trail.faults())[1].entries < count:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def anchored(trail: Trail) -> list[Anchor | Broken]:
    path = anchors.file_of(trail.folder, "inventory")
    return list(anchors.read(path, "inventory", trail.keys))


async def test_what_is_recorded_is_linked_without_gaps_and_anchored_at_the_end(
    trail: Trail,
) -> None:
    async with linker(trail):
        for la_code in ("940", "941", None) * 10:
            await trail.record(happened(la_code=la_code))
        await until_linked(trail, 30)
        await trail.record(happened())

    faults, found = await trail.faults()
    assert told(faults) == []
    assert (found.entries, found.chains, found.waiting) == (31, 3, 0)
    assert found.after_anchor == 0


async def test_an_entry_that_commits_late_is_linked_late(trail: Trail) -> None:
    async with trail.app.begin(OWNER, ACCESS) as tx:
        await service.record_many(tx, [happened(target_id="late")])
        await trail.record(happened(target_id="early"))
        assert await trail.link() == 1
    assert await trail.link() == 1

    with psycopg.connect(trail.stored.admin) as admin:
        found = admin.execute(
            "SELECT target_id FROM audit_link JOIN audit_entry USING (entry_id)"
            " ORDER BY number"
        ).fetchall()
    assert [row[0] for row in found] == ["early", "late"]
    assert (await trail.faults())[0] == []


async def test_of_two_linkers_one_leads_and_the_other_takes_over(trail: Trail) -> None:
    async with linker(trail) as first:
        async with asyncio.timeout(PATIENCE):
            while not first.leader:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        async with linker(trail) as second:
            await trail.record(happened())
            await until_linked(trail, 1)
            assert not second.leader
            with psycopg.connect(trail.stored.admin, autocommit=True) as admin:
                # As when the leader's machine dies: its session goes, its lock with it.
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND granted AND database ="
                    " (SELECT oid FROM pg_database WHERE datname = current_database())"
                )
            await trail.record(happened())
            await until_linked(trail, 2)

    assert told((await trail.faults())[0]) == []


async def test_a_head_is_anchored_as_often_as_is_set(trail: Trail) -> None:
    async with linker(trail, timedelta(0)):
        await trail.record(happened())
        async with asyncio.timeout(PATIENCE):
            while not anchored(trail):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await trail.record(happened())
        async with asyncio.timeout(PATIENCE):
            while len(anchored(trail)) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    # A head that has not moved is not anchored again.
    assert [(a.chain, a.number) for a in anchored(trail) if isinstance(a, Anchor)] == [
        ("940", 1),
        ("940", 2),
    ]


async def test_a_chain_is_anchored_as_soon_as_it_begins(trail: Trail) -> None:
    async with linker(trail, timedelta(days=1)):
        for la_code in ("940", "941"):
            await trail.record(happened(la_code=la_code))
            async with asyncio.timeout(PATIENCE):
                while la_code not in {  # noqa: ASYNC110
                    each.chain for each in anchored(trail) if isinstance(each, Anchor)
                }:
                    await asyncio.sleep(0.05)
        # What follows waits for its time.
        await trail.record(happened())
        await until_linked(trail, 3)
        assert len(anchored(trail)) == 2

    faults, found = await trail.faults()
    assert (told(faults), found.after_anchor) == ([], 0)


async def test_an_entry_gone_before_it_was_linked_is_told(trail: Trail) -> None:
    await trail.record(happened())
    with psycopg.connect(trail.stored.admin, autocommit=True) as admin:
        admin.execute("DELETE FROM audit_entry")

    faults, found = await trail.faults()

    assert [fault.what for fault in faults] == ["deleted"]
    assert found.waiting == 1


async def test_erased_values_leave_the_chain_as_it_is(trail: Trail) -> None:
    await trail.record(happened(), happened())
    await trail.link()
    with psycopg.connect(trail.stored.admin, autocommit=True) as admin:
        admin.execute("UPDATE audit_entry SET salt = NULL, details = NULL")

    faults, found = await trail.faults()

    assert faults == []
    assert found.erased == 2


def some(path: Path, keys: KeySet, count: int) -> None:
    for number in range(1, count + 1):
        heads = [Head("940", number, bytes([number]) * 32)]
        anchors.append(path, keys, "inventory", heads, datetime.now(UTC))


def test_half_a_line_is_nothing_said_and_is_written_over(tmp_path: Path) -> None:
    path, keys = tmp_path / "inventory.anchors", KeySet([new_key()])
    some(path, keys, 2)
    os.truncate(path, path.stat().st_size - 20)
    before = list(anchors.read(path, "inventory", keys))
    some(path, keys, 1)

    found = list(anchors.read(path, "inventory", keys))

    assert [type(each) for each in before] == [Anchor]
    assert [type(each) for each in found] == [Anchor, Anchor]


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (lambda lines: [lines[0], lines[2]], [2]),
        (lambda lines: [lines[1], lines[0], lines[2]], [1, 2, 3]),
        (lambda lines: [lines[0], lines[1][:-2] + b"AA", lines[2]], [2, 3]),
        (lambda lines: [lines[0], b"", lines[1], lines[2]], [2, 3]),
    ],
    ids=["deleted", "reordered", "edited", "inserted"],
)
def test_a_line_that_was_tampered_with_is_not_trusted(
    tmp_path: Path, spoil: Callable[[list[bytes]], list[bytes]], wrong: list[int]
) -> None:
    path, keys = tmp_path / "inventory.anchors", KeySet([new_key()])
    some(path, keys, 3)
    lines = spoil(path.read_bytes().splitlines())
    path.write_bytes(b"".join(line + b"\n" for line in lines))

    found = anchors.read(path, "inventory", keys)

    assert [each.line for each in found if isinstance(each, Broken)] == wrong


def test_a_line_of_another_key_or_service_is_not_trusted(tmp_path: Path) -> None:
    path, keys = tmp_path / "inventory.anchors", KeySet([new_key()])
    some(path, keys, 1)

    foreign = list(anchors.read(path, "inventory", KeySet([new_key()])))
    elsewhere = list(anchors.read(path, "strategy", keys))

    assert [type(each) for each in (*foreign, *elsewhere)] == [Broken, Broken]


def test_anchors_of_an_older_key_are_trusted_beside_those_of_the_newer(
    tmp_path: Path,
) -> None:
    path, old, new = tmp_path / "inventory.anchors", new_key(), new_key()
    some(path, KeySet([old]), 1)
    some(path, KeySet([new]), 1)

    found = list(anchors.read(path, "inventory", KeySet([new, old])))

    assert [type(each) for each in found] == [Anchor, Anchor]
