"""Attempts to sign in that failed are recorded, minute by minute, from Keycloak's log.

Each stretch of the log is read whole, tallied and recorded in the transaction that
notes how far it was read: so an attempt is told once, whoever dies meanwhile.
"""

from datetime import datetime
from functools import partial

import structlog
from keycloak import KeycloakError

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry
from chassis.auth import Actor
from chassis.db import Database
from gateway.failed_sign_ins import model, store
from gateway.failed_sign_ins.model import Log, Tried
from gateway.principals import service as principals
from gateway.principals.model import NotInDirectory
from gateway.provisioning import desk
from gateway.provisioning import service as provisioning
from gateway.provisioning.desk import Desk, Door
from gateway.trail import service as trail

PAGE = 1000
_LOG = structlog.stdlib.get_logger("gateway.failed_sign_ins")


async def notice(db: Database, door: Door, now: datetime) -> int:
    """Record what failed since it was last looked; say how many entries that made.

    While Keycloak is away nothing is lost: its log keeps a month.
    """
    made = 0
    since = await _read_until(db, now)
    if model.stretch(since, now) <= since:
        return made
    try:
        async with desk.opened(door) as here:
            while (until := model.stretch(since, now)) > since:
                made += await record(db, await _read(here, since, until), since, until)
                since = until
    except KeycloakError as error:
        _LOG.warning("the sign-on is away", status=error.response_code)
    return made


async def record(db: Database, log: Log, since: datetime, until: datetime) -> int:
    """Record a stretch of the log, unless another process did; say how many entries."""
    minutes = [model.bounded(log.minutes[at]) for at in sorted(log.minutes)]
    tried = {who for minute, _ in minutes for who in minute}
    known = {who: actor for who in tried if (actor := await _actor(db, who))}
    actor = await provisioning.everywhere(db)
    async with db.begin(actor, auth.SERVICE_ACCESS) as tx:
        if not await store.read_on(tx, since, until):
            return 0
        entries: list[Entry] = []
        for minute, beyond in minutes:
            for each, tally in model.named(minute, known):
                told = model.said(tally)
                entries += await trail.entries_about(tx, model.ACTION, each, told)
            entries += model.nameless(minute, known, beyond)
        await audit.record_many(tx, entries)
    return len(entries)


async def _actor(db: Database, tried: Tried) -> Actor | None:
    """Find whom an account is for; some at Keycloak are nobody's here."""
    if tried.account is None:
        return None
    try:
        if tried.kind == "client":
            client = await principals.client_of(db, tried.account)
            return await principals.resolve_client(db, client)
        person = await principals.person_of_subject(db, tried.account)
    except NotInDirectory:
        return None
    return await principals.resolve_actor(db, str(person.person_id), "person")


async def _read_until(db: Database, now: datetime) -> datetime:
    ourselves = auth.service_actor("gateway", [])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        return await store.read_until(tx, model.minute_of(now))


async def _read(here: Desk, since: datetime, until: datetime) -> Log:
    """Read a stretch of the log page by page; only its tallies are kept."""
    log, first = Log(), 0
    # Both ends count for Keycloak, in milliseconds.
    asked = partial(
        dict[str, object],
        type=list(model.FAILED),
        dateFrom=int(since.timestamp() * 1000),
        dateTo=int(until.timestamp() * 1000) - 1,
        direction="asc",
        max=PAGE,
    )
    while page := await here.admin.a_get_events(asked(first=first)):
        log.note(page)
        first += len(page)
        if len(page) < PAGE:
            break
    return log
