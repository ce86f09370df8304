"""Workloads on the wire."""

from pydantic import Field

from chassis.wire import Answer
from servicedesk.agreements.model import Party


class LoadAnswer(Answer):
    """How much there is of something."""

    tickets: int
    waiting: int = Field(description="Of them: no clock runs.")
    late: int = Field(description="Of them something is late.")
    soon: int = Field(description="Of them something is due within an hour.")


class OfPriorityAnswer(LoadAnswer):
    """How much there is of a priority."""

    priority: int = Field(ge=1, le=4)


class OfPartyAnswer(LoadAnswer):
    """How much is with the school, the LA or a supplier."""

    party: Party


class OfPersonAnswer(LoadAnswer):
    """How much is in somebody's hands."""

    assignee_id: str | None = Field(description="None: it is in nobody's.")


class WorkloadAnswer(Answer):
    """All that is not settled, and how it lies."""

    total: LoadAnswer
    priorities: list[OfPriorityAnswer]
    parties: list[OfPartyAnswer]
    people: list[OfPersonAnswer] = Field(description="Who has most first.")
