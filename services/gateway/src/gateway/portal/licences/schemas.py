"""What inventory answers of licences, and what the browser sends of them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer, FormBody

_TEXTS = ("publisher", "name", "release", "supplier", "reference")
_DAYS = ("starts_on", "ends_on", "notice_on", "counted_on")
_ASKED = {
    "publisher": "Enter who makes it",
    "name": "Enter what it is called",
}
_USUAL_CODE = "E20D"
"""Administration software and systems."""


class Licence(Answer):
    """A licence of software; an LA's has no school."""

    licence_id: UUID
    la_code: str
    school_id: UUID | None = None
    school_urn: int | None = None
    school_name: str | None = None
    title_id: UUID
    publisher: str
    name: str
    release: str | None = None
    measure: str
    seats: int | None = None
    term: str
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    price_pence: int | None = None
    cfr_code: str
    supplier: str | None = None
    reference: str | None = None
    note: str | None = None
    counted: int | None = None
    counted_on: date | None = None
    version: int
    supplier_id: UUID | None = None
    desk_phone: str | None = None
    desk_email: str | None = None
    account_number: str | None = None
    state: str

    @property
    def price(self) -> Decimal | None:
        """Say in pounds what it costs: the whole, or a year of a subscription."""
        return None if self.price_pence is None else formats.pence(self.price_pence)


class Standing(Answer):
    """How a school, or what its LA holds for all schools, stands to a title."""

    la_code: str
    school_urn: int | None = None
    school_name: str | None = None
    title_id: UUID
    publisher: str
    name: str
    state: str
    installed: int
    counted: int | None = None
    used: int
    seats: int | None = None
    from_authority: int
    short_by: int
    ends_on: date | None = None


class States(Answer):
    """How many standings there are of each state."""

    short: int
    unlicensed: int
    ended: int
    unused: int
    covered: int


class Counted(Answer):
    """How many standings there are, in all and of each state."""

    count: int
    states: States


class Document(Answer):
    """A document of a licence."""

    document_id: UUID
    title: str
    name: str
    media_type: str
    size: int
    added_at: datetime


class LicenceForm(FormBody):
    """What is said of a licence."""

    publisher: str = ""
    name: str = ""
    release: str = ""
    measure: str = ""
    seats: str = ""
    term: str = ""
    starts_on: str = ""
    ends_on: str = ""
    notice_on: str = ""
    price: str = ""
    cfr_code: str = _USUAL_CODE
    supplier: str = ""
    reference: str = ""
    note: str = ""
    counted: str = ""
    counted_on: str = ""
    version: int = 0
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or no number, day or price.
        """
        read = Reader()
        self._choose(read)
        days = {name: read.day(getattr(self, name), name) for name in _DAYS}
        asked = "Enter a number of devices, such as 30"
        told: dict[str, object] = {
            **{name: getattr(self, name) or None for name in _TEXTS},
            **days,
            "measure": self.measure,
            "seats": self._number(read, "seats", asked),
            "term": self.term,
            "price_pence": read.pence(self.price, "price_pence"),
            "cfr_code": (
                self.cfr_code if self.cfr_code in reading.CFR_CODES else _USUAL_CODE
            ),
            "note": self.note.replace("\r\n", "\n") or None,
            "counted": self._number(read, "counted", "Enter a number, or nothing"),
        }
        read.done()
        return told

    def _choose(self, read: Reader) -> None:
        for name, words in _ASKED.items():
            if not getattr(self, name):
                read.faults.append(errors.Fault(f"/{name}", words))
        if self.measure not in {"seats", "site"}:
            read.faults.append(errors.Fault("/measure", "Choose for how many it is"))
        if self.term not in {"perpetual", "subscription"}:
            read.faults.append(errors.Fault("/term", "Choose for how long it is"))

    def _number(self, read: Reader, name: str, asked: str) -> int | None:
        text: str = getattr(self, name)
        return read.number(text, name, asked) if text else None


def form_of(licence: Licence) -> LicenceForm:
    """Fill the form with what is said of one now."""
    days = {name: reading.as_typed(getattr(licence, name)) for name in _DAYS}
    texts = {name: getattr(licence, name) or "" for name in _TEXTS}
    numbers = {
        name: "" if value is None else str(value)
        for name, value in (("seats", licence.seats), ("counted", licence.counted))
    }
    price = licence.price
    told = {
        "measure": licence.measure,
        "term": licence.term,
        "price": "" if price is None else f"{price:.2f}",
        "cfr_code": licence.cfr_code,
        "note": licence.note or "",
        "version": licence.version,
    }
    return LicenceForm.model_validate({**texts, **days, **numbers, **told})


class RemoveForm(FormBody):
    """That a licence, as somebody saw it, is to be kept no more."""

    version: int = 0
