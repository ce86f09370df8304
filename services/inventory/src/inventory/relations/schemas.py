"""Relations of kit on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body
from inventory.relations.model import RelationKind


class RelateAsset(Body):
    """What an asset hangs on: another one of the same school."""

    kind: RelationKind
    other_id: UUID


class RelationAnswer(Answer):
    """A relation that lasts."""

    relation_id: UUID
    asset_id: UUID = Field(description="The one that depends.")
    kind: RelationKind
    other_id: UUID
    began_at: datetime


class RelatedAnswer(Answer):
    """An asset that another is related to."""

    relation_id: UUID
    kind: RelationKind
    depends: bool = Field(description="It hangs on the asset that was asked for.")
    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    status: str
    began_at: datetime


class RelatedPage(Answer):
    """What an asset hangs on, and what hangs on it: the first 200."""

    items: list[RelatedAnswer]


class AffectedAnswer(Answer):
    """An asset that would fail too."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    room: str | None
    steps: int = Field(description="How many relations lie between.")
    kind: RelationKind
    via_tag: str = Field(description="The asset that it hangs on directly.")


class ImpactAnswer(Answer):
    """What a failure of an asset would take along, the nearest first: at most 200."""

    items: list[AffectedAnswer]
