"""The way in to Keycloak's admin interface, and what is used of it, with its types."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from keycloak import KeycloakAdmin

from gateway.provisioning import model
from gateway.settings import GatewaySettings
from gateway.trust import trusted

Representation = dict[str, Any]
_SECONDS = 60
"""Keycloak takes long over a page of accounts that it has not read lately."""


class Admin(Protocol):
    """What is used of python-keycloak, whose own types tell less."""

    async def a_get_user(self, user_id: str) -> Representation: ...
    async def a_get_users(self, query: Representation) -> list[Representation]: ...
    async def a_create_user(self, payload: Representation) -> str: ...
    async def a_update_user(self, user_id: str, payload: Representation) -> object: ...
    async def a_delete_user(self, user_id: str) -> object: ...
    async def a_user_logout(self, user_id: str) -> object: ...
    async def a_send_update_account(
        self,
        user_id: str,
        payload: list[str],
        client_id: str | None = None,
        lifespan: int | None = None,
    ) -> object: ...
    async def a_get_credentials(self, user_id: str) -> list[Representation]: ...
    async def a_get_events(self, query: Representation) -> list[Representation]: ...
    async def a_get_realm_roles(self) -> list[Representation]: ...
    async def a_get_realm_roles_of_user(self, user_id: str) -> list[Representation]: ...
    async def a_assign_realm_roles(
        self, user_id: str, roles: list[Representation]
    ) -> object: ...
    async def a_delete_realm_roles_of_user(
        self, user_id: str, roles: list[Representation]
    ) -> object: ...
    async def a_get_user_organizations(self, user_id: str) -> list[Representation]: ...
    async def a_get_organizations(
        self, query: Representation
    ) -> list[Representation]: ...
    async def a_get_organization(self, organization_id: str) -> Representation: ...
    async def a_get_organization_members(
        self, organization_id: str, query: Representation
    ) -> list[Representation]: ...
    async def a_create_organization(self, payload: Representation) -> str | None: ...
    async def a_update_organization(
        self, organization_id: str, payload: Representation
    ) -> object: ...
    async def a_organization_user_add(
        self, user_id: str, organization_id: str
    ) -> object: ...
    async def a_organization_user_remove(
        self, user_id: str, organization_id: str
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class Door:
    """Where Keycloak is, and as which client people are kept there."""

    keycloak_url: str
    realm: str
    client_id: str
    secret: str
    portal_client_id: str


def door_of(settings: GatewaySettings) -> Door | None:
    """Say where Keycloak is, to a process that was told the client's secret."""
    secret_file = settings.people_client_secret_file
    if secret_file is None:
        return None
    return Door(
        settings.keycloak_url,
        settings.keycloak_realm,
        settings.people_client_id,
        secret_file.read_text("utf-8").strip(),
        settings.portal_client_id,
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """A visit at Keycloak, and what it learnt on the way."""

    admin: Admin
    portal_client_id: str
    roles: Mapping[str, Representation]
    organization_ids: dict[str, str] = field(default_factory=dict[str, str])
    making: asyncio.Lock = field(default_factory=asyncio.Lock)

    def role(self, name: str) -> Representation:
        """Return one of the realm's roles.

        Raises:
            CannotProvision: the realm has none of that name.
        """
        if name not in self.roles:
            msg = f"The sign-on has no role {name}: the operator brings the realm in."
            raise model.CannotProvision(msg)
        return self.roles[name]


@asynccontextmanager
async def opened(door: Door) -> AsyncGenerator[Desk]:
    """Go to Keycloak.

    Raises:
        KeycloakError: it is away, or knows us no more.
    """
    admin = KeycloakAdmin(
        server_url=door.keycloak_url,
        realm_name=door.realm,
        user_realm_name=door.realm,
        client_id=door.client_id,
        client_secret_key=door.secret,
        timeout=_SECONDS,
        verify=trusted(),
    )
    typed = cast("Admin", admin)
    try:
        listed = await typed.a_get_realm_roles()
        ours = {one["name"]: one for one in listed if one["name"] in model.OURS}
        yield Desk(typed, door.portal_client_id, ours)
    finally:
        await admin.connection.aclose()
        # It asks for tokens by connections of their own, which it leaves open.
        await admin.connection.keycloak_openid.connection.aclose()
