"""What may come in at once, and why all of it is refused; nothing here is done."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors

MOST = 500
"""Items of one request: they are one transaction."""


@dataclass(frozen=True, slots=True)
class Registered:
    """An asset as it was taken in: its id beside what the sender calls it."""

    asset_id: UUID
    school_urn: int
    tag: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that one request brought, in its order."""

    items: list[Registered]


class RetiredInRoom(errors.Invalid):
    """Some items are retired and stand in a room; they are pointed at."""

    slug = "retired-in-room"
    title = "A retired asset stands nowhere: leave its room out"
