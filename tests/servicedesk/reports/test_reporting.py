"""A service report says what an independent count of the same tickets says."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.clocks.promising import agreed
from tests.servicedesk.world import (
    DESK,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    RBC,
    TEACHER,
    TECHNICIAN,
    Call,
    fault,
    opened,
    taken,
)

LONDON = ZoneInfo("Europe/London")
TERM = {"first": "2025-03-03", "last": "2025-04-04"}
"""In it the clocks of England go forward."""
BEGINS = datetime(2025, 3, 3, tzinfo=LONDON)
ENDS = datetime(2025, 4, 5, tzinfo=LONDON)
TODAY = datetime.now(UTC).date()
NOW = {"first": str(TODAY - timedelta(2)), "last": str(TODAY + timedelta(2))}


def past(chance: random.Random) -> dict[str, Any]:
    """A ticket about the term: before it, in it or after it, settled or not."""
    opened_at = BEGINS + timedelta(minutes=chance.randrange(-20_000, 60_000))
    told = fault(
        school_urn=chance.choice([HERE.urn, NEXT_DOOR.urn, FAR_AWAY.urn]),
        kind=chance.choice(["incident", "request"]),
        impact=chance.choice(["low", "high"]),
        urgency=chance.choice(["low", "high"]),
        opened_at=opened_at.isoformat(),
    )
    match chance.randrange(3):
        case 0:
            took = timedelta(minutes=chance.randrange(5, 30_000))
            return told | {"resolved_at": (opened_at + took).isoformat()}
        case 1:
            took = timedelta(minutes=chance.randrange(5, 30_000))
            return told | {"closed_at": (opened_at + took).isoformat()}
        case _:
            return told


def within(moment: str | None) -> bool:
    return moment is not None and BEGINS <= datetime.fromisoformat(moment) < ENDS


def seconds(ticket: dict[str, Any]) -> float:
    begun, done = (ticket[name] for name in ("opened_at", "resolved_at"))
    took = datetime.fromisoformat(done) - datetime.fromisoformat(begun)
    return took.total_seconds()


def share(took: list[float], part: float) -> Any:
    """So long it took at most for a part of them, between two where none is there."""
    if not took:
        return None
    place = part * (len(took) - 1)
    below = sorted(took)[int(place) :][:2]
    return pytest.approx(below[0] + (below[-1] - below[0]) * (place % 1), abs=1)


async def report(by: Call, actor: Actor, **asked: Any) -> dict[str, Any]:
    answer = await by(actor).get("/reports/service", params=TERM | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_it_counts_as_one_counts_by_hand(by: Call) -> None:
    chance = random.Random(20250303)
    items = [past(chance) for _ in range(120)]
    made = await by(RBC).post("/tickets/bulk", json={"items": items})
    assert made.status_code == 201, made.text
    tickets = [
        (await by(RBC).get(f"/tickets/{each['ticket_id']}")).json()
        for each in made.json()["items"]
        if each["school_urn"] != FAR_AWAY.urn
    ]

    told = await report(by, MANAGER, la_code="940")

    by_line: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    by_school: defaultdict[int, Counter[str]] = defaultdict(Counter)
    took: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for each in tickets:
        line = (each["kind"], each["priority"])
        settled = each["status"] in {"resolved", "closed"}
        begun = datetime.fromisoformat(each["opened_at"]) < ENDS
        facts = {
            "opened": within(each["opened_at"]),
            "settled": within(each["resolved_at"]),
            "under_way": not settled and begun,
        }
        by_school[each["school_urn"]].update(facts)
        withdrawn = settled and each["resolved_at"] is None
        facts["withdrawn"] = withdrawn and within(each["changed_at"])
        by_line[line].update(facts)
        if facts["settled"]:
            took[line].append(seconds(each))
    some = {line for line, facts in by_line.items() if facts.total()}
    assert {(e["kind"], e["priority"]) for e in told["tickets"]} == some
    for line in told["tickets"]:
        which = (line["kind"], line["priority"])
        counted = {k: line[k] for k in ("opened", "settled", "withdrawn", "under_way")}
        assert counted == dict(by_line[which]), which
        assert line["median_seconds"] == share(took[which], 0.5)
        assert line["slowest_seconds"] == share(took[which], 0.9)
    assert {each["school_urn"] for each in told["schools"]} == by_school.keys()
    for each in told["schools"]:
        counted = {k: each[k] for k in ("opened", "settled", "under_way")}
        assert counted == dict(by_school[each["school_urn"]])
    assert sum(line["withdrawn"] for line in told["tickets"]) > 0


async def test_a_day_ends_at_midnight_in_england(by: Call) -> None:
    # In summer time, an hour before it ends in UTC.
    late = datetime(2025, 4, 4, 23, 30, tzinfo=LONDON).isoformat()
    after = datetime(2025, 4, 5, 0, 30, tzinfo=LONDON).isoformat()
    items = [fault(opened_at=late), fault(opened_at=after)]
    made = await by(RBC).post("/tickets/bulk", json={"items": items})
    assert made.status_code == 201, made.text

    [line] = (await report(by, MANAGER, school=HERE.urn))["tickets"]

    assert line["opened"] == 1


async def test_what_is_opened_again_is_told(by: Call) -> None:
    ticket = await opened(by(TEACHER))
    ticket = await taken(by(DESK), ticket, "resolve", "reopen", "resolve", "reopen")

    [line] = (await report(by, MANAGER, **NOW))["tickets"]

    assert (line["reopened"], line["settled"], line["under_way"]) == (2, 0, 1)
    assert line["median_seconds"] is None


async def test_promises_kept_and_missed_are_told_by_party(
    by: Call, rows: ServiceDatabase
) -> None:
    await agreed(by)
    for responded, fixed in ((60, 28800), (None, 28801), (None, None)):
        ticket = await taken(by(DESK), await opened(by(TEACHER)), "resolve")
        with psycopg.connect(rows.admin) as admin:
            admin.execute(
                "UPDATE ticket_promise SET responded_in = %s, fixed_in = %s"
                " WHERE ticket_id = %s",
                [responded, fixed, ticket["ticket_id"]],
            )

    told = await report(by, MANAGER, **NOW, la_code="940")

    # Of the third nothing could be counted, as where no terms are written.
    assert told["promises"] == [
        {"party": "la", "measure": "response", "kept": 1, "missed": 0},
        {"party": "la", "measure": "fix", "kept": 1, "missed": 1},
    ]
    [here] = told["schools"]
    assert (here["kept"], here["missed"], here["settled"]) == (2, 1, 3)


async def test_time_and_what_people_say_are_part_of_it(by: Call) -> None:
    ticket = await taken(by(DESK), await opened(by(TEACHER)), "resolve")
    where = f"/tickets/{ticket['ticket_id']}"
    worked = {"minutes": 45, "worked_on": str(TODAY), "kind": "proactive"}
    assert (await by(DESK).post(f"{where}/time", json=worked)).status_code == 201
    await by(TEACHER).put(f"{where}/satisfaction", json={"score": "fair"})
    await by(DESK).put(f"{where}/obstacles", json={"obstacles": ["time", "kit"]})

    told = await report(by, LEADER, **NOW)

    assert told["time"] == [{"kind": "proactive", "minutes": 45}]
    assert told["scores"] == {"good": 0, "fair": 1, "poor": 0}
    assert told["obstacles"] == [
        {"obstacle": "kit", "tickets": 1},
        {"obstacle": "time", "tickets": 1},
    ]


async def test_nobody_reads_of_more_than_their_scope(by: Call) -> None:
    await opened(by(TEACHER))
    await opened(by(OTHER_TECHNICIAN), school_urn=NEXT_DOOR.urn)

    here = await report(by, TECHNICIAN, **NOW)
    assert [each["school_urn"] for each in here["schools"]] == [HERE.urn]
    none = await report(by, TEACHER, **NOW)
    assert (none["tickets"], none["schools"]) == ([], [])
    asked = TERM | {"school": FAR_AWAY.urn}
    refused = await by(MANAGER).get("/reports/service", params=asked)
    assert refused.status_code == 404


@pytest.mark.parametrize("last", ["2025-03-02", "2026-04-07"])
async def test_there_is_no_report_of_no_days_or_too_many(by: Call, last: str) -> None:
    asked = TERM | {"last": last}

    refused = await by(MANAGER).get("/reports/service", params=asked)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/last"
