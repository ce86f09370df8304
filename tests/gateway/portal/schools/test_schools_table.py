"""The table of an LA's schools: in any order, filtered, cut into pages, no row lost."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gateway.directory.model import School
from gateway.portal.schools import model
from gateway.portal.tables import model as tables

VALUES: dict[str, Any] = dict.fromkeys(School.__slots__) | {
    "school_id": UUID(int=1),
    "urn": 140001,
    "name": "Abbey",
    "phase": "primary",
    "status": "open",
    "pupils": 210,
    "district": "Corby",
}
ABBEY = School(**VALUES)
SCHOOLS = [
    ABBEY,
    replace(ABBEY, urn=140002, name="brook", pupils=None, phase="special"),
    replace(ABBEY, urn=140003, name="Clay", pupils=90, status="closed"),
    replace(ABBEY, urn=140004, name="Dale", pupils=30, district="Kettering"),
    replace(ABBEY, urn=140005, name="Elm", status="open-proposed-to-close"),
    replace(ABBEY, urn=140006, name="Fen", status="proposed-to-open"),
]
TABLE = model.table(SCHOOLS)


def chosen(*pairs: tuple[str, str]) -> list[str]:
    state = tables.read(TABLE, pairs) or TABLE.usual()
    return [school.name for school in model.chosen(SCHOOLS, state)]


@pytest.mark.parametrize(
    ("pairs", "names"),
    [
        ([], ["Abbey", "brook", "Dale", "Elm"]),
        ([("status", "closed")], ["Clay"]),
        ([("status", "proposed-to-open")], ["Fen"]),
        ([("status", "open-proposed-to-close")], ["Elm"]),
        ([("status", "")], ["Abbey", "brook", "Clay", "Dale", "Elm", "Fen"]),
        ([("phase", "special")], ["brook"]),
        ([("district", "Kettering")], ["Dale"]),
        ([("district", "Nowhere")], ["Abbey", "brook", "Dale", "Elm"]),
    ],
)
def test_schools_that_are_open_are_shown_and_others_when_asked_for(
    pairs: list[tuple[str, str]], names: list[str]
) -> None:
    assert chosen(*pairs) == names


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Abbey", "brook", "Dale", "Elm"]),
        ("-name", ["Elm", "Dale", "brook", "Abbey"]),
        ("pupils", ["Dale", "Abbey", "Elm", "brook"]),
        ("-pupils", ["Abbey", "Elm", "Dale", "brook"]),
        ("phase", ["Abbey", "Dale", "Elm", "brook"]),
        ("-urn", ["Elm", "Dale", "brook", "Abbey"]),
        ("-district", ["Dale", "Abbey", "brook", "Elm"]),
    ],
)
def test_what_is_not_told_is_last_either_way(sort: str, names: list[str]) -> None:
    assert chosen(("sort", sort)) == names


def test_days_are_ordered_as_days() -> None:
    old = replace(ABBEY, urn=140007, name="Zeal", opened_on=date(1999, 9, 1))
    new = replace(ABBEY, urn=140008, name="Adur", opened_on=date(2024, 4, 1))

    found = model.ordered([new, old, ABBEY], "opened_on")

    assert [each.name for each in found] == ["Zeal", "Adur", "Abbey"]


@pytest.mark.parametrize("size", [1, 2, 5, 6, 7])
def test_pages_hold_every_school_once(size: int) -> None:
    seen: list[School] = []
    after = ""
    while True:
        shown, following = model.page(SCHOOLS, after, size)
        seen += shown
        if following is None:
            break
        after = following

    assert seen == SCHOOLS


def test_every_column_but_the_links_can_be_kept_in_a_file() -> None:
    keys = {column.key for column in TABLE.columns}

    assert set(model.cells_of(ABBEY)) == keys - {model.LINKS}


def test_districts_are_offered_only_where_the_register_tells_them() -> None:
    assert [f.key for f in TABLE.filters] == ["q", "phase", "status", "district"]
    nowhere = model.table([replace(ABBEY, district=None)])
    assert [f.key for f in nowhere.filters] == ["q", "phase", "status"]
