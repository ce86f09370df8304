"""What the browser sends of consumables: all text, read as the English write it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.consumables import model
from gateway.portal.consumables.schemas.answers import Consumable
from gateway.portal.visit.model import whole
from gateway.portal.visit.schemas import FormBody

Read = TypeVar("Read")


@dataclass(slots=True)
class Reader:
    """Reads the fields of a form, and gathers what is wrong with them."""

    faults: list[errors.Fault] = field(default_factory=list[errors.Fault])

    def day(self, text: str, name: str, missing: str = "") -> str | None:
        read = self.value(lambda: reading.read_day(text, name), text, name, missing)
        return read.isoformat() if read else None

    def pence(self, text: str, name: str, missing: str = "") -> int | None:
        return self.value(lambda: reading.read_pence(text, name), text, name, missing)

    def number(self, text: str, name: str, asked: str) -> int | None:
        read = whole(text.replace(",", ""))
        if read is None:
            self.faults.append(errors.Fault(f"/{name}", asked))
        return read

    def done(self) -> None:
        """Refuse what cannot be read.

        Raises:
            errors.Invalid: a field was wrong.
        """
        if self.faults:
            raise errors.Invalid(faults=self.faults)

    def value(
        self, read: Callable[[], Read | None], text: str, name: str, missing: str = ""
    ) -> Read | None:
        """Read a field; where it is empty, say `missing`, if that is anything."""
        if missing and not text.strip():
            self.faults.append(errors.Fault(f"/{name}", missing))
            return None
        try:
            return read()
        except errors.Invalid as wrong:
            self.faults.extend(wrong.faults)
            return None


class ConsumableForm(FormBody):
    """What is said of a consumable."""

    name: str = ""
    site: str = ""
    code: str = ""
    category: str = ""
    unit: str = "each"
    fits: str = ""
    lead_time_days: str = "7"
    minimum: str = "0"
    stopped: str = ""
    version: int = 0
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or no number.
        """
        read = Reader()
        if not self.name:
            read.faults.append(errors.Fault("/name", "Enter what it is called"))
        if self.category not in model.CATEGORIES:
            read.faults.append(errors.Fault("/category", "Choose what it is"))
        days = read.number(
            self.lead_time_days, "lead_time_days", "Enter a number of days, such as 7"
        )
        least = read.number(self.minimum, "minimum", "Enter a number, such as 2")
        read.done()
        return {
            "name": self.name,
            "site": self.site or None,
            "code": self.code or None,
            "category": self.category,
            "unit": self.unit or "each",
            "fits": model.listed(self.fits),
            "lead_time_days": days,
            "minimum": least,
            "is_stocked": not self.stopped,
        }


def form_of(consumable: Consumable) -> ConsumableForm:
    """Fill the form with what is said of one now."""
    return ConsumableForm(
        name=consumable.name,
        site=consumable.site or "",
        code=consumable.code or "",
        category=consumable.category,
        unit=consumable.unit,
        fits="\n".join(consumable.fits),
        lead_time_days=str(consumable.lead_time_days),
        minimum=str(consumable.minimum),
        stopped="" if consumable.is_stocked else "yes",
        version=consumable.version,
    )


class UseForm(FormBody):
    """What is taken."""

    quantity: str = "1"
    used_on: str = ""
    asset_tag: str = ""
    used_for: str = ""
    note: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        read = Reader()
        quantity = read.number(self.quantity, "quantity", "Enter how many are taken")
        day = read.day(self.used_on, "used_on", "Enter the day on which it was taken")
        read.done()
        return {
            "quantity": quantity,
            "used_on": day,
            "used_for": self.used_for or None,
            "note": self.note.replace("\r\n", "\n") or None,
        }


class LineForm(FormBody):
    """What was ordered, or came."""

    ordered_on: str = ""
    received_on: str = ""
    quantity: str = ""
    price: str = ""
    supplier: str = ""
    order_number: str = ""
    cfr_code: str = ""
    note: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        read = Reader()
        ordered = read.day(self.ordered_on, "ordered_on", "Enter the day of the order")
        came = read.day(self.received_on, "received_on")
        many = read.number(self.quantity, "quantity", "Enter how many were ordered")
        asked = "Enter the price of one in pounds"
        pence = read.pence(self.price, "unit_price_pence", asked)
        read.done()
        return {
            "ordered_on": ordered,
            "received_on": came,
            "quantity": many,
            "unit_price_pence": pence,
            "supplier": self.supplier or None,
            "order_number": self.order_number or None,
            "cfr_code": self.cfr_code if self.cfr_code in reading.CFR_CODES else None,
            "note": self.note.replace("\r\n", "\n") or None,
        }


class ReceiveForm(FormBody):
    """When a line came, and how many."""

    received_on: str = ""
    quantity: str = ""

    def body(self) -> dict[str, object]:
        read = Reader()
        day = read.day(self.received_on, "received_on", "Enter the day it came")
        many = read.number(self.quantity, "quantity", "Enter how many came")
        read.done()
        return {"received_on": day, "quantity": many}


class CountForm(FormBody):
    """How many were counted."""

    counted: str = ""
    counted_on: str = ""
    note: str = ""
    price: str = ""
    version: int = 0

    def body(self) -> dict[str, object]:
        read = Reader()
        many = read.number(self.counted, "counted", "Enter how many there are")
        day = read.day(self.counted_on, "counted_on", "Enter the day of the count")
        pence = read.pence(self.price, "unit_price_pence")
        note = self.note.replace("\r\n", "\n")
        if not note:
            said = "Say why, such as: end of term count"
            read.faults.append(errors.Fault("/note", said))
        read.done()
        return {
            "counted": many,
            "counted_on": day,
            "note": note,
            "unit_price_pence": pence,
        }
