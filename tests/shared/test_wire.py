"""What a value on the wire may be: pure tables."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from chassis import wire

REFUSED = object()


@wire.partial
class Change(TypedDict, total=False):
    """A partial change."""

    name: Annotated[wire.Line, Field(min_length=1, max_length=5)]
    room: wire.Line | None


class Made(wire.Body):
    """A whole body."""

    name: wire.Line


def read(kind: Any, value: object) -> object:
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return REFUSED


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (wire.Line, " a b ", "a b"),
        (wire.Line, "Ysgol Gyfun Gŵyr 中", "Ysgol Gyfun Gŵyr 中"),
        (wire.Line, "a\x00b", REFUSED),
        (wire.Line, "a\nb", REFUSED),
        (wire.Line, "\ta\n", "a"),
        (wire.Line, "\x1ca", REFUSED),
        (wire.Line, "a\x1b[31mb", REFUSED),
        (wire.Line, "a\x85b", REFUSED),
        (wire.Line, "\ud800", REFUSED),
        (wire.Line, 1, REFUSED),
        (wire.Line, None, REFUSED),
        (wire.Prose, " a\nb\t\r\n", "a\nb"),
        (wire.Prose, "a\x00", REFUSED),
        (wire.Prose, "a\x07b", REFUSED),
        (wire.Day, "2026-09-01", date(2026, 9, 1)),
        (wire.Day, 20260901, REFUSED),
        (wire.Day, "20260901", REFUSED),
        (wire.Day, "0", REFUSED),
        (wire.Day, "2026-09-01T00:00:00", REFUSED),
        (wire.Moment, "0", REFUSED),
        (wire.Moment, 1788253800, REFUSED),
        (wire.Moment, "2026-09-01", REFUSED),
        (wire.Moment, "2026-09-01T09:30:00", REFUSED),
        (wire.Moment, "2026-09-01T09:30:00Z", datetime(2026, 9, 1, 9, 30, tzinfo=UTC)),
        (wire.Moment, "2026-09-01T09:30:00-16:30", datetime(2026, 9, 2, 2, tzinfo=UTC)),
        (wire.Moment, "0001-01-01T00:00:00+01:00", REFUSED),
        (wire.Day, 0, REFUSED),
        (wire.Day, 1.5, REFUSED),
        (wire.Day, True, REFUSED),
        (wire.Day, "2026-02-30", REFUSED),
        (wire.Day, "yesterday", REFUSED),
        (wire.Urn, 100000, 100000),
        (wire.Urn, 100000.0, 100000),
        (wire.Urn, 99999, REFUSED),
        (wire.Urn, 1000000, REFUSED),
        (wire.Urn, "100000", REFUSED),
        (wire.Urn, 100000.5, REFUSED),
        (wire.Urn, True, REFUSED),
        (wire.Urn, 1e300, REFUSED),
        (wire.Urn, float("inf"), REFUSED),
        (wire.Urn, float("nan"), REFUSED),
        (wire.Urn, 10**30, REFUSED),
        (wire.UrnText, "100000", 100000),
        (wire.UrnText, "1e5", REFUSED),
        (wire.UrnText, "99999999999999999999", REFUSED),
        (wire.LaCode, "940", "940"),
        (wire.LaCode, "94", REFUSED),
        (wire.LaCode, "9400", REFUSED),
        (wire.LaCode, "94a", REFUSED),
        (wire.LaCode, "940\n", REFUSED),
        (wire.LaCode, "٩٤٠", REFUSED),
        (wire.LaCode, 940, REFUSED),
    ],
)
def test_a_value_is_read_or_refused(kind: Any, value: object, expected: object) -> None:
    assert read(kind, value) == expected


def test_a_text_of_the_wrong_length_is_told_in_characters() -> None:
    with pytest.raises(ValidationError) as told:
        TypeAdapter(Change).validate_python({"name": "longer"})
    assert [e["msg"] for e in told.value.errors()] == [
        "String should have at most 5 characters"
    ]


def test_a_body_holds_nothing_that_is_not_asked_for() -> None:
    assert read(Made, {"name": "a"}) == Made(name="a")
    assert read(Made, {"name": "a", "la_code": "940"}) is REFUSED
    assert read(Made, {}) is REFUSED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, {}),
        ({"room": None}, {"room": None}),
        ({"name": " a "}, {"name": "a"}),
        ({"name": None}, REFUSED),
        ({"name": " "}, REFUSED),
        ({"name": "abcdef"}, REFUSED),
        ({"version": 9}, REFUSED),
        ([], REFUSED),
        (None, REFUSED),
    ],
)
def test_a_partial_change_says_only_what_is_new(
    value: object, expected: object
) -> None:
    assert read(Change, value) == expected
