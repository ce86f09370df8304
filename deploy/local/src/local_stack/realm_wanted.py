"""The realm that is wanted: its file filled in, and who is there of a demonstration."""

import json
from email.utils import parseaddr
from typing import Any

from contracts import roles
from local_stack import secret_files, totp
from local_stack.county import generator, people
from local_stack.county.model import Assignment, County, Person
from local_stack.installation import Mail
from local_stack.place import REALM, Place

SERVICE_ACCOUNT = f"service-account-{generator.RBC_CLIENT}"
CLIENT_SECRETS = {
    "PORTAL_SECRET": "portal-client",
    "RBC_DEMO_SECRET": "rbc-demo-client",
    "CLIENTS_SECRET": "clients-client",
    "PEOPLE_SECRET": "people-client",
}


def wanted_realm(place: Place) -> dict[str, Any]:
    """Return the realm file with this stack's address and secrets filled in.

    A real LA's has nothing of the demonstration, and sends by its own mail server.
    """
    path = place.root / "deploy" / "keycloak" / "joinedup-realm.json"
    text = path.read_text(encoding="utf-8")
    values = {
        "PUBLIC_URL": place.public_url,
        "SMTP_PORT": str(place.ports["mail-smtp"]),
    }
    for name, secret in CLIENT_SECRETS.items():
        values[name] = secret_files.password(place, secret)
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    realm: dict[str, Any] = json.loads(text)
    if place.installation is not None:
        _without(realm, generator.RBC_CLIENT)
        if place.installation.mail is not None:
            realm["smtpServer"] = _mail_server(place.installation.mail)
    return realm


def _without(realm: dict[str, Any], client: str) -> None:
    """Take a client and its service account out of a realm."""
    clients, users = realm["clients"], realm["users"]
    realm["clients"] = [one for one in clients if one["clientId"] != client]
    account = "serviceAccountClientId"
    realm["users"] = [one for one in users if one[account] != client]


def _mail_server(mail: Mail) -> dict[str, str]:
    name, address = parseaddr(mail.sender)
    told = {
        "host": mail.host,
        "port": str(mail.port),
        "from": address,
        "fromDisplayName": name or "Joinedup",
        "ssl": str(mail.security == "tls").lower(),
        "starttls": str(mail.security == "starttls").lower(),
        "auth": str(mail.user is not None).lower(),
    }
    if mail.user is not None and mail.password_file is not None:
        told["user"] = mail.user
        told["password"] = mail.password_file.read_text("utf-8").strip()
    return told


def wanted_users(place: Place, county: County) -> list[dict[str, Any]]:
    """Return an account for each sign-in.

    The others of the county are in the directory alone: nobody has their password, and
    two thousand accounts would keep a first start waiting.
    """
    held = _roles(county)
    return [
        _user(place, person, held[person.username])
        for person in county.people
        if person.username in people.SIGNINS
    ]


def wanted_organizations(county: County) -> list[dict[str, Any]]:
    """Return an organization for the region, each authority and each school."""
    members = _members(county)
    region = _organization(
        f"region-{county.region_code.lower()}",
        county.region_name,
        {"kind": "region", "region_code": county.region_code},
    )
    authorities = [
        _organization(
            f"la-{authority.la_code}",
            f"{authority.name} Local Authority",
            {"kind": "la", "la_code": authority.la_code},
        )
        for authority in county.authorities
    ]
    schools = [
        _organization(
            f"urn-{school.urn}",
            school.name,
            {"kind": "school", "urn": str(school.urn), "la_code": school.la_code},
        )
        for school in county.running
    ]
    made = [region, *authorities, *schools]
    return [one | {"members": members.get(one["alias"], [])} for one in made]


def _user(place: Place, person: Person, held: list[str]) -> dict[str, Any]:
    password = secret_files.password(place, f"signin-{person.username}")
    credentials: list[dict[str, Any]] = [
        {"type": "password", "value": password, "temporary": False}
    ]
    if roles.SECOND_FACTOR & set(held):
        credentials.append(totp.credential(place, person.username))
    return {
        "id": person.subject,
        "username": person.username,
        "email": person.email,
        "emailVerified": True,
        "firstName": person.given_name,
        "lastName": person.family_name,
        "enabled": True,
        "realmRoles": [*held, f"default-roles-{REALM}"],
        "credentials": credentials,
    }


def _roles(county: County) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for assignment in county.assignments:
        found.setdefault(assignment.username, {})[assignment.role] = None
    return {username: list(held) for username, held in found.items()}


def _members(county: County) -> dict[str, list[dict[str, str]]]:
    usernames: dict[str, dict[str, None]] = {}
    for assignment in county.assignments:
        if assignment.ends_on is None and assignment.username in people.SIGNINS:
            usernames.setdefault(_alias(assignment), {})[assignment.username] = None
    region = f"region-{county.region_code.lower()}"
    usernames.setdefault(region, {})[SERVICE_ACCOUNT] = None
    return {
        alias: [{"username": name, "membershipType": "UNMANAGED"} for name in held]
        for alias, held in usernames.items()
    }


def _alias(assignment: Assignment) -> str:
    if assignment.urn is not None:
        return f"urn-{assignment.urn}"
    if assignment.la_code is not None:
        return f"la-{assignment.la_code}"
    return f"region-{str(assignment.region_code).lower()}"


def _organization(alias: str, name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "alias": alias,
        "enabled": True,
        "attributes": {key: [value] for key, value in attributes.items()},
        "domains": [{"name": f"{alias}.joinedup.example", "verified": True}],
    }
