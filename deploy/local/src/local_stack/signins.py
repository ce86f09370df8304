"""One sign-in for each role of the demonstration, in a file for its owner alone."""

import json
from typing import Any

from contracts import roles
from local_stack import secret_files, totp
from local_stack.county import generator, people
from local_stack.county.model import County
from local_stack.place import Place

# The order in which the roles are printed: those who see most first.
PRINTED = (
    "la-manager",
    "la-technician",
    "school-technician",
    "school-leader",
    "staff",
    "learner",
    "auditor",
    "regional-analyst",
)


def write(place: Place, county: County) -> None:
    """Write every sign-in and the API client of the demonstration."""
    secret_files.write(place.signins_file, json.dumps(_all(place, county), indent=2))


def are_written(place: Place, county: County) -> bool:
    """Whether the file says what it should."""
    return read(place) == _all(place, county)


def read(place: Place) -> dict[str, Any]:
    """Return what was written, or nothing before the first start."""
    if not place.signins_file.exists():
        return {}
    return json.loads(place.signins_file.read_text(encoding="utf-8"))


def _all(place: Place, county: County) -> dict[str, Any]:
    client = {
        "client_id": generator.RBC_CLIENT,
        "client_secret": secret_files.password(place, "rbc-demo-client"),
        "token_url": place.token_url,
    }
    made = {name: _signin(place, county, name) for name in _names()}
    agent = enrolled(place, county)
    return made | {
        "clients": {generator.RBC_CLIENT: client},
        "agent": {
            "school": agent["school_urn"],
            "enrolment_key": agent["enrolment_key"],
        },
    }


def enrolled(place: Place, county: County) -> dict[str, Any]:
    """Say which school's inventory agents report, and with which key."""
    technician = _signin(place, county, "school-technician")
    return {
        "la_code": technician["la_code"],
        "school_urn": technician["schools"][0],
        "name": "Demonstration",
        "enrolment_key": "jek-" + secret_files.password(place, "enrolment-key"),
    }


def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*PRINTED, *people.SIGNINS)))


def _signin(place: Place, county: County, username: str) -> dict[str, Any]:
    held = [one for one in county.assignments if one.username == username]
    urns = [one.urn for one in held if one.urn is not None]
    asked = any(one.role in roles.SECOND_FACTOR for one in held)
    return {
        "username": username,
        "password": secret_files.password(place, f"signin-{username}"),
        "totp_secret": totp.secret(place, username) if asked else None,
        "schools": urns,
        "la_code": held[0].la_code or _la_code(county, urns),
    }


def _la_code(county: County, urns: list[int]) -> str | None:
    codes = (school.la_code for school in county.schools if school.urn in urns)
    return next(codes, None)
