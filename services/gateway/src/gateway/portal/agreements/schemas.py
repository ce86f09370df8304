"""What the service desk answers of agreements, and what the browser sends of them."""

from datetime import date
from uuid import UUID

from chassis import errors
from gateway.portal.agreements import model
from gateway.portal.assets import model as reading
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.visit.schemas import Answer, FormBody

_SUPPLIER = {
    "supplier_name": "name",
    "supplier_account": "account_reference",
    "supplier_email": "email",
    "supplier_phone": "phone",
}
"""The form's fields of a supplier, by their names at the service desk."""
_DAYS = ("starts_on", "ends_on")


class Supplier(Answer):
    """With whom something is agreed."""

    name: str
    account_reference: str | None = None
    email: str | None = None
    phone: str | None = None


class Target(Answer):
    """What is promised for tickets of one priority, in minutes of school time."""

    priority: int
    response_minutes: int | None = None
    update_minutes: int | None = None
    fix_minutes: int | None = None


class Agreement(Answer):
    """What was promised to one school, or to all of an LA's."""

    agreement_id: UUID
    la_code: str
    school_urn: int | None = None
    kind: str
    holder: str
    name: str
    supplier: Supplier | None = None
    starts_on: date
    ends_on: date | None = None
    notice_days: int | None = None
    renews: str
    service_credit: str
    is_managed_service: bool
    targets: list[Target]
    state: str
    next_end_on: date | None = None
    notice_on: date | None = None
    version: int

    @property
    def supplier_name(self) -> str:
        return self.supplier.name if self.supplier else ""


class AgreementForm(FormBody):
    """What is said of an agreement; times are hours, or hours and minutes."""

    kind: str = ""
    name: str = ""
    supplier_name: str = ""
    supplier_account: str = ""
    supplier_email: str = ""
    supplier_phone: str = ""
    is_managed_service: str = ""
    starts_on: str = ""
    ends_on: str = ""
    renews: str = "none"
    notice_days: str = ""
    service_credit: str = ""
    response_minutes_1: str = ""
    response_minutes_2: str = ""
    response_minutes_3: str = ""
    response_minutes_4: str = ""
    update_minutes_1: str = ""
    update_minutes_2: str = ""
    update_minutes_3: str = ""
    update_minutes_4: str = ""
    fix_minutes_1: str = ""
    fix_minutes_2: str = ""
    fix_minutes_3: str = ""
    fix_minutes_4: str = ""
    version: int = 0
    once: str = ""

    @property
    def promised(self) -> list[int]:
        """The priorities for which a time is given, in the order they are sent in."""
        return [
            priority
            for priority in model.PRIORITIES
            if any(getattr(self, f"{measure}_{priority}") for measure in model.MEASURES)
        ]

    def body(self) -> dict[str, object]:
        """Say it as the service desk takes it.

        Raises:
            errors.Invalid: a field is missing, or no day, number or time.
        """
        read = Reader()
        if not self.name:
            read.faults.append(errors.Fault("/name", "Enter what it is called"))
        supplier = {name: getattr(self, at) or None for at, name in _SUPPLIER.items()}
        if any(supplier.values()) and not self.supplier_name:
            detail = "Enter what the supplier is called"
            read.faults.append(errors.Fault("/supplier_name", detail))
        asked = "Enter a number of days, such as 90, or nothing"
        days = self.notice_days
        told: dict[str, object] = {
            "name": self.name,
            "supplier": supplier if any(supplier.values()) else None,
            "is_managed_service": bool(self.is_managed_service),
            "starts_on": read.day(self.starts_on, "starts_on", "Enter the first day"),
            "ends_on": read.day(self.ends_on, "ends_on"),
            "renews": self.renews if self.renews in model.RENEWS else "none",
            "notice_days": read.number(days, "notice_days", asked) if days else None,
            "service_credit": self.service_credit.replace("\r\n", "\n"),
            "targets": [self._target(read, priority) for priority in self.promised],
        }
        read.done()
        return told

    def _target(self, read: Reader, priority: int) -> dict[str, int | None]:
        minutes = {
            measure: self._minutes(read, f"{measure}_{priority}")
            for measure in model.MEASURES
        }
        return {"priority": priority, **minutes}

    def _minutes(self, read: Reader, name: str) -> int | None:
        text: str = getattr(self, name)
        found = model.read_hours(text) if text else None
        if text and found is None:
            detail = "Enter hours, such as 4, or 0:30 for half an hour"
            read.faults.append(errors.Fault(f"/{name}", detail))
        return found

    def placed(self, refusal: errors.Invalid) -> errors.Invalid:
        """Point at the fields of this form instead of the service desk's own."""
        faults = [
            errors.Fault(self._field(fault.pointer), fault.detail)
            for fault in refusal.faults
        ]
        return errors.Invalid(refusal.detail, faults)

    def _field(self, pointer: str) -> str:
        match pointer.split("/")[1:]:
            case ["targets", number, measure]:
                return f"/{measure}_{self.promised[int(number)]}"
            case ["supplier", name]:
                fields = {value: key for key, value in _SUPPLIER.items()}
                return f"/{fields[name]}"
            case ["supplier"]:
                return "/supplier_name"
            case _:
                return pointer


class EndForm(FormBody):
    """On which day an agreement, as somebody saw it, ends."""

    ends_on: str = ""
    version: int = 0

    def body(self) -> dict[str, object]:
        """Say it as the service desk takes it.

        Raises:
            errors.Invalid: the day is missing, or none.
        """
        read = Reader()
        told: dict[str, object] = {
            "ends_on": read.day(self.ends_on, "ends_on", "Enter the last day")
        }
        read.done()
        return told


def form_of(agreement: Agreement) -> AgreementForm:
    """Fill the form with what is agreed now."""
    supplier = agreement.supplier
    texts = {at: getattr(supplier, name, None) or "" for at, name in _SUPPLIER.items()}
    days = {name: reading.as_typed(getattr(agreement, name)) for name in _DAYS}
    minutes = {
        f"{measure}_{target.priority}": model.as_typed(getattr(target, measure))
        for target in agreement.targets
        for measure in model.MEASURES
    }
    told = {
        "kind": agreement.kind,
        "name": agreement.name,
        "is_managed_service": "yes" if agreement.is_managed_service else "",
        "renews": agreement.renews,
        "notice_days": str(agreement.notice_days or ""),
        "service_credit": agreement.service_credit,
        "version": agreement.version,
    }
    return AgreementForm.model_validate({**texts, **days, **minutes, **told})
