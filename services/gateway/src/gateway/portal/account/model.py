"""The words of an account."""

from dataclasses import dataclass
from datetime import datetime

FREQUENCIES = {
    "at-once": "At once",
    "daily": "Once a day, at 7am",
    "never": "Never",
}
KINDS = {"ticket-resolved": "When a ticket of mine is resolved"}


@dataclass(frozen=True, slots=True)
class Held:
    """A role, and where it is held."""

    role: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the sessions of whoever looks."""

    since: datetime
    last_seen_at: datetime
    is_this: bool
