"""Agreements are written by whose they are, changed as a whole, and ended."""

import asyncio
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.agreements.agreeing import (
    RBC,
    TARGETS,
    agreed,
    day,
    for_all,
    internal,
    of_school,
    said,
    where,
    with_supplier,
)
from tests.servicedesk.world import (
    AUDITOR,
    DESK,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    TEACHER,
    TECHNICIAN,
    Call,
    stored,
    tag_of,
)


async def test_it_is_written_down_and_read_back(by: Call) -> None:
    answer = await by(MANAGER).post("/agreements", json=for_all())

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"].endswith(where(made))
    assert answer.headers["etag"] == '"1"'
    assert (await by(TECHNICIAN).get(where(made))).json() == made
    names = ("kind", "holder", "school_urn", "supplier", "state", "renews")
    assert [made[name] for name in names] == [
        *("school", "authority", None, None, "in-force", "none")
    ]
    assert made["targets"] == [TARGETS[0], {**TARGETS[1], "update_minutes": None}]


async def test_a_suppliers_keeps_with_whom_it_is(by: Call) -> None:
    body = with_supplier(is_managed_service=True, ends_on=day(200), notice_days=90)

    made = await agreed(by(MANAGER), body)

    assert made["supplier"] == RBC
    assert made["is_managed_service"] is True
    assert (made["next_end_on"], made["notice_on"]) == (day(200), day(110))


async def test_a_repeat_with_the_same_key_adds_one(by: Call) -> None:
    key = {"idempotency-key": str(uuid4())}
    body = for_all()

    one = await by(MANAGER).post("/agreements", json=body, headers=key)
    two = await by(MANAGER).post("/agreements", json=body, headers=key)

    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json() == two.json()
    assert (await by(MANAGER).get("/agreements/count")).json()["count"] == 1


async def test_it_is_written_anew_as_a_whole(by: Call, rows: ServiceDatabase) -> None:
    made = await agreed(by(LEADER), internal(service_credit="Cake"))
    new = said(name="Two technicians", targets=TARGETS[:1])

    changed = await by(TECHNICIAN).put(where(made), json=new, headers=tag_of(1))
    stale = await by(TECHNICIAN).put(where(made), json=new, headers=tag_of(1))
    same = await by(TECHNICIAN).put(where(made), json=new, headers=tag_of(2))

    assert changed.status_code == 200, changed.text
    told = changed.json()
    assert (told["name"], told["service_credit"], told["version"]) == (
        *("Two technicians", "", 2),
    )
    assert [each["priority"] for each in told["targets"]] == [1]
    assert (stale.status_code, same.json()) == (412, told)
    assert stored(
        rows,
        "SELECT action, details::jsonb -> 'before' ->> 'name',"
        " details::jsonb -> 'before' -> 'fix_minutes' FROM audit_entry"
        " ORDER BY entry_id",
    ) == [
        ("agreement.added", None, None),
        ("agreement.changed", "Our own technician", [240, None, 1440, None]),
    ]


async def test_it_ends_and_renews_no_more(by: Call) -> None:
    made = await agreed(
        by(MANAGER), for_all(ends_on=day(100), renews="yearly", notice_days=30)
    )
    end = f"{where(made)}/end"

    early = await by(MANAGER).post(end, json={"ends_on": day(-2)}, headers=tag_of(1))
    ended = await by(MANAGER).post(end, json={"ends_on": day(7)}, headers=tag_of(1))
    later = await by(MANAGER).post(end, json={"ends_on": day(8)}, headers=tag_of(2))

    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (
        *(422, "/ends_on"),
    )
    told = ended.json()
    names = ("ends_on", "next_end_on", "renews", "notice_on", "state", "version")
    assert [told[name] for name in names] == [
        *(day(7), day(7), "none", None, "in-force", 2)
    ]
    assert later.status_code == 422


async def test_what_has_ended_ends_no_more(by: Call) -> None:
    made = await agreed(by(MANAGER), for_all(ends_on=day(-2)))

    answer = await by(MANAGER).post(
        f"{where(made)}/end", json={"ends_on": day(7)}, headers=tag_of(1)
    )

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#agreement-ended")


@pytest.mark.parametrize(
    ("actor", "body", "status"),
    [
        (MANAGER, for_all(), 201),
        (MANAGER, for_all(la_code=None, school_urn=HERE.urn), 201),
        (MANAGER, with_supplier(), 201),
        (MANAGER, of_school(), 201),
        (MANAGER, internal(), 403),
        (DESK, for_all(), 403),
        (AUDITOR, with_supplier(), 403),
        (TECHNICIAN, internal(), 201),
        (LEADER, of_school(), 201),
        (LEADER, for_all(la_code=None, school_urn=HERE.urn), 403),
        (TECHNICIAN, for_all(), 404),
        (TECHNICIAN, with_supplier(), 404),
        (TEACHER, internal(), 404),
        (OTHER_TECHNICIAN, internal(), 404),
        (MANAGER, for_all(la_code=FAR_AWAY.la_code), 404),
        (MANAGER, of_school(school_urn=FAR_AWAY.urn), 404),
        (MANAGER, for_all(school_urn=HERE.urn), 422),
        (MANAGER, for_all(la_code=None), 422),
        (MANAGER, internal(school_urn=None, la_code="940"), 422),
    ],
    ids=lambda value: getattr(value, "principal", ""),
)
async def test_who_writes_what(
    by: Call, actor: Any, body: dict[str, Any], status: int
) -> None:
    answer = await by(actor).post("/agreements", json=body)
    assert answer.status_code == status, answer.text


