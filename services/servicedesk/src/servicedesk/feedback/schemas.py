"""What people think of how tickets went, on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Prose
from servicedesk.feedback.model import Obstacle, Score, View

Comment = Annotated[Prose, Field(max_length=1000)]


class Rate(Body):
    """How it went, for who asked."""

    score: Score
    comment: Comment = Field("", description="Why, or what would have been better.")


class TellObstacles(Body):
    """What stood in the way of who worked on it; an empty list: nothing did."""

    obstacles: Annotated[list[Obstacle], Field(max_length=8)]
    comment: Comment = ""


class FeedbackAnswer(Answer):
    """What one person said of how a ticket went."""

    ticket_id: UUID
    number: int
    summary: str
    school_urn: int
    view: View
    person_id: str
    score: Score | None = Field(description="Of who asked; no score: who worked on it.")
    obstacles: list[Obstacle]
    comment: str
    said_at: datetime


class FeedbackItems(Answer):
    """What was said of how a ticket went, by who asked first."""

    items: list[FeedbackAnswer]


class FeedbackPage(Answer):
    """A page of what was said, the latest first."""

    items: list[FeedbackAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class ScoreSumAnswer(Answer):
    """How many tickets were found good, fair and poor by who asked."""

    of: str = Field(description="A URN, or the first day of a month.")
    good: int
    fair: int
    poor: int


class ObstacleSumAnswer(Answer):
    """For how many tickets something stood in the way."""

    of: str = Field(description="A URN, or the first day of a month.")
    obstacle: Obstacle
    tickets: int


class SumsAnswer(Answer):
    """What was said of how the tickets of some days went."""

    scores: list[ScoreSumAnswer]
    obstacles: list[ObstacleSumAnswer]
