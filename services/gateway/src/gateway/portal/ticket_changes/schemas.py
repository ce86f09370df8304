"""What the browser sends of a ticket that is put right."""

from chassis import errors
from gateway.portal.tickets.schemas import LONGEST_SUMMARY, StepForm, Ticket

AS_IT_IS, MINE, NOBODY = "as-it-is", "me", "nobody"


class ChangeForm(StepForm):
    """A ticket's values as a person types them."""

    kind: str = "incident"
    summary: str = ""
    description: str = ""
    impact: str = "medium"
    urgency: str = "medium"
    who: str = AS_IT_IS

    def require_valid(self) -> None:
        """Refuse what the service desk would refuse too, in words for people.

        Raises:
            errors.Invalid: a field is missing or too long.
        """
        faults: list[errors.Fault] = []
        if not self.summary:
            faults.append(errors.Fault("/summary", "Say in a few words what is wrong"))
        if len(self.summary) > LONGEST_SUMMARY:
            text = f"Use {LONGEST_SUMMARY} characters or fewer"
            faults.append(errors.Fault("/summary", text))
        if faults:
            raise errors.Invalid(faults=faults)

    def values(self, me: str) -> dict[str, object]:
        """Say it as the service desk takes it."""
        hands: dict[str, dict[str, object]] = {
            MINE: {"assignee_id": me},
            NOBODY: {"assignee_id": None},
        }
        return {
            "kind": self.kind,
            "summary": self.summary,
            "description": self.description,
            "impact": self.impact,
            "urgency": self.urgency,
            **hands.get(self.who, {}),
        }


def form_of(ticket: Ticket) -> ChangeForm:
    """Fill the form with what stands."""
    return ChangeForm(
        kind=ticket.kind,
        summary=ticket.summary,
        description=ticket.description,
        impact=ticket.impact,
        urgency=ticket.urgency,
        version=ticket.version,
    )
