"""Credentials that are due are brought to Keycloak, or taken from it, one by one.

Whether one is good is the directory's to say: what Keycloak still knows of one that is
over opens nothing, and what it does not know yet waits for it.
"""

import structlog
from keycloak import KeycloakError

from chassis import auth
from chassis.db import Database
from gateway.clients import registration, store
from gateway.clients.registration import Admin, Registry
from gateway.clients.store import Due
from gateway.sessions.seal import Seal

BATCH = 20
_OURSELVES = auth.service_actor("gateway", [])
_LOG = structlog.stdlib.get_logger("gateway.clients")


async def keep_due(db: Database, registry: Registry, seal: Seal) -> int:
    """Bring Keycloak up to date; say how many credentials that were."""
    done = 0
    while credentials := await _claimed(db):
        async with registration.opened(registry) as admin:
            for due in credentials:
                done += await _try(db, admin, registry, seal, due)
    return done


async def _claimed(db: Database) -> list[Due]:
    async with db.begin(_OURSELVES, auth.SERVICE_ACCESS) as tx:
        return await store.claim_due(tx, BATCH)


async def _try(
    db: Database, admin: Admin, registry: Registry, seal: Seal, due: Due
) -> bool:
    secret = seal.open(due.sealed_secret) if due.sealed_secret else None
    credential_id = str(due.credential_id)
    try:
        if due.is_over:
            await registration.remove(admin, credential_id)
        elif secret is None:
            # The key that sealed it is gone: its owner makes another.
            _LOG.error("secret cannot be read", client_id=due.client_id)
            return False
        else:
            await registration.keep(
                admin, registry, credential_id, due.client_id, secret["secret"]
            )
    except KeycloakError as error:
        status = error.response_code
        _LOG.warning("client not kept", client_id=due.client_id, status=status)
        return False
    async with db.begin(_OURSELVES, auth.SERVICE_ACCESS) as tx:
        await store.note_done(tx, due)
    return True
