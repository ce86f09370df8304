"""The few calls to Keycloak's admin interface that keep API clients, with their types.

A client at Keycloak has the id of its credential, so that each call may be repeated.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol, cast

from keycloak import KeycloakAdmin, KeycloakDeleteError, KeycloakPostError

from gateway.trust import trusted

Representation = dict[str, Any]
TOKEN_SECONDS = 300
SCOPES = ["acr", "basic", "roles", "service_account"]


class Admin(Protocol):
    """What is used of python-keycloak, whose own types tell less."""

    async def a_create_client(self, payload: Representation) -> str: ...
    async def a_update_client(
        self, client_id: str, payload: Representation
    ) -> object: ...
    async def a_delete_client(self, client_id: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Registry:
    """Where Keycloak is, and as which client API clients are kept there."""

    keycloak_url: str
    realm: str
    client_id: str
    secret: str = field(repr=False)
    api_audience: str = "joinedup-api"


@asynccontextmanager
async def opened(registry: Registry) -> AsyncGenerator[Admin]:
    admin = KeycloakAdmin(
        server_url=registry.keycloak_url,
        realm_name=registry.realm,
        user_realm_name=registry.realm,
        client_id=registry.client_id,
        client_secret_key=registry.secret,
        timeout=10,
        verify=trusted(),
    )
    try:
        yield cast("Admin", admin)
    finally:
        await admin.connection.aclose()


async def keep(
    admin: Admin, registry: Registry, credential_id: str, client_id: str, secret: str
) -> None:
    """Let Keycloak give tokens to whoever knows the secret; they say who, not what."""
    wanted: Representation = {
        "id": credential_id,
        "clientId": client_id,
        "name": "API client of a local authority",
        "enabled": True,
        "protocol": "openid-connect",
        "publicClient": False,
        "secret": secret,
        "standardFlowEnabled": False,
        "implicitFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        "serviceAccountsEnabled": True,
        "fullScopeAllowed": False,
        "defaultClientScopes": [*SCOPES, registry.api_audience],
        "optionalClientScopes": [],
        "attributes": {"access.token.lifespan": str(TOKEN_SECONDS)},
    }
    try:
        await admin.a_create_client(wanted)
    except KeycloakPostError as error:
        if error.response_code != HTTPStatus.CONFLICT:
            raise
        await admin.a_update_client(credential_id, wanted)


async def remove(admin: Admin, credential_id: str) -> None:
    """Let Keycloak forget a client; one that it does not know is forgotten."""
    try:
        await admin.a_delete_client(credential_id)
    except KeycloakDeleteError as error:
        if error.response_code != HTTPStatus.NOT_FOUND:
            raise
