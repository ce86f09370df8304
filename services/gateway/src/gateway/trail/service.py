"""Records what only the gateway sees: signing in and out, exports, refused access.

What is refused changes nothing, so its entry may come a second later, in one
transaction with others. What leaves as a file is recorded before it leaves.
"""

import asyncio
import contextlib
import time
from collections.abc import Collection

import structlog

from chassis import auth, errors
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Actor
from chassis.db import Database, Tx
from gateway.trail import model, store
from gateway.trail.model import Asked, Place, Refused, Said, Tallies

WRITE_SECONDS = 1.0
MOST_WAITING = 1000
_LOG = structlog.stdlib.get_logger("gateway.trail")


class Refusals:
    """Those refused lately: written by one task, once a second, a few at a time."""

    def __init__(self) -> None:
        self._tallies = Tallies()
        # Apart: who looks for what is not there hides nobody who was refused.
        self._missed = Tallies(model.MOST_MISSED)
        self._waiting: list[Refused] = []
        self._task: asyncio.Task[None] | None = None

    def note(self, refused: Refused) -> None:
        tallies = self._missed if refused.status == model.NOT_FOUND else self._tallies
        told = tallies.note(refused, time.monotonic())
        if told is not None:
            self._keep([told])

    def open(self, db: Database) -> None:
        self._task = asyncio.create_task(self._write_on(db))

    async def close(self, db: Database) -> None:
        """Write what is left."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._keep(self._over(float("inf")))
        await self._write(db)

    async def _write_on(self, db: Database) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            self._keep(self._over(time.monotonic()))
            await self._write(db)

    async def _write(self, db: Database) -> None:
        if not self._waiting:
            return
        told, self._waiting = self._waiting, []
        try:
            for refused in told:
                actor = refused.actor or Actor(model.NOBODY, "person")
                async with _ourselves(db, actor) as tx:
                    places = await places_of(tx, actor)
                    await audit.record_many(tx, model.refusal(refused, places))
        except errors.Refusal as away:
            _LOG.warning("refusals could not be recorded", error=repr(away))
            self._keep(told)

    def _over(self, now: float) -> list[Refused]:
        return [*self._tallies.over(now), *self._missed.over(now)]

    def _keep(self, told: list[Refused]) -> None:
        self._waiting = [*self._waiting, *told][-MOST_WAITING:]


async def record(
    tx: Tx, action: str, actor: Actor, said: Said = model.NOTHING_SAID
) -> None:
    """Record what somebody did for themselves, in a transaction of the gateway's."""
    places = await places_of(tx, actor)
    target = Target("person", actor.principal)
    entries = model.event(action, actor.principal, target, places, said)
    await audit.record_many(tx, entries)


async def entries_about(
    tx: Tx,
    action: str,
    actor: Actor,
    said: Said = model.NOTHING_SAID,
    by: str = model.NOBODY,
) -> list[Entry]:
    """Say what was done to a principal, or tried, by whom they may not know."""
    places = await places_of(tx, actor)
    target = Target(actor.kind, actor.principal.removeprefix("client:"))
    return model.event(action, by, target, places, said)


async def record_export(db: Database, actor: Actor, path: str) -> None:
    """Record that somebody takes a file away."""
    async with _ourselves(db, actor) as tx:
        places = await places_of(tx, actor)
        target = Target("address", path)
        entries = model.event("export.taken", actor.principal, target, places)
        await audit.record_many(tx, entries)


async def places_of(tx: Tx, actor: Actor) -> list[Place]:
    """Find the LAs in which somebody belongs."""
    schools = {school for grant in actor.grants for school in grant.school_ids}
    found = await store.list_schools_of(tx, sorted(schools)) if schools else []
    return model.places_of(actor, [(each.la_code, each.school_id) for each in found])


def ourselves(actor: Actor) -> Actor:
    """The gateway as it acts for somebody, where that somebody is."""
    las = sorted({la for grant in actor.grants for la in grant.la_codes})
    schools = sorted({s for grant in actor.grants for s in grant.school_ids})
    return auth.service_actor("gateway", las, schools)


def _ourselves(
    db: Database, actor: Actor
) -> contextlib.AbstractAsyncContextManager[Tx]:
    return db.begin(ourselves(actor), auth.SERVICE_ACCESS)


def refused(
    actor: Actor | None, status: int, asked: Asked, source: str
) -> Refused | None:
    """Say what was refused, as the request under way has it; None: nothing was.

    What is another's is told to be nowhere, as what never was: both are refusals, of
    whoever is signed in and names a single thing.
    """
    route: str | None = ""
    if status == model.NOT_FOUND:
        route = actor and model.missed_route(asked.method, asked.path, asked.query)
    elif status not in model.REFUSED:
        return None
    if route is None:
        return None
    trace = audit.trace_id()
    return Refused(actor, source, status, asked.method, asked.path, trace, route=route)


async def names_of(
    db: Database, actor: Actor, principals: Collection[str]
) -> dict[str, str]:
    """Say what principals are called, as far as the reader may know them."""
    people, clients, of_las = model.sorted_out(principals)
    async with db.read(actor, model.NAMING) as tx:
        found = await store.list_names(tx, people, clients, of_las)
    return {each.principal: each.name for each in found}
