"""Links new entries to their chains, and anchors the heads: one leader, in batches.

Never on the way of a request. An entry that commits late is linked late: a chain is in
the order of linking, and has no gaps.
"""

import asyncio
import contextlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import structlog
from joserfc.jwk import KeySet

from chassis.audit import anchors, ledger, model
from chassis.audit.ledger import Ledger
from chassis.audit.model import Head, Link

_LOG = structlog.stdlib.get_logger("chassis.audit")

MOST = 2000
LOOK_SECONDS = 1.0
_STANDBY_SECONDS = 0.5
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Where heads are anchored, how often, and with whose key; None: nowhere."""

    folder: Path
    keys: KeySet | None
    every: timedelta


@dataclass(slots=True)
class State:
    """What the linker tells of itself, for readiness."""

    leader: bool = False
    trouble: str | None = None

    def failed(self, error: Exception) -> None:
        if self.trouble is None:
            _LOG.warning("audit hindered", error=repr(error))
        self.trouble = repr(error)


@dataclass(slots=True)
class _Lead:
    """What a leader remembers: what it anchored last of each chain, and when."""

    service: str
    anchoring: Anchoring
    anchored: dict[str, int] = field(default_factory=dict[str, int])
    anchored_at: datetime = _NEVER

    def has_begun(self, links: Iterable[Link]) -> bool:
        """Say whether a chain has links and no anchor yet: it is not to wait for one.

        A whole chain that nothing outside vouches for could be exchanged unseen.
        """
        if self.anchoring.keys is None:
            return False
        return any(link.chain not in self.anchored for link in links)


async def run(
    url: str, service: str, anchoring: Anchoring, stop: asyncio.Event, state: State
) -> None:
    """Link, or stand by for the one who does, until told to stop."""
    if anchoring.keys is None:
        _LOG.warning("audit heads are anchored nowhere: no key is set")
    while not stop.is_set():
        try:
            session = await ledger.open_for_linking(url, service)
            try:
                await _serve(session, _Lead(service, anchoring), stop, state)
            finally:
                state.leader = False
                await session.close()
        except (psycopg.Error, OSError) as error:
            state.failed(error)
        await _pause(stop, _STANDBY_SECONDS * (1 + random.random()))  # noqa: S311


async def link_some(session: Ledger, service: str) -> int:
    """Link what waits at the front; say how many that was."""
    return len(await _link(session, service))


async def _link(session: Ledger, service: str) -> list[Link]:
    waiting = await session.waiting(MOST)
    if not waiting:
        return []
    chains = {model.chain_of(entry.la_code) for entry in waiting}
    heads = {head.chain: head for head in await session.heads(sorted(chains))}
    links = model.links_after(service, heads, waiting)
    await session.link(links)
    return links


async def _serve(
    session: Ledger, lead: _Lead, stop: asyncio.Event, state: State
) -> None:
    while not await session.try_lock():
        await _pause(stop, _STANDBY_SECONDS)
        if stop.is_set():
            return
    state.leader = True
    lead.anchored = _anchored(lead)
    while not stop.is_set():
        links = await _link(session, lead.service)
        is_due = datetime.now(UTC) - lead.anchored_at >= lead.anchoring.every
        if is_due or lead.has_begun(links):
            await _anchor(session, lead)
        state.trouble = None
        if len(links) < MOST:
            await _pause(stop, LOOK_SECONDS)
    while await link_some(session, lead.service):
        pass
    await _anchor(session, lead)


async def _anchor(session: Ledger, lead: _Lead) -> None:
    """Anchor each head that has moved since it was anchored last."""
    heads = await session.heads(await session.chains())
    moved = [head for head in heads if lead.anchored.get(head.chain) != head.number]
    lead.anchored_at = datetime.now(UTC)
    if moved and lead.anchoring.keys is not None:
        await asyncio.to_thread(_write, lead, lead.anchoring.keys, moved)
        lead.anchored |= {head.chain: head.number for head in moved}
        _LOG.info("audit heads anchored", chains=len(moved))


def _write(lead: _Lead, keys: KeySet, moved: list[Head]) -> None:
    path = anchors.file_of(lead.anchoring.folder, lead.service)
    anchors.append(path, keys, lead.service, moved, lead.anchored_at)


def _anchored(lead: _Lead) -> dict[str, int]:
    if lead.anchoring.keys is None:
        return {}
    path = anchors.file_of(lead.anchoring.folder, lead.service)
    found = anchors.newest(path, lead.service, lead.anchoring.keys)
    return {chain: anchor.number for chain, anchor in found.items()}


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
