"""Saved views on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictBool
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, LaCode, Line, Urn, Whole, partial
from gateway.views.model import TableKey

Name = Annotated[Line, Field(min_length=1, max_length=60)]
Word = Annotated[Line, Field(max_length=80)]
Key = Annotated[str, Field(pattern="^[a-z][a-z0-9_-]{0,39}$")]


class ViewState(Body):
    """How a table is set; what it does not know is left out when it is shown."""

    sort: Word = ""
    filters: dict[Key, Word] = Field(
        default_factory=dict,
        max_length=20,
        # No key but those that the pattern allows; the library does not say so itself.
        json_schema_extra={"additionalProperties": False},
    )
    columns: list[Word] = Field(default_factory=list, max_length=40)
    size: Whole = Field(50, ge=1, le=200)


class SharedWith(Body):
    """A school, or else a whole LA."""

    school_urn: Urn | None = None
    la_code: LaCode | None = None


class SaveView(Body):
    """A new view of a table."""

    table: TableKey
    name: Name
    state: ViewState
    shared_with: SharedWith | None = Field(None, description="Nobody, unless said.")
    is_default: StrictBool = Field(
        False, description="Whether your table opens with it."
    )


@partial
class ChangeView(TypedDict, total=False):
    """New values of a view; what is left out stays."""

    name: Name
    state: ViewState
    shared_with: SharedWith | None
    is_default: StrictBool


class ViewAnswer(Answer):
    """A saved view."""

    view_id: UUID
    table: TableKey
    name: str
    state: ViewState
    la_code: LaCode | None = Field(description="The LA it is shared with, if any.")
    school_urn: int | None = Field(description="The one school of it, if only one.")
    is_mine: bool
    is_default: bool
    version: int
    changed_at: datetime


class ViewsAnswer(Answer):
    """The views of a table that you have or may see."""

    items: list[ViewAnswer]
    next: None
