"""Imports as they are kept, applied, refused and said."""

from typing import Any

import pytest

from chassis import auth, errors
from chassis.auth import Actor, Grant
from gateway.clients import sandbox
from gateway.register import service
from gateway.register.model import imports
from tests.gateway.register.conftest import Desk
from tests.gateway.register.files import links_text, row, text

MANAGER = Actor("manager", "person", (Grant("la-manager", ("940",)),))


async def test_a_preview_changes_nothing_and_applying_says_every_school(
    desk: Desk,
) -> None:
    found = await desk.preview(text(row(), row(140002), row(12)))

    assert found.state == "previewed"
    assert (found.counts["new"], found.counts["faults"]) == (2, 1)
    assert desk.asked("SELECT count(*) FROM school") == [(0,)]
    assert await desk.apply(found) == 2
    assert desk.asked("SELECT count(*) FROM outbox") == [(2,)]
    assert set(desk.ids()) == {140001, 140002}


async def test_what_is_said_of_a_school_has_its_place_its_size_and_its_trust(
    desk: Desk,
) -> None:
    told: dict[str, Any] = {
        "TypeOfEstablishment (name)": "Academy converter",
        "SchoolCapacity": 420,
        "StatutoryLowAge": 4,
        "StatutoryHighAge": 11,
        "Trusts (name)": "Ash Trust",
        "DistrictAdministrative (name)": "North Ashire",
        "Easting": 475300,
        "Northing": 260400,
    }

    await desk.bring(text(row(**told)))

    [(said,)] = desk.asked("SELECT data FROM outbox")
    expected = {
        "establishment_type": "Academy converter",
        "capacity": 420,
        "low_age": 4,
        "high_age": 11,
        "trust": "Ash Trust",
        "federation": None,
        "district": "North Ashire",
        "easting": 475300,
        "northing": 260400,
    }
    assert {name: said[name] for name in expected} == expected


async def test_the_same_file_again_says_nothing(desk: Desk) -> None:
    content = text(row(), row(140002, status="Closed"))
    await desk.bring(content)

    again = await desk.preview(content)

    assert (again.counts["total"], again.counts["unchanged"]) == (0, 2)
    assert await desk.apply(again) == 0


async def test_a_conversion_keeps_id_and_history_and_answers_to_both_urns(
    desk: Desk,
) -> None:
    await desk.bring(text(row()))
    before = desk.ids()[140001]
    rows = text(row(status="Closed"), row(140002, number="4002", name="Ash Academy"))
    links = links_text((140002, 140001, "Predecessor", "01-09-2024"))

    await desk.bring(rows, links)

    assert desk.ids() == {140001: before, 140002: before}
    assert desk.asked("SELECT urn, name, laestab FROM school") == [
        (140002, "Ash Academy", "9284002")
    ]
    assert desk.asked("SELECT urn, name, reason FROM school_past") == [
        (140001, "Ash Primary School", "conversion")
    ]
    again = await desk.preview(rows, links)
    assert again.counts["total"] == 0


async def test_a_merger_that_is_read_twice_changes_nothing(desk: Desk) -> None:
    await desk.bring(text(row(140001, pupils=90), row(140002, pupils=300)))
    rows = text(row(140001, status="Closed"), row(140002))
    links = links_text((140001, 140002, "Successor - merged", "01-09-2024"))

    found = await desk.bring(rows, links)
    again = await desk.preview(rows, links)

    assert found.counts["merged"] == 1
    assert again.counts["total"] == 0
    assert desk.asked("SELECT count(*) FROM school_link") == [(2,)]


async def test_a_reorganised_authority_keeps_ids_and_school_roles(desk: Desk) -> None:
    await desk.bring(text(row(), row(140002)))
    before = desk.ids()
    desk.asked(
        "INSERT INTO assignment (la_code, school_id, principal, role, from_on)"
        " SELECT la_code, school_id, 'someone', 'school-leader', date '2020-01-01'"
        " FROM school UNION ALL"
        " SELECT '928', NULL, 'boss', 'la-manager', date '2020-01-01' RETURNING 1"
    )

    found = await desk.bring(text(row(la="940"), row(140002, la="941")))

    assert desk.ids() == before
    assert found.ended_roles == [{"la_code": "928", "role": "la-manager", "holders": 1}]
    held = desk.asked("SELECT la_code, role FROM assignment ORDER BY la_code")
    assert held == [
        ("928", "la-manager"),
        ("940", "school-leader"),
        ("941", "school-leader"),
    ]
    assert desk.asked("SELECT DISTINCT la_code FROM school_identity ORDER BY 1") == [
        ("940",),
        ("941",),
    ]


async def test_both_authorities_hear_of_a_school_that_passes_from_one_to_the_other(
    desk: Desk,
) -> None:
    await desk.bring(text(row(), row(140002)))

    await desk.bring(text(row(la="940"), row(140002)))

    said = desk.asked(
        "SELECT subject, entity_version, data ->> 'la_name', data ->> 'to_la_code'"
        " FROM outbox ORDER BY id OFFSET 2"
    )
    assert said == [
        (
            "joinedup.gateway.departure.recorded.v1.928",
            2,
            "Northamptonshire",
            "940",
        ),
        (
            "joinedup.gateway.school.recorded.v1.940",
            2,
            "North Northamptonshire",
            None,
        ),
    ]


