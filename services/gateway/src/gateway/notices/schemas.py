"""Notices on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose, Urn, partial
from gateway.directory.schemas import Phase
from gateway.notices.model import AudienceRole, State, Tone

Title = Annotated[Line, Field(min_length=1, max_length=120)]
Text = Annotated[Prose, Field(max_length=2000)]
Roles = Annotated[
    list[AudienceRole], Field(max_length=6, description="Empty means every role.")
]
Phases = Annotated[
    list[Phase], Field(max_length=10, description="Empty means every phase.")
]
Urns = Annotated[
    list[Urn], Field(max_length=500, description="Empty means every school of the LA.")
]


class WriteNotice(Body):
    """A new notice of an LA: a draft until it is published."""

    la_code: LaCode
    title: Title
    body: Text = ""
    tone: Tone = "note"
    roles: Roles = Field(default_factory=list[AudienceRole])
    phases: Phases = Field(default_factory=list[Phase])
    school_urns: Urns = Field(default_factory=list[int])
    from_on: Day
    to_on: Day | None = None


@partial
class ChangeNotice(TypedDict, total=False):
    """New values of a notice; what is left out stays."""

    title: Title
    body: Text
    tone: Tone
    roles: Roles
    phases: Phases
    school_urns: Urns
    from_on: Day
    to_on: Day | None


class NoticeAnswer(Answer):
    """A notice."""

    notice_id: UUID
    la_code: LaCode
    title: str
    body: str
    tone: Tone
    roles: list[AudienceRole]
    phases: list[Phase]
    school_urns: list[Urn]
    from_on: date
    to_on: date | None
    state: State
    version: int
    created_at: datetime
    changed_at: datetime


class NoticesAnswer(Answer):
    """A page of notices."""

    items: list[NoticeAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]
