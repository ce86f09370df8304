"""What the browser sends of assets, and what inventory answers."""

from datetime import date, datetime
from uuid import UUID

from pydantic import JsonValue

from chassis import errors
from gateway.portal.assets import model
from gateway.portal.visit.schemas import Answer, FormBody

REQUIRED = {
    "tag": "Enter the asset tag",
    "category": "Choose a category",
    "manufacturer": "Enter the make",
    "model": "Enter the model",
}


class Asset(Answer):
    """An asset as inventory answers it."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None = None
    room: str | None = None
    status: str
    purchased_on: date | None = None
    version: int
    registered_at: datetime
    changed_at: datetime


class Installed(Answer):
    """A title on an asset as inventory answers it."""

    publisher: str
    name: str
    version: str | None = None
    seen_at: datetime


class Change(Answer):
    """A value that changed."""

    before: JsonValue = None
    after: JsonValue = None


class Happened(Answer):
    """One thing that happened to an asset as inventory answers it."""

    fact: str
    actor_id: str
    at: datetime
    changes: dict[str, Change]


class AssetForm(FormBody):
    """An asset as a person types it."""

    tag: str = ""
    category: str = ""
    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    room: str = ""
    status: str = "in-use"
    purchased_day: str = ""
    purchased_month: str = ""
    purchased_year: str = ""
    version: int = 0
    once: str = ""

    def faults(self) -> list[errors.Fault]:
        """List what is missing or no date, before inventory is asked at all."""
        found = [
            errors.Fault(f"/{name}", text)
            for name, text in REQUIRED.items()
            if not getattr(self, name)
        ]
        try:
            self.purchased_on()
        except errors.Invalid as wrong:
            found.extend(wrong.faults)
        return found

    def require_valid(self) -> None:
        """Refuse what inventory would refuse too, in words for people.

        Raises:
            errors.Invalid: a field is missing or wrong.
        """
        if faults := self.faults():
            raise errors.Invalid(faults=faults)

    def purchased_on(self) -> date | None:
        return model.read_date(
            self.purchased_day, self.purchased_month, self.purchased_year
        )

    def values(self) -> dict[str, object]:
        """Say the values as inventory takes them; nothing typed is null."""
        on = self.purchased_on()
        return {
            "tag": self.tag,
            "category": self.category,
            "manufacturer": self.manufacturer,
            "model": self.model,
            "serial": self.serial or None,
            "status": self.status,
            "purchased_on": on.isoformat() if on else None,
        }


class MoveForm(FormBody):
    """Where an asset goes."""

    school_urn: str = ""
    room: str = ""
    version: int = 0


class StepForm(FormBody):
    """A step with nothing to fill in: the version that was looked at."""

    version: int = 0


def form_of(asset: Asset) -> AssetForm:
    """Fill the form with what is saved."""
    on = asset.purchased_on
    return AssetForm(
        tag=asset.tag,
        category=asset.category,
        manufacturer=asset.manufacturer,
        model=asset.model,
        serial=asset.serial or "",
        room=asset.room or "",
        status=asset.status,
        purchased_day=str(on.day) if on else "",
        purchased_month=str(on.month) if on else "",
        purchased_year=str(on.year) if on else "",
        version=asset.version,
    )
