"""Finds principals, and says what each may do where today."""

from chassis import auth
from chassis.auth import Access, Actor, Grant, Kind
from chassis.db import Database
from gateway.principals import model, store
from gateway.principals.model import ClientSystem, Person

_NO_ACCESS = Access(read=frozenset())


async def resolve_actor(db: Database, principal: str, kind: Kind) -> Actor:
    """Say what a principal may do where today: each role with its own scope."""
    asking = Actor(principal, kind)
    async with db.read(asking, _NO_ACCESS) as tx:
        held = await store.list_held_grants(tx, principal)
    return Actor(
        principal,
        kind,
        tuple(Grant(h.role, tuple(h.la_codes), tuple(h.school_ids)) for h in held),
    )


async def person_of_subject(db: Database, subject: str) -> Person:
    """Find who signed in; the row-level policy knows the subject as a principal.

    Raises:
        model.NotInDirectory: Keycloak knows them, the directory does not.
    """
    async with db.read(Actor(f"subject:{subject}", "person"), _NO_ACCESS) as tx:
        person = await store.get_person_by_subject(tx, subject)
    if person is None:
        raise model.NotInDirectory
    return person


async def note_joined(db: Database, person: Person) -> None:
    """Note that somebody has signed in; only the first time counts."""
    ourselves = auth.service_actor("gateway", [])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await store.note_joined(tx, person.person_id)


async def resolve_client(db: Database, client: ClientSystem) -> Actor:
    """Say what a client may do where today: an operator's has assignments for it."""
    if client.is_operators:
        return await resolve_actor(db, client.principal, "client")
    return Actor(client.principal, "client", client.grants)


async def client_of(db: Database, client_id: str) -> ClientSystem:
    """Say whose a client id is.

    Raises:
        model.NotInDirectory: Keycloak knows it, the directory does not, or no longer.
    """
    ourselves = auth.service_actor("gateway", [])
    async with db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        found = await store.get_client(tx, client_id)
    if found is None:
        raise model.NotInDirectory
    return found
