"""The tables of API clients: one function per query."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from chassis import sql
from chassis.db import Tx
from gateway.clients import model
from gateway.clients.model import ApiClient, Credential, Fresh

QUERIES = sql.load("gateway.clients")
LIST_CLIENTS = QUERIES.rows("list_clients", ApiClient)
GET_CLIENT = QUERIES.rows("get_client", ApiClient)
LIST_CREDENTIALS = QUERIES.rows("list_credentials", Credential)
COUNT_CLIENTS = QUERIES.scalar("count_clients", int)
LOCK_AUTHORITY = QUERIES.scalar("lock_authority", str)
INSERT_CLIENT = QUERIES.scalar("insert_client", UUID)
UPDATE_CLIENT = QUERIES.scalar("update_client", UUID)
WITHDRAW_CLIENT = QUERIES.scalar("withdraw_client", UUID)
TOUCH_CLIENT = QUERIES.scalar("touch_client", UUID)
DELETE_CLIENT_SCHOOLS = QUERIES.command("delete_client_schools")
INSERT_CLIENT_SCHOOLS = QUERIES.command("insert_client_schools")
INSERT_CREDENTIAL = QUERIES.command("insert_credential")
END_CREDENTIALS = QUERIES.scalar("end_credentials", str)
NOTE_KEPT = QUERIES.command("note_kept")
NOTE_REMOVED = QUERIES.command("note_removed")
NO_OVERLAP = timedelta()


@dataclass(frozen=True, slots=True)
class ClientSchool:
    """A school in which a client is to work."""

    school_id: UUID
    urn: int


@dataclass(frozen=True, slots=True)
class Due:
    """A credential that Keycloak is to learn of, or to forget when it is over."""

    la_code: str
    credential_id: UUID
    client_id: str
    sealed_secret: bytes | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class After:
    """After which client a page begins."""

    was_withdrawn: bool | None
    name: str | None
    api_client_id: UUID | None


LIST_CLIENT_SCHOOLS = QUERIES.rows("list_client_schools", ClientSchool)
CLAIM_DUE = QUERIES.rows("claim_due", Due)


async def list_clients(
    tx: Tx, la_codes: Sequence[str], after: After, page_size: int
) -> list[ApiClient]:
    asked = {
        "la_codes": list(la_codes),
        "after_withdrawn": after.was_withdrawn,
        "after_name": after.name,
        "after_id": after.api_client_id,
        "page_size": page_size,
    }
    return await tx.all(LIST_CLIENTS, asked)


async def get_client(
    tx: Tx, la_codes: Sequence[str], api_client_id: UUID
) -> ApiClient | None:
    asked = {"la_codes": list(la_codes), "api_client_id": api_client_id}
    return await tx.maybe(GET_CLIENT, asked)


async def list_credentials(
    tx: Tx, la_codes: Sequence[str], api_client_ids: Sequence[UUID]
) -> list[Credential]:
    asked = {"la_codes": list(la_codes), "api_client_ids": list(api_client_ids)}
    return await tx.all(LIST_CREDENTIALS, asked)


async def count_clients_locked(tx: Tx, la_code: str) -> int:
    """Count an LA's clients; nobody else makes one until this is over."""
    await tx.one(LOCK_AUTHORITY, {"la_code": la_code})
    return await tx.one(COUNT_CLIENTS, {"la_code": la_code})


async def list_client_schools(
    tx: Tx, la_code: str, urns: Sequence[int]
) -> list[ClientSchool]:
    return await tx.all(LIST_CLIENT_SCHOOLS, {"la_code": la_code, "urns": list(urns)})


async def insert_client(tx: Tx, values: Mapping[str, object]) -> UUID:
    """Keep a new client.

    Raises:
        model.ClientNameTaken: another of the LA has its name.
    """
    return await tx.one(INSERT_CLIENT, values, _name_taken())


async def update_client(tx: Tx, new: ApiClient) -> UUID | None:
    """Store new values; None when `new.version` is no longer the present.

    Raises:
        model.ClientNameTaken: another of the LA has its name.
    """
    values = {**asdict(new), "is_of_whole_la": new.school_urns is None}
    return await tx.maybe(UPDATE_CLIENT, values, _name_taken())


async def withdraw_client(tx: Tx, client: ApiClient) -> UUID | None:
    return await tx.maybe(WITHDRAW_CLIENT, _key(client))


async def touch_client(tx: Tx, client: ApiClient) -> UUID | None:
    return await tx.maybe(TOUCH_CLIENT, _key(client))


async def set_client_schools(
    tx: Tx, whose: tuple[str, UUID], place_la_code: str, school_ids: Sequence[UUID]
) -> None:
    """Let a client of an LA work in these schools of a place and in no other."""
    key = {"la_code": whose[0], "api_client_id": whose[1]}
    await tx.run(DELETE_CLIENT_SCHOOLS, key)
    said = {**key, "place_la_code": place_la_code, "school_ids": list(school_ids)}
    await tx.run(INSERT_CLIENT_SCHOOLS, said)


async def insert_credential(
    tx: Tx, la_code: str, api_client_id: UUID, fresh: Fresh, sealed: bytes
) -> None:
    said = {
        "la_code": la_code,
        "api_client_id": api_client_id,
        "client_id": fresh.client_id,
        "sealed_secret": sealed,
    }
    await tx.run(INSERT_CREDENTIAL, said)


async def end_credentials(
    tx: Tx, client: ApiClient, overlap: timedelta = NO_OVERLAP
) -> list[str]:
    """End what there is, the newest only after the overlap; return which they are."""
    return await tx.all(END_CREDENTIALS, {**_key(client), "overlap": overlap})


async def claim_due(tx: Tx, batch: int) -> list[Due]:
    return await tx.all(CLAIM_DUE, {"batch": batch})


async def note_done(tx: Tx, due: Due) -> None:
    """Note that Keycloak has learnt of a credential, or forgotten it."""
    key = {"la_code": due.la_code, "credential_id": due.credential_id}
    await tx.run(NOTE_REMOVED if due.is_over else NOTE_KEPT, key)


def _key(client: ApiClient) -> dict[str, object]:
    return {
        "la_code": client.la_code,
        "api_client_id": client.api_client_id,
        "version": client.version,
    }


def _name_taken() -> dict[str, Exception]:
    return {"api_client_name_unique": model.ClientNameTaken()}
