"""Where agents report: HTTP Basic with a school's URN and key, answered as they expect.

GLPI's JSON and FusionInventory's XML are described by their makers, not by our OpenAPI.
"""

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from chassis import db, http
from inventory.agents import service
from inventory.agents.model import decoding
from inventory.agents.service import Sent
from inventory.enrolment.model import EnrolmentKeyRefused

PATH = "/agent"
UPLOADS = {PATH: decoding.MOST_SENT}
router = APIRouter(include_in_schema=False)
Db = Annotated[db.Database, Depends(http.database)]
_URN_DIGITS = 6


@router.post(PATH)
async def receive(request: Request, database: Db) -> Response:
    """Take in what an agent asks or tells."""
    urn, key = _credentials(request.headers.get("authorization", ""))
    sent = Sent(urn, key, await request.body(), request.headers.get("content-type"))
    body, content_type = await service.receive(database, sent)
    return Response(body, media_type=content_type)


def _credentials(header: str) -> tuple[int, str]:
    """Read HTTP Basic (RFC 7617).

    Raises:
        EnrolmentKeyRefused: there is none, or it is broken.
    """
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise EnrolmentKeyRefused
    try:
        user, _, password = base64.b64decode(encoded, validate=True).partition(b":")
    except binascii.Error:
        raise EnrolmentKeyRefused from None
    if len(user) != _URN_DIGITS or not user.isdigit():
        raise EnrolmentKeyRefused
    return int(user), password.decode("utf-8", "replace")
