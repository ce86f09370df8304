"""Whose record goes on: conversions, mergers, splits, moves and borders."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from gateway.register.model import comparing, links, plausibility, reading
from gateway.register.model.comparing import Comparison, Scope
from gateway.register.model.facts import Known
from gateway.register.model.plausibility import Before
from gateway.register.model.succession import Held
from tests.gateway.register.files import links_text, row, text

TODAY = date(2026, 9, 1)
COUNTY = Scope(frozenset({"928", "940", "941"}))
NOTHING = Held({}, {})


def compared(
    *rows: dict[str, Any],
    held: Held = NOTHING,
    tied: Iterable[tuple[int, int, str, str]] = (),
    scope: Scope = COUNTY,
) -> Comparison:
    followed = links.read(links_text(*tied)) if tied else links.NONE
    return comparing.compare(reading.read(text(*rows)), followed, held, scope, TODAY)


def held(*rows: dict[str, Any]) -> Held:
    """What the directory has once these rows were imported."""
    return Held(
        {
            change.urn: Known(**asdict(change.facts), school_id=uuid4(), version=1)
            for change in compared(*rows).changes
            if change.facts
        },
        {},
    )


def ids(before: Held) -> dict[int, UUID]:
    return {urn: known.school_id for urn, known in before.schools.items()}


def kinds(found: Comparison) -> dict[int, str]:
    return {change.urn: change.kind for change in found.changes}


def test_the_same_file_again_changes_nothing() -> None:
    rows = [row(), row(140002, status="Closed")]

    found = compared(*rows, held=held(*rows))

    assert (found.changes, found.unchanged) == ([], 2)


def test_a_change_is_told_field_by_field() -> None:
    found = compared(row(name="Elm School", pupils=""), held=held(row()))

    (change,) = found.changes
    told = {d.field: (d.before, d.after) for d in change.differences}
    assert told == {
        "name": ("Ash Primary School", "Elm School"),
        "pupils": (210, None),
    }
    assert [(p.name, p.reason) for p in change.past] == [
        ("Ash Primary School", "renamed")
    ]


def test_a_column_that_is_missing_leaves_what_is_stored() -> None:
    less = {k: v for k, v in row().items() if k not in {"NumberOfPupils", "Postcode"}}

    assert compared(less, held=held(row())).changes == []


def test_a_conversion_keeps_the_id_through_any_number_of_urns() -> None:
    before = held(row(140001))
    rows = [row(140001, status="Closed"), row(140002, status="Closed"), row(140003)]
    tied = [
        (140001, 140002, "Successor", "01-09-2022"),
        (140003, 140002, "Predecessor", "01-09-2024"),
    ]

    (change,) = compared(*rows, held=before, tied=tied).changes

    assert (change.kind, change.urn) == ("converted", 140003)
    assert change.school_id == ids(before)[140001]
    dated = [(i.urn, i.to_on) for i in change.identities]
    assert dated == [
        (140003, None),
        (140002, date(2024, 9, 1)),
        (140001, date(2022, 9, 1)),
    ]


def test_a_predecessor_that_is_still_open_hands_nothing_over() -> None:
    before = held(row(140001))
    tied = [(140001, 140002, "Successor", "01-09-2022")]

    found = compared(row(140001), row(140002), held=before, tied=tied)
    waiting = compared(
        row(140001), row(140002, status="Proposed to open"), held=before, tied=tied
    )

    assert kinds(found)[140002] == "new"
    assert waiting.left_out == {"opens-as-a-successor": 1}


def test_a_link_across_the_country_hands_nothing_over() -> None:
    before = held(row(140001))
    tied = [(140001, 140002, "Successor", "01-09-2022")]
    rows = [row(140001, status="Closed"), row(140002, la="204")]
    england = Scope(frozenset({"928", "204"}))

    found = compared(*rows, held=before, tied=tied, scope=england)

    assert kinds(found) == {140001: "merged", 140002: "new"}


def test_an_authority_that_was_divided_is_no_border_to_a_conversion() -> None:
    before = held(row(140001))
    tied = [(140001, 140002, "Successor", "01-09-2022")]
    rows = [row(140001, status="Closed"), row(140002, la="941")]

    (change,) = compared(*rows, held=before, tied=tied).changes

    assert (change.kind, change.school_id) == ("converted", ids(before)[140001])


def test_a_successor_of_untold_phase_has_its_predecessors() -> None:
    rows = [row(140001, status="Closed"), row(140002, phase="Not applicable")]
    tied = [(140001, 140002, "Successor", "01-09-2022")]

    (change,) = compared(*rows, tied=tied).changes

    assert change.facts is not None
    assert (change.urn, change.facts.phase) == (140002, "primary")


def test_the_largest_goes_on_in_a_merger_and_the_others_point_at_it() -> None:
    before = held(row(140001, pupils=90), row(140002, pupils=300))
    rows = [row(140001, status="Closed"), row(140002, status="Closed"), row(140003)]
    tied = [
        (140003, 140001, "Predecessor - merged", "01-09-2024"),
        (140003, 140002, "Predecessor - merged", "01-09-2024"),
    ]
    del rows[0]["NumberOfPupils"], rows[1]["NumberOfPupils"], rows[2]["NumberOfPupils"]

    found = compared(*rows, held=before, tied=tied)

    assert kinds(found) == {140001: "merged", 140003: "converted"}
    goes_on = next(c for c in found.changes if c.urn == 140003)
    assert goes_on.school_id == ids(before)[140002]
    closes = next(c for c in found.changes if c.urn == 140001)
    assert [(r.other_urn, r.relation) for r in closes.relations] == [
        (140003, "successor")
    ]


def test_of_a_split_the_one_on_the_same_site_goes_on() -> None:
    before = held(row(140001, postcode="NN9 9ZZ"))
    rows = [
        row(140001, status="Closed", postcode="NN9 9ZZ"),
        row(140002),
        row(140003, postcode="NN9 9ZZ"),
    ]
    tied = [
        (140001, 140002, "Successor - Split School", "01-09-2023"),
        (140001, 140003, "Successor - Split School", "01-09-2023"),
    ]

    found = compared(*rows, held=before, tied=tied)

    assert kinds(found) == {140002: "new", 140003: "converted"}


def test_a_reorganised_authority_takes_its_schools_with_it() -> None:
    before = held(row())

    (change,) = compared(row(la="941"), held=before).changes

    assert (change.kind, change.old_la_code) == ("moved", "928")
    assert change.school_id == ids(before)[140001]
    (past,) = change.past
    assert (past.laestab, past.until_on) == ("9282001", date(2021, 4, 1))


def test_a_move_over_the_border_is_told_and_not_done() -> None:
    before = held(row(), row(140002), row(140003, la="941"))
    mine = Scope(frozenset({"928"}))

    found = compared(
        row(la="941"), row(140002), row(140003, la="941"), held=before, scope=mine
    )

    assert kinds(found) == {140001: "crosses-border"}
    assert found.changes[0].facts is None
    assert found.left_out == {"crosses-border": 1, "outside-your-authorities": 1}


def test_links_in_a_circle_end() -> None:
    rows = [row(140001, status="Closed"), row(140002, status="Closed")]
    tied = [
        (140001, 140002, "Successor", "01-09-2022"),
        (140002, 140001, "Successor", "01-09-2023"),
    ]

    assert set(kinds(compared(*rows, tied=tied))) == {140001, 140002}


def test_what_is_unlikely_is_told_by_name() -> None:
    rows = [row(140001 + n) for n in range(20)]
    changed = [
        *(row(140001 + n, status="Closed") for n in range(3)),
        *(row(140004 + n, name="Other") for n in range(4)),
        *(row(140008 + n, la="940") for n in range(13)),
    ]
    found = compared(*changed, held=held(*rows))

    told = plausibility.concerns(
        20, date(2024, 1, 1), found, Before(30, date(2024, 2, 1))
    )

    assert {concern.name for concern in told} == set(plausibility.NAMES)
