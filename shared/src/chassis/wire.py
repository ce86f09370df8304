"""The forms that values take on the wire: strict, bounded, storable text.

A body refuses fields it does not know. Text refuses NUL and other control characters,
which PostgreSQL cannot store or a page cannot show.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    with_config,
)


class Body(BaseModel):
    """A request body: frozen, and nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


partial = with_config(ConfigDict(extra="forbid"))
"""Marks a typed dictionary as a partial change: a key left out stays as it is."""


class Answer(BaseModel):
    """A response body, as OpenAPI describes it."""

    model_config = ConfigDict(frozen=True)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"[Tt ].+")


def _written_day(value: object) -> object:
    """Leave what is written as ISO 8601 has it; pydantic takes seconds since 1970."""
    if type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a date is written as text, like 2026-09-01")


def _written_moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value
    raise ValueError("a moment is written as text, like 2026-09-01T09:30:00+01:00")


def _in_utc(value: datetime) -> datetime:
    """Leave the zone behind: the database knows none that is 16 hours away."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("a moment in the years 1 to 9999 of UTC") from None


def whole(value: object) -> object:
    """Take 3.0 for 3, as JSON does, and leave the rest to be judged."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$"),
]
"""Text of one line; blanks at its edges are cut off, tabs and line breaks too."""

Prose = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
    ),
]
"""Text of several lines."""

Day = Annotated[date, BeforeValidator(_written_day)]
"""A date; a number is not taken for one, nor the text of a number."""

Moment = Annotated[
    AwareDatetime, BeforeValidator(_written_moment), AfterValidator(_in_utc)
]
"""A moment with its zone, read as UTC; a number is not taken for one."""

Whole = Annotated[int, Field(strict=True), BeforeValidator(whole)]
"""A whole number; text and true are not taken for one."""

Urn = Annotated[int, Field(ge=100_000, le=999_999, strict=True), BeforeValidator(whole)]
"""Unique reference number of an establishment in the national register: six digits."""

UrnText = Annotated[int, Field(ge=100_000, le=999_999)]
"""The same where it comes as text: in a path or a query."""

Version = Annotated[int, Field(ge=1, le=2**31 - 1, strict=True), BeforeValidator(whole)]
"""The version of a thing that somebody has seen."""

LaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
"""Local authority code of the Department for Education: three digits."""
