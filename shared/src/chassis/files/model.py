"""A file that was sent, where bytes are kept, and why one is refused."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chassis import errors


class FileNotFound(errors.NotFound):
    """No such file within the caller's scope."""

    slug = "file-not-found"
    title = "There is no such file"


class FileEmpty(errors.Invalid):
    """Nothing was sent."""

    slug = "file-empty"
    title = "The file is empty"


class FilesFull(errors.Conflict):
    """The LA, or the caller, keeps as much as they may."""

    slug = "files-full"
    title = "There is no room for this file: delete others first"


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that lie in the depot, and belong to nobody yet."""

    sha256: str
    size: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """Whose the bytes are to be, and what they are called."""

    principal: str
    name: str
    la_code: str | None = None
    school_id: UUID | None = None
    media_type: str | None = None
    """What all of the bytes are, where somebody looked; else their head tells it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as its owner sees it."""

    file_id: UUID
    la_code: str | None
    school_id: UUID | None
    principal: str
    name: str
    media_type: str
    size: int
    sha256: str
    created_at: datetime


class Depot(Protocol):
    """Keeps bytes by their SHA-256, each content once; knows nothing of owners."""

    async def put(self, pieces: AsyncIterator[bytes], limit: int) -> Received:
        """Take bytes in as they come.

        Raises:
            errors.TooLarge: there are more than the limit.
            FileEmpty: there are none.
        """
        ...

    async def get(self, sha256: str) -> bytes:
        """Read all of a content.

        Raises:
            FileNotFound: it is not there.
        """
        ...

    def pieces(self, sha256: str) -> AsyncIterator[bytes]:
        """Read a content piece by piece, none of them large."""
        ...

    async def older_than(self, seconds: float) -> list[str]:
        """List what nobody has put for so long, and drop drafts of that age."""
        ...

    async def drop(self, sha256: str, seconds: float) -> bool:
        """Forget a content, unless somebody has put it within so many seconds."""
        ...
