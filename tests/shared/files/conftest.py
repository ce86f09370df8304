"""A depot in a folder, and a service's database that says whose its contents are."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from chassis.auth import Access, Actor, Grant
from chassis.db import Database
from chassis.files import service
from chassis.files.folder import Folder
from chassis.files.model import File, NewFile
from chassis.testing.databases import ServiceDatabase

ACCESS = Access(read=frozenset({"manager", "auditor"}), write=frozenset({"manager"}))
OWNER = Actor("owner", "person", (Grant("manager", ("940",)),))
QUOTA = 1000
LIMIT = 1 << 20


async def pieces(*given: bytes) -> AsyncIterator[bytes]:
    for piece in given:
        yield piece


@dataclass(frozen=True, slots=True)
class Attic:
    """Keeps files as their owner."""

    database: Database
    depot: Folder
    root: Path

    async def keep(
        self,
        content: bytes,
        actor: Actor = OWNER,
        la_code: str | None = "940",
        name: str = "a.csv",
    ) -> UUID:
        received = await self.depot.put(pieces(content), LIMIT)
        new = NewFile(principal=actor.principal, name=name, la_code=la_code)
        async with self.database.begin(actor, ACCESS) as tx:
            return await service.keep(tx, received, new, QUOTA)

    async def get(self, file_id: UUID, actor: Actor = OWNER) -> File:
        return await service.get_file(self.database, actor, ACCESS, file_id)

    async def delete(self, file_id: UUID, actor: Actor = OWNER) -> None:
        await service.delete_file(self.database, actor, ACCESS, file_id)

    async def sweep(self) -> int:
        return await service.sweep(self.database, "inventory", self.depot)

    def contents(self) -> list[Path]:
        return [file for file in self.root.rglob("*") if file.is_file()]


@pytest.fixture
async def attic(
    database_of: Callable[..., ServiceDatabase], tmp_path: Path
) -> AsyncGenerator[Attic]:
    stored = database_of("inventory", copy="files")
    stored.empty()
    database = Database(stored.app, 3, "files-tests")
    await database.open()
    yield Attic(database, Folder(tmp_path / "files"), tmp_path / "files")
    await database.close()
