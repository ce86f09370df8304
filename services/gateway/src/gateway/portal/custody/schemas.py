"""What inventory answers of custody and losses, and what the browser sends."""

from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.custody import model
from gateway.portal.visit.schemas import Answer, FormBody


class Custody(Answer):
    """Who has or had an asset; it is out until it came back."""

    custody_id: UUID
    school_urn: int
    asset_id: UUID
    tag: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    holder_kind: str
    holder_name: str
    holder_reference: str | None = None
    purpose: str
    issued_at: datetime
    due_on: date | None = None
    returned_at: datetime | None = None
    condition_out: str | None = None
    condition_in: str | None = None
    version: int

    @property
    def called(self) -> str:
        return f"{self.manufacturer} {self.model}" if self.manufacturer else ""

    @property
    def holder_page(self) -> str:
        """The address of all that this holder has."""
        asked = {"kind": self.holder_kind, "name": self.holder_name}
        return f"/schools/{self.school_urn}/holders?{urlencode(asked)}"

    def is_overdue(self, today: date) -> bool:
        due = self.due_on
        return self.returned_at is None and due is not None and due < today


class CustodyList(Answer):
    items: list[Custody]

    @property
    def open(self) -> Custody | None:
        return next((each for each in self.items if each.returned_at is None), None)


class CustodyCount(Answer):
    count: int


class Loss(Answer):
    """That an asset was lost or stolen; it is missing until it was found."""

    loss_id: UUID
    kind: str
    lost_on: date
    police_reference: str | None = None
    note: str | None = None
    found_on: date | None = None


class LossList(Answer):
    items: list[Loss]

    @property
    def open(self) -> Loss | None:
        return next((each for each in self.items if each.found_on is None), None)


class IssueForm(FormBody):
    """Who gets an asset, for what and until when."""

    holder_kind: str = "person"
    holder_name: str = ""
    holder_reference: str = ""
    purpose: str = "loan"
    due_on: str = ""
    condition: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: nobody is named, or the date is none.
        """
        faults: list[errors.Fault] = []
        if not self.holder_name:
            faults.append(errors.Fault("/holder_name", "Say who gets it"))
        due = _day(self.due_on, "due_on", faults)
        if faults:
            raise errors.Invalid(faults=faults)
        kind = self.holder_kind if self.holder_kind in model.HOLDERS else "person"
        return {
            "holder_kind": kind,
            "holder_name": self.holder_name,
            "holder_reference": self.holder_reference or None,
            "purpose": self.purpose if self.purpose in model.PURPOSES else "loan",
            "due_on": due,
            "condition": self.condition.replace("\r\n", "\n") or None,
        }


class ReturnForm(FormBody):
    """That an asset came back, how it is and where it is now."""

    custody_id: str = ""
    status: str = "in-store"
    condition: str = ""

    def body(self) -> dict[str, object]:
        status = self.status if self.status in model.RETURNS else "in-store"
        condition = self.condition.replace("\r\n", "\n") or None
        return {"status": status, "condition": condition}


class RenewForm(FormBody):
    """Until when they may have it from now on."""

    custody_id: str = ""
    version: str = ""
    renew_on: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: the date is none.
        """
        faults: list[errors.Fault] = []
        due = _day(self.renew_on, "renew_on", faults)
        if faults:
            raise errors.Invalid(faults=faults)
        return {"due_on": due}


class LossForm(FormBody):
    """That an asset is lost or stolen."""

    kind: str = ""
    lost_on: str = ""
    police_reference: str = ""
    note: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or the date is none.
        """
        faults: list[errors.Fault] = []
        if self.kind not in model.LOSSES:
            faults.append(errors.Fault("/kind", "Say whether it is lost or stolen"))
        lost_on = _day(self.lost_on, "lost_on", faults, "Enter the day")
        if faults:
            raise errors.Invalid(faults=faults)
        return {
            "kind": self.kind,
            "lost_on": lost_on,
            "police_reference": self.police_reference or None,
            "note": self.note.replace("\r\n", "\n") or None,
        }


class FoundForm(FormBody):
    """That an asset was found, and where it is now."""

    loss_id: str = ""
    found_on: str = ""
    found_status: str = "in-store"

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: the date is missing, or none.
        """
        faults: list[errors.Fault] = []
        found_on = _day(self.found_on, "found_on", faults, "Enter the day")
        if faults:
            raise errors.Invalid(faults=faults)
        status = self.found_status
        return {
            "found_on": found_on,
            "status": status if status in model.RETURNS else "in-store",
        }


def _day(
    text: str, field: str, faults: list[errors.Fault], missing: str = ""
) -> str | None:
    try:
        day = reading.read_day(text, field)
    except errors.Invalid as wrong:
        faults.extend(wrong.faults)
        return None
    if day is None and missing:
        faults.append(errors.Fault(f"/{field}", missing))
    return day and day.isoformat()
