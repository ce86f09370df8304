"""The depot in a folder of this machine: a file for each content, named by its hash."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from chassis import errors
from chassis.files.model import FileEmpty, FileNotFound, Received

PIECE = 1 << 18
_HEAD = 4096


class Folder:
    """Keeps each content in `root/ab/abcd...`; what is there is whole.

    A content is written aside, flushed, and moved to its name in one step. Files are
    opened and closed in the loop's own thread: what another thread opened for a
    request that has just gone would be closed by nobody.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, pieces: AsyncIterator[bytes], limit: int) -> Received:
        draft = _Draft(self._root)
        try:
            async for piece in pieces:
                if draft.size + len(piece) > limit:
                    raise errors.TooLarge(
                        f"The file is larger than {limit >> 20} MiB",
                        limit_bytes=limit,
                    )
                await asyncio.to_thread(draft.write, piece)
            if not draft.size:
                raise FileEmpty
            return await asyncio.to_thread(draft.settle, self._place)
        finally:
            draft.discard()

    async def get(self, sha256: str) -> bytes:
        try:
            return await asyncio.to_thread(self._place(sha256).read_bytes)
        except FileNotFoundError as gone:
            raise FileNotFound from gone

    async def pieces(self, sha256: str) -> AsyncIterator[bytes]:
        with self._opened(sha256) as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece

    async def older_than(self, seconds: float) -> list[str]:
        return await asyncio.to_thread(self._old, time.time() - seconds)

    async def drop(self, sha256: str, seconds: float) -> bool:
        return await asyncio.to_thread(self._drop, sha256, time.time() - seconds)

    def _opened(self, digest: str) -> BinaryIO:
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError as gone:
            raise FileNotFound from gone

    def _place(self, digest: str) -> Path:
        return self._root / digest[:2] / digest

    def _old(self, before: float) -> list[str]:
        for draft in self._root.glob("drafts/*"):
            if _touched(draft) < before:
                draft.unlink(missing_ok=True)
        found = self._root.glob("[0-9a-f][0-9a-f]/*")
        return sorted(file.name for file in found if _touched(file) < before)

    def _drop(self, digest: str, before: float) -> bool:
        place = self._place(digest)
        if _touched(place) >= before:
            return False
        place.unlink(missing_ok=True)
        return True


class _Draft:
    """Bytes that are being written aside."""

    def __init__(self, root: Path) -> None:
        drafts = root / "drafts"
        drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = drafts / uuid4().hex
        self._file: BinaryIO = self._path.open("xb")
        self._hash = sha256()
        self._head = b""
        self.size = 0

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)
        if len(self._head) < _HEAD:
            self._head += piece[: _HEAD - len(self._head)]

    def settle(self, place_of: Callable[[str], Path]) -> Received:
        """Give the content its name; one that is there already is only touched."""
        digest = self._hash.hexdigest()
        place = place_of(digest)
        if place.exists():
            os.utime(place)
        if not place.exists():
            self._file.flush()
            os.fsync(self._file.fileno())
            place.parent.mkdir(exist_ok=True, mode=0o700)
            self._path.replace(place)
            _flush_folder(place.parent)
        return Received(digest, self.size, self._head)

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _touched(file: Path) -> float:
    """Say when a file was put last; what is gone is as old as can be."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
