"""Takes files in as they are sent: a form's parts, or the body itself."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

from chassis import errors
from chassis.files.model import Depot, Received
from chassis.files.service import plain_name

PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came: what its sender calls it, and its bytes in the depot."""

    name: str
    received: Received


async def receive(
    request: Request, depot: Depot, limit: int, parts: Collection[str], name: str = ""
) -> Mapping[str, Upload]:
    """Take in the files of a form by their parts' names; a body alone is the first.

    A part without a file, as a form sends it where none was chosen, is left out.

    Raises:
        errors.TooLarge: one of them is larger than the limit.
        FileEmpty: one of them, or the body, holds nothing.
    """
    if not is_form(request):
        received = await depot.put(request.stream(), limit)
        return {next(iter(parts)): Upload(plain_name(name), received)}
    found: dict[str, Upload] = {}
    async with request.form(max_files=len(parts) + 1, max_fields=20) as form:
        for part in parts:
            sent = form.get(part)
            if isinstance(sent, UploadFile) and sent.filename:
                received = await _put(depot, sent, limit, part)
                found[part] = Upload(plain_name(sent.filename), received)
    return found


async def _put(depot: Depot, sent: UploadFile, limit: int, part: str) -> Received:
    try:
        return await depot.put(_pieces(sent), limit)
    except (errors.TooLarge, errors.Invalid) as refusal:
        # Of several files, this is the one.
        refusal.members["errors"] = [errors.Fault(f"/{part}", refusal.detail)]
        raise


def is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "")
    return kind.lower().startswith("multipart/form-data")


async def _pieces(sent: UploadFile) -> AsyncIterator[bytes]:
    while piece := await sent.read(PIECE):
        yield piece
