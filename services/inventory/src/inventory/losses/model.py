"""What a loss of kit is, and why one is refused; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from inventory.history.model import Changes

Kind = Literal["lost", "stolen"]
FoundStatus = Literal["in-use", "in-store"]
MOST = 200
"""Losses of one asset that are told."""


@dataclass(frozen=True, slots=True)
class Loss:
    """That an asset was lost or stolen; it is missing until `found_on`."""

    loss_id: UUID
    la_code: str
    school_id: UUID
    asset_id: UUID
    kind: Kind
    lost_on: date
    police_reference: str | None
    note: str | None
    found_on: date | None


class LossNotFound(errors.NotFound):
    """No such loss, or none that the caller may know of: said alike."""

    slug = "loss-not-found"
    title = "There is no such loss within your scope"


class LossOpen(errors.Conflict):
    """It is lost or stolen already."""

    slug = "loss-open"
    title = "This asset is lost or stolen already"


class LossEnded(errors.Conflict):
    """It was found already."""

    slug = "loss-ended"
    title = "This asset was found already"


class LossUnclear(errors.Invalid):
    """A theft without its reference, or days that cannot be."""

    slug = "loss-unclear"
    title = "This loss cannot be as it is said"


def require(
    kind: Kind, lost_on: date, police_reference: str | None, today: date
) -> None:
    """Refuse a theft that the police do not know of, and a loss that is to come.

    Raises:
        LossUnclear: as it says.
    """
    faults: list[Fault] = []
    if kind == "stolen" and police_reference is None:
        said = "Give the reference that the police gave; until then, say it is lost"
        faults.append(Fault("/police_reference", said))
    if lost_on > today:
        faults.append(Fault("/lost_on", "Say the day on which it was: not after today"))
    if faults:
        raise LossUnclear(faults=faults)


def require_found(loss: Loss, found_on: date, today: date) -> None:
    """Refuse to find what was found, or on a day that cannot be.

    Raises:
        LossEnded: it was found.
        LossUnclear: that day is to come, or before the loss.
    """
    if loss.found_on is not None:
        said = f"It was found on {loss.found_on.isoformat()}"
        raise LossEnded(said, found_on=loss.found_on)
    if not loss.lost_on <= found_on <= today:
        said = f"It was lost on {loss.lost_on.isoformat()}: it was found later"
        raise LossUnclear(faults=[Fault("/found_on", said)])


def beside(told: Mapping[str, object]) -> Changes:
    """Say what the history of an asset tells of its loss: its free text is not."""
    return {
        f"loss.{name}": {"before": None, "after": value}
        for name, value in told.items()
        if value is not None
    }
