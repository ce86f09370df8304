"""What a saved view is, and who may share one; nothing here touches the world."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from contracts import roles

TableKey = Literal[
    "assets",
    "tickets",
    "devices",
    "authority-assets",
    "authority-tickets",
    "authority-devices",
    "people",
    "schools",
]

SHARERS = frozenset(
    {
        roles.LA_MANAGER,
        roles.LA_TECHNICIAN,
        roles.SCHOOL_TECHNICIAN,
        roles.SCHOOL_LEADER,
    }
)
ACCESS = Access(read=roles.NAMED_SCHOOLS, write=SHARERS)
MOST = 100
_TOLD = ("table", "name", "state", "la_code", "school_urn", "is_default")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A table's state under a name, as it stands at `version`."""

    view_id: UUID
    table: str
    name: str
    state: dict[str, Any]
    la_code: str | None
    school_urn: int | None
    """The school it is shared with; an LA without a school is a whole LA."""
    is_mine: bool
    is_default: bool
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a view is shared: nobody, a school, or a whole LA."""

    la_code: str | None = None
    school_id: UUID | None = None


PRIVATE = Sharing()


class ViewNotFound(errors.NotFound):
    """No such view, or none that the caller may see: said alike."""

    slug = "view-not-found"
    title = "There is no such view"


class ViewNameTaken(errors.Conflict):
    """The caller has another view of this name."""

    slug = "view-name-taken"
    title = "You have another view of this name"

    def __init__(self) -> None:
        super().__init__(errors=[errors.Fault("/name", self.title)])


class TooManyViews(errors.Conflict):
    """The caller has as many views of the table as can be listed."""

    slug = "too-many-views"
    title = "You have too many views of this table; delete one first"


class SharingBeyondScope(errors.Invalid):
    """A view is to be shared with a school or an LA that its owner does not have."""

    slug = "sharing-beyond-scope"


def may_delete(actor: Actor, view: SavedView, school_id: UUID | None) -> bool:
    """Who may share in a place may tidy up what others shared there."""
    shared = view.la_code is not None
    return view.is_mine or (
        shared and actor.may(SHARERS, view.la_code or "", school_id)
    )


def recorded(
    happened: str, old: SavedView | None, new: SavedView | None, actor: Actor
) -> Entry:
    """Say a change of a view as the audit has it: the LA's where it is shared there.

    A view of one's own, or one that is shared with a school, is no LA's affair.
    """
    told = new or old
    shared = told is not None and told.school_urn is None and told.la_code is not None
    la_code = told.la_code if told is not None and shared else None
    if la_code not in actor.las(ACCESS.read):
        la_code = None
    target = Target("view", told.view_id if told else "", la_code)
    before = {} if old is None else {name: getattr(old, name) for name in _TOLD}
    after = {} if new is None else {name: getattr(new, name) for name in _TOLD}
    gone = {name: None for name in before if name not in after}
    changes = audit.differing(before, {**gone, **after})
    return audit.changed(f"view.{happened}", target, changes)
