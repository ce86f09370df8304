"""What inventory answers of scans, and what the browser sends."""

from datetime import date, datetime
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.custody import model as custody
from gateway.portal.custody.schemas import Custody
from gateway.portal.scans import model
from gateway.portal.visit.schemas import Answer, FormBody


class Outcome(Answer):
    """What came of a scan."""

    scan_id: UUID
    result: str
    asset_id: UUID | None = None
    reason: str | None = None
    detail: str | None = None


class Results(Answer):
    results: list[Outcome]


class Conflict(Answer):
    """A scan that could not be done, beside what is true now."""

    scan_id: UUID
    scanned_at: datetime
    code: str
    action: str
    holder_name: str | None = None
    purpose: str | None = None
    due_on: date | None = None
    asset_id: UUID | None = None
    reason: str | None = None
    detail: str | None = None
    now: Custody | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether the scan could be right after all."""
        return self.action == "issue" and self.asset_id is not None


class ScanForm(FormBody):
    """What is chosen once, and one code."""

    action: str = "issue"
    holder_kind: str = "person"
    holder_name: str = ""
    purpose: str = "loan"
    due_on: str = ""
    code: str = ""
    scan_id: str = ""
    session: str = ""

    def scan(self, now: datetime) -> dict[str, object]:
        """Say the scan as inventory takes it.

        Raises:
            errors.Invalid: nothing was scanned, nobody is named, or the date is none.
        """
        faults: list[errors.Fault] = []
        out = self.action != "return"
        if not self.code:
            faults.append(errors.Fault("/code", "Scan or type a tag"))
        if out and not self.holder_name:
            faults.append(errors.Fault("/holder_name", "Say who gets it"))
        due: date | None = None
        try:
            due = reading.read_day(self.due_on, "due_on") if out else None
        except errors.Invalid as wrong:
            faults.extend(wrong.faults)
        if faults:
            raise errors.Invalid(faults=faults)
        scan: dict[str, object] = {
            "scan_id": self.scan_id,
            "at": now.isoformat(),
            "code": self.code,
            "action": self.action if self.action in model.ACTIONS else "issue",
        }
        if not out:
            return scan
        kind, purpose = self.holder_kind, self.purpose
        return {
            **scan,
            "holder_kind": kind if kind in custody.HOLDERS else "person",
            "holder_name": self.holder_name,
            "purpose": purpose if purpose in custody.PURPOSES else "loan",
            "due_on": due and due.isoformat(),
        }


class SettleForm(FormBody):
    """What is right of a scan that could not be done."""

    scan_id: str = ""
    settle_as: str = ""
