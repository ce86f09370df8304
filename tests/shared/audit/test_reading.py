"""Who reads the record: an LA's auditors all of it, a leader their school's."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest

from chassis.audit import model, service
from chassis.audit.model import Recorded, Wanted
from chassis.auditing import schemas
from chassis.auth import Access, Actor, Grant
from chassis.paging import PageRequest
from chassis.testing.identities import at_la, at_school
from tests.shared.audit.conftest import SCHOOL, Trail, happened

READING = Access(read=frozenset({"auditor", "leader"}))
ELSEWHERE = UUID(int=8)
AUDITOR, LEADER = at_la("auditor", "940"), at_school("leader", SCHOOL)


async def read(
    trail: Trail, actor: Actor, wanted: Wanted, limit: int = 50
) -> list[Recorded]:
    page = PageRequest(limit, None)
    found = await service.list_entries(trail.app, actor, READING, wanted, page)
    return list(found.items)


async def fill(trail: Trail) -> None:
    await trail.record(
        happened("asset.moved", target_id="here"),
        happened("asset.moved", school_id=ELSEWHERE, target_id="next door"),
        happened("sign-in.succeeded", school_id=None, target_id="whole LA"),
        happened("asset.retired", "941", ELSEWHERE, "far away"),
        happened("sign-in.refused", None, None, "nobody's"),
    )


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (AUDITOR, {"here", "next door", "whole LA"}),
        (LEADER, {"here"}),
        (at_school("staff", SCHOOL), set[str]()),
        (at_la("auditor", "942"), set[str]()),
        (Actor("nobody", "person"), set[str]()),
        (
            Actor("both", "person", (*AUDITOR.grants, Grant("auditor", ("941",)))),
            {"here", "next door", "whole LA", "far away"},
        ),
    ],
    ids=["auditor", "leader", "staff", "another LA's", "nobody", "two LAs'"],
)
async def test_a_reader_sees_the_record_of_their_scope(
    trail: Trail, actor: Actor, seen: set[str]
) -> None:
    await fill(trail)

    found = await read(trail, actor, Wanted())

    assert {entry.target_id for entry in found} == seen


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        (Wanted(action="asset"), {"here", "next door"}),
        (Wanted(action="asset.moved"), {"here", "next door"}),
        (Wanted(action="ass"), set[str]()),
        (Wanted(school_id=SCHOOL), {"here"}),
        (Wanted(target_id="whole LA"), {"whole LA"}),
        (Wanted(principal="owner"), {"here", "next door", "whole LA"}),
        (Wanted(principal="another"), set[str]()),
        (Wanted(outcome="refused"), set[str]()),
        (Wanted(la_code="941"), set[str]()),
    ],
    ids=[
        *("thing", "action", "no action", "school", "target", "principal"),
        *("another", "outcome", "LA"),
    ],
)
async def test_a_listing_is_narrowed(
    trail: Trail, wanted: Wanted, seen: set[str]
) -> None:
    await fill(trail)

    found = await read(trail, AUDITOR, wanted)

    assert {entry.target_id for entry in found} == seen


async def test_pages_lead_through_everything_once_newest_first(trail: Trail) -> None:
    await trail.record(*(happened(target_id=n) for n in range(1, 8)))
    seen: list[str] = []
    after: str | None = None
    while True:
        page = PageRequest(3, after)
        found = await service.list_entries(trail.app, AUDITOR, READING, Wanted(), page)
        seen += [entry.target_id for entry in found.items]
        after = found.next
        if after is None:
            break

    assert seen == [str(n) for n in range(7, 0, -1)]


async def test_days_are_those_of_england(trail: Trail) -> None:
    await trail.record(happened())
    today = datetime.now(UTC).astimezone(model.LONDON).date()

    assert len(await read(trail, AUDITOR, Wanted(from_on=today, to_on=today))) == 1
    assert await read(trail, AUDITOR, Wanted(to_on=today.replace(year=2020))) == []
    assert await read(trail, AUDITOR, Wanted(from_on=today.replace(year=2090))) == []


def test_the_first_id_of_a_day_is_below_all_of_it() -> None:
    summer = datetime(2026, 7, 1, tzinfo=model.LONDON).date()

    first, end = model.ids_of_days(Wanted(from_on=summer, to_on=summer))

    assert first is not None
    assert end is not None
    # Midnight in England is eleven in the evening, UTC.
    assert first.int >> 80 == datetime(2026, 6, 30, 23, tzinfo=UTC).timestamp() * 1000
    assert (end.int - first.int) >> 80 == 24 * 3600 * 1000
    assert first.version == 7


async def test_what_was_erased_or_spoilt_is_shown_without_its_values(
    trail: Trail,
) -> None:
    await trail.record(happened(), happened())
    with psycopg.connect(trail.stored.admin, autocommit=True) as admin:
        admin.execute(
            "UPDATE audit_entry SET details = 'spoilt' WHERE entry_id ="
            " (SELECT entry_id FROM audit_entry ORDER BY entry_id LIMIT 1)"
        )
        admin.execute(
            "UPDATE audit_entry SET salt = NULL, details = NULL WHERE entry_id ="
            " (SELECT entry_id FROM audit_entry ORDER BY entry_id DESC LIMIT 1)"
        )

    erased, spoilt = [schemas.shown(e) for e in await read(trail, AUDITOR, Wanted())]

    assert (erased.before, erased.after, erased.is_erased) == ({}, {}, True)
    assert (spoilt.before, spoilt.after, spoilt.is_erased) == ({}, {}, False)


async def test_an_entry_is_shown_with_what_it_changed(trail: Trail) -> None:
    await trail.record(happened(target_id=uuid4()))

    [entry] = [schemas.shown(e) for e in await read(trail, AUDITOR, Wanted())]

    assert (entry.before, entry.after) == ({"room": "Office"}, {"room": "Suite"})
    assert orjson.dumps(entry.before)
