"""Hands a file out so that no browser runs, frames or guesses at it."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from chassis.files.model import File

SANDBOX = "default-src 'none'; sandbox"


def download(file: File, pieces: AsyncIterator[bytes]) -> StreamingResponse:
    """Answer with a file's bytes, to be saved under its name."""
    headers = attachment(file.name) | {"content-length": str(file.size)}
    return StreamingResponse(pieces, headers=headers, media_type=file.media_type)


def attachment(name: str) -> dict[str, str]:
    """Make the headers of anything that is saved and not shown (RFC 6266)."""
    plain = "".join(c if c.isascii() and c.isprintable() else "_" for c in name)
    plain = plain.replace('"', "_").replace("\\", "_").replace("%", "_")
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {
        "content-disposition": said,
        "content-security-policy": SANDBOX,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
