"""Whom it is about, and what of a service's tables is about people: no I/O here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.sql import Queries, Query

Row = dict[str, Any]
"""What is told of one thing: its fields by name, as JSON has them."""

_SPACE = r"(?:\s|\\[nrt])+"
_SPELT = {
    '"': r"\\{0,2}\"",
    "'": "['\u2019]",
    "\u2019": "['\u2019]",
    "\\": r"\\{1,2}",
}
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
        return "|".join(map(_whole, longest_first))


def _whole(words: str) -> str:
    """Find words where they are no part of others: of an address, of a longer name.

    Within JSON a line's end is a backslash and a letter: what follows begins anew.
    """
    if "@" in words:
        before, after = r"(?<![[:alnum:]._+-])", r"(?![-._@+]?[[:alnum:]])"
    else:
        before = r"(?<![[:alnum:]])(?<![[:alnum:]]-)"
        after = r"(?!-?[[:alnum:]])"
    begun = rf"(?:{before}|(?<=\\[nrtbf]))"
    return begun + _SPACE.join(map(_spelt, words.split())) + after


def _spelt(word: str) -> str:
    """Spell a word: quotation marks as in JSON, too, apostrophes of either kind."""
    return "".join(_SPELT.get(c) or re.sub(r"[^\w]", r"\\\g<0>", c) for c in word)


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
