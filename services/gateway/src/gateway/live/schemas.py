"""What is read of a fact as it passes: whose it is and of what, no state."""

from uuid import UUID

from pydantic import BaseModel

from contracts.event import LaCode


class Envelope(BaseModel, frozen=True, extra="ignore"):
    """The part of a CloudEvents envelope that names the thing and its place."""

    subject: UUID
    lacode: LaCode
    schoolid: UUID | None = None
