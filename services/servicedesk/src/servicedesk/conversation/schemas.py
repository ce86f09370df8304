"""Comments on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Prose


class AddComment(Body):
    """Something to say of a ticket."""

    body: Annotated[Prose, Field(min_length=1, max_length=4000)]


class CommentAnswer(Answer):
    """A comment."""

    comment_id: UUID
    ticket_id: UUID
    author_id: str
    body: str
    commented_at: datetime
    told_by: str | None = Field(description="Who brought it in from other records.")


class CommentPage(Answer):
    """A page of a ticket's comments, oldest first."""

    items: list[CommentAnswer]
    next: str | None = Field(description="The `after` of the next page.")
