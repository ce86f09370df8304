"""What inventory answers of suppliers, and what the browser sends of them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer, FormBody

_TEXTS = (
    *("desk_phone", "desk_email", "website", "account_number"),
    "contract_reference",
)
_DAYS = ("starts_on", "ends_on", "notice_on")


class Supplier(Answer):
    """Somebody from whom schools buy, as an LA knows them."""

    supplier_id: UUID
    la_code: str
    name: str
    desk_phone: str | None = None
    desk_email: str | None = None
    website: str | None = None
    account_number: str | None = None
    contract_reference: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    version: int
    circuits: int
    monthly_pence: int

    @property
    def monthly(self) -> Decimal:
        """Say in pounds what a month of the lines costs."""
        return formats.pence(self.monthly_pence)


class SupplierForm(FormBody):
    """What is known of a supplier."""

    name: str = ""
    desk_phone: str = ""
    desk_email: str = ""
    website: str = ""
    account_number: str = ""
    contract_reference: str = ""
    starts_on: str = ""
    ends_on: str = ""
    notice_on: str = ""
    version: int = 0
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: the name is missing, or a day is none.
        """
        read = Reader()
        if not self.name:
            read.faults.append(errors.Fault("/name", "Enter what they are called"))
        days = {name: read.day(getattr(self, name), name) for name in _DAYS}
        read.done()
        texts = {name: getattr(self, name) or None for name in _TEXTS}
        return {"name": self.name, **texts, **days}


def form_of(supplier: Supplier) -> SupplierForm:
    """Fill the form with what is known of one now."""
    texts = {name: getattr(supplier, name) or "" for name in _TEXTS}
    days = {name: reading.as_typed(getattr(supplier, name)) for name in _DAYS}
    told = {"name": supplier.name, "version": supplier.version, **texts, **days}
    return SupplierForm.model_validate(told)
