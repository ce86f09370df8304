"""No account at Keycloak becomes a person's because it has their address."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
from keycloak import KeycloakAdmin

from local_stack.place import REALM
from tests import sign_on
from tests.stack import Stack, eventually

PEOPLE = "/api/directory/v1/people"
PASSWORD = f"Aa1!{uuid4()}"


def address(name: str) -> str:
    return f"{name}-{uuid4().hex[:8]}@joinedup.example"


def invited(
    manager: httpx.Client, email: str, *roles: dict[str, Any]
) -> dict[str, Any]:
    wanted = {"display_name": "Nora Quayle", "email": email, "assignments": roles}
    made = manager.post(PEOPLE, json=wanted)
    assert made.status_code == 201, made.text
    person: dict[str, Any] = made.json()
    return person


def given(manager: httpx.Client, person_id: str, role: dict[str, Any]) -> None:
    made = manager.post(f"{PEOPLE}/{person_id}/assignments", json=role)
    assert made.status_code == 201, made.text


def test_an_account_of_somebody_unknown_is_handed_to_nobody(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    email, name = address("support"), f"support-{uuid4().hex[:8]}"
    user = {"username": name, "email": email, "emailVerified": True, "enabled": True}
    support = admin.create_user(user)
    role = {"role": "la-technician", "la_code": stack.signins["la-manager"]["la_code"]}

    person = invited(manager, email, role)

    page = f"/people/{person['person_id']}"
    eventually(lambda: "another account with this address" in manager.get(page).text)
    assert admin.get_user(support)["username"] == name
    assert sign_on.held(admin, support) == set()
    assert sign_on.messages(stack, email) == []

    stack.run("people", "sync", "--adopt")

    assert admin.get_user(support)["username"] == email
    assert sign_on.held(admin, support) == {"la-technician"}


def test_an_account_that_was_made_for_somebody_is_found_again(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    email, la_code = address("nora"), stack.signins["la-manager"]["la_code"]
    person = invited(manager, email, {"role": "la-technician", "la_code": la_code})
    eventually(lambda: sign_on.messages(stack, email))
    made = sign_on.account(admin, email)
    assert made is not None
    assert made["attributes"] == {"person_id": [person["person_id"]]}
    kept = ("username", "email", "enabled", "requiredActions", "attributes")
    admin.delete_user(made["id"])
    restored = admin.create_user({name: made[name] for name in kept})

    given(manager, person["person_id"], {"role": "auditor", "la_code": la_code})

    eventually(lambda: sign_on.held(admin, restored) == {"la-technician", "auditor"})


def test_an_invitation_follows_a_corrected_address(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    wrong, right = address("noar"), address("nora")
    la_code = stack.signins["la-manager"]["la_code"]
    person = invited(manager, wrong, {"role": "auditor", "la_code": la_code})
    eventually(lambda: sign_on.messages(stack, wrong))
    made = sign_on.account(admin, wrong)
    assert made is not None

    changed = manager.patch(
        f"{PEOPLE}/{person['person_id']}",
        json={"email": right},
        headers={"if-match": f'"{person["version"]}"'},
    )
    assert changed.status_code == 200, changed.text

    eventually(lambda: sign_on.messages(stack, right))
    found = admin.get_user(made["id"])
    assert (found["username"], found["email"]) == (right, right)


def test_sessions_end_with_a_first_role_of_two_steps_whatever_fails_after(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    email, la_code = address("nora"), stack.signins["la-manager"]["la_code"]
    listed = manager.get(
        "/api/directory/v1/schools", params={"la_code": la_code, "limit": 2}
    ).json()
    here, there = (school["urn"] for school in listed["items"])
    person = invited(manager, email, {"role": "staff", "school_urn": here})
    eventually(lambda: sign_on.messages(stack, email))
    subject = (sign_on.account(admin, email) or {})["id"]
    with (
        signed_in(stack, admin, subject, email),
        nobody_joins(admin, f"urn-{there}"),
    ):
        assert len(admin.get_sessions(subject)) == 1
        given(manager, person["person_id"], {"role": "staff", "school_urn": there})
        given(manager, person["person_id"], {"role": "auditor", "la_code": la_code})

        eventually(lambda: "auditor" in sign_on.held(admin, subject))
        eventually(lambda: not admin.get_sessions(subject))
        assert f"urn-{there}" not in sign_on.places(admin, subject)


@contextmanager
def signed_in(
    stack: Stack, admin: KeycloakAdmin, subject: str, email: str
) -> Generator[None]:
    """Sign somebody in who has just chosen a password, by a client for that alone.

    Keycloak's own for it is shut: where a password does, no second step is asked for.
    """
    admin.set_user_password(subject, PASSWORD, temporary=False)
    user = admin.get_user(subject)
    claimed = {"emailVerified": True, "requiredActions": []}
    admin.update_user(subject, user | claimed)
    where = f"{stack.place.keycloak_url}/realms/{REALM}/protocol/openid-connect/token"
    name = f"throw-away-{uuid4().hex[:8]}"
    client = {"clientId": name, "publicClient": True, "directAccessGrantsEnabled": True}
    client_id = admin.create_client(client)
    try:
        form = {"grant_type": "password", "client_id": name}
        said = {"username": email, "password": PASSWORD}
        httpx.post(where, data=form | said).raise_for_status()
        yield
    finally:
        admin.delete_client(client_id)


@contextmanager
def nobody_joins(admin: KeycloakAdmin, alias: str) -> Generator[None]:
    """Have somebody else's organization stand where a school's is to be."""
    (there,) = [e for e in admin.get_organizations() if e["alias"] == alias]
    whole = admin.get_organization(there["id"])
    other = {"domains": [{"name": f"{alias}.elsewhere.example", "verified": True}]}
    admin.update_organization(there["id"], whole | other)
    try:
        yield
    finally:
        admin.update_organization(there["id"], whole)
