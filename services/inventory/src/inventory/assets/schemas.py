"""Assets on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, JsonValue
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Urn, partial, whole
from inventory.assets.model import (
    CfrCode,
    DisposalMethod,
    NewStatus,
    SettableStatus,
    Status,
)
from inventory.history.model import Happened
from inventory.kinds.model.categories import Category

Tag = Annotated[
    Line, Field(min_length=1, max_length=40, description="What is written on the kit.")
]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Serial = Annotated[Line, Field(min_length=1, max_length=120)]
Room = Annotated[Line, Field(min_length=1, max_length=80)]
Site = Annotated[
    Line,
    Field(min_length=1, max_length=80, description="Of a school with several sites."),
]
Building = Annotated[Line, Field(min_length=1, max_length=80)]
Words = Annotated[Line, Field(min_length=1, max_length=120)]
Pence = Annotated[
    int,
    Field(ge=0, le=10_000_000_000, strict=True, description="In pence, as paid."),
    BeforeValidator(whole),
]
Details = Annotated[
    dict[str, JsonValue],
    Field(
        max_length=60,
        description="The fields of its kind by name; null takes a value away.",
    ),
]


class RegisterAsset(Body):
    """A new asset of a school."""

    school_urn: Urn
    tag: Tag
    category: Category
    manufacturer: Name
    model: Name
    serial: Serial | None = None
    site: Site | None = None
    building: Building | None = None
    room: Room | None = None
    status: NewStatus = "in-use"
    order_number: Words | None = None
    ordered_on: Day | None = None
    purchased_on: Day | None = None
    price_pence: Pence | None = None
    supplier: Words | None = None
    funding_line: Words | None = None
    cfr_code: CfrCode | None = None
    warranty_until: Day | None = None
    support_until: Day | None = None
    details: Details = Field(default_factory=dict)


@partial
class ChangeAsset(TypedDict, total=False):
    """New values of an asset; what is left out stays."""

    tag: Tag
    category: Category
    manufacturer: Name
    model: Name
    serial: Serial | None
    status: SettableStatus
    order_number: Words | None
    ordered_on: Day | None
    purchased_on: Day | None
    price_pence: Pence | None
    supplier: Words | None
    funding_line: Words | None
    cfr_code: CfrCode | None
    warranty_until: Day | None
    support_until: Day | None
    details: Details


class MoveAsset(Body):
    """Where an asset goes: another place, or another school within your scope.

    Site, building and room are set together: what is left out is not known any more.
    """

    school_urn: Urn | None = None
    site: Site | None = None
    building: Building | None = None
    room: Room | None = None


class DisposeOfAsset(Body):
    """How an asset left for good."""

    on: Day
    method: DisposalMethod
    reference: Words | None = Field(
        default=None, description="Say, the number of its waste transfer note."
    )


class AssetAnswer(Answer):
    """An asset."""

    asset_id: UUID
    school_id: UUID
    school_urn: int
    la_code: LaCode
    tag: str
    category: Category
    manufacturer: str
    model: str
    serial: str | None
    site: str | None
    building: str | None
    room: str | None
    status: Status
    order_number: str | None
    ordered_on: date | None
    purchased_on: date | None
    price_pence: int | None
    supplier: str | None
    funding_line: str | None
    cfr_code: CfrCode | None
    warranty_until: date | None
    support_until: date | None
    expected_years: int | None = Field(
        description="How long such kit lasts, by the school's policy or the LA's."
    )
    replace_on: date | None = Field(description="When it should be replaced by that.")
    disposed_on: date | None
    disposal_method: DisposalMethod | None
    disposal_reference: str | None
    details: dict[str, JsonValue] = Field(description="The fields of its kind.")
    version: int
    registered_at: datetime
    changed_at: datetime
    merged_into: UUID | None = Field(
        description="Of a duplicate: the asset that it is, which counts in its place."
    )


class LabelAnswer(Answer):
    """What everyone at a school is told of an asset whose label they scan."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: Category
    manufacturer: str
    model: str
    site: str | None
    building: str | None
    room: str | None
    merged_into: UUID | None


class Change(Answer):
    """A value that changed."""

    before: JsonValue
    after: JsonValue


class HistoryAnswer(Answer):
    """One thing that happened to an asset."""

    version: int = Field(description="The version it made of the asset.")
    fact: Happened
    actor_id: str
    at: datetime
    batch_id: UUID | None = Field(description="The change of many it was a part of.")
    changes: dict[str, Change] = Field(description="By field.")


class HistoryPage(Answer):
    """A page of what happened to an asset since it was registered, oldest first."""

    items: list[HistoryAnswer]
    next: str | None = Field(description="The `after` of the next page.")
