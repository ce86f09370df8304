"""Repairs on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, Prose
from inventory.assets.schemas import Pence, Words
from inventory.repairs.model import Outcome, ReturnStatus


class SendForRepair(Body):
    """What is wrong with an asset, and who is to mend it."""

    fault: Annotated[Prose, Field(min_length=1, max_length=2_000)]
    sent_on: Day
    supplier: Words | None = None
    reference: Words | None = Field(
        default=None, description="The number that whoever mends it gave."
    )
    is_under_warranty: bool = False


class CloseRepair(Body):
    """What came of a repair, and where the asset is now."""

    returned_on: Day
    outcome: Outcome
    cost_pence: Pence | None = None
    status: ReturnStatus = "in-use"


class RepairAnswer(Answer):
    """A repair of an asset."""

    repair_id: UUID
    asset_id: UUID
    fault: str
    supplier: str | None
    reference: str | None
    is_under_warranty: bool
    sent_on: date
    returned_on: date | None = Field(description="Null while it is open.")
    outcome: Outcome | None = Field(description="Null while it is open.")
    cost_pence: int | None


class RepairList(Answer):
    """The repairs of an asset, the newest first: at most 200."""

    items: list[RepairAnswer]
