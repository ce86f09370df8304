"""A school today: what changed, what runs out, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from inventory.estate.model.health import Health
from inventory.estate.model.kit import Figures
from inventory.history.model import Happened

Happening = Literal["registered", Happened]
Teller = Literal["agent", "person"]
Ending = Literal["warranty", "support", "life"]
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Changes:
    """How often each thing happened to a school's kit in the last seven days.

    `by_agents` are those among all of these that a machine's report made.
    """

    registered: int
    changed: int
    moved: int
    retired: int
    disposed: int
    reinstated: int
    by_agents: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to an asset."""

    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    fact: Happening
    teller: Teller
    at: datetime


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A day within the next ninety on which something of an asset ends."""

    asset_id: UUID
    tag: str
    manufacturer: str
    model: str
    room: str | None
    what: Ending
    ends_on: date


@dataclass(frozen=True, slots=True)
class Today:
    """A school's kit on a day."""

    as_of: date
    since: datetime
    figures: Figures
    health: Health
    changes: Changes
    newest: Sequence[Change]
    runs_out: Sequence[RunsOut]
