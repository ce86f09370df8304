"""What inventory answers of assets and their kinds."""

import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field, JsonValue

from gateway.portal.assets import model
from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer


def placed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


class Picture(Answer):
    """The picture of a model, and the model under whose id it is kept."""

    model_id: UUID
    alt: str

    @property
    def address(self) -> str:
        return f"/api/inventory/v1/models/{self.model_id}/picture"


class KnownModel(Answer):
    """What the catalogue knows of the model that an asset is of."""

    model_id: UUID
    make: str
    model: str
    supported_until: date | None = None
    support: str
    picture: Picture | None = None

    @property
    def name(self) -> str:
        return f"{self.make} {self.model}"


class Asset(Answer):
    """An asset as inventory answers it."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None = None
    site: str | None = None
    building: str | None = None
    room: str | None = None
    status: str
    order_number: str | None = None
    ordered_on: date | None = None
    purchased_on: date | None = None
    price_pence: int | None = None
    supplier: str | None = None
    funding_line: str | None = None
    cfr_code: str | None = None
    warranty_until: date | None = None
    support_until: date | None = None
    expected_years: int | None = None
    replace_on: date | None = None
    disposed_on: date | None = None
    disposal_method: str | None = None
    disposal_reference: str | None = None
    details: Mapping[str, str | bool | int | float] = Field(default_factory=dict)
    version: int
    registered_at: datetime
    changed_at: datetime
    merged_into: UUID | None = None
    known: KnownModel | None = None
    """As a list has it."""

    @property
    def recorded(self) -> str:
        """Say its make and model as they are written on it."""
        return f"{self.manufacturer} {self.model}"

    @property
    def called(self) -> str:
        """Say its make and model as the catalogue has them, where it is asked."""
        return self.known.name if self.known else self.recorded

    @property
    def price(self) -> Decimal | None:
        """Say its price in pounds."""
        return None if self.price_pence is None else formats.pence(self.price_pence)

    @property
    def place(self) -> str:
        """Say where it stands: room, building, site, as far as they are known."""
        return placed(self.room, self.building, self.site)


class Merge(Answer):
    """That a duplicate was merged into the asset that is kept."""

    merge_id: UUID
    kept_id: UUID
    kept_tag: str | None = None
    duplicate_id: UUID
    duplicate_tag: str | None = None
    merged_at: datetime
    split_at: datetime | None = None
    version: int


class Merges(Answer):
    """The merges of an asset, the newest first."""

    items: list[Merge]


class Likeness(Answer):
    """An asset that may be the same as another."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None = None
    room: str | None = None
    status: str


class Likenesses(Answer):
    """Assets that may be the same."""

    items: list[Likeness]
    is_all: bool = True


class Label(Answer):
    """What everyone at a school is told of an asset of it."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: str
    manufacturer: str
    model: str
    site: str | None = None
    building: str | None = None
    room: str | None = None
    merged_into: UUID | None = None

    @property
    def place(self) -> str:
        return placed(self.room, self.building, self.site)


def _number(text: str) -> float | str:
    """Read a number; what JSON has no word for, such as nan, stays as it was typed."""
    with suppress(ValueError):
        if math.isfinite(number := float(text.replace(",", ""))):
            return number
    return text


class KindField(Answer):
    """A field that a kind of kit has, as inventory answers it."""

    name: str
    label: str
    form: str
    unit: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def options(self) -> dict[str, str]:
        return {choice: choice for choice in self.choices}

    def told(self, value: object) -> str:
        """Write a value of it with its unit."""
        if self.form == "date":
            return formats.day(date.fromisoformat(str(value)))
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, int | float):
            written = f"{value:,}"
            return f"{written} {self.unit}" if self.unit else written
        return str(value)

    def read(self, text: str) -> object:
        """Read what was typed; what is no value of its form inventory refuses."""
        if not text:
            return None
        match self.form:
            case "yes-no":
                return text == "yes"
            case "whole" | "decimal":
                return _number(text)
            case "date":
                day = model.read_day(text, self.name)
                return day.isoformat() if day else None
            case _:
                return text

    def typed(self, value: object) -> str:
        """Write a value as it is typed into the form."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.form == "date" and value:
            return model.as_typed(date.fromisoformat(str(value)))
        return "" if value is None else str(value)


class Kind(Answer):
    """A kind of kit as inventory answers it."""

    category: str
    fields: list[KindField]
    expected_years: int | None = None


class Kinds(Answer):
    """Every kind of kit, at one school."""

    items: list[Kind]

    def fields_of(self, category: str) -> list[KindField]:
        for kind in self.items:
            if kind.category == category:
                return kind.fields
        return []

    def labels_of(self, category: str) -> dict[str, str]:
        return {field.name: field.label for field in self.fields_of(category)}


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


class Reporting(Answer):
    """A machine that reports and is an asset."""

    device_id: UUID
    name: str | None = None
    serial: str | None = None
    last_seen_at: datetime

    @property
    def title(self) -> str:
        return self.name or self.serial or "one without a name"


class Sighting(Answer):
    """When people last saw an asset, and since when it is missing at a stock-take."""

    seen_on: date | None = None
    seen_in: UUID | None = None
    missed_on: date | None = None
    missed_in: UUID | None = None


class Holding(Answer):
    """Who has or had an asset."""

    holder_name: str
    issued_at: datetime
    due_on: date | None = None
    returned_at: datetime | None = None


class Holdings(Answer):
    items: list[Holding]


class Attachment(Answer):
    """A picture or document of an asset as inventory answers it."""

    attachment_id: UUID
    kind: str
    title: str
    name: str
    media_type: str
    size: int
    is_picture: bool
    added_by: str
    added_at: datetime


class Attachments(Answer):
    """All of an asset, the newest first."""

    items: list[Attachment]

    @property
    def pictures(self) -> list[Attachment]:
        return [each for each in self.items if each.is_picture]

    @property
    def documents(self) -> list[Attachment]:
        return [each for each in self.items if not each.is_picture]


class Happened(Answer):
    """One thing that happened to an asset as inventory answers it."""

    fact: str
    actor_id: str
    at: datetime
    changes: dict[str, Change]
