"""Pictures and documents of kit on the wire."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Line
from inventory.attachments.model.attachments import Attachment, AttachmentKind
from inventory.attachments.model.contents import MEDIA_TYPES

Title = Annotated[Line, Field(min_length=1, max_length=200)]
_BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file, at most 10 MiB. A body that is no form is the file"
        " itself. What it is says its content: PNG, JPEG, WebP, PDF, or an office"
        " document without macros.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            **dict.fromkeys(MEDIA_TYPES, _BYTES),
        },
    }
}
SAVED = {200: {"content": dict.fromkeys(MEDIA_TYPES, _BYTES)}}
SHOWN = {200: {"content": {"image/webp": _BYTES}}}


class AttachmentAnswer(Answer):
    """A picture or document of an asset."""

    attachment_id: UUID
    asset_id: UUID
    kind: AttachmentKind
    title: str
    name: str = Field(description="What its file is called.")
    media_type: str
    size: int = Field(description="Of its file, in bytes.")
    is_picture: bool = Field(description="Whether `…/picture` shows it.")
    added_by: str = Field(description="Who added it, by their id.")
    added_at: datetime


class AttachmentList(Answer):
    """The pictures and documents of an asset, the newest first: at most 50."""

    items: list[AttachmentAnswer]


def shown(found: Attachment) -> dict[str, object]:
    return {name: getattr(found, name) for name in AttachmentAnswer.model_fields}
