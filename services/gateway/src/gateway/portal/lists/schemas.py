"""What the lists read of services, and what is chosen of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.portal.visit.schemas import Answer


class Count(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing as it was seen, and what it is called."""

    thing_id: UUID
    version: int
    name: str
