"""Merges on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, JsonValue

from chassis.wire import Answer, Body, Line, whole
from inventory.assets.schemas import AssetAnswer

Version = Annotated[
    int,
    Field(
        ge=1, le=999_999_999, strict=True, description="The version that was looked at."
    ),
    BeforeValidator(whole),
]
Take = Annotated[
    list[Annotated[Line, Field(min_length=1, max_length=80)]],
    Field(
        max_length=80,
        description=(
            "Fields whose value is taken from the duplicate where both have one: "
            "names of fields, `place` for site, building and room together, or "
            "`details.` and the name of one of its kind."
        ),
    ),
]


class MergeAssets(Body):
    """The duplicate of an asset, and what of it is right."""

    duplicate_id: UUID
    duplicate_version: Version
    take: Take = Field(default_factory=list)


class SplitAssets(Body):
    """What is to be done about what has changed since the merge."""

    leave_changed: bool = Field(
        default=False,
        description="Leave with the asset that was kept what has changed since.",
    )


class AssetMergeAnswer(Answer):
    """That a duplicate was merged into the asset that is kept, and what moved."""

    merge_id: UUID
    kept_id: UUID
    kept_tag: str | None
    duplicate_id: UUID
    duplicate_tag: str | None
    devices: list[UUID] = Field(description="Machines that report.")
    attachments: list[UUID]
    repairs: list[UUID]
    relations_ended: list[UUID] = Field(description="The duplicate's own.")
    relations_begun: list[UUID | None] = Field(
        description="In their place; null where that would be there twice or in a ring."
    )
    merged_by: str
    merged_at: datetime
    split_by: str | None
    split_at: datetime | None
    version: int


class AssetMergesAnswer(Answer):
    """The merges that an asset was a part of, the newest first: at most 50."""

    items: list[AssetMergeAnswer]


class DifferingAnswer(Answer):
    """A field in which a duplicate is not what the asset that is kept is."""

    name: str
    kept: JsonValue
    duplicate: JsonValue


class BelongingsAnswer(Answer):
    """How much belongs to an asset."""

    devices: int
    attachments: int
    repairs: int
    relations: int


class MergePreviewAnswer(Answer):
    """What a merge would do."""

    kept: AssetAnswer
    duplicate: AssetAnswer
    conflicts: list[DifferingAnswer] = Field(
        description="Both have a value: that of the kept one stays unless it is taken."
    )
    filled: list[DifferingAnswer] = Field(description="Only the duplicate has a value.")
    moves: BelongingsAnswer


class LikenessAnswer(Answer):
    """An asset that bears the serial of another of its school."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str
    room: str | None
    status: str
    version: int


class LikenessesAnswer(Answer):
    """Assets that may be the same thing, by serial and tag."""

    items: list[LikenessAnswer]


class SuspectsAnswer(Answer):
    """Assets of a school whose serial another bears too, by serial: some 200."""

    items: list[LikenessAnswer]
    is_all: bool = Field(description="False: there are more, with further serials.")
