"""What a relation of kit is, and why one is refused; nothing here touches the world."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.errors import Fault

RelationKind = Literal["runs-on", "connected-to", "part-of"]
WITHOUT_CIRCLES: frozenset[RelationKind] = frozenset({"runs-on", "part-of"})
"""Nothing runs on itself or is part of itself, however far round."""
MOST = 200
"""Relations of one asset, and assets that one takes along, that are told."""
DEEPEST = 12
"""Steps after which nobody looks for what else hangs on an asset."""


@dataclass(frozen=True, slots=True)
class Related:
    """An asset beside another; `depends` says that it hangs on the other one."""

    relation_id: UUID
    kind: RelationKind
    depends: bool
    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    status: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Affected:
    """An asset that a failure takes along, so many steps away, by way of another."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    room: str | None
    steps: int
    kind: RelationKind
    via_tag: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation as it stands."""

    relation_id: UUID
    la_code: str
    school_id: UUID
    asset_id: UUID
    kind: RelationKind
    other_id: UUID
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A relation that ended, and the one that took its place; None where none did."""

    ended: UUID
    begun: UUID | None


class RelationNotFound(errors.NotFound):
    """No such relation that lasts, or none that the caller may know of: said alike."""

    slug = "relation-not-found"
    title = "There is no such relation within your scope"


class RelationImpossible(errors.Invalid):
    """What is related to what cannot be, whatever the state."""

    slug = "relation-impossible"
    title = "These two cannot be related so"


class RelationPresent(errors.Conflict):
    """They are related so already."""

    slug = "relation-present"
    title = "These two are related so already"


class RelationCircular(errors.Conflict):
    """The other one hangs on this one already, directly or not."""

    slug = "relation-circular"
    title = "The other one depends on this one already"


def impossible(detail: str) -> RelationImpossible:
    return RelationImpossible(faults=[Fault("/other_id", detail)])


def require_no_circle(
    kind: RelationKind, asset_id: UUID, over: Collection[UUID]
) -> None:
    """Refuse a relation by which something would hang on itself.

    `over` is all that the other one hangs on by the same kind.

    Raises:
        RelationCircular: the asset is among it.
    """
    if kind in WITHOUT_CIRCLES and asset_id in over:
        raise RelationCircular


def handed_over(relation: Relation, old_id: UUID, new_id: UUID) -> Relation:
    """Say what a relation is where one asset stands in another's place."""
    return led_on(relation, {old_id: new_id})


def led_on(relation: Relation, merged: Mapping[UUID, UUID]) -> Relation:
    """Say what a relation is where others stand in the place of merged assets."""
    asset_id, other_id = (
        merged.get(each, each) for each in (relation.asset_id, relation.other_id)
    )
    return replace(relation, asset_id=asset_id, other_id=other_id)


def told(action: str, relation: Relation) -> Entry:
    """Say as the audit has it that a relation began or ended."""
    target = Target("asset", relation.asset_id, relation.la_code, relation.school_id)
    values = {"kind": relation.kind, "other_id": relation.other_id}
    if action == "asset.related":
        return Entry(action, target, after=values)
    return Entry(action, target, before=values)
