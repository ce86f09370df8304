"""Proves that the trail is as it was recorded, or says what is wrong and where.

Read from beginning to end as it stood at one moment, a few rows at a time. The
arithmetic is done here and not by the database whose word is in doubt.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from joserfc.jwk import KeySet

from chassis.audit import anchors, ledger, model
from chassis.audit.anchors import Anchor, Broken
from chassis.audit.ledger import Ledger, Linked
from chassis.audit.model import Hashed

What = Literal[
    "edited",
    "values-edited",
    "deleted",
    "moved",
    "inserted",
    "cut",
    "rewritten",
    "anchor",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and in plain words what."""

    what: What
    chain: str
    number: int | None
    words: str


@dataclass(slots=True)
class Findings:
    """What a verification counted, beside the faults that it told of."""

    entries: int = 0
    chains: int = 0
    anchors: int = 0
    waiting: int = 0
    erased: int = 0
    """Entries whose values were erased: their chain holds, their values are gone."""
    after_anchor: int = 0
    """Entries that no anchor covers yet."""
    faults: int = 0


Anchors = defaultdict[str, dict[int, Anchor]]


@dataclass(slots=True)
class _Chain:
    """Where a chain is being read."""

    name: str
    end: bytes
    anchors: dict[int, Anchor]
    number: int = 0
    anchored: int = 0


@dataclass(slots=True)
class _Trail:
    service: str
    found: Findings
    anchors: Anchors = field(default_factory=lambda: defaultdict(dict))
    chain: _Chain | None = None


async def verify(
    url: str, service: str, folder: Path, keys: KeySet | None, found: Findings
) -> AsyncIterator[Fault]:
    """Tell every fault of a service's trail, counting in `found` as it goes.

    The anchors are read first: every head that they name was in the database by then.
    """
    trail = _Trail(service, found)
    for fault in _read_anchors(trail, folder, keys):
        found.faults += 1
        yield fault
    session = await ledger.open_for_verifying(url, service)
    try:
        async with session.still():
            async for fault in _faults(session, trail):
                found.faults += 1
                yield fault
    finally:
        await session.close()


def _read_anchors(trail: _Trail, folder: Path, keys: KeySet | None) -> Iterator[Fault]:
    if keys is None:
        return
    path = anchors.file_of(folder, trail.service)
    for each in anchors.read(path, trail.service, keys):
        if isinstance(each, Broken):
            words = f"line {each.line} of {path.name} cannot be trusted: {each.reason}"
            yield Fault("anchor", "", None, words)
            continue
        trail.found.anchors += 1
        earlier = trail.anchors[each.chain].get(each.number)
        if earlier is not None and earlier.hash != each.hash:
            words = f"lines {earlier.line} and {each.line} anchor different hashes"
            yield Fault("rewritten", each.chain, each.number, words)
        trail.anchors[each.chain][each.number] = each


async def _faults(session: Ledger, trail: _Trail) -> AsyncIterator[Fault]:
    async for link in session.linked():
        for fault in (*_turned(trail, link.chain), *_judged(trail, link)):
            yield fault
    for fault in _ended(trail):
        yield fault
    for chain, lost in trail.anchors.items():
        yield _cut(chain, 0, lost)
    async for stray in session.strays():
        words = f"entry {stray.entry_id} ({stray.action}) never waited for its link"
        yield Fault("inserted", model.chain_of(stray.la_code), None, words)
    async for waiting in session.still_waiting():
        trail.found.waiting += 1
        if waiting.occurred_at is None:
            words = f"entry {waiting.entry_id} is gone before it was linked"
            yield Fault("deleted", "", None, words)


def _turned(trail: _Trail, name: str) -> Iterator[Fault]:
    """End the chain before, where another begins."""
    if trail.chain is not None and trail.chain.name == name:
        return
    yield from _ended(trail)
    trail.found.chains += 1
    start = model.start_of(trail.service, name)
    trail.chain = _Chain(name, start, trail.anchors.pop(name, {}))


