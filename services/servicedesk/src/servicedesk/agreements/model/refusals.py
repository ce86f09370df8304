"""Why an agreement is refused."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import errors


@dataclass(frozen=True, slots=True)
class Overlapping:
    """What governs the same place on some of the same days."""

    agreement_id: UUID
    name: str
    starts_on: date
    until_on: date | None


class AgreementNotFound(errors.NotFound):
    """No such agreement, or none that the caller may know of: said alike."""

    slug = "agreement-not-found"
    title = "There is no such agreement within your scope"


class AgreementImpossible(errors.Invalid):
    """What is said of an agreement contradicts itself, or has a day that cannot be."""

    slug = "agreement-impossible"
    title = "What is said of this agreement cannot be"


class AgreementOverlaps(errors.Conflict):
    """Another of the kind governs the same place on some of these days."""

    slug = "agreement-overlaps"
    title = "Another agreement of this kind holds for some of these days"

    def __init__(self, other: Overlapping | None = None) -> None:
        if other is None:
            super().__init__()
            return
        span = f"from {other.starts_on.isoformat()} "
        span += f"to {other.until_on.isoformat()}" if other.until_on else "on"
        super().__init__(
            f"\u201c{other.name}\u201d holds there {span}",
            agreement_id=other.agreement_id,
            name=other.name,
        )


class AgreementEnded(errors.Conflict):
    """It has ended before; when it did is not said anew."""

    slug = "agreement-ended"
    title = "The agreement has ended already"


class PlaceUnclear(errors.Invalid):
    """An agreement is for one school or for all of an LA's; not one was named."""

    slug = "place-unclear"
    title = "Name a school or an LA, and only one of them"
