"""What the browser sends of tickets, and what the service desk answers."""

from datetime import datetime
from uuid import UUID

from chassis import errors
from gateway.portal.visit.schemas import Answer, FormBody

LONGEST_SUMMARY = 160


class Ticket(Answer):
    """A ticket as the service desk answers it."""

    ticket_id: UUID
    number: int
    school_urn: int
    la_code: str
    kind: str
    summary: str
    description: str
    impact: str
    urgency: str
    priority: int
    status: str
    requester_id: str
    assignee_id: str | None = None
    asset_id: UUID | None = None
    party: str
    agreement_id: UUID | None = None
    waits_for: str | None = None
    due_at: datetime | None = None
    due_for: str | None = None
    lifted_for: str | None = None
    opened_at: datetime
    resolved_at: datetime | None = None
    version: int
    changed_at: datetime


class Comment(Answer):
    comment_id: UUID
    body: str
    author_id: str
    commented_at: datetime


class Feedback(Answer):
    """What one person said of how a ticket went."""

    ticket_id: UUID
    number: int
    summary: str
    school_urn: int
    view: str
    person_id: str
    score: str | None = None
    obstacles: list[str]
    comment: str
    said_at: datetime


class Change(Answer):
    """What a value was and became."""

    before: object = None
    after: object = None


class Event(Answer):
    """One line of a ticket's history."""

    at: datetime
    actor_id: str
    fact: str
    changes: dict[str, Change] | None = None


class Turn(Answer):
    """A stretch of time in which a ticket was with one party."""

    number: int
    party: str
    agreement_id: UUID | None = None
    waits_for: str | None = None
    reason: str
    actor_id: str
    began_at: datetime
    ended_at: datetime | None = None
    worked_seconds: int | None = None


class Clock(Answer):
    """How one promise of a party is kept, in seconds of school time."""

    party: str
    agreement_id: UUID | None = None
    measure: str
    target_seconds: int
    taken_seconds: int | None = None
    due_at: datetime | None = None
    state: str


class Clocks(Answer):
    """A ticket's turns, and the clocks of who promised something."""

    turns: list[Turn]
    clocks: list[Clock]


class Supplier(Answer):
    """Who works by an agreement."""

    name: str


class Contract(Answer):
    """An agreement by which a supplier may be handed a ticket."""

    agreement_id: UUID
    name: str
    supplier: Supplier

    @property
    def words(self) -> str:
        """Name who it is, and by what."""
        return f"{self.supplier.name}, {self.name}"


class TicketForm(FormBody):
    """A ticket as a person types it."""

    kind: str = "incident"
    summary: str = ""
    description: str = ""
    impact: str = "medium"
    urgency: str = "medium"
    asset_id: str = ""
    once: str = ""

    def faults(self) -> list[errors.Fault]:
        found: list[errors.Fault] = []
        if not self.summary:
            found.append(errors.Fault("/summary", "Say in a few words what is wrong"))
        if len(self.summary) > LONGEST_SUMMARY:
            text = f"Use {LONGEST_SUMMARY} characters or fewer"
            found.append(errors.Fault("/summary", text))
        return found

    def require_valid(self) -> None:
        """Refuse what the service desk would refuse too, in words for people.

        Raises:
            errors.Invalid: a field is missing or too long.
        """
        if faults := self.faults():
            raise errors.Invalid(faults=faults)

    def asset(self) -> UUID | None:
        """Read the asset that the form carries along; a broken one is none."""
        try:
            return UUID(self.asset_id)
        except ValueError:
            return None

    def values(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "summary": self.summary,
            "description": self.description,
            "impact": self.impact,
            "urgency": self.urgency,
            "asset_id": self.asset_id or None,
        }


class CommentForm(FormBody):
    body: str = ""
    once: str = ""

    def require_valid(self) -> None:
        """Refuse an empty comment.

        Raises:
            errors.Invalid: nothing was written.
        """
        if not self.body:
            raise errors.Invalid(faults=[errors.Fault("/body", "Write your comment")])


class RateForm(FormBody):
    """How it went, by one click, and why where they like to say."""

    score: str = ""
    comment: str = ""


class StepForm(FormBody):
    version: int = 0


class WaitForm(StepForm):
    """What a ticket is to wait for."""

    waits_for: str = "requester"


class HandOverForm(StepForm):
    """To whom a ticket is to go, and why: a party, or a supplier's agreement."""

    to: str = ""
    reason: str = ""

    def require_valid(self) -> None:
        """Refuse what the service desk would refuse too, in words for people.

        Raises:
            errors.Invalid: a field is missing.
        """
        faults: list[errors.Fault] = []
        if not self.to:
            faults.append(errors.Fault("/to", "Choose who is to have it"))
        if not self.reason:
            text = "Say in a few words why, so that they can begin at once"
            faults.append(errors.Fault("/reason", text))
        if faults:
            raise errors.Invalid(faults=faults)

    def values(self) -> dict[str, object]:
        is_party = self.to in {"school", "la"}
        return {
            "party": self.to if is_party else "supplier",
            "agreement_id": None if is_party else self.to,
            "reason": self.reason,
        }
