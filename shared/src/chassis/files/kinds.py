"""What bytes are, told from the bytes: a name only says which kind of text it is."""

from pathlib import PurePath
from typing import cast

import filetype  # pyright: ignore[reportMissingTypeStubs]

TEXT = "text/plain"
UNKNOWN = "application/octet-stream"
_TEXTS = {".csv": "text/csv", ".json": "application/json"}
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27} | {127}
_PRINTABLE = bytes(set(range(256)) - _CONTROL)


def media_type(head: bytes, name: str) -> str:
    """Say what a file is by its first bytes; markup and scripts are plain text."""
    found = cast(
        "str | None",
        filetype.guess_mime(head),  # pyright: ignore[reportUnknownMemberType]
    )
    if found is not None:
        return found
    if head.translate(None, _PRINTABLE):
        return UNKNOWN
    return _TEXTS.get(PurePath(name).suffix.lower(), TEXT)
