"""Cursors: what a listing gave out is taken back, and nothing else."""

import base64
from typing import Any

import orjson
import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from chassis import paging
from chassis.paging import BadCursor, Page, PageRequest

KINDS = (str, int)
ROWS = [("a", 1), ("b", 2), ("c", 3)]


def cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).rstrip(b"=").decode()


def page(rows: list[tuple[str, int]], limit: int) -> Page[tuple[str, int]]:
    return PageRequest(limit, None).page(rows, "name", lambda row: row)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-(2**63), 2**63))
def test_a_cursor_brings_back_the_last_rows_key(name: str, number: int) -> None:
    made = page([(name, number), ("next", 0)], 1)

    assert PageRequest(1, made.next).key("name", KINDS) == [name, number]


def test_the_first_page_starts_after_nothing() -> None:
    assert PageRequest(1, None).key("name", KINDS) == [None, None]


@pytest.mark.parametrize(("limit", "more"), [(1, True), (2, True), (3, False)])
def test_a_next_page_is_told_of_where_there_is_one(limit: int, more: bool) -> None:
    made = page(ROWS, limit)

    assert list(made.items) == ROWS[:limit]
    assert (made.next is not None) is more


def test_no_rows_are_a_page_too() -> None:
    assert page([], 5) == Page([], None)


@pytest.mark.parametrize(
    "after",
    [
        *("", "x", "=", "%", "é", "a b", "AAAA", "\x00", "W10", "e30", "MQ"),
        cursor(["other", "a", 1]),
        cursor(["name"]),
        cursor(["name", "a"]),
        cursor(["name", "a", 1, 1]),
        cursor(["name", 1, "a"]),
        cursor(["name", None, 1]),
        cursor(["name", "a", True]),
        cursor(["name", "a", 1.5]),
        cursor(["name", ["a"], 1]),
        cursor({"name": 1}),
        cursor("name"),
        cursor([[[[["name"]]]]]),
        base64.b64encode(b"[" * 300).decode(),
        base64.b64encode(b'["name","a",1').decode(),
        base64.b64encode(b"\xff\xfe").decode(),
    ],
)
def test_anything_else_is_refused(after: str) -> None:
    with pytest.raises(BadCursor) as refused:
        PageRequest(1, after).key("name", KINDS)

    assert [fault.pointer for fault in refused.value.faults] == ["/query/after"]


@given(st.text(max_size=200))
def test_no_text_is_more_than_refused(after: str) -> None:
    try:
        PageRequest(1, after).key("name", KINDS)
    except BadCursor:
        return


def test_the_link_to_the_next_page_keeps_the_question() -> None:
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("inside", 20001),
            "path": "/assets",
            "query_string": b"q=a%20b&after=old",
            "headers": [(b"host", b"evil.example")],
        }
    )

    link = paging.link_header(request, Page([1], "new"))["link"]

    assert link == '</assets?q=a+b&after=new>; rel="next"'
    assert paging.link_header(request, Page([1], None)) == {}
