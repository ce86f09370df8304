"""Pictures of models on the wire."""

from typing import Annotated, Any

from pydantic import Field

from chassis.wire import Line
from inventory.pictures.model import PREVIEW, SUFFIXES

Alt = Annotated[Line, Field(min_length=1, max_length=200)]
_BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The picture, at most 10 MiB: PNG, JPEG or WebP by its content."
        " A body that is no form is the picture itself.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            **dict.fromkeys(SUFFIXES, _BYTES),
        },
    }
}
SHOWN = {200: {"content": {PREVIEW: _BYTES}}}
