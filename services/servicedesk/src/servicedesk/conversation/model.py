"""What a comment is; nothing here touches the world."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a ticket; it stays as it was said. Times are UTC."""

    comment_id: UUID
    ticket_id: UUID
    author_id: str
    body: str
    commented_at: datetime
    told_by: str | None = None
