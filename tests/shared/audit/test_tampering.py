"""A superuser's five hundred ways to tamper: each is found, and told where.

Each is done in the real database, and undone from a copy of its tables.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import class_row, scalar_row

from chassis.audit import model
from chassis.audit.model import Hashed
from tests.shared.audit.conftest import Trail, happened, told

Admin = psycopg.Connection[Any]
ENTRIES, ANCHORED_AT = 60, (20, 45, 60)
SEEDS = 25


@dataclass(frozen=True, slots=True)
class Blow:
    """What was tampered with: which faults may tell of it, and from which number on."""

    kinds: frozenset[str]
    number: int


Tamper = Callable[[Admin, random.Random], Blow]


def _numbers(dice: random.Random, count: int) -> list[int]:
    return sorted(dice.sample(range(1, ENTRIES + 1), count))


def edit(what: LiteralString, change: LiteralString) -> Tamper:
    def tamper(admin: Admin, dice: random.Random) -> Blow:
        [number] = _numbers(dice, 1)
        admin.execute(
            "UPDATE audit_entry SET " + change + " FROM audit_link"  # noqa: S608
            " WHERE audit_entry.entry_id = audit_link.entry_id"
            " AND chain = '940' AND number = %s",
            [number],
        )
        return Blow(frozenset({what}), number)

    return tamper


def delete_entry(admin: Admin, dice: random.Random) -> Blow:
    [number] = _numbers(dice, 1)
    admin.execute(
        "DELETE FROM audit_entry WHERE entry_id = (SELECT entry_id FROM audit_link"
        " WHERE chain = '940' AND number = %s)",
        [number],
    )
    return Blow(frozenset({"deleted"}), number)


def delete_link_and_entry(admin: Admin, dice: random.Random) -> Blow:
    number = dice.randrange(1, ENTRIES)
    _delete(admin, number)
    return Blow(frozenset({"deleted"}), number)


def delete_and_close_the_gap(admin: Admin, dice: random.Random) -> Blow:
    number = dice.randrange(1, ENTRIES)
    _delete(admin, number)
    _shift(admin, number, -1)
    return Blow(frozenset({"moved", "cut"}), number)


def delete_and_forge_the_rest(admin: Admin, dice: random.Random) -> Blow:
    number = dice.randrange(1, ENTRIES)
    _delete(admin, number)
    _shift(admin, number, -1)
    _forge(admin)
    # Before the anchor behind it, nothing can tell.
    return Blow(frozenset({"rewritten", "cut"}), min(_anchor_from(number), ENTRIES - 1))


def delete_link_only(admin: Admin, dice: random.Random) -> Blow:
    number = dice.randrange(1, ENTRIES)
    admin.execute(
        "DELETE FROM audit_link WHERE chain = '940' AND number = %s", [number]
    )
    return Blow(frozenset({"deleted", "inserted"}), number)


def swap_entries(admin: Admin, dice: random.Random) -> Blow:
    first, second = _numbers(dice, 2)
    admin.execute("ALTER TABLE audit_link DROP CONSTRAINT audit_link_entry_unique")
    admin.execute(
        "UPDATE audit_link AS a SET entry_id = b.entry_id FROM audit_link AS b"
        " WHERE a.chain = '940' AND b.chain = '940' AND a.number IN (%s, %s)"
        " AND b.number = %s - a.number",
        [first, second, first + second],
    )
    return Blow(frozenset({"edited"}), first)


def swap_links(admin: Admin, dice: random.Random) -> Blow:
    first, second = _numbers(dice, 2)
    for old, new in ((first, 9999), (second, first), (9999, second)):
        admin.execute(
            "UPDATE audit_link SET number = %s WHERE chain = '940' AND number = %s",
            [new, old],
        )
    return Blow(frozenset({"moved", "rewritten"}), first)


def swap_and_forge_the_rest(admin: Admin, dice: random.Random) -> Blow:
    blow = swap_links(admin, dice)
    _forge(admin)
    return Blow(frozenset({"rewritten"}), _anchor_from(blow.number))


def edit_and_forge_the_rest(admin: Admin, dice: random.Random) -> Blow:
    blow = edit("edited", "principal = 'somebody-else'")(admin, dice)
    _forge(admin)
    return Blow(frozenset({"rewritten"}), _anchor_from(blow.number))


def insert_between(admin: Admin, dice: random.Random) -> Blow:
    number = dice.randrange(1, ENTRIES)
    _shift(admin, number, 1)
    _put_in(admin, number + 1)
    return Blow(frozenset({"moved", "rewritten"}), number + 1)


def insert_and_forge_the_rest(admin: Admin, dice: random.Random) -> Blow:
    blow = insert_between(admin, dice)
    _forge(admin)
    return Blow(frozenset({"rewritten"}), _anchor_from(blow.number))


def insert_beside(admin: Admin, dice: random.Random) -> Blow:
    del dice
    _new_entry(admin)
    return Blow(frozenset({"inserted"}), 0)


def cut_tail(admin: Admin, dice: random.Random) -> Blow:
    kept = dice.randrange(0, ENTRIES)
    admin.execute(
        "WITH gone AS (DELETE FROM audit_link WHERE chain = '940' AND number > %s"
        " RETURNING entry_id) DELETE FROM audit_entry"
        " WHERE entry_id IN (SELECT entry_id FROM gone)",
        [kept],
    )
    return Blow(frozenset({"cut"}), kept)


def cut_tail_and_grow_another(admin: Admin, dice: random.Random) -> Blow:
    blow = cut_tail(admin, dice)
    for number in range(blow.number + 1, ENTRIES + 1):
        _put_in(admin, number)
    _forge(admin)
    return Blow(frozenset({"rewritten"}), _anchor_from(blow.number + 1))


def move_to_another_chain(admin: Admin, dice: random.Random) -> Blow:
    [number] = _numbers(dice, 1)
    admin.execute(
        "UPDATE audit_link SET chain = '941', number = 7"
        " WHERE chain = '940' AND number = %s",
        [number],
    )
    return Blow(frozenset({"deleted", "moved", "cut"}), 0)


def _delete(admin: Admin, number: int) -> None:
    admin.execute(
        "WITH gone AS (DELETE FROM audit_link WHERE chain = '940' AND number = %s"
        " RETURNING entry_id) DELETE FROM audit_entry"
        " WHERE entry_id IN (SELECT entry_id FROM gone)",
        [number],
    )


def _shift(admin: Admin, behind: int, by: int) -> None:
    """Renumber, by way of numbers that nobody has: the key is checked row by row."""
    for condition, step in ((behind, 10_000 + by), (10_000, -10_000)):
        admin.execute(
            "UPDATE audit_link SET number = number + %s"
            " WHERE chain = '940' AND number > %s",
            [step, condition],
        )


def _new_entry(admin: Admin) -> UUID:
    with admin.cursor(row_factory=scalar_row) as cursor:
        made: UUID | None = cursor.execute(
            "INSERT INTO audit_entry (la_code, principal, action, target_kind,"
            " target_id, outcome, seal, salt, details) SELECT '940', 'x', 'asset.seen',"
            " 'asset', '1', 'done', sha256('\\x00'::bytea || '{}'::bytea),"
            " '\\x00'::bytea, '{}'"
            " RETURNING entry_id"
        ).fetchone()
    assert made is not None
    return made


def _put_in(admin: Admin, number: int) -> None:
    admin.execute(
        "INSERT INTO audit_link (chain, number, entry_id, digest, hash)"
        " VALUES ('940', %s, %s, sha256('a'), sha256('b'))",
        [number, _new_entry(admin)],
    )


def _forge(admin: Admin) -> None:
    """Reckon every digest and hash anew, as one does who has read the source."""
    with admin.cursor(row_factory=class_row(Hashed)) as cursor:
        entries = cursor.execute(
            "SELECT e.entry_id, e.la_code, e.school_id, e.occurred_at, e.principal,"
            " e.action, e.target_kind, e.target_id, e.outcome, e.trace_id, e.seal"
            " FROM audit_link AS l JOIN audit_entry AS e USING (entry_id)"
            " WHERE l.chain = '940' ORDER BY l.number"
        ).fetchall()
    for link in model.links_after("inventory", {}, entries):
        admin.execute(
            "UPDATE audit_link SET digest = %s, hash = %s WHERE entry_id = %s",
            [link.digest, link.hash, link.entry_id],
        )


def _anchor_from(number: int) -> int:
    return next(at for at in ANCHORED_AT if at >= number)


def keep(admin: Admin) -> None:
    admin.execute("CREATE TEMP TABLE kept_entry AS TABLE audit_entry")
    admin.execute("CREATE TEMP TABLE kept_link AS TABLE audit_link")
    admin.commit()


def undo(admin: Admin) -> None:
    """Put the tables back as they were kept."""
    admin.execute("DELETE FROM audit_entry")
    admin.execute("INSERT INTO audit_entry TABLE kept_entry")
    admin.execute("DELETE FROM audit_link")
    admin.execute("INSERT INTO audit_link TABLE kept_link")
    admin.execute(
        "ALTER TABLE audit_link DROP CONSTRAINT IF EXISTS audit_link_entry_unique,"
        " ADD CONSTRAINT audit_link_entry_unique UNIQUE (entry_id)"
    )
    admin.commit()


WAYS: dict[str, Tamper] = {
    "edit who": edit("edited", "principal = 'somebody-else'"),
    "edit what was done": edit("edited", "action = 'asset.seen'"),
    "edit the target": edit("edited", "target_id = 'another'"),
    "edit the time": edit(
        "edited", "occurred_at = occurred_at - interval '1 millisecond'"
    ),
    "edit the school": edit("edited", "school_id = NULL"),
    "edit the values": edit("values-edited", "details = '{}'"),
    "edit the salt": edit("values-edited", "salt = '\\x00'"),
    "edit and forge the rest": edit_and_forge_the_rest,
    "delete an entry": delete_entry,
    "delete a link": delete_link_only,
    "delete both": delete_link_and_entry,
    "delete and close the gap": delete_and_close_the_gap,
    "delete and forge the rest": delete_and_forge_the_rest,
    "reorder entries": swap_entries,
    "reorder links": swap_links,
    "reorder and forge the rest": swap_and_forge_the_rest,
    "insert between": insert_between,
    "insert and forge the rest": insert_and_forge_the_rest,
    "insert beside": insert_beside,
    "cut the tail": cut_tail,
    "cut the tail and grow another": cut_tail_and_grow_another,
    "move to another chain": move_to_another_chain,
}


def test_five_hundred_are_seeded() -> None:
    assert len(WAYS) * SEEDS >= 500


async def recorded(trail: Trail) -> None:
    """Make a chain of 60 with three anchors, beside those of two others."""
    done = 0
    for upto in ANCHORED_AT:
        entries = [happened(target_id=n) for n in range(done + 1, upto + 1)]
        await trail.record(*entries, happened(la_code="941"), happened(la_code=None))
        await trail.link()
        await trail.anchor()
        done = upto


async def test_an_untouched_trail_is_as_it_was_recorded(trail: Trail) -> None:
    await recorded(trail)

    faults, found = await trail.faults()

    assert faults == []
    assert (found.entries, found.chains, found.anchors) == (ENTRIES + 6, 3, 9)
    assert (found.waiting, found.after_anchor, found.erased) == (0, 0, 0)


@pytest.mark.parametrize("way", WAYS)
async def test_each_tampering_is_found_where_it_was_done(
    trail: Trail, way: str
) -> None:
    await recorded(trail)
    with psycopg.connect(trail.stored.admin) as admin:
        keep(admin)
        for seed in range(SEEDS):
            blow = WAYS[way](admin, random.Random(f"{way} {seed}"))
            admin.commit()
            faults, found = await trail.faults()
            assert faults, f"seed {seed} was not found"
            assert found.faults == len(faults)
            assert blow.kinds & {fault.what for fault in faults}, told(faults)
            where = [f.number for f in faults if f.chain == "940" and f.number]
            assert blow.number == 0 or min(where) == blow.number, told(faults)
            undo(admin)
        faults, _ = await trail.faults()
        assert faults == []
