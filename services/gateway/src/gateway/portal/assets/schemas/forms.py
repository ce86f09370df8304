"""What the browser sends of assets."""

from collections.abc import Callable, Mapping
from datetime import date

from pydantic import ConfigDict

from chassis import errors
from gateway.portal.assets import model
from gateway.portal.assets.schemas.answers import Asset, KindField
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import FormBody

REQUIRED = {
    "tag": "Enter the asset tag",
    "category": "Choose a category",
    "manufacturer": "Enter the make",
    "model": "Enter the model",
}
_DAYS = ("ordered_on", "warranty_until", "support_until")
_WORDS = ("order_number", "supplier", "funding_line", "cfr_code")
_SAVED = (
    *("tag", "category", "manufacturer", "model", "serial", "site", "building"),
    *("room", "status", *_WORDS),
)
_DETAIL = "detail."
"""What the name of a field of the kind begins with in the form."""


class NewAssetQuery(FormBody):
    """What is known of an asset before anybody has typed it."""

    category: str = ""
    tag: str = ""
    site: str = ""
    building: str = ""
    room: str = ""

    @property
    def told(self) -> dict[str, str]:
        category = self.category if self.category in model.CATEGORIES else ""
        return {**self.model_dump(), "category": category}


class AssetForm(FormBody):
    """An asset as a person types it; the fields of its kind come beside these."""

    model_config = ConfigDict(extra="allow")

    tag: str = ""
    category: str = ""
    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    site: str = ""
    building: str = ""
    room: str = ""
    status: str = "in-use"
    order_number: str = ""
    ordered_on: str = ""
    purchased_day: str = ""
    purchased_month: str = ""
    purchased_year: str = ""
    price: str = ""
    supplier: str = ""
    funding_line: str = ""
    cfr_code: str = ""
    warranty_until: str = ""
    support_until: str = ""
    version: int = 0
    once: str = ""
    show_fields: str = ""
    """Pressed to see the fields of the chosen kind, before anything is kept."""

    def detail(self, name: str) -> str:
        """Say what was typed for a field of the kind."""
        return str((self.model_extra or {}).get(f"{_DETAIL}{name}", "")).strip()

    def has(self, name: str) -> bool:
        return f"{_DETAIL}{name}" in (self.model_extra or {})

    def faults(self) -> list[errors.Fault]:
        """List what is missing or no date, before inventory is asked at all."""
        found = [
            errors.Fault(f"/{name}", text)
            for name, text in REQUIRED.items()
            if not getattr(self, name)
        ]
        readings: list[Callable[[], object]] = [
            self.purchased_on,
            self.price_pence,
            *(lambda name=name: self.day(name) for name in _DAYS),
        ]
        for read in readings:
            try:
                read()
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

    def price_pence(self) -> int | None:
        return model.read_pence(self.price, "price_pence")

    def day(self, name: str) -> date | None:
        return model.read_day(getattr(self, name), name)

    def values(self) -> dict[str, object]:
        """Say the values as inventory takes them; nothing typed is null."""
        days = {name: self.day(name) for name in _DAYS}
        days["purchased_on"] = self.purchased_on()
        return {
            "tag": self.tag,
            "category": self.category,
            "manufacturer": self.manufacturer,
            "model": self.model,
            "serial": self.serial or None,
            "status": self.status,
            **{name: getattr(self, name) or None for name in _WORDS},
            "price_pence": self.price_pence(),
            **{name: on.isoformat() if on else None for name, on in days.items()},
        }

    def details(self, fields: list[KindField]) -> dict[str, object]:
        """Say the details that the form held, as inventory takes them."""
        return {f.name: f.read(self.detail(f.name)) for f in fields if self.has(f.name)}

    def place(self) -> dict[str, object]:
        return {
            "site": self.site or None,
            "building": self.building or None,
            "room": self.room or None,
        }


class MoveForm(FormBody):
    """Where an asset goes."""

    school_urn: str = ""
    site: str = ""
    building: str = ""
    room: str = ""
    version: int = 0


class DisposeForm(FormBody):
    """How an asset left for good."""

    on: str = ""
    method: str = ""
    reference: str = ""
    version: int = 0

    def body(self) -> Mapping[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or the date is none.
        """
        faults: list[errors.Fault] = []
        day: date | None = None
        try:
            day = model.read_day(self.on, "on")
            if day is None:
                faults.append(errors.Fault("/on", "Enter the day on which it left"))
        except errors.Invalid as wrong:
            faults.extend(wrong.faults)
        if self.method not in model.METHODS:
            faults.append(errors.Fault("/method", "Choose how it left"))
        if faults or day is None:
            raise errors.Invalid(faults=faults)
        return {
            "on": day.isoformat(),
            "method": self.method,
            "reference": self.reference or None,
        }


class StepForm(FormBody):
    """A step with nothing to fill in: the version that was looked at."""

    version: int = 0


def form_of(asset: Asset, fields: list[KindField]) -> AssetForm:
    """Fill the form with what is saved."""
    on = asset.purchased_on
    details = {
        f"{_DETAIL}{field.name}": field.typed(asset.details.get(field.name))
        for field in fields
    }
    pence = asset.price_pence
    saved: dict[str, object] = {
        **{name: getattr(asset, name) or "" for name in _SAVED},
        **{name: model.as_typed(getattr(asset, name)) for name in _DAYS},
        **details,
        "price": "" if pence is None else f"{formats.pence(pence):,.2f}",
        "purchased_day": str(on.day) if on else "",
        "purchased_month": str(on.month) if on else "",
        "purchased_year": str(on.year) if on else "",
        "version": asset.version,
    }
    return AssetForm.model_validate(saved)
