"""Keycloak as its administrator has it, for what people do there behind our back."""

from collections.abc import Iterable
from typing import Any

import httpx
from keycloak import KeycloakAdmin

from contracts import roles
from local_stack import keycloak_server
from local_stack.place import REALM
from tests.stack import Stack

OURS = roles.SECOND_FACTOR | roles.OF_A_SCHOOL


def administrator(stack: Stack) -> KeycloakAdmin:
    return KeycloakAdmin(
        server_url=stack.place.keycloak_url,
        realm_name=REALM,
        user_realm_name="master",
        client_id=keycloak_server.ADMIN_CLIENT,
        client_secret_key=keycloak_server.admin_secret(stack.place),
        timeout=60,
    )


def account(admin: KeycloakAdmin, email: str) -> dict[str, Any] | None:
    found = admin.get_users({"email": email, "exact": True})
    return found[0] if found else None


def held(admin: KeycloakAdmin, subject: str) -> set[str]:
    """The roles that an account has, of those that people are given."""
    return {each["name"] for each in admin.get_realm_roles_of_user(subject)} & OURS


def places(admin: KeycloakAdmin, subject: str) -> set[str]:
    """The organizations that an account is in, by alias, shut ones left out."""
    found = admin.get_user_organizations(subject)
    return {each["alias"] for each in found if each["enabled"]}


def state(admin: KeycloakAdmin, emails: Iterable[str]) -> dict[str, Any]:
    """All of some accounts that the directory decides, by address."""
    said = ("username", "email", "firstName", "lastName", "enabled", "requiredActions")
    found: dict[str, Any] = {}
    for email in emails:
        user = account(admin, email)
        if user is not None:
            of_user = {name: user[name] for name in said}
            both = (held(admin, user["id"]), places(admin, user["id"]))
            found[email] = of_user | {"held": both[0], "places": both[1]}
    return found


def messages(stack: Stack, email: str) -> list[dict[str, Any]]:
    """What somebody was sent by e-mail."""
    inbox = f"{stack.place.mail_url}/messages.json"
    found: list[dict[str, Any]] = httpx.get(inbox, params={"to": email}).json()["items"]
    return found
