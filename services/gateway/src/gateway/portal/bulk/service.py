"""Asks the services for changes of many, and takes them back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import TypeAdapter

from chassis.parts import in_parts
from gateway.callers.upstream import Upstream
from gateway.portal.bulk import model
from gateway.portal.bulk.schemas import Batch
from gateway.portal.lists import service as lists
from gateway.portal.lists.schemas import Chosen
from gateway.portal.lists.service import Kind, Place
from gateway.portal.tables.model import State
from gateway.portal.visit import service as visit

_BATCH = TypeAdapter(Batch)


async def choose_all(
    upstream: Upstream, kind: Kind, place: Place, state: State
) -> list[Chosen]:
    """Read every thing that a list holds, or more than may be changed at once."""
    chosen: list[Chosen] = []
    async for items in lists.walk(upstream, kind, place, state):
        chosen += [kind.chosen_of(item) for item in items]
        if len(chosen) > model.MOST_AT_ONCE:
            break
    return chosen


async def change_many(
    upstream: Upstream,
    kind: Kind,
    chosen: Sequence[Chosen],
    change: Mapping[str, object],
    once: str,
) -> list[Batch]:
    """Change many, so many at a time as the service takes; sent twice, done once."""
    done: list[Batch] = []
    for part in in_parts(chosen, model.BATCH):
        things = [{kind.key: str(t.thing_id), "version": t.version} for t in part]
        body = {kind.table.many: things, "change": dict(change)}
        headers = visit.once(once and f"{once}-{len(done)}")
        path = f"{kind.path}/batch-changes"
        asked = visit.Change("POST", kind.service, path, body, headers)
        done.append(await visit.change(upstream, asked, _BATCH))
    return done


async def take_back(
    upstream: Upstream, kind: Kind, batch_ids: Sequence[UUID]
) -> list[Batch]:
    """Take changes of many back, the last first."""
    done: list[Batch] = []
    for batch_id in reversed(batch_ids):
        path = f"{kind.path}/batch-changes/{batch_id}/undo"
        asked = visit.Change("POST", kind.service, path)
        done.append(await visit.change(upstream, asked, _BATCH))
    return done
