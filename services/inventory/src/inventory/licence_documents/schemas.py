"""Documents of licences on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Line
from inventory.licence_documents.model import Document

Title = Annotated[Line, Field(min_length=1, max_length=200)]


class DocumentAnswer(Answer):
    """A document of a licence."""

    document_id: UUID
    licence_id: UUID
    title: str
    name: str = Field(description="What its file is called.")
    media_type: str
    size: int = Field(description="Of its file, in bytes.")
    added_by: str = Field(description="Who added it, by their id.")
    added_at: datetime


class DocumentList(Answer):
    """The documents of a licence, the newest first: at most 20."""

    items: list[DocumentAnswer]


def shown(found: Document) -> dict[str, object]:
    return {name: getattr(found, name) for name in DocumentAnswer.model_fields}
