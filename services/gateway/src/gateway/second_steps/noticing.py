"""What came and went at Keycloak's own pages is recorded, from its log of events."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from keycloak import KeycloakError

from chassis import auth
from chassis.db import Database
from gateway.principals import service as principals
from gateway.principals.model import NotInDirectory
from gateway.provisioning import desk
from gateway.provisioning.desk import Door
from gateway.second_steps import model, store
from gateway.second_steps.model import Change
from gateway.trail import service as trail
from gateway.trail.model import Said

LOOKED_BACK = timedelta(days=2)
"""Keycloak may have been away so long, and its worker; older events are not asked."""
KEPT = LOOKED_BACK * 2
_LOG = structlog.stdlib.get_logger("gateway.second_steps")


async def notice(db: Database, door: Door, now: datetime) -> int:
    """Record what changed since it was last looked; say how many changes.

    While Keycloak is away nothing is lost: its log keeps a month.
    """
    try:
        async with desk.opened(door) as here:
            listed = await here.admin.a_get_events(
                {
                    "type": [model.CREDENTIAL_CHANGED, model.CREDENTIAL_REMOVED],
                    "dateFrom": int((now - LOOKED_BACK).timestamp() * 1000),
                    "max": -1,
                }
            )
    except KeycloakError as error:
        _LOG.warning("the sign-on is away", status=error.response_code)
        return 0
    changes = [change for event in listed if (change := model.change_of(event))]
    return await record(db, sorted(changes, key=lambda change: change.at), now)


async def record(db: Database, changes: Sequence[Change], now: datetime) -> int:
    """Record changes that were not recorded before."""
    ourselves = auth.service_actor("gateway", [])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await store.forget(tx, now - KEPT)
        ids = [change.event_id for change in changes]
        known = set(await store.list_known(tx, ids))
    new = [change for change in changes if change.event_id not in known]
    return sum([await _record(db, change) for change in new])


async def _record(db: Database, change: Change) -> bool:
    try:
        person = await principals.person_of_subject(db, change.subject)
    except NotInDirectory:
        # Whoever has no place here has no record either.
        return False
    actor = await principals.resolve_actor(db, str(person.person_id), "person")
    async with db.begin(trail.ourselves(actor), auth.SERVICE_ACCESS) as tx:
        if not await store.keep(tx, change.event_id, change.at):
            return False
        action, said = _said(change)
        await trail.record(tx, action, actor, said)
    return True


def _said(change: Change) -> tuple[str, Said]:
    kind = {"kind": change.kind}
    if change.is_removal:
        return "second-step.removed", Said(before=kind, source=change.source)
    return "second-step.added", Said(after=kind, source=change.source)
