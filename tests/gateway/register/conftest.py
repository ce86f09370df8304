"""A database of the register's own, and imports through the use cases."""

from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from chassis.auth import Actor
from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.register import service
from gateway.register.model.imports import Import
from gateway.register.previewing import Files


@dataclass(frozen=True, slots=True)
class Desk:
    """Imports files and looks at what became of them."""

    database: Database
    stored: ServiceDatabase

    async def preview(
        self,
        content: bytes,
        links: bytes | None = None,
        actor: Actor | None = None,
        name: str = "register.csv",
    ) -> Import:
        who = actor or await service.operator(self.database)
        begun = await service.begin_import(self.database, who, name)
        files = Files(content, links)
        return await service.preview_import(self.database, begun, files)

    async def bring(
        self, content: bytes, links: bytes | None = None, **more: Any
    ) -> Import:
        """Preview and apply, whatever is unlikely."""
        found = await self.preview(content, links, **more)
        await self.apply(found, [concern["name"] for concern in found.concerns])
        return found

    async def apply(self, found: Import, overrides: Collection[str] = ()) -> int:
        return await service.apply_import(self.database, found, overrides)

    def asked(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.stored.admin, autocommit=True) as admin:
            return admin.execute(statement.encode()).fetchall()

    def ids(self) -> dict[int, Any]:
        """Every URN that a school has or had, with the school's id."""
        return dict(self.asked("SELECT urn, school_id FROM school_identity"))  # type: ignore[arg-type]


@pytest.fixture
async def desk(
    database_of: Callable[..., ServiceDatabase],
) -> AsyncGenerator[Desk]:
    stored = database_of("gateway", copy="register")
    stored.empty()
    database = Database(stored.app, 3, "register-tests")
    await database.open()
    yield Desk(database, stored)
    await database.close()
