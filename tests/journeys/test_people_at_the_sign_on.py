"""People of the directory are at Keycloak, and again so after it was changed."""

import random
import subprocess
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
from keycloak import KeycloakAdmin

from tests import sign_on
from tests.stack import Stack, eventually

PEOPLE = "/api/directory/v1/people"
SEED, MANY = 20261125, 54
ROLES = ("staff", "learner", "school-technician", "school-leader")
A_WHILE = 300.0


def test_an_invited_person_has_an_account_until_they_leave(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    email = f"nora-{uuid4().hex[:8]}@joinedup.example"
    la_code = stack.signins["la-manager"]["la_code"]
    role = {"role": "la-technician", "la_code": la_code}
    wanted = {"display_name": "Nora Quayle", "email": email, "assignments": [role]}
    made = manager.post(PEOPLE, json=wanted)
    assert made.status_code == 201, made.text

    (mail,) = eventually(lambda: sign_on.messages(stack, email))
    person = sign_on.account(admin, email)
    assert person is not None
    assert mail["subject"] == "Welcome to Joinedup"
    assert sign_on.held(admin, person["id"]) == {"la-technician"}
    assert sign_on.places(admin, person["id"]) == {f"la-{la_code}"}

    left = manager.post(f"{PEOPLE}/{made.json()['person_id']}/leave")
    assert left.json() == {"ended": 1}

    eventually(lambda: not (sign_on.account(admin, email) or person)["enabled"])
    eventually(lambda: not sign_on.held(admin, person["id"]))
    assert len(sign_on.messages(stack, email)) == 1


def test_one_whom_keycloak_refuses_holds_up_nobody(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    la_code = stack.signins["la-manager"]["la_code"]
    role = {"role": "auditor", "la_code": la_code}
    # Names that Keycloak takes, and one that it does not.
    names = ["Ada Quayle", "Nora <Quayle>", "Zoe Quayle"]
    marked = uuid4().hex[:8]
    made: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        email = f"{marked}-{number}@joinedup.example"
        wanted = {"display_name": name, "email": email, "assignments": [role]}
        answer = manager.post(PEOPLE, json=wanted)
        assert answer.status_code == 201, answer.text
        made.append(answer.json())
    taken, refused, last = made

    eventually(lambda: sign_on.account(admin, taken["email"]))
    eventually(lambda: sign_on.account(admin, last["email"]))
    where = f"/people/{refused['person_id']}"
    eventually(lambda: "The sign-on refused" in manager.get(where).text)
    assert sign_on.account(admin, refused["email"]) is None

    change = {"display_name": "Nora Quayle"}
    sent = {"if-match": f'"{refused["version"]}"'}
    path = f"{PEOPLE}/{refused['person_id']}"
    assert manager.patch(path, json=change, headers=sent).status_code == 200

    eventually(lambda: sign_on.account(admin, refused["email"]))


class Spoiler(NamedTuple):
    """Who changes one thing at an account behind the directory's back."""

    admin: KeycloakAdmin
    chance: random.Random
    roles: dict[str, dict[str, Any]]
    organizations: dict[str, str]

    def delete(self, user: dict[str, Any]) -> None:
        self.admin.delete_user(user["id"])

    def disable(self, user: dict[str, Any]) -> None:
        self._put(user, enabled=False)

    def rename(self, user: dict[str, Any]) -> None:
        self._put(user, firstName="Somebody", lastName="Else")

    def readdress(self, user: dict[str, Any]) -> None:
        self._put(user, email=f"other-{uuid4().hex[:8]}@joinedup.example")

    def forget_action(self, user: dict[str, Any]) -> None:
        self._put(user, requiredActions=[])

    def take_roles(self, user: dict[str, Any]) -> None:
        held = sign_on.held(self.admin, user["id"])
        taken = [self.roles[name] for name in held]
        self.admin.delete_realm_roles_of_user(user["id"], taken)

    def give_role(self, user: dict[str, Any]) -> None:
        more = sorted(sign_on.OURS - sign_on.held(self.admin, user["id"]))
        given = self.roles[self.chance.choice(more)]
        self.admin.assign_realm_roles(user["id"], [given])

    def leave(self, user: dict[str, Any]) -> None:
        for alias in sign_on.places(self.admin, user["id"]):
            there = self.organizations[alias]
            self.admin.organization_user_remove(user["id"], there)

    def join(self, user: dict[str, Any]) -> None:
        # One that was shut since is not among somebody's places, and still has them.
        of_user = self.admin.get_user_organizations(user["id"])
        there = {each["alias"] for each in of_user}
        more = sorted(self.organizations.keys() - there)
        alias = self.organizations[self.chance.choice(more)]
        self.admin.organization_user_add(user["id"], alias)

    def shut_place(self, user: dict[str, Any]) -> None:
        for alias in sign_on.places(self.admin, user["id"]):
            there = self.admin.get_organization(self.organizations[alias])
            self.admin.update_organization(there["id"], there | {"enabled": False})

    def _put(self, user: dict[str, Any], **changed: object) -> None:
        present = self.admin.get_user(user["id"])
        self.admin.update_user(user["id"], present | changed)

    @property
    def everything(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        """By kind; one that undoes another's work comes before it."""
        return {
            "missing": self.delete,
            "disabled": self.disable,
            "renamed": self.rename,
            "readdressed": self.readdress,
            "action-forgotten": self.forget_action,
            "role-added": self.give_role,
            "roles-taken": self.take_roles,
            "place-added": self.join,
            "places-left": self.leave,
            "place-shut": self.shut_place,
        }


def spoilt(spoiler: Spoiler, emails: list[str], left: list[str]) -> Counter[str]:
    """Spoil every account in some ways, and say how often in which."""
    seeded: Counter[str] = Counter()
    kinds = spoiler.everything
    for email in left:
        user = sign_on.account(spoiler.admin, email)
        assert user is not None
        spoiler.admin.update_user(user["id"], user | {"enabled": True})
        spoiler.give_role(user)
        seeded += Counter(["enabled-though-left", "role-of-who-left"])
    alone, others = ["missing", "place-shut"], list(kinds)[1:9]
    for number, email in enumerate(emails):
        user = sign_on.account(spoiler.admin, email)
        assert user is not None
        chosen = spoiler.chance.sample(others, 5)
        if number % 9 < len(alone):
            chosen = [alone[number % 9]]
        for kind in sorted(chosen, key=[*kinds].index):
            kinds[kind](user)
        seeded += Counter(chosen)
    return seeded


def brought_in(stack: Stack, manager: httpx.Client) -> list[str]:
    """Bring people in by a file, and await that every one was sent their mail."""
    chance = random.Random(SEED)
    asked = {"la_code": stack.signins["la-manager"]["la_code"], "limit": 20}
    listed = manager.get("/api/directory/v1/schools", params=asked).json()
    urns = [school["urn"] for school in listed["items"]]
    stamp = uuid4().hex[:8]
    emails = [f"p{number}-{stamp}@joinedup.example" for number in range(MANY)]
    lines = ["Name,E-mail,Role,URN"]
    for number, email in enumerate(emails):
        lines += [
            f"Person Number{number},{email},{role},{urn}"
            for role, urn in zip(
                chance.sample(ROLES, 2), chance.sample(urns, 2), strict=True
            )
        ]
    brought = manager.post(
        f"{PEOPLE}/imports",
        params={"dry_run": "false"},
        content="\r\n".join(lines),
        headers={"content-type": "text/csv"},
    )
    assert brought.json()["faults"] == [], brought.text
    assert brought.json()["invited"] == MANY
    # One after the other: a slow machine is given its time for each, and is not asked
    # for all of them again whenever one is not there yet.
    for email in emails:
        eventually(lambda to=email: sign_on.messages(stack, to), A_WHILE)
    return emails


def synced(stack: Stack, *words: str) -> str:
    try:
        return stack.run("people", "sync", *words).stdout
    except subprocess.CalledProcessError as error:
        raise AssertionError(f"{error.stdout}\n{error.stderr}") from error


def test_two_hundred_drifts_of_every_kind_are_mended(
    stack: Stack, admin: KeycloakAdmin, manager: httpx.Client
) -> None:
    emails = brought_in(stack, manager)
    left = emails[-6:]
    for email in left:
        (person,) = manager.get(PEOPLE, params={"q": email}).json()["items"]
        manager.post(f"{PEOPLE}/{person['person_id']}/leave").raise_for_status()
    eventually(lambda: is_shut(admin, left), A_WHILE)
    assert "Nothing differs." in synced(stack)
    before = sign_on.state(admin, emails)
    assert len(before) == MANY
    stranger = f"stranger-{uuid4().hex[:8]}"
    stranger_id = admin.create_user({"username": stranger, "enabled": True})
    ours = {role["name"]: role for role in admin.get_realm_roles()}
    places = {each["alias"]: each["id"] for each in admin.get_organizations()}
    spoiler = Spoiler(admin, random.Random(SEED), ours, places)

    seeded = spoilt(spoiler, emails[:-6], left)
    assert seeded.total() >= 200
    assert seeded.keys() == {
        *spoiler.everything,
        "enabled-though-left",
        "role-of-who-left",
    }
    after = sign_on.state(admin, emails)
    assert sum(after.get(email) != before[email] for email in emails) == MANY
    dry = synced(stack, "--dry-run")
    assert "Nothing was changed." in dry
    assert sign_on.state(admin, emails) == after

    mended = synced(stack)

    assert stranger in mended
    assert sign_on.state(admin, emails) == before
    assert "Nothing differs." in synced(stack)
    admin.delete_user(stranger_id)


def is_shut(admin: KeycloakAdmin, emails: list[str]) -> bool:
    found = sign_on.state(admin, emails).values()
    return not any(each["enabled"] or each["held"] for each in found)
