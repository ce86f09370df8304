"""A service's database with a trail in it, and what links, anchors and verifies it."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from joserfc.jwk import KeySet

from chassis.audit import anchors, ledger, linking, service, verifying
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor, Grant
from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import new_key

ACCESS = Access(read=frozenset({"manager", "auditor"}), write=frozenset({"manager"}))
SCHOOL = UUID(int=7)
OWNER = Actor("owner", "person", (Grant("manager", ("940", "941")),))


@dataclass(slots=True)
class Trail:
    """The trail of one service, and the ways in."""

    app: Database
    stored: ServiceDatabase
    folder: Path
    keys: KeySet

    async def record(self, *entries: Entry, actor: Actor = OWNER) -> None:
        async with self.app.begin(actor, ACCESS) as tx:
            await service.record_many(tx, entries)

    async def link(self) -> int:
        """Link all that waits, as the leader does."""
        session = await ledger.open_for_linking(self.stored.worker, "inventory")
        total = 0
        while linked := await linking.link_some(session, "inventory"):
            total += linked
        await session.close()
        return total

    async def anchor(self) -> None:
        """Anchor every head, as the leader does."""
        session = await ledger.open_for_linking(self.stored.worker, "inventory")
        heads = await session.heads(await session.chains())
        await session.close()
        path = anchors.file_of(self.folder, "inventory")
        anchors.append(path, self.keys, "inventory", heads, datetime.now(UTC))

    async def faults(self) -> tuple[list[verifying.Fault], verifying.Findings]:
        found = verifying.Findings()
        faults = [
            fault
            async for fault in verifying.verify(
                self.stored.worker, "inventory", self.folder, self.keys, found
            )
        ]
        return faults, found


def happened(
    action: str = "asset.changed",
    la_code: str | None = "940",
    school_id: UUID | None = SCHOOL,
    target_id: object = None,
) -> Entry:
    """Something to be recorded, with the fields that no test asks for."""
    target = Target(
        "asset",
        target_id or uuid4(),
        la_code,
        school_id if la_code is not None else None,
    )
    return Entry(action, target, {"room": "Office"}, {"room": "Suite"})


def told(faults: Sequence[verifying.Fault]) -> list[str]:
    return [verifying.told("inventory", fault) for fault in faults]


@pytest.fixture
async def trail(
    database_of: Callable[..., ServiceDatabase], tmp_path: Path
) -> AsyncGenerator[Trail]:
    stored = database_of("inventory", copy="audit")
    stored.empty()
    app = Database(stored.app, 3, "audit-tests")
    await app.open()
    yield Trail(app, stored, tmp_path, KeySet([new_key()]))
    await app.close()