def _judged(trail: _Trail, link: Linked) -> Iterator[Fault]:
    chain, found = trail.chain, trail.found
    if chain is None:
        return
    found.entries += 1
    if link.number != chain.number + 1:
        yield _missing(chain.name, chain.number + 1, link.number - 1)
    elif model.follow(chain.end, link.digest) != link.hash:
        words = f"it does not follow number {chain.number}: moved, put in, or rewritten"
        yield Fault("moved", chain.name, link.number, words)
    yield from _entry_faults(found, link)
    anchor = chain.anchors.pop(link.number, None)
    if anchor is not None:
        chain.anchored = link.number
        if anchor.hash != link.hash:
            words = f"the chain up to here is not the one that was anchored {anchor.at}"
            yield Fault("rewritten", chain.name, link.number, words)
    chain.number, chain.end = link.number, link.hash


def _entry_faults(found: Findings, link: Linked) -> Iterator[Fault]:
    entry = _hashed(link)
    if entry is None:
        words = f"its entry {link.linked_id} is gone"
        yield Fault("deleted", link.chain, link.number, words)
        return
    if model.digest_of(entry) != link.digest:
        words = f"entry {entry.entry_id} is not as it was linked: edited or exchanged"
        yield Fault("edited", link.chain, link.number, words)
    elif model.chain_of(entry.la_code) != link.chain:
        words = f"entry {entry.entry_id} belongs to another chain"
        yield Fault("moved", link.chain, link.number, words)
    if link.details is None or link.salt is None:
        found.erased += 1
    elif model.seal_of(link.salt, link.details) != entry.seal:
        words = f"the values of entry {entry.entry_id} are not those that were sealed"
        yield Fault("values-edited", link.chain, link.number, words)


def _hashed(link: Linked) -> Hashed | None:
    if (
        link.entry_id is None
        or link.occurred_at is None
        or link.principal is None
        or link.action is None
        or link.target_kind is None
        or link.target_id is None
        or link.outcome is None
        or link.seal is None
    ):
        return None
    return Hashed(
        link.entry_id,
        link.la_code,
        link.school_id,
        link.occurred_at,
        link.principal,
        link.action,
        link.target_kind,
        link.target_id,
        link.outcome,
        link.trace_id,
        link.seal,
    )


def _ended(trail: _Trail) -> Iterator[Fault]:
    chain = trail.chain
    if chain is None:
        return
    trail.found.after_anchor += chain.number - chain.anchored
    # Anchors of numbers that were met are gone; a number below the head was a gap, and
    # is told as such.
    beyond = {n: a for n, a in chain.anchors.items() if n > chain.number}
    if beyond:
        yield _cut(chain.name, chain.number, beyond)


def _missing(chain: str, first: int, last: int) -> Fault:
    which = f"number {first} is" if first == last else f"numbers {first} to {last} are"
    return Fault("deleted", chain, first, f"{which} missing")


def _cut(chain: str, end: int, lost: dict[int, Anchor]) -> Fault:
    newest = lost[max(lost)]
    words = f"it ends here, but had {newest.number} entries {newest.at}"
    return Fault("cut", chain, end, words)


def told(service: str, fault: Fault) -> str:
    """Say a fault as one line."""
    place = f" chain {fault.chain}" if fault.chain else ""
    place += f" number {fault.number}" if fault.number is not None else ""
    return f"{service}:{place}: {fault.words}."


def summary(service: str, found: Findings) -> str:
    """Say what was looked at, as one line."""
    verdict = f"{found.faults} faults" if found.faults else "as it was recorded"
    notes = [
        f"{found.entries} entries in {found.chains} chains",
        f"{found.anchors} anchors",
        f"{found.after_anchor} entries since the last of them",
    ]
    notes += [f"{found.waiting} wait for their link"] if found.waiting else []
    notes += [f"{found.erased} with their values erased"] if found.erased else []
    return f"{service}: {', '.join(notes)}: {verdict}."
