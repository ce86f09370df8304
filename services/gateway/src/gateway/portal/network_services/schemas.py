"""What inventory answers of services over the network, and what the browser sends."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.network_services import model
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer, FormBody

_DAYS = ("starts_on", "ends_on", "notice_on", "live_on", "ceased_on")


class NetworkService(Answer):
    """Something that a school takes over the network."""

    service_id: UUID
    la_code: str
    school_urn: int
    school_name: str
    kind: str
    name: str
    provider: str
    reference: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notice_on: date | None = None
    monthly_pence: int | None = None
    cfr_code: str
    note: str | None = None
    live_on: date | None = None
    ceased_on: date | None = None
    version: int
    supplier_id: UUID | None = None
    desk_phone: str | None = None
    desk_email: str | None = None
    account_number: str | None = None

    @property
    def monthly(self) -> Decimal | None:
        return None if self.monthly_pence is None else formats.pence(self.monthly_pence)


class ServiceForm(FormBody):
    """What is said of a service."""

    kind: str = ""
    name: str = ""
    provider: str = ""
    reference: str = ""
    starts_on: str = ""
    ends_on: str = ""
    notice_on: str = ""
    monthly: str = ""
    cfr_code: str = "E20A"
    note: str = ""
    live_on: str = ""
    ceased_on: str = ""
    version: int = 0
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or a day or a price is none.
        """
        read = Reader()
        for name, missing in (
            ("name", "Enter what it is called"),
            ("provider", "Enter who provides it"),
        ):
            if not getattr(self, name):
                read.faults.append(errors.Fault(f"/{name}", missing))
        if self.kind not in model.KINDS:
            read.faults.append(errors.Fault("/kind", "Choose what it is for"))
        days = {name: read.day(getattr(self, name), name) for name in _DAYS}
        monthly = read.pence(self.monthly, "monthly_pence")
        read.done()
        return {
            "kind": self.kind,
            "name": self.name,
            "provider": self.provider,
            "reference": self.reference or None,
            "monthly_pence": monthly,
            "cfr_code": self.cfr_code,
            "note": self.note.replace("\r\n", "\n") or None,
            **days,
        }


def form_of(service: NetworkService) -> ServiceForm:
    """Fill the form with what is said of one now."""
    days = {name: reading.as_typed(getattr(service, name)) for name in _DAYS}
    monthly = "" if service.monthly is None else f"{service.monthly:.2f}"
    return ServiceForm(
        kind=service.kind,
        name=service.name,
        provider=service.provider,
        reference=service.reference or "",
        monthly=monthly,
        cfr_code=service.cfr_code,
        note=service.note or "",
        version=service.version,
        **days,
    )
