"""Accounts at Keycloak: found, read all together, made, mended and invited."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType

from keycloak import KeycloakError

from gateway.provisioning import model
from gateway.provisioning.desk import Admin, Desk, Representation
from gateway.provisioning.model import (
    CannotProvision,
    Due,
    Found,
    Known,
    Organization,
    Repair,
)

MADE_FOR = "person_id"
"""What an account bears from its making on; only administrators may write it."""
AT_ONCE = 8
"""Requests to Keycloak that are under way at a time."""
_BRIEF: Mapping[str, object] = MappingProxyType({"briefRepresentation": True})


async def find(desk: Desk, due: Due, *, adopts: bool) -> Found | None:
    """Find somebody's account: by its id, else as `model.chosen` says.

    Raises:
        CannotProvision: an account that is not theirs has the name or address.
    """
    user = await _by_id(desk.admin, due.subject)
    if user is not None:
        return await _found(desk.admin, user)
    named = await _one(desk.admin, {"username": due.username, "exact": True})
    addressed = await _one(desk.admin, {"email": due.email, "exact": True})
    return model.chosen(due, named, addressed, adopts=adopts)


async def delete(desk: Desk, due: Due) -> None:
    """Delete somebody's account, if they have one that was made for them."""
    try:
        found = await find(desk, due, adopts=False)
    except CannotProvision:
        return
    if found is not None:
        await desk.admin.a_delete_user(found.subject)


async def read_all(desk: Desk) -> Known:
    """Read every account: in pages, and the memberships by whichever are fewer.

    Roles are asked for one account at a time, several at once: over the members of a
    role that thousands hold, Keycloak takes seconds for each page.
    """
    admin = desk.admin
    users = await admin.a_get_users({})
    gate = asyncio.Semaphore(AT_ONCE)

    async def roles_of(user: Representation) -> list[str]:
        async with gate:
            return await _roles(admin, str(user["id"]))

    held = await asyncio.gather(*map(roles_of, users))
    places = await _read_memberships(admin, users)
    known = Known()
    for user, roles in zip(users, held, strict=True):
        known.add(found_of(user, roles, places[str(user["id"])]))
    return known


async def _read_memberships(
    admin: Admin, users: Sequence[Representation]
) -> Mapping[str, list[Representation]]:
    """Read who is where: by organization or by account, whichever are fewer."""
    listed = await admin.a_get_organizations({})
    ours = [one for one in listed if model.is_ours(one["alias"])]
    found: defaultdict[str, list[Representation]] = defaultdict(list)
    gate = asyncio.Semaphore(AT_ONCE)

    async def of_organization(organization: Representation) -> None:
        async with gate:
            members = await admin.a_get_organization_members(
                str(organization["id"]), {**_BRIEF}
            )
        for user in members:
            found[str(user["id"])].append(organization)

    async def of_account(user: Representation) -> None:
        async with gate:
            subject = str(user["id"])
            found[subject] = await admin.a_get_user_organizations(subject)

    if len(ours) < len(users):
        await asyncio.gather(*map(of_organization, ours))
    else:
        await asyncio.gather(*map(of_account, users))
    return found


async def create(desk: Desk, due: Due) -> str:
    """Make an account that has no password yet, and no role; return its id."""
    first, last = model.names_of(due.display_name)
    user: Representation = {
        "username": due.username,
        "email": due.email,
        "emailVerified": False,
        "firstName": first,
        "lastName": last,
        "enabled": True,
        "requiredActions": [model.CHOOSE_PASSWORD],
        "attributes": {MADE_FOR: [str(due.person_id)]},
    }
    return await desk.admin.a_create_user(user)


async def mend(desk: Desk, due: Due, subject: str, repairs: Sequence[Repair]) -> None:
    """Do what is to be done at an account; what was done before changes nothing."""
    admin = desk.admin
    words: set[model.Word] = {repair.word for repair in repairs}
    if words & model.PROFILE:
        await _write_profile(admin, due, subject, words)
    if taken := [desk.role(r.what) for r in repairs if r.word == "take-role"]:
        await admin.a_delete_realm_roles_of_user(subject, taken)
    if given := [desk.role(r.what) for r in repairs if r.word == "give-role"]:
        await admin.a_assign_realm_roles(subject, given)
    if "end-sessions" in words:
        # Before what may fail: who has the role already is not planned to be out.
        await admin.a_user_logout(subject)
    if left := {r.what for r in repairs if r.word == "leave"}:
        for each in await admin.a_get_user_organizations(subject):
            if each["alias"] in left:
                await admin.a_organization_user_remove(subject, str(each["id"]))
    for repair in repairs:
        if repair.word == "join":
            await _join(desk, due.organizations[repair.what], subject)


