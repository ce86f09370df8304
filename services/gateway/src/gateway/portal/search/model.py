"""What a search found, grouped and worded; no I/O."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chassis.auth import Actor
from contracts import roles
from gateway.directory.model import SCHOOL_ACCESS
from gateway.people.model import PEOPLE_ACCESS
from gateway.portal.visit import model as visit

Kind = Literal["schools", "assets", "tickets", "people"]
LONGEST = 80
FEW, MANY = 5, 50

_HELD: dict[Kind, frozenset[str]] = {
    "schools": SCHOOL_ACCESS.read,
    "assets": visit.READERS,
    "tickets": visit.READERS | visit.REPORTERS,
    "people": PEOPLE_ACCESS.read,
}
TITLES: dict[Kind, str] = {
    "schools": "Schools",
    "assets": "Assets",
    "tickets": "Tickets",
    "people": "People",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `href` leads to it."""

    title: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one kind. `total` is told only where it is known exactly.

    `hits` is None where the part of the product that knows them does not answer.
    """

    kind: Kind
    hits: Sequence[Hit] | None
    total: int | None = None
    next: str | None = None
    guessed: bool = False

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def more(self) -> bool:
        """Whether there is more than is shown."""
        shown = len(self.hits or ())
        return self.next is not None or (self.total is not None and self.total > shown)


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """List what this person may look for anywhere at all."""
    held = {grant.role for grant in actor.grants} - {roles.REGIONAL_ANALYST}
    return tuple(kind for kind, readers in _HELD.items() if held & readers)


def cleaned(typed: str) -> str:
    """Keep what can be searched for: one line of printable text, not too long."""
    printable = "".join(letter if letter.isprintable() else " " for letter in typed)
    return " ".join(printable.split())[:LONGEST].rstrip()


def marked(text: str, typed: str) -> list[tuple[str, bool]]:
    """Cut a text into parts, and say of each whether it is what was asked for."""
    words = sorted({re.escape(word) for word in typed.split()}, key=len, reverse=True)
    if not words:
        return [(text, False)]
    parts = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
    return [(part, bool(at % 2)) for at, part in enumerate(parts) if part]


def shown(groups: Sequence[Group]) -> int:
    """Count what a page shows."""
    return sum(len(group.hits or ()) for group in groups)
