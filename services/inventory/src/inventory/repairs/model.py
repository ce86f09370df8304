"""What a repair is, and why one is refused; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.errors import Fault
from contracts.inventory import RepairFact

Outcome = Literal["repaired", "replaced", "no-fault-found", "beyond-repair"]
ReturnStatus = Literal["in-use", "in-store"]
MOST = 200
"""Repairs of one asset that are told."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A repair of an asset; it is open until it has an outcome. Money is pence."""

    repair_id: UUID
    la_code: str
    school_id: UUID
    asset_id: UUID
    fault: str
    supplier: str | None
    reference: str | None
    is_under_warranty: bool
    sent_on: date
    returned_on: date | None
    outcome: Outcome | None
    cost_pence: int | None


class RepairNotFound(errors.NotFound):
    """No such repair, or none that the caller may know of: said alike."""

    slug = "repair-not-found"
    title = "There is no such repair within your scope"


@dataclass(frozen=True, slots=True)
class Moved:
    """A repair that is another asset's now, and whether it is open still."""

    repair_id: UUID
    is_open: bool


class BothInRepair(errors.Conflict):
    """Two assets that are to be one are both being repaired."""

    slug = "both-in-repair"
    title = "Both of these assets are being repaired: say first what came of one repair"


class RepairOpen(errors.Conflict):
    """The asset is being repaired already."""

    slug = "repair-open"
    title = "This asset is being repaired already"


class RepairClosed(errors.Conflict):
    """What came of the repair is known already."""

    slug = "repair-closed"
    title = "This repair is closed already"


class RepairEndsTooEarly(errors.Invalid):
    """It came back before it was sent."""

    slug = "repair-ends-too-early"
    title = "This came back before it was sent"


def require_order(repair: Repair, returned_on: date) -> None:
    """Refuse an end that comes before the beginning.

    Raises:
        RepairEndsTooEarly: it came back before it was sent.
    """
    if returned_on < repair.sent_on:
        detail = f"It was sent on {repair.sent_on.isoformat()}: it came back later"
        raise RepairEndsTooEarly(faults=[Fault("/returned_on", detail)])


def told(action: str, repair: Repair, after: Mapping[str, object]) -> Entry:
    """Say as the audit has it what was done about a repair; its free text is not."""
    target = Target("asset", repair.asset_id, repair.la_code, repair.school_id)
    return Entry(action, target, after={"repair_id": repair.repair_id, **after})


def said(fact: type[RepairFact], repair: Repair) -> RepairFact:
    """Say the publishable state of a repair: the second is that it has an outcome."""
    return fact(
        entity_id=repair.repair_id,
        entity_version=1 if repair.outcome is None else 2,
        la_code=repair.la_code,
        school_id=repair.school_id,
        asset_id=repair.asset_id,
        is_under_warranty=repair.is_under_warranty,
        sent_on=repair.sent_on,
        returned_on=repair.returned_on,
        outcome=repair.outcome,
        cost_pence=repair.cost_pence,
    )
