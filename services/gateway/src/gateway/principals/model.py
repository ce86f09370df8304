"""Principals as the directory knows them, and what a client's scopes let it do."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

from chassis import errors
from chassis.auth import Grant
from contracts import roles

Scope = Literal[
    "directory:read",
    "people:read",
    "inventory:read",
    "inventory:write",
    "servicedesk:read",
    "servicedesk:write",
    "strategy:read",
]
"""What a client may be let do: a part of the interface, and whether to change it."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
OperatorScope = Scope | Literal["directory:write"]
"""The operator lets a consortium's system send the register of schools, too."""
OPERATOR_SCOPES: tuple[OperatorScope, ...] = (*SCOPES, "directory:write")
USUAL_PER_MINUTE, MOST_PER_MINUTE = 600, 6000
"""How often a client may ask in a minute, unless it is said; and at most."""
_DIRECTORY = "/api/directory/v1/"
_ME = f"{_DIRECTORY}me"
_READS = frozenset({"GET", "HEAD"})


class NotInDirectory(errors.Forbidden):
    """Keycloak knows them, the directory does not."""

    slug = "not-in-directory"
    title = "You have no place in the directory yet"


class ScopeMissing(errors.Forbidden):
    """The client may come in, but not for this; its scopes say for what."""

    slug = "scope-missing"
    title = "This API client has no scope for that"

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs the scope {scope}", scope=scope)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signs in."""

    person_id: UUID
    username: str
    display_name: str
    email: str
    version: int


@dataclass(frozen=True, slots=True)
class ClientSystem:
    """A system that calls with a token of its own."""

    client_id: str
    principal: str
    is_operators: bool
    """Whether its assignments say where it works, and not an LA."""
    scopes: list[str]
    la_codes: list[str]
    school_ids: list[UUID]
    requests_per_minute: int | None
    """None where the operator's own hand took the limit away, to measure by."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What a client of an LA may do where; not its assignments, it has none."""
        where = (tuple(self.la_codes), tuple(self.school_ids))
        return (Grant(roles.RBC_SYSTEM, *where),) if any(where) else ()


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """One role with every LA and school in which it is held now."""

    role: str
    la_codes: list[str]
    school_ids: list[UUID]


def require_scope(scopes: Collection[str], method: str, path: str) -> None:
    """Refuse what a client's scopes do not hold.

    Raises:
        ScopeMissing: they do not.
    """
    if path == _ME:
        return
    part = _part_of(path)
    write = f"{part}:write"
    wanted = f"{part}:read" if method in _READS else write
    if not {wanted, write} & set(scopes):
        raise ScopeMissing(wanted)


def _part_of(path: str) -> str:
    """Say to which part of the interface an address belongs."""
    if path.startswith(_DIRECTORY):
        below = path.removeprefix(_DIRECTORY).partition("/")[0]
        return "people" if below == "people" else "directory"
    return path.removeprefix("/api/").partition("/")[0]
