"""Principals as the directory knows them."""

from dataclasses import dataclass
from uuid import UUID

from chassis import errors


class NotInDirectory(errors.Forbidden):
    """Keycloak knows them, the directory does not."""

    slug = "not-in-directory"
    title = "You have no place in the directory yet"


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
    name: str


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """One role with every LA and school in which it is held now."""

    role: str
    la_codes: list[str]
    school_ids: list[UUID]
