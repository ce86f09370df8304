"""Whom it is about, and what of a service's tables is about people: no I/O here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.sql import Queries, Query

Row = dict[str, Any]
"""What is told of one thing: its fields by name, as JSON has them."""

NAMELESS = "[name erased]"
"""Stands in a text for what somebody was called."""
WORDLESS = "[removed]"
"""Stands for a text that is no longer kept."""
_SPACE = r"(?:\s|\\[nrt])+"
_PURPOSE = ("tell", "erase", "expire")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about: their id, and what they are called in what people write."""

    person_id: UUID
    words: tuple[str, ...] = ()

    @property
    def pattern(self) -> str | None:
        """Their words as a regular expression of PostgreSQL, whole ones alone."""
        if not self.words:
            return None
        longest_first = sorted(self.words, key=len, reverse=True)
        said = "|".join(map(_escaped, longest_first))
        return rf"(?<![[:alnum:]])(?:{said})(?![[:alnum:]])"


def _escaped(words: str) -> str:
    """Escape what is no letter, and take any space between words for any other.

    Within JSON a line's end is a backslash and a letter.
    """
    return _SPACE.join(re.sub(r"([^\w])", r"\\\1", word) for word in words.split())


@dataclass(frozen=True, slots=True)
class Holdings:
    """What one service holds about people, as the statements that deal with it.

    Each takes `person` (an id as text), `pattern`, `with_texts` and `school_ids`; those
    that expire take `before` (a moment) and `school_ids`.
    """

    school_ids: Query[UUID]
    tells: Mapping[str, Query[Row]]
    erases: Mapping[str, Query[None]]
    expires: Mapping[str, Sequence[Query[None]]]


def holdings_of(queries: Queries) -> Holdings:
    """Read holdings from statements by their names.

    `tell_THING` returns one JSON object a row; `erase_THING` and `expire_KIND` or
    `expire_KIND_THING` change what they touch once and not again.
    """
    by_purpose: dict[str, dict[str, str]] = {each: {} for each in _PURPOSE}
    for name in queries.texts:
        purpose, _, thing = name.partition("_")
        if purpose in by_purpose:
            by_purpose[purpose][thing] = name
    expires: dict[str, list[Query[None]]] = {}
    for thing, name in by_purpose["expire"].items():
        kind = thing.partition("_")[0]
        expires.setdefault(kind, []).append(queries.command(name, planned_anew=True))
    return Holdings(
        queries.scalar("list_school_ids", UUID),
        {
            thing: queries.rows(name, Row, planned_anew=True)
            for thing, name in by_purpose["tell"].items()
        },
        {
            thing: queries.command(name, planned_anew=True)
            for thing, name in by_purpose["erase"].items()
        },
        expires,
    )
