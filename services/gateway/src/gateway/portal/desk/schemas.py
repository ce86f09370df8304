"""What the service desk answers of a workload, and of time."""

from gateway.portal.visit.schemas import Answer


class Load(Answer):
    """How much there is of something."""

    tickets: int
    waiting: int
    late: int
    soon: int


class OfPriority(Load):
    """How much there is of a priority."""

    priority: int


class OfParty(Load):
    """How much is with the school, the LA or a supplier."""

    party: str


class OfPerson(Load):
    """How much is in somebody's hands."""

    assignee_id: str | None = None


class Workload(Answer):
    """All that is not settled."""

    total: Load
    priorities: list[OfPriority]
    parties: list[OfParty]
    people: list[OfPerson]


class TimeSum(Answer):
    """The minutes of one kind that somebody worked."""

    of: str
    kind: str
    minutes: int


class TimeSums(Answer):
    """Where the time of some days went."""

    items: list[TimeSum]
