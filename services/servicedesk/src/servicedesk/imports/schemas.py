"""Tickets of the past on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Moment, Prose
from servicedesk.imports.model import MOST, Course
from servicedesk.tickets.model import WorkingStatus
from servicedesk.tickets.schemas import OpenTicket, Principal


class ImportedComment(Body):
    """What somebody said of the ticket; without an author, the sender did."""

    author_id: Principal | None = None
    body: Annotated[Prose, Field(min_length=1, max_length=4000)]
    commented_at: Moment


class ImportedTicket(OpenTicket):
    """A ticket as another desk's records hold it.

    Its history follows from its times: opened by its requester, the rest by who it is
    assigned to, or by the sender where nobody is named.
    """

    requester_id: Principal | None = None
    assignee_id: Principal | None = None
    status: WorkingStatus | None = Field(None, description="Of one not settled.")
    opened_at: Moment
    started_at: Moment | None = Field(None, description="When work on it began.")
    resolved_at: Moment | None = None
    closed_at: Moment | None = None
    comments: Annotated[tuple[ImportedComment, ...], Field(max_length=50)] = ()

    def course(self) -> Course:
        return Course(
            self.status,
            self.opened_at,
            self.started_at,
            self.resolved_at,
            self.closed_at,
            [comment.commented_at for comment in self.comments],
        )


class ImportTickets(Body):
    """Tickets of any schools within your LAs: all of them, or none."""

    items: Annotated[list[ImportedTicket], Field(min_length=1, max_length=MOST)]


class ImportedAnswer(Answer):
    """A ticket that was taken in."""

    ticket_id: UUID
    school_urn: int
    number: int


class TicketIntakeAnswer(Answer):
    """The tickets that were taken in, in the order of the request."""

    items: list[ImportedAnswer]
