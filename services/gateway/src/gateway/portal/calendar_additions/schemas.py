"""What the browser sends of an addition to many calendars, and what came of it."""

from pydantic import Field

from gateway.portal.calendars.schemas import EntryForm
from gateway.portal.visit.schemas import Answer


class ManyForm(EntryForm):
    """What is added, and to the calendars of which schools."""

    choice: str = ""
    phase: list[str] = Field(default_factory=list)
    school: list[str] = Field(default_factory=list)
    step: str = ""
    once: str = ""


class AddedAt(Answer):
    """The version at which a school's calendar holds what was added."""

    school_urn: int
    version: int


class Added(Answer):
    """What came of it at each school."""

    items: list[AddedAt]
