"""A table's state and its query string are the same thing, said twice."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.portal.tables import model
from gateway.portal.tables.model import FIRST, Column, Filter, Spot, State, Table

TABLE = Table(
    "things",
    "thing",
    "things",
    (
        Column("tag", "Tag", up="tag", down="-tag"),
        Column("model", "Model", up="model"),
        Column("changed", "Changed", "moment", down="-changed_at"),
        Column("room", "Room", shown=False),
    ),
    (
        Filter("q", "Search"),
        Filter("category", "Category", {"laptop": "Laptop", "printer": "Printer"}),
        Filter("status", "Status", {"open": "Open", "closed": "Closed"}, usual="open"),
    ),
    "tag",
)
USUAL = TABLE.usual()


def read(query: str) -> State | None:
    return model.read(TABLE, parse_qsl(query, keep_blank_values=True))


def states() -> st.SearchStrategy[State]:
    words = st.text(
        st.characters(codec="utf-8", categories=["L", "N", "S", "P"]), max_size=20
    )
    return st.builds(
        lambda sort, q, category, status, columns, size: State(
            sort,
            {
                **({"q": q} if q else {}),
                **({"category": category} if category else {}),
                "status": status,
            },
            ("tag", *(key for key in ("model", "changed", "room") if key in columns)),
            size,
        ),
        st.sampled_from(["tag", "-tag", "model", "-changed_at"]),
        words,
        st.sampled_from(["", "laptop", "printer"]),
        st.sampled_from(["", "open", "closed"]),
        st.sets(st.sampled_from(["model", "changed", "room"])),
        st.sampled_from(model.SIZES),
    )


@given(states())
def test_a_state_is_read_back_as_it_was_written(state: State) -> None:
    assert read(model.query(TABLE, state)) == state
    assert model.known(TABLE, state) == state


@pytest.mark.parametrize("query", ["", "after=abc&page=2", "utm=1", "live=1"])
def test_a_query_that_sets_nothing_is_no_state(query: str) -> None:
    assert read(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "size=10",
        "size=25000000000",
        "category=toaster",
        "q=" + "a" * 81,
        "q=%00",
        "column=nothing&column=model&column=changed",
    ],
)
def test_what_cannot_be_is_left_as_it_usually_is(query: str) -> None:
    assert read(query) == USUAL


def test_the_column_that_names_the_row_is_always_shown() -> None:
    state = read("column=room")

    assert state is not None
    assert [c.key for c in TABLE.only(state)] == ["tag", "room"]


def test_a_filter_that_is_usually_set_can_be_taken_off() -> None:
    assert read("sort=tag") == USUAL
    assert read("status=") == replace(USUAL, filters={"status": ""})
    every = model.without(TABLE, USUAL, "status")
    assert every == read(model.query(TABLE, every))
    assert [each.key for each, _ in model.set_filters(TABLE, every)] == []


def test_the_filters_are_summed_up_in_words() -> None:
    state = read("q=dell&category=laptop")

    assert state is not None
    assert [(f.title, said) for f, said in model.set_filters(TABLE, state)] == [
        ("Search", "dell"),
        ("Category", "Laptop"),
        ("Status", "Open"),
    ]
    assert model.cleared(TABLE, state) == USUAL


def test_a_heading_sorts_and_then_turns_round() -> None:
    tag, by_model, changed, room = TABLE.columns
    assert model.sorted_by(USUAL, tag) == "ascending"
    assert model.sorted_by(USUAL, room) is None

    turned = model.turned(USUAL, tag)
    assert (turned.sort, model.sorted_by(turned, tag)) == ("-tag", "descending")
    assert model.turned(turned, tag).sort == "tag"
    assert model.turned(USUAL, by_model).sort == "model"
    assert model.turned(USUAL, changed).sort == "-changed_at"


def test_back_leads_through_every_page_to_the_first() -> None:
    spots = [FIRST]
    for cursor in "abcd":
        spots.append(model.following(spots[-1], cursor))
    for here, before in zip(reversed(spots), reversed(spots[:-1]), strict=False):
        query = model.query(TABLE, USUAL, here)
        assert model.read_spot(parse_qsl(query)) == here
        assert model.preceding(here) == before

    assert model.preceding(FIRST) is None


def test_a_trail_that_is_too_long_forgets_its_beginning_and_says_so() -> None:
    spot = FIRST
    for number in range(model.LONGEST_TRAIL + 5):
        spot = model.following(spot, f"c{number}")
    steps = 0
    while (before := model.preceding(spot)) is not None:
        spot, steps = before, steps + 1

    assert steps == model.LONGEST_TRAIL
    assert spot != FIRST
    assert spot.number == 6


@pytest.mark.parametrize(
    ("query", "spot"),
    [
        ("page=7", FIRST),
        ("after=a&page=x", Spot("a", (), 2)),
        ("after=a&page=-1", Spot("a", (), 2)),
        ("after=a&page=99999999999999999", Spot("a", (), 2)),
        ("after=" + "a" * 513, FIRST),
        ("after=a&trail=" + "b" * 513, FIRST),
    ],
)
def test_a_page_that_cannot_be_is_read_as_well_as_may_be(
    query: str, spot: Spot
) -> None:
    assert model.read_spot(parse_qsl(query)) == spot
