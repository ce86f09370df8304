"""What inventory answers of wipes, and what the browser sends."""

from datetime import date, datetime
from uuid import UUID

from chassis import errors
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.visit.schemas import Answer, FormBody
from gateway.portal.wipes import model


class Wipe(Answer):
    """That the data on an asset was erased."""

    wipe_id: UUID
    wiped_on: date
    method: str
    is_verified: bool
    tool: str | None = None
    done_by: str
    certificate: str | None = None
    note: str | None = None
    recorded_at: datetime


class WipeList(Answer):
    items: list[Wipe]


class Wiped(Answer):
    """Of how many assets it was written down."""

    assets: int


class WipeForm(FormBody):
    """How the data on some assets was erased."""

    wiped_on: str = ""
    method: str = ""
    verified: str = ""
    done_by: str = ""
    tool: str = ""
    certificate: str = ""
    note: str = ""
    once: str = ""

    def body(self, asset_ids: list[UUID]) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or the day is none.
        """
        read = Reader()
        asked = "Enter the day on which it was erased"
        day = read.day(self.wiped_on, "wiped_on", asked)
        if self.method not in model.METHODS:
            read.faults.append(errors.Fault("/method", "Choose how it was erased"))
        if not self.done_by:
            detail = "Enter who erased it: a person or a firm"
            read.faults.append(errors.Fault("/done_by", detail))
        read.done()
        return {
            "asset_ids": [str(each) for each in asset_ids],
            "wiped_on": day,
            "method": self.method,
            "is_verified": bool(self.verified),
            "done_by": self.done_by,
            "tool": self.tool or None,
            "certificate": self.certificate or None,
            "note": self.note.replace("\r\n", "\n") or None,
        }
