"""What an API client is, and what may become of it; no I/O."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.audit import model as audit
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor, Grant
from contracts import roles

State = Literal["waiting", "ready", "ended"]

EDITORS = frozenset({roles.LA_MANAGER})
READERS = EDITORS | {roles.AUDITOR}
ACCESS = Access(read=READERS, write=EDITORS)
SANDBOX_LA = "999"
_FIRST_SANDBOX_URN = 999_000
MOST_CLIENTS = 100
_TOLD = ("name", "contact", "scopes", "school_urns", "requests_per_minute")


@dataclass(frozen=True, slots=True)
class ApiClient:
    """A system that an LA lets in, as it stands at `version`.

    `school_urns` is None where it works in every school of the LA; an empty list says
    that it works in none, as when all its schools went to other LAs.
    """

    api_client_id: UUID
    la_code: str
    la_name: str
    name: str
    contact: str
    scopes: list[str]
    school_urns: list[int] | None
    is_sandbox: bool
    requests_per_minute: int
    made_at: datetime
    made_by: str | None
    withdrawn_at: datetime | None
    last_used_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Credential:
    """A client id, whose secret Keycloak has; until `ends_at`, where that is said."""

    api_client_id: UUID
    client_id: str
    made_at: datetime
    ends_at: datetime | None
    kept_at: datetime | None
    last_used_at: datetime | None

    def state(self, now: datetime) -> State:
        if self.ends_at is not None and self.ends_at <= now:
            return "ended"
        return "ready" if self.kept_at is not None else "waiting"


@dataclass(frozen=True, slots=True)
class Known:
    """A client with its credentials, the newest first."""

    client: ApiClient
    credentials: tuple[Credential, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A client id and its secret, which is said this once."""

    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Made:
    """A client, and the secret where it was just made."""

    known: Known
    fresh: Fresh | None


class ClientNotFound(errors.NotFound):
    """No such client, or none that the caller may know of: said alike."""

    slug = "client-not-found"
    title = "There is no such API client within your scope"


class BeyondOwnScope(errors.Forbidden):
    """Nobody lets a system in where they have no say themselves; known or not."""

    slug = "client-beyond-own-scope"
    title = "You cannot give a client what is not yours"

    def __init__(self, pointer: str) -> None:
        super().__init__(errors=[errors.Fault(pointer, self.title)])


class SandboxHasItsSchool(errors.Invalid):
    """A sandbox client works in its LA's sandbox school and nowhere else."""

    slug = "sandbox-has-its-school"
    title = "A sandbox client has a school of its own: name no other"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/school_urns", self.title)])


class ClientNameTaken(errors.Conflict):
    """Two systems of an LA could not be told apart."""

    slug = "client-name-taken"
    title = "Another API client of the LA has this name"


class ClientWithdrawn(errors.Conflict):
    """What was withdrawn stays so; make another."""

    slug = "client-withdrawn"
    title = "This API client was withdrawn and stays as it was"


class TooManyClients(errors.Conflict):
    """More clients than anybody keeps an eye on."""

    slug = "too-many-clients"
    title = "An LA has up to 100 API clients: withdraw one first"


def fresh() -> Fresh:
    """Make a client id, and a secret of 256 bits."""
    return Fresh(f"api-{secrets.token_hex(10)}", secrets.token_urlsafe(32))


def require_editor(actor: Actor, la_code: str) -> None:
    """Refuse an LA whose clients are not the caller's to keep.

    Raises:
        BeyondOwnScope: it is not.
    """
    if la_code not in actor.las(EDITORS):
        raise BeyondOwnScope("/la_code")


def sandbox_urn(la_code: str) -> int:
    """Say the URN of an LA's sandbox school; the register is far from giving it."""
    return _FIRST_SANDBOX_URN + int(la_code)


def in_sandbox(actor: Actor) -> Actor:
    """An LA's manager as they let a client into the sandbox: it is everybody's."""
    grants = (*actor.grants, Grant(roles.LA_MANAGER, (SANDBOX_LA,)))
    return replace(actor, grants=grants)


def standing(client: ApiClient) -> ApiClient:
    """Vouch that a client has not been withdrawn.

    Raises:
        ClientWithdrawn: it was.
    """
    if client.withdrawn_at is not None:
        raise ClientWithdrawn
    return client


def changed(client: ApiClient, values: Mapping[str, Any]) -> ApiClient:
    """Give a client new values; what is left unsaid stays, where it works, too.

    Raises:
        ClientWithdrawn: it was withdrawn.
        SandboxHasItsSchool: it is a client of the sandbox, and schools are said.
    """
    if client.is_sandbox and "school_urns" in values:
        raise SandboxHasItsSchool
    return replace(standing(client), **values)


def recorded(happened: str, old: ApiClient | None, new: ApiClient) -> Entry:
    """Say a change of a client as the audit has it."""
    target = Target("client", new.api_client_id, new.la_code)
    before = {} if old is None else _told(old)
    return audit.changed(
        f"client.{happened}", target, audit.differing(before, _told(new))
    )


def rotated(client: ApiClient, client_id: str, old: Sequence[str]) -> Entry:
    """Say that a client has another secret; neither is said."""
    target = Target("client", client.api_client_id, client.la_code)
    said = {"client_id": client_id}
    return Entry("client.rotated", target, {"client_ids": list(old)}, said)


def _told(client: ApiClient) -> dict[str, object]:
    return {name: getattr(client, name) for name in _TOLD}
