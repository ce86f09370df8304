"""Assets on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Urn, partial
from inventory.assets.model import Category, Status, WorkingStatus
from inventory.history.model import Happened

Tag = Annotated[
    Line, Field(min_length=1, max_length=40, description="What is written on the kit.")
]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Serial = Annotated[Line, Field(min_length=1, max_length=120)]
Room = Annotated[Line, Field(min_length=1, max_length=80)]


class RegisterAsset(Body):
    """A new asset of a school."""

    school_urn: Urn
    tag: Tag
    category: Category
    manufacturer: Name
    model: Name
    serial: Serial | None = None
    room: Room | None = None
    status: WorkingStatus = "in-use"
    purchased_on: Day | None = None


@partial
class ChangeAsset(TypedDict, total=False):
    """New values of an asset; what is left out stays."""

    tag: Tag
    category: Category
    manufacturer: Name
    model: Name
    serial: Serial | None
    status: WorkingStatus
    purchased_on: Day | None


class MoveAsset(Body):
    """Where an asset goes: another room, or another school within your scope."""

    school_urn: Urn | None = None
    room: Room | None = None


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
    room: str | None
    status: Status
    purchased_on: date | None
    version: int
    registered_at: datetime
    changed_at: datetime


class AssetPage(Answer):
    """A page of assets."""

    items: list[AssetAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class CountAnswer(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="False: there are at least so many.")


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
