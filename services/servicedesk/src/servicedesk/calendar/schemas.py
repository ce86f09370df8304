"""Calendars on the wire."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose, Urn
from servicedesk.calendar.model.calendars import MOST_SCHOOLS
from servicedesk.calendar.model.hours import Kind
from servicedesk.calendar.model.layers import MOST
from servicedesk.calendar.model.periods import Part, Stretch
from servicedesk.calendar.model.windows import Reason

Name = Annotated[Line, Field(max_length=80)]
Clock = Annotated[
    str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
]
"""By the clock on the wall: 08:30, or 24:00 for the end of the day."""


class SpanBody(Body):
    """From a time of the day up to another, the end left out."""

    opens: Clock
    closes: Clock


class PeriodBody(Body):
    """A stretch of days, the first and the last included."""

    kind: Stretch
    first: Day
    last: Day
    name: Name = ""


class PartBody(Body):
    """Part of a day: when it is open on a half day, or training after school."""

    kind: Part
    day: Day
    opens: Clock
    closes: Clock
    name: Name = ""


DayBody = Annotated[list[SpanBody], Field(max_length=6)]
WeekBody = Annotated[list[DayBody], Field(min_length=7, max_length=7)]


class WriteCalendar(Body):
    """All that a place says of its calendar: it takes the place of what it said.

    Bank holidays are known, and are not written.
    """

    periods: Annotated[list[PeriodBody], Field(max_length=MOST)]
    parts: Annotated[list[PartBody], Field(max_length=MOST)]
    hours: dict[Kind, WeekBody] = Field(
        description="When somebody is there, for each kind of day, Monday first. A"
        " school takes its LA's for a kind that it does not name."
    )


class AddToCalendars(Body):
    """Periods and parts of days for many schools: at all of them, or at none."""

    school_urns: Annotated[list[Urn], Field(min_length=1, max_length=MOST_SCHOOLS)]
    periods: Annotated[list[PeriodBody], Field(max_length=20)]
    parts: Annotated[list[PartBody], Field(max_length=20)]


class ReadCalendar(Body):
    """A file of another program, in the form of RFC 5545."""

    ical: Annotated[Prose, Field(min_length=1, max_length=200_000)]


class SpanAnswer(Answer):
    """From a time of the day up to another, the end left out."""

    opens: str
    closes: str


class PeriodAnswer(Answer):
    """A stretch of days, the first and the last included."""

    kind: Stretch
    first: date
    last: date
    name: str


class PartAnswer(Answer):
    """Part of a day."""

    kind: Part
    day: date
    opens: str
    closes: str
    name: str


class LayerAnswer(Answer):
    """Periods, parts of days, and hours for each kind of day."""

    periods: list[PeriodAnswer]
    parts: list[PartAnswer]
    hours: dict[str, list[list[SpanAnswer]]]


class CalendarAnswer(LayerAnswer):
    """What an LA or a school says of its calendar, and what governs there."""

    la_code: LaCode
    school_urn: int | None = Field(description="Null: it is the LA's.")
    version: int = Field(description="0: it has said nothing yet.")
    since: datetime | None = Field(
        description="From when on this version governs; what is before stays as it was."
    )
    effective: LayerAnswer = Field(
        description="What it says, laid over what its LA says."
    )


class TwilightAnswer(SpanAnswer):
    """Training after school."""

    name: str


class DayAnswer(Answer):
    """A day of a school."""

    day: date
    kind: Kind
    name: str = Field(description="What the day or its period is called, if anything.")
    spans: list[SpanAnswer] = Field(description="When somebody is there.")
    sessions: int = Field(description="Half days that pupils are at school.")
    marks: list[Stretch] = Field(description="Exams, a census, an inspection.")
    twilight: TwilightAnswer | None


class DaysAnswer(Answer):
    """Days of a school, in order."""

    school_urn: int | None = Field(description="Null: of the LA's calendar itself.")
    items: list[DayAnswer]


class YearAnswer(Answer):
    """What a school year holds of 190 days, 380 sessions and five days of training."""

    school_urn: int | None = Field(description="Null: of the LA's calendar itself.")
    year: int = Field(description="In whose autumn it begins.")
    days: int = Field(description="Days that pupils come, half days among them.")
    sessions: int
    inset_half_days: int = Field(description="Two for a day, one for a twilight.")
    first: date | None = Field(description="The first day that pupils come.")
    last: date | None
    lacking_days: int
    lacking_sessions: int
    lacking_inset_half_days: int


class ProposalAnswer(LayerAnswer):
    """A calendar with a draft of its next school year: to be corrected, and written."""

    year: YearAnswer = Field(description="What the drafted school year would hold.")


class AddedAtAnswer(Answer):
    """The version at which a school's calendar holds what was added."""

    school_urn: int
    version: int


class AddedAnswer(Answer):
    """What came of an addition at each school, in the order of the request."""

    items: list[AddedAtAnswer]


class ElapsedAnswer(Answer):
    """How much working time of a school lies between two moments."""

    school_urn: int
    start: datetime
    end: datetime
    seconds: int


class DueAnswer(Answer):
    """When some working time of a school is over."""

    school_urn: int
    start: datetime
    minutes: int
    runs_from: datetime = Field(description="From when on somebody is there.")
    due_at: datetime


class ObjectionAnswer(Answer):
    """A reason against, and the first of the days to which it applies."""

    reason: Reason
    day: date
    name: str = Field(description="What the day or its period is called, if anything.")


class ObjectionsAnswer(Answer):
    """All that speaks against work at a school in a window."""

    school_urn: int
    is_allowed: bool = Field(description="Nothing speaks against it.")
    items: list[ObjectionAnswer]


class PassedOverAnswer(Answer):
    """An event of the file that was not taken, and why."""

    summary: str
    why: str


class ReadAnswer(Answer):
    """A school's calendar with what was read of a file, and what was passed over."""

    calendar: CalendarAnswer
    passed_over: list[PassedOverAnswer]
