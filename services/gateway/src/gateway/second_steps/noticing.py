"""What came and went at Keycloak's own pages is recorded, from its log of events."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from keycloak import KeycloakError

from chassis import auth
from chassis.db import Database
from gateway.principals import service as principals
from gateway.principals.model import NotInDirectory
from gateway.provisioning import desk
from gateway.provisioning.desk import Desk, Door
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

    While Keycloak is away nothing is lost: its log keeps a month. Whoever has but codes
    left where a role asks for more has to set something up at the next sign-in.
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
            found = [change for event in listed if (change := model.change_of(event))]
            changes = sorted(found, key=lambda change: change.at)
            # Before it is on record: what is broken off here is looked at once more.
            for change in await _unknown(db, changes):
                await _ask_for_another(db, here, change)
    except KeycloakError as error:
        _LOG.warning("the sign-on is away", status=error.response_code)
        return 0
    return await record(db, changes, now)


async def _ask_for_another(db: Database, here: Desk, change: Change) -> None:
    """Have Keycloak ask for another second step, if it is needed and is not there."""
    if not change.is_removal:
        return
    try:
        person = await principals.person_of_subject(db, change.subject)
        left = await here.admin.a_get_credentials(change.subject)
        user = await here.admin.a_get_user(change.subject)
    except NotInDirectory:
        return
    except KeycloakError as error:
        if error.response_code == HTTPStatus.NOT_FOUND:
            # The account is gone, and everything with it.
            return
        raise
    actor = await principals.resolve_actor(db, str(person.person_id), "person")
    held = [grant.role for grant in actor.grants]
    action = model.action_after(change, (str(one["type"]) for one in left), held)
    present = user.get("requiredActions", [])
    if action is not None and action not in present:
        changed = user | {"requiredActions": [*present, action]}
        await here.admin.a_update_user(change.subject, changed)


async def record(db: Database, changes: Sequence[Change], now: datetime) -> int:
    """Record changes that were not recorded before."""
    ourselves = auth.service_actor("gateway", [])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await store.forget(tx, now - KEPT)
    return sum([await _record(db, each) for each in await _unknown(db, changes)])


async def _unknown(db: Database, changes: Sequence[Change]) -> list[Change]:
    """Leave out what is on record."""
    ourselves = auth.service_actor("gateway", [])
    async with db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        ids = [change.event_id for change in changes]
        known = set(await store.list_known(tx, ids))
    return [change for change in changes if change.event_id not in known]


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