async def invite(desk: Desk, subject: str) -> None:
    """Send somebody the mail by which they choose their password.

    Raises:
        CannotProvision: it could not be sent.
    """
    try:
        await desk.admin.a_send_update_account(
            subject,
            [model.CHOOSE_PASSWORD],
            client_id=desk.portal_client_id,
            lifespan=int(model.GOOD_FOR.total_seconds()),
        )
    except KeycloakError as error:
        if error.response_code == HTTPStatus.INTERNAL_SERVER_ERROR:
            msg = "The message could not be sent."
            raise CannotProvision(msg) from error
        raise


async def _one(admin: Admin, query: Representation) -> Found | None:
    users = await admin.a_get_users(query)
    return await _found(admin, users[0]) if users else None


async def _by_id(admin: Admin, subject: str | None) -> Representation | None:
    if subject is None:
        return None
    try:
        return await admin.a_get_user(subject)
    except KeycloakError as error:
        if error.response_code == HTTPStatus.NOT_FOUND:
            return None
        raise


async def _found(admin: Admin, user: Representation) -> Found:
    subject = str(user["id"])
    roles = await _roles(admin, subject)
    return found_of(user, roles, await admin.a_get_user_organizations(subject))


async def _roles(admin: Admin, subject: str) -> list[str]:
    held = await admin.a_get_realm_roles_of_user(subject)
    return [str(one["name"]) for one in held]


def found_of(
    user: Representation, held: Iterable[str], places: Sequence[Representation]
) -> Found:
    """Read an account as Keycloak tells of it.

    One that was shut is no place to be in: it is joined again, and opened by that.
    """
    return Found(
        str(user["id"]),
        str(user["username"]),
        str(user.get("email", "")),
        str(user.get("firstName", "")),
        str(user.get("lastName", "")),
        bool(user["enabled"]),
        bool(user.get("emailVerified")),
        frozenset(map(str, user.get("requiredActions", ()))),
        datetime.fromtimestamp(user["createdTimestamp"] / 1000, UTC),
        next(iter(user.get("attributes", {}).get(MADE_FOR, ())), None),
        frozenset(held),
        frozenset(str(one["alias"]) for one in places),
        frozenset(str(one["alias"]) for one in places if not one["enabled"]),
    )


async def _write_profile(
    admin: Admin, due: Due, subject: str, words: set[model.Word]
) -> None:
    user = await admin.a_get_user(subject)
    first, last = model.names_of(due.display_name)
    new: Representation = {"username": due.username, "enabled": due.is_awaited}
    if "name" in words:
        new |= {"firstName": first, "lastName": last}
    if "email" in words:
        new |= {"email": due.email, "emailVerified": False}
    if "require" in words:
        actions = user.get("requiredActions", [])
        new["requiredActions"] = [*actions, model.CHOOSE_PASSWORD]
    await admin.a_update_user(subject, user | new)


async def _join(desk: Desk, wanted: Organization, subject: str) -> None:
    async with desk.making:
        if wanted.alias not in desk.organization_ids:
            desk.organization_ids[wanted.alias] = await _ensure(desk.admin, wanted)
    try:
        organization_id = desk.organization_ids[wanted.alias]
        await desk.admin.a_organization_user_add(subject, organization_id)
    except KeycloakError as error:
        # Somebody else was quicker, or it was shut with its members.
        if error.response_code != HTTPStatus.CONFLICT:
            raise


async def _ensure(admin: Admin, wanted: Organization) -> str:
    query: Representation = {"search": wanted.domain, "exact": True}
    for there in await admin.a_get_organizations(query):
        organization_id = str(there["id"])
        if not there["enabled"]:
            whole = await admin.a_get_organization(organization_id)
            await admin.a_update_organization(
                organization_id, whole | {"enabled": True}
            )
        return organization_id
    made = await admin.a_create_organization(
        {
            "name": f"{wanted.name} ({wanted.alias})",
            "alias": wanted.alias,
            "enabled": True,
            "attributes": wanted.attributes,
            "domains": [{"name": wanted.domain, "verified": True}],
        }
    )
    if made is None:
        raise CannotProvision(f"The organization {wanted.alias} could not be made.")
    return made
