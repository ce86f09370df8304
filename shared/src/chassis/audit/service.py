"""Recording: in the transaction that makes it true, so neither is without the other."""

from collections.abc import Mapping, Sequence

from opentelemetry import trace

from chassis import origin, paging
from chassis.audit import store
from chassis.audit.model import Entry, Recorded, Target, Wanted
from chassis.auth import Access, Actor
from chassis.db import Database, Tx
from chassis.paging import Page, PageRequest
from chassis.parts import in_parts

NEWEST = "newest"
_NOTHING: Mapping[str, object] = {}


async def record(
    tx: Tx,
    action: str,
    target: Target,
    before: Mapping[str, object] = _NOTHING,
    after: Mapping[str, object] = _NOTHING,
) -> None:
    """Record one change, as its principal's; from where it came is known already.

    `before` and `after` hold the changed fields and nothing else.
    """
    await record_many(tx, [Entry(action, target, before, after)])


async def record_many(tx: Tx, entries: Sequence[Entry]) -> None:
    """Record many, in their order, with few statements."""
    for part in in_parts(entries):
        await store.insert_entries(tx, part, origin.source(), trace_id())


async def list_entries(
    database: Database,
    actor: Actor,
    access: Access,
    wanted: Wanted,
    page: PageRequest,
) -> Page[Recorded]:
    """List what was recorded within the actor's scope, the newest first."""
    (after,) = page.key(NEWEST, (str,))
    place = (paging.uuid_of(after), page.page_size)
    found = await store.list_entries(database, actor, access, wanted, place)
    return page.page(found, NEWEST, lambda last: (str(last.entry_id),))


def trace_id() -> str | None:
    """Say the trace of the request under way, if it has one."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None
