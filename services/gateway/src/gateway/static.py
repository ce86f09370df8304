"""The built styles and scripts, by a list made at start-up: no path is ever joined."""

import mimetypes
import re
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from chassis import errors

_HASHED = re.compile(r".+\.[0-9a-f]{8,}\.[a-z0-9]+")
_TYPES = frozenset({"css", "js", "svg", "png", "woff2", "map", "txt", "ico", "json"})
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=3600"


def router(folder: Path) -> APIRouter:
    """Serve the files of one folder under `/assets/`."""
    files = {
        path.name: path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.is_file() and path.suffix.removeprefix(".") in _TYPES
    }
    made = APIRouter(include_in_schema=False)

    async def get_file(name: str) -> Response:
        if name not in files:
            raise errors.NotFound
        rule = _FOREVER if _HASHED.fullmatch(name) else _SHORT
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return FileResponse(
            files[name], headers={"cache-control": rule}, media_type=kind
        )

    made.add_api_route("/assets/{name}", get_file, methods=["GET", "HEAD"])
    return made
