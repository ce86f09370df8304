"""The realm at Keycloak is what the project wants: made once, then kept to it."""

import json
from typing import Any

from local_stack import (
    done,
    realm_admin,
    realm_wanted,
    second_factor,
    user_profile,
)
from local_stack.county import generator
from local_stack.place import REALM, Place
from local_stack.realm_admin import RealmAdmin
from local_stack.refusal import StackRefused

WORK = "realm"
# What may change at a client after it was made: where the portal is, and its secret.
CLIENT_FIELDS = ("secret", "redirectUris", "rootUrl", "attributes")
# What may change at the realm itself: how its pages look, and what they may load.
# And where its post goes, which asks a new password of who forgot theirs.
REALM_FIELDS = (
    *("displayName", "loginTheme", "emailTheme", "browserSecurityHeaders"),
    *("smtpServer", "resetPasswordAllowed"),
    # What a passkey has to be.
    *("webAuthnPolicyRpEntityName", "webAuthnPolicyResidentKey"),
    *("webAuthnPolicyUserVerificationRequirement",),
    "webAuthnPolicyAvoidSameAuthenticatorRegister",
    # A username goes with a corrected address; user_profile says who may change it.
    "editUsernameAllowed",
)


def wanted_digest(place: Place) -> str:
    """Return the digest of all that the realm is made from."""
    flows = (second_factor.FLOW, second_factor.RESET_FLOW)
    parts = (*_wanted(place), *flows, *user_profile.KEPT)
    return done.digest(*(json.dumps(part) for part in parts))


def ensure(place: Place) -> None:
    """Bring the realm to what is wanted; a second run changes nothing."""
    realm, users, organizations = _wanted(place)
    admin = realm_admin.sign_in(place)
    if _exists(admin):
        admin.change_current_realm(REALM)
        admin.update_realm(REALM, {name: realm[name] for name in REALM_FIELDS})
        _update_clients(admin, realm)
        if organizations:
            _add_users(admin, users)
            _add_organizations(admin, organizations)
    else:
        # One request makes all of it: hundreds of single ones take half a minute.
        everybody = [*realm["users"], *users]
        parts = {"users": everybody, "organizations": organizations}
        admin.create_realm(realm | parts)
        admin.change_current_realm(REALM)
    second_factor.ensure(admin, REALM)
    user_profile.ensure(admin)
    done.remember(place, WORK, wanted_digest(place))


def _wanted(
    place: Place,
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    realm = realm_wanted.wanted_realm(place)
    if place.installation is not None:
        # The directory brings people and places there by itself.
        return realm, [], []
    county = generator.make_county(place.county)
    users = realm_wanted.wanted_users(place, county)
    return realm, users, realm_wanted.wanted_organizations(county)


def _exists(admin: RealmAdmin) -> bool:
    return any(realm["realm"] == REALM for realm in admin.get_realms())


def _update_clients(admin: RealmAdmin, realm: dict[str, Any]) -> None:
    for wanted in realm["clients"]:
        client_id = admin.get_client_id(wanted["clientId"])
        if client_id is None:
            admin.create_client(wanted)
        else:
            fields = {name: wanted[name] for name in CLIENT_FIELDS if name in wanted}
            admin.update_client(client_id, admin.get_client(client_id) | fields)
    for user in realm["users"]:
        _give_client_roles(admin, user)


def _give_client_roles(admin: RealmAdmin, wanted: dict[str, Any]) -> None:
    """A realm that is older than a client has its service account without roles."""
    account = _service_account_id(admin, wanted["serviceAccountClientId"])
    for client, names in wanted.get("clientRoles", {}).items():
        client_id = str(admin.get_client_id(client))
        roles_there = admin.get_client_roles(client_id)
        admin.assign_client_role(
            account, client_id, [role for role in roles_there if role["name"] in names]
        )


def _add_users(admin: RealmAdmin, users: list[dict[str, Any]]) -> None:
    imported = {"ifResourceExists": "SKIP", "users": users}
    admin.partial_import_realm(REALM, imported)
    for user in users:
        password, *others = user["credentials"]
        admin.set_user_password(user["id"], password["value"], temporary=False)
        present = {one["type"] for one in admin.get_credentials(user["id"])}
        if wanted := [one for one in others if one["type"] not in present]:
            admin.update_user(user["id"], {"credentials": wanted})


def _add_organizations(admin: RealmAdmin, wanted: list[dict[str, Any]]) -> None:
    ids = {user["username"]: str(user["id"]) for user in admin.get_users({})}
    ids[realm_wanted.SERVICE_ACCOUNT] = _service_account_id(admin, generator.RBC_CLIENT)
    there = {one["alias"]: str(one["id"]) for one in admin.get_organizations()}
    for organization in wanted:
        bare = {key: organization[key] for key in organization if key != "members"}
        alias = organization["alias"]
        organization_id = there.get(alias) or admin.create_organization(bare)
        if organization_id is not None:
            _add_members(admin, organization_id, organization["members"], ids)


def _add_members(
    admin: RealmAdmin,
    organization_id: str,
    wanted: list[dict[str, str]],
    ids: dict[str, str],
) -> None:
    members = admin.get_organization_members(organization_id)
    present = {one["username"] for one in members}
    for member in wanted:
        if member["username"] not in present:
            admin.organization_user_add(ids[member["username"]], organization_id)


def _service_account_id(admin: RealmAdmin, client: str) -> str:
    # Lists of users leave service accounts out.
    client_id = admin.get_client_id(client)
    if client_id is None:
        raise StackRefused(f"Keycloak has no client {client}.")
    return str(admin.get_client_service_account_user(client_id)["id"])