async def test_a_conversion_says_the_earlier_urn(desk: Desk) -> None:
    await desk.bring(text(row()))
    rows = text(row(status="Closed"), row(140002, number="4002"))

    await desk.bring(rows, links_text((140002, 140001, "Predecessor", "01-09-2024")))

    said = "SELECT data -> 'urn', data -> 'earlier_urns' FROM outbox ORDER BY id"
    assert desk.asked(said) == [(140001, []), (140002, [140001])]


async def test_a_preview_that_the_register_overtook_is_refused(desk: Desk) -> None:
    await desk.bring(text(row()))
    found = await desk.preview(text(row(name="Elm")))
    desk.asked("UPDATE school SET version = version + 1 RETURNING 1")

    with pytest.raises(imports.RegisterChanged):
        await desk.apply(found)

    assert desk.asked("SELECT name FROM school") == [("Ash Primary School",)]


async def test_what_is_unlikely_is_applied_only_when_it_is_overridden(
    desk: Desk,
) -> None:
    await desk.bring(text(*(row(140001 + n) for n in range(9))), name="20240617.csv")
    older = await desk.preview(text(row()), name="20240101.csv")

    with pytest.raises(imports.RegisterImplausible) as refused:
        await desk.apply(older, ["row-count"])

    names = [concern["name"] for concern in refused.value.members["concerns"]]  # type: ignore[union-attr]
    assert names == ["older-file"]
    assert await desk.apply(older, ["row-count", "older-file"]) == 0


async def test_a_file_is_held_against_the_last_one_though_an_authority_has_come(
    desk: Desk,
) -> None:
    await desk.bring(text(*(row(140001 + n) for n in range(9))), name="20240617.csv")
    desk.asked(
        "INSERT INTO local_authority (la_code, name, region_code)"
        " SELECT '989', 'A new one', region_code FROM region LIMIT 1 RETURNING 1"
    )

    older = await desk.preview(text(row()), name="20240101.csv")

    assert [each["name"] for each in older.concerns] == ["row-count", "older-file"]


async def test_a_file_of_england_is_not_held_against_one_of_an_authority(
    desk: Desk,
) -> None:
    one = text(row(140001, la="940"))
    await desk.bring(one, actor=MANAGER, name="20240617.csv")

    of_england = await desk.preview(
        text(*(row(140001 + n) for n in range(9))), name="20240101.csv"
    )

    assert of_england.concerns == []


async def test_the_register_has_nothing_to_say_of_the_sandbox_schools(
    desk: Desk,
) -> None:
    await sandbox.ensure_school(desk.database, "940")

    found = await desk.preview(text(row()))

    assert found.counts["absent"] == 0


async def test_a_manager_changes_the_schools_of_their_own_authority_only(
    desk: Desk,
) -> None:
    rows = [row(140001, la="940"), row(140002, la="941"), row(140003, la="940")]
    await desk.bring(text(*rows))
    changed = [
        row(140001, la="940", name="Mine"),
        row(140002, la="941", name="Theirs"),
        row(140003, la="941"),
        row(140004, la="941"),
    ]

    found = await desk.bring(text(*changed), actor=MANAGER)

    assert found.la_code == "940"
    assert found.left_out == {"outside-your-authorities": 2, "crosses-border": 1}
    assert desk.asked("SELECT urn, la_code, name FROM school ORDER BY urn") == [
        (140001, "940", "Mine"),
        (140002, "941", "Ash Primary School"),
        (140003, "940", "Ash Primary School"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        Actor("neighbour", "person", (Grant("la-manager", ("941",)),)),
        Actor("technician", "person", (Grant("la-technician", ("940",)),)),
    ],
    ids=["another authority", "another role"],
)
async def test_an_import_is_not_there_for_others(desk: Desk, other: Actor) -> None:
    found = await desk.preview(text(row(la="940")), actor=MANAGER)

    mine = await service.get_import(desk.database, MANAGER, found.import_id)
    assert mine == found
    with pytest.raises(imports.ImportNotFound):
        await service.get_import(desk.database, other, found.import_id)


async def test_an_import_can_be_given_up_once(desk: Desk) -> None:
    found = await desk.preview(text(row(la="940")), actor=MANAGER)

    with pytest.raises(errors.Stale):
        await service.cancel_import(desk.database, MANAGER, found.import_id, 1)
    gone = await service.cancel_import(
        desk.database, MANAGER, found.import_id, found.version
    )

    assert gone.state == "cancelled"
    with pytest.raises(imports.ImportNotReady):
        await desk.apply(found)


async def test_a_file_that_cannot_be_read_fails_its_import_with_the_reason(
    desk: Desk,
) -> None:
    with pytest.raises(errors.Invalid):
        await desk.preview(b"%PDF-1.7")

    assert desk.asked("SELECT state, problem FROM school_import") == [
        ("failed", "The file is a PDF document")
    ]


async def test_an_import_that_is_cut_off_leaves_nothing_half_done(desk: Desk) -> None:
    found = await desk.preview(text(*(row(140001 + n) for n in range(2500))))

    async def cut(done: int, total: int | None, note: str) -> None:
        del total, note
        if done:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await service.apply_import(desk.database, found, (), cut)

    left = (
        "SELECT (SELECT count(*) FROM school), (SELECT count(*) FROM school_identity),"
        " (SELECT count(*) FROM outbox)"
    )
    assert desk.asked(left) == [(0, 0, 0)]
    assert await desk.apply(found) == 2500


def test_nobody_imports_who_holds_no_authority() -> None:
    with pytest.raises(errors.Forbidden):
        service.scope_of(Actor("x", "person", (Grant("la-technician", ("940",)),)))
    assert service.scope_of(auth.service_actor("gateway", ["940"])) == ["940"]
