"""The use cases of API clients: make, find, change, give another secret, withdraw."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis import conditional, errors, idempotency, paging
from chassis.audit import service as audit
from chassis.auth import Actor
from chassis.db import Database, Tx
from chassis.paging import Page, PageRequest
from gateway.clients import model, sandbox, schemas, store
from gateway.clients.model import ApiClient, Credential, Fresh, Known, Made
from gateway.sessions.seal import Seal

SORT = "name"


async def make_client(
    db: Database,
    actor: Actor,
    seal: Seal,
    command: schemas.MakeClient,
    key: str | None,
) -> Made:
    """Let a system in. Its secret is said this once: a repeat says the client alone.

    Raises:
        model.BeyondOwnScope: the LA, or a school, is none of the caller's.
        model.ClientNameTaken: another client of the LA has its name.
        model.SandboxHasItsSchool: schools are named for a client of the sandbox.
        model.TooManyClients: the LA has as many as it may.
    """
    model.require_editor(actor, command.la_code)
    urns, place = command.school_urns, command.la_code
    if command.is_sandbox:
        if urns is not None:
            raise model.SandboxHasItsSchool
        await sandbox.ensure_school(db, command.la_code)
        urns, place = [model.sandbox_urn(command.la_code)], model.SANDBOX_LA
    acting = model.in_sandbox(actor) if command.is_sandbox else actor
    async with db.begin(acting, model.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, UUID):
            return Made(await _known(tx, actor, earlier), None)
        if await store.count_clients_locked(tx, command.la_code) >= model.MOST_CLIENTS:
            raise model.TooManyClients
        schools = await _schools(tx, place, urns)
        values = {
            **command.model_dump(exclude={"school_urns"}),
            "place_la_code": place,
            "is_of_whole_la": urns is None,
            "made_by": UUID(actor.principal) if actor.kind == "person" else None,
        }
        api_client_id = await store.insert_client(tx, values)
        whose = (command.la_code, api_client_id)
        await store.set_client_schools(tx, whose, place, schools)
        fresh = await _credential(tx, seal, command.la_code, api_client_id)
        known = await _known(tx, actor, api_client_id)
        await audit.record_many(tx, [model.recorded("made", None, known.client)])
        await idempotency.keep(tx, key, api_client_id)
    return Made(known, fresh)


async def list_clients(db: Database, actor: Actor, page: PageRequest) -> Page[Known]:
    """List the clients of the LAs whose clients the caller may see."""
    was_withdrawn, name, last = page.key(SORT, (int, str, str))
    after = store.After(
        None if was_withdrawn is None else bool(was_withdrawn),
        None if name is None else str(name),
        paging.uuid_of(last),
    )
    las = actor.las(model.READERS)
    async with db.read(actor, model.ACCESS) as tx:
        found = await store.list_clients(tx, las, after, page.page_size)
        known = await _with_credentials(tx, las, found)
    return page.page(known, SORT, _place)


async def get_client(db: Database, actor: Actor, api_client_id: UUID) -> Known:
    async with db.read(actor, model.ACCESS) as tx:
        return await _known(tx, actor, api_client_id)


async def change_client(
    db: Database,
    actor: Actor,
    api_client_id: UUID,
    version: int,
    values: Mapping[str, Any],
) -> Known:
    """Give a client other rights, another name, contact or limit; within seconds.

    Raises:
        model.BeyondOwnScope: a school is none of the LA's.
        model.ClientNameTaken: another client of the LA has the name.
        model.ClientWithdrawn: it was withdrawn.
    """
    async with db.begin(actor, model.ACCESS) as tx:
        old = await _writable(tx, actor, api_client_id, version)
        new = model.changed(old, values)
        if "school_urns" in values:
            schools = await _schools(tx, old.la_code, new.school_urns)
            whose = (old.la_code, api_client_id)
            await store.set_client_schools(tx, whose, old.la_code, schools)
        if await store.update_client(tx, new) is None:
            raise errors.Stale
        known = await _known(tx, actor, api_client_id)
        await audit.record_many(tx, [model.recorded("changed", old, known.client)])
    return known


async def rotate_secret(
    db: Database,
    actor: Actor,
    seal: Seal,
    wanted: tuple[UUID, int],
    overlap: timedelta,
) -> Made:
    """Give a client another id and secret; the present ones end after the overlap.

    Raises:
        model.ClientWithdrawn: it was withdrawn.
    """
    api_client_id, version = wanted
    async with db.begin(actor, model.ACCESS) as tx:
        client = await _writable(tx, actor, api_client_id, version)
        old = await store.end_credentials(tx, client, overlap)
        fresh = await _credential(tx, seal, client.la_code, api_client_id)
        if await store.touch_client(tx, client) is None:
            raise errors.Stale
        await audit.record_many(tx, [model.rotated(client, fresh.client_id, old)])
        return Made(await _known(tx, actor, api_client_id), fresh)


async def withdraw_client(
    db: Database, actor: Actor, api_client_id: UUID, version: int
) -> Known:
    """Let a system in no more: its rights end here, whatever Keycloak still knows.

    Raises:
        model.ClientWithdrawn: it was withdrawn.
    """
    async with db.begin(actor, model.ACCESS) as tx:
        client = await _writable(tx, actor, api_client_id, version)
        await store.end_credentials(tx, client)
        if await store.withdraw_client(tx, client) is None:
            raise errors.Stale
        known = await _known(tx, actor, api_client_id)
        await audit.record_many(tx, [model.recorded("withdrawn", client, known.client)])
    return known


async def _credential(tx: Tx, seal: Seal, la_code: str, api_client_id: UUID) -> Fresh:
    fresh = model.fresh()
    sealed = seal.close({"secret": fresh.secret})
    await store.insert_credential(tx, la_code, api_client_id, fresh, sealed)
    return fresh


async def _known(tx: Tx, actor: Actor, api_client_id: UUID) -> Known:
    las = actor.las(model.READERS)
    client = await store.get_client(tx, las, api_client_id)
    if client is None:
        raise model.ClientNotFound
    [known] = await _with_credentials(tx, las, [client])
    return known


async def _with_credentials(
    tx: Tx, las: Sequence[str], clients: Sequence[ApiClient]
) -> list[Known]:
    of: defaultdict[UUID, list[Credential]] = defaultdict(list)
    ids = [each.api_client_id for each in clients]
    for credential in await store.list_credentials(tx, las, ids):
        of[credential.api_client_id].append(credential)
    return [Known(each, tuple(of[each.api_client_id])) for each in clients]


async def _writable(
    tx: Tx, actor: Actor, api_client_id: UUID, version: int
) -> ApiClient:
    client = (await _known(tx, actor, api_client_id)).client
    actor.require(model.EDITORS, client.la_code, None)
    conditional.check(version, client.version)
    return model.standing(client)


async def _schools(tx: Tx, la_code: str, urns: Sequence[int] | None) -> list[UUID]:
    """Find the schools that a client is to be tied to; none, if to the whole LA.

    Raises:
        model.BeyondOwnScope: one is none of the LA's, or none at all: said alike.
    """
    if not urns:
        return []
    found = await store.list_client_schools(tx, la_code, urns)
    if set(urns) - {school.urn for school in found}:
        raise model.BeyondOwnScope("/school_urns")
    return [school.school_id for school in found]


def _place(known: Known) -> Sequence[object]:
    client = known.client
    was_withdrawn = int(client.withdrawn_at is not None)
    return (was_withdrawn, client.name.lower(), str(client.api_client_id))