async def test_nobody_changes_what_others_agreed(by: Call) -> None:
    las = await agreed(by(MANAGER), of_school())
    schools = await agreed(by(LEADER), of_school())

    assert (las["holder"], schools["holder"]) == ("authority", "school")
    for actor, made in ((LEADER, las), (MANAGER, schools), (DESK, las)):
        new = said(supplier=RBC)
        put = await by(actor).put(where(made), json=new, headers=tag_of(1))
        ended = await by(actor).post(
            f"{where(made)}/end", json={"ends_on": day(1)}, headers=tag_of(1)
        )
        assert (put.status_code, ended.status_code) == (403, 403)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (for_all(), for_all(), 409),
        (for_all(ends_on=day(10)), for_all(starts_on=day(10)), 409),
        (for_all(ends_on=day(10)), for_all(starts_on=day(11)), 201),
        (for_all(ends_on=day(10), renews="yearly"), for_all(starts_on=day(900)), 409),
        (for_all(), for_all(la_code=None, school_urn=HERE.urn), 201),
        (with_supplier(), with_supplier(), 201),
    ],
)
async def test_two_promise_the_same_on_no_day(
    by: Call, first: dict[str, Any], second: dict[str, Any], status: int
) -> None:
    made = await agreed(by(MANAGER), first)

    answer = await by(MANAGER).post("/agreements", json=second)

    assert answer.status_code == status, answer.text
    if status == 409:
        told = answer.json()
        assert told["type"].endswith("#agreement-overlaps")
        assert (told["agreement_id"], told["name"]) == (
            *(made["agreement_id"], made["name"]),
        )


async def test_a_change_keeps_apart_as_well(by: Call) -> None:
    await agreed(by(MANAGER), for_all(ends_on=day(10)))
    later = await agreed(by(MANAGER), for_all(starts_on=day(11)))

    new = said(starts_on=day(10))
    answer = await by(MANAGER).put(where(later), json=new, headers=tag_of(1))

    assert answer.status_code == 409


async def test_of_many_at_once_one_is_written_and_named(by: Call) -> None:
    client = by(MANAGER)
    answers = await asyncio.gather(
        *(client.post("/agreements", json=for_all()) for _ in range(8))
    )

    made = [each.json() for each in answers if each.status_code == 201]
    others = [each.json() for each in answers if each.status_code == 409]

    assert (len(made), len(others)) == (1, 7)
    assert {each["agreement_id"] for each in others} == {made[0]["agreement_id"]}


async def test_the_database_keeps_apart_what_goes_round_the_use_case(
    by: Call, rows: ServiceDatabase
) -> None:
    await agreed(by(MANAGER), for_all())
    again = (
        "INSERT INTO agreement (la_code, kind, holder, name, starts_on, renews,"
        " service_credit, is_managed_service, response_minutes, update_minutes,"
        " fix_minutes) SELECT la_code, kind, holder, name, '2100-01-01', renews,"
        " service_credit, is_managed_service, response_minutes, update_minutes,"
        " fix_minutes FROM agreement"
    )

    with (
        psycopg.connect(rows.admin) as admin,
        pytest.raises(psycopg.errors.ExclusionViolation, match="agreement_apart"),
    ):
        admin.execute(again.encode())


async def test_what_cannot_be_is_told_by_its_place(by: Call) -> None:
    body = for_all(
        ends_on=day(-101),
        targets=[{"priority": 2, "response_minutes": 9, "fix_minutes": 8}],
    )

    answer = await by(MANAGER).post("/agreements", json=body)

    assert answer.status_code == 422
    told = answer.json()
    assert told["type"].endswith("#agreement-impossible")
    assert [each["pointer"] for each in told["errors"]] == [
        *("/ends_on", "/targets/0/response_minutes")
    ]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (for_all(targets=[{"priority": 5}]), "/targets/0/priority"),
        (
            for_all(targets=[{"priority": 1, "fix_minutes": 0}]),
            "/targets/0/fix_minutes",
        ),
        (
            for_all(targets=[{"priority": 1, "fix_minutes": 100_001}]),
            "/targets/0/fix_minutes",
        ),
        (for_all(notice_days=0), "/notice_days"),
        (for_all(renews="monthly"), "/renews"),
        (for_all(kind="verbal"), "/kind"),
        (for_all(starts_on="soon"), "/starts_on"),
    ],
)
async def test_what_is_no_agreement_at_all_is_told_so(
    by: Call, body: dict[str, Any], pointer: str
) -> None:
    answer = await by(MANAGER).post("/agreements", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_school_takes_along_what_was_promised_to_it(
    by: Call, rows: ServiceDatabase
) -> None:
    one = for_all(la_code=None, school_urn=NEXT_DOOR.urn)
    made = await agreed(by(MANAGER), one)

    with psycopg.connect(rows.admin) as admin:
        admin.execute(
            "UPDATE school SET la_code = '941' WHERE school_id = %s",
            [NEXT_DOOR.school_id],
        )

    assert (await by(MANAGER).get(where(made))).status_code == 404
    told = (await by(OTHER_TECHNICIAN).get(where(made))).json()
    assert told["la_code"] == "941"
