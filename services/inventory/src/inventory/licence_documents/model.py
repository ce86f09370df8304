"""A document of a licence, and why one is refused; nothing here does I/O."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target

MOST = 20
"""Documents of one licence."""
LARGEST = 10 << 20
"""Bytes of a file as it is sent."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a licence, with what its file is."""

    document_id: UUID
    la_code: str
    school_id: UUID | None
    licence_id: UUID
    title: str
    file_id: UUID
    name: str
    media_type: str
    size: int
    added_by: str
    added_at: datetime


class DocumentNotFound(errors.NotFound):
    """No such document, or none that the caller may know of: said alike."""

    slug = "licence-document-not-found"
    title = "There is no such document of a licence within your scope"


class DocumentThere(errors.Conflict):
    """The same content is there already."""

    slug = "licence-document-there-already"
    title = "This licence has that very file already"


class DocumentsFull(errors.Conflict):
    """The licence has as many documents as one may have."""

    slug = "licence-documents-full"
    title = f"This licence has {MOST} documents already: remove one first"


def told(action: str, found: Document) -> Entry:
    """Say as the audit has it what was done; its free text is not."""
    target = Target("licence", found.licence_id, found.la_code, found.school_id)
    after = {
        "document_id": found.document_id,
        "media_type": found.media_type,
        "size": found.size,
    }
    return Entry(action, target, after=after)
