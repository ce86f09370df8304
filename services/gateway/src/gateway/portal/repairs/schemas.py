"""What inventory answers of repairs, and what the browser sends."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.repairs import model
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer, FormBody


class Repair(Answer):
    """A repair of an asset; it is open until it has an outcome."""

    repair_id: UUID
    fault: str
    supplier: str | None = None
    reference: str | None = None
    is_under_warranty: bool
    sent_on: date
    returned_on: date | None = None
    outcome: str | None = None
    cost_pence: int | None = None

    @property
    def cost(self) -> Decimal | None:
        """Say its cost in pounds."""
        return None if self.cost_pence is None else formats.pence(self.cost_pence)


class RepairList(Answer):
    items: list[Repair]

    @property
    def open(self) -> Repair | None:
        return next((each for each in self.items if each.outcome is None), None)


class SendForm(FormBody):
    """What is wrong, and who is to mend it."""

    fault: str = ""
    sent_on: str = ""
    supplier: str = ""
    reference: str = ""
    warranty: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or the date is none.
        """
        faults: list[errors.Fault] = []
        if not self.fault:
            faults.append(errors.Fault("/fault", "Say what is wrong with it"))
        day = _day(self.sent_on, "sent_on", "Enter the day on which it goes", faults)
        if faults:
            raise errors.Invalid(faults=faults)
        return {
            "fault": self.fault.replace("\r\n", "\n"),
            "sent_on": day,
            "supplier": self.supplier or None,
            "reference": self.reference or None,
            "is_under_warranty": bool(self.warranty),
        }


class CloseForm(FormBody):
    """What came of a repair."""

    repair_id: str = ""
    returned_on: str = ""
    outcome: str = ""
    cost: str = ""
    status: str = "in-use"

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or a date or price is none.
        """
        faults: list[errors.Fault] = []
        asked = "Enter the day on which it came back"
        day = _day(self.returned_on, "returned_on", asked, faults)
        pence: int | None = None
        try:
            pence = reading.read_pence(self.cost, "cost_pence")
        except errors.Invalid as wrong:
            faults.extend(wrong.faults)
        if self.outcome not in model.OUTCOMES:
            faults.append(errors.Fault("/outcome", "Choose what came of it"))
        if faults:
            raise errors.Invalid(faults=faults)
        status = self.status if self.status in model.RETURNS else "in-use"
        return {
            "returned_on": day,
            "outcome": self.outcome,
            "cost_pence": pence,
            "status": status,
        }


def _day(text: str, field: str, missing: str, faults: list[errors.Fault]) -> str | None:
    try:
        day = reading.read_day(text, field)
    except errors.Invalid as wrong:
        faults.extend(wrong.faults)
        return None
    if day is None:
        faults.append(errors.Fault(f"/{field}", missing))
        return None
    return day.isoformat()
