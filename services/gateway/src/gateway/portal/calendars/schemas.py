"""What the service desk answers of calendars, and what the browser sends of them."""

from datetime import date, datetime
from typing import Any

from gateway.portal.visit.schemas import Answer, FormBody


class Span(Answer):
    """From a time of the day up to another: 08:30, or 24:00 for the day's end."""

    opens: str
    closes: str


class Period(Answer):
    """A stretch of days, the first and the last included."""

    kind: str
    first: date
    last: date
    name: str = ""


class Part(Answer):
    """A half day, or training after school."""

    kind: str
    day: date
    opens: str
    closes: str
    name: str = ""


Week = list[list[Span]]
"""When somebody is there on each weekday, Monday first."""


class Layer(Answer):
    """What somebody says of a calendar."""

    periods: list[Period]
    parts: list[Part]
    hours: dict[str, Week]

    def body(self) -> dict[str, Any]:
        """Say it as the service takes it."""
        return self.model_dump(mode="json", include={"periods", "parts", "hours"})


class Calendar(Layer):
    """What a place says itself, and what governs there; version 0 said nothing."""

    version: int
    since: datetime | None = None
    effective: Layer


class Twilight(Span):
    """Training after school."""

    name: str = ""


class Day(Answer):
    """What a day is to a school, when somebody is there, and what falls on it."""

    day: date
    kind: str
    name: str = ""
    spans: list[Span]
    sessions: int
    marks: list[str]
    twilight: Twilight | None = None


class Days(Answer):
    """Days, in order."""

    items: list[Day]


class Year(Answer):
    """What a school year holds of what the law asks, and what it lacks."""

    year: int
    days: int
    sessions: int
    inset_half_days: int
    first: date | None = None
    last: date | None = None
    lacking_days: int
    lacking_sessions: int
    lacking_inset_half_days: int


class Proposal(Layer):
    """What a place says, with a draft of the next school year."""

    year: Year


class Due(Answer):
    """From when on somebody is there."""

    runs_from: datetime


class PassedOver(Answer):
    """An event of a file that was not taken, and why."""

    summary: str
    why: str


class Taken(Answer):
    """A calendar with what was taken of a file, and what was passed over."""

    calendar: Calendar
    passed_over: list[PassedOver]


class EntryForm(FormBody):
    """A period or a part of a day, to be added."""

    kind: str = ""
    first: str = ""
    last: str = ""
    opens: str = ""
    closes: str = ""
    name: str = ""
    version: int = 0


class HoursForm(FormBody):
    """When somebody is there on each weekday of one kind of day."""

    kind: str = ""
    monday: str = ""
    tuesday: str = ""
    wednesday: str = ""
    thursday: str = ""
    friday: str = ""
    saturday: str = ""
    sunday: str = ""
    version: int = 0

    @property
    def week(self) -> dict[str, str]:
        """What was typed of each weekday, Monday first."""
        told: dict[str, str] = self.model_dump(exclude={"kind", "version"})
        return told


class StepForm(FormBody):
    """A step that needs no more than the version that was seen."""

    version: int = 0
