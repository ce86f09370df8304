"""Tables that remember themselves: what somebody looks at, and what they saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from chassis.auth import Actor
from chassis.db import Database
from gateway.portal.tables import model
from gateway.portal.tables.model import Pairs, State, Table
from gateway.portal.tables.sheet import Kept
from gateway.portal.visit.model import Place
from gateway.views import service as views
from gateway.views.model import SavedView, may_delete

RESET = "reset"
USUAL_SIZE = model.SIZES[1]


@dataclass(frozen=True, slots=True)
class Opened:
    """How a table is set for this request, and the views that its person may choose."""

    state: State
    is_remembered: bool
    views: list[SavedView]


async def open_table(
    db: Database,
    actor: Actor,
    table: Table,
    pairs: Pairs,
    place: Place | None = None,
) -> Opened:
    """Set a table as the query says, else as it was last, else as its default view."""
    school_id = place.school_id if place else None
    kept = await views.list_views(db, actor, table.key, school_id)
    if any(name == RESET for name, _ in pairs):
        await views.forget(db, actor, table.key)
        return Opened(table.usual(), is_remembered=False, views=kept)
    asked = model.read(table, pairs)
    last = await views.recall(db, actor, table.key)
    if asked is not None:
        lasting = plain(model.without_words(table, asked))
        if last != lasting:
            await views.remember(db, actor, table.key, lasting)
        return Opened(asked, is_remembered=False, views=kept)
    if last is not None:
        state = model.known(table, state_of(last))
        return Opened(state, is_remembered=state != table.usual(), views=kept)
    default = next((view for view in kept if view.is_default), None)
    state = model.known(table, state_of(default.state)) if default else table.usual()
    return Opened(state, is_remembered=False, views=kept)


def plain(state: State) -> dict[str, Any]:
    """Write a state as it is kept."""
    return {
        "sort": state.sort,
        "filters": dict(state.filters),
        "columns": list(state.columns),
        "size": state.size,
    }


def state_of(kept: Mapping[str, Any]) -> State:
    return State(
        str(kept.get("sort", "")),
        {str(k): str(v) for k, v in dict(kept.get("filters", {})).items()},
        tuple(str(each) for each in kept.get("columns", ())),
        int(kept.get("size", USUAL_SIZE)),
    )


def listed(
    actor: Actor, table: Table, kept: Sequence[SavedView], place: Place | None = None
) -> list[Kept]:
    """Word the saved views for the page that lists them, at a school or at an LA."""
    return [
        Kept(
            str(view.view_id),
            view.name,
            model.query(table, model.known(table, state_of(view.state))),
            view.is_mine,
            view.is_default,
            _shared(view, place),
            view.version,
            may_delete(actor, view, _school_of(view, place)),
        )
        for view in kept
    ]


def query_of(view: SavedView) -> str:
    """Write a view as the query of the form that would save it."""
    state = state_of(view.state)
    pairs = [("sort", state.sort), ("size", str(state.size)), *state.filters.items()]
    return urlencode([*pairs, *(("column", key) for key in state.columns)])


def _school_of(view: SavedView, place: Place | None) -> UUID | None:
    """The school that a view is shared with, where it is the one that is looked at."""
    return place.school_id if place and place.urn == view.school_urn else None


def _shared(view: SavedView, place: Place | None) -> str:
    if view.school_urn is not None:
        here = _school_of(view, place) is not None
        return "shared with the school" if here else "shared with another school"
    return "shared with the LA" if view.la_code is not None else ""
