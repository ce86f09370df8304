"""A picture or document of an asset, and why one is refused; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from inventory.history.model import Changes

AttachmentKind = Literal[
    "picture", "invoice", "warranty", "manual", "certificate", "other"
]
MOST = 50
"""Attachments of one asset."""
FULL = f"This asset has {MOST} pictures and documents already: remove one first"
LARGEST = 10 << 20
"""Bytes of a file as it is sent."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an asset, with what the file itself is."""

    attachment_id: UUID
    la_code: str
    school_id: UUID
    asset_id: UUID
    kind: AttachmentKind
    title: str
    file_id: UUID
    preview_id: UUID | None
    name: str
    media_type: str
    size: int
    added_by: str
    added_at: datetime

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown on a page."""
        return self.preview_id is not None


@dataclass(frozen=True, slots=True)
class Described:
    """What whoever sends a file says of it."""

    kind: AttachmentKind
    title: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is by all of its bytes, and what of it is kept.

    `remade` are the bytes that are kept in place of those that were sent, and `preview`
    those that a page shows; a document has neither.
    """

    media_type: str
    name: str
    remade: bytes | None = None
    preview: bytes | None = None


class AttachmentNotFound(errors.NotFound):
    """No such attachment, or none that the caller may know of: said alike."""

    slug = "attachment-not-found"
    title = "There is no such picture or document within your scope"


class PictureNotFound(errors.NotFound):
    """The attachment is a document."""

    slug = "picture-not-found"
    title = "This is a document: there is no picture of it"


class AttachmentUnsuitable(errors.Invalid):
    """The file is, by its content, none of the kinds that are kept."""

    slug = "attachment-unsuitable"
    title = "This file is no picture or document that is kept here"


class AttachmentThere(errors.Conflict):
    """The same content is attached to the asset already."""

    slug = "attachment-there-already"
    title = "This asset has that very file already"


class AttachmentsFull(errors.Conflict):
    """The asset has as many attachments as one may have."""

    slug = "attachments-full"
    title = "This asset has as many pictures and documents as one may have"


def told(action: str, found: Attachment) -> Entry:
    """Say as the audit has it what was done; its free text is not."""
    target = Target("asset", found.asset_id, found.la_code, found.school_id)
    said: Mapping[str, object] = {
        "attachment_id": found.attachment_id,
        "kind": found.kind,
        "media_type": found.media_type,
        "size": found.size,
    }
    return Entry(action, target, after=said)


def named(before: Attachment | None, after: Attachment | None) -> Changes:
    """Say as an asset's history has it what came to it or went, by kind and title."""
    told: dict[str, object] = {
        "before": None if before is None else before.title,
        "after": None if after is None else after.title,
    }
    found = before or after
    return {f"attachments.{found.kind}": told} if found else {}
