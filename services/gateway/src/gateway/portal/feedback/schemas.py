"""What the service desk answers of feedback, and what the browser sends."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gateway.portal.visit.schemas import Answer, FormBody

USUAL = "90"


class ScoreSum(Answer):
    """How many tickets of a school or a month went well."""

    of: str
    good: int
    fair: int
    poor: int


class ObstacleSum(Answer):
    """For how many tickets something stood in the way."""

    of: str
    obstacle: str
    tickets: int


class Sums(Answer):
    """What was said of the tickets of some days."""

    scores: list[ScoreSum]
    obstacles: list[ObstacleSum]


def _or_usual(value: object) -> object:
    return value or USUAL


class FeedbackQuery(BaseModel):
    """Of which days, and what was said; an empty field narrows nothing."""

    model_config = ConfigDict(frozen=True)

    period: Annotated[Literal["30", "90", "365"], BeforeValidator(_or_usual)] = USUAL
    score: Literal["", "good", "fair", "poor"] = ""
    after: Annotated[str, Field(max_length=512)] = ""

    def asked(self) -> dict[str, str]:
        """What the query holds beside the page, to be said again."""
        said = self.model_dump(exclude={"after"})
        return {name: str(value) for name, value in said.items() if value}


class ObstaclesForm(FormBody):
    """What stood in the way, as it is ticked."""

    obstacles: list[str] = Field(default_factory=list)
    comment: str = ""
