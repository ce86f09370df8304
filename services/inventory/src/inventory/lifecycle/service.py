"""The use cases of lifecycles: know them, and take newer ones in."""

from collections.abc import Iterable
from datetime import datetime

from chassis import db
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import SERVICE_ACCESS, service_actor
from inventory.lifecycle import store
from inventory.lifecycle.model.releases import Release, Releases
from inventory.lifecycle.model.telling import Told

_KNOWN: dict[datetime | None, Releases] = {}
"""The newest alone, by when it was last taken in."""


async def releases_of(tx: db.Tx) -> Releases:
    """Say what is known of releases: what was taken in goes before our own facts."""
    taken_at = await store.get_taken_at(tx)
    found = _KNOWN.get(taken_at)
    if found is None:
        taken = [] if taken_at is None else await store.list_releases(tx)
        found = _by_product([*store.own_facts(), *taken])
        _KNOWN.clear()
        _KNOWN[taken_at] = found
    return found


async def take_in(database: db.Database, told: Told) -> int:
    """Take in what a file tells; say how many releases were new or differ."""
    ourselves = service_actor("inventory", [])
    async with database.begin(ourselves, SERVICE_ACCESS) as tx:
        changed = await store.take_in(tx, told.releases)
        after = {"releases": len(told.releases), "changed": changed}
        entry = Entry("lifecycles.taken-in", Target("lifecycles", "all"), after=after)
        await audit.record_many(tx, [entry])
    return changed


def _by_product(releases: Iterable[Release]) -> Releases:
    found: dict[str, dict[str, Release]] = {}
    for release in releases:
        found.setdefault(release.product, {})[release.cycle] = release
    return found
