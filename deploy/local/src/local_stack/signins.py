"""One sign-in for each role of the demonstration, in a file for its owner alone."""

import json
from typing import Any

from local_stack import secret_files
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
    signins: dict[str, Any] = {name: _signin(place, county, name) for name in _names()}
    client = {
        "client_id": generator.RBC_CLIENT,
        "client_secret": secret_files.password(place, "rbc-demo-client"),
        "token_url": place.token_url,
    }
    signins["clients"] = {generator.RBC_CLIENT: client}
    secret_files.write(place.signins_file, json.dumps(signins, indent=2))


def read(place: Place) -> dict[str, Any]:
    """Return what was written, or nothing before the first start."""
    if not place.signins_file.exists():
        return {}
    return json.loads(place.signins_file.read_text(encoding="utf-8"))


def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*PRINTED, *people.SIGNINS)))


def _signin(place: Place, county: County, username: str) -> dict[str, Any]:
    held = [one for one in county.assignments if one.username == username]
    urns = [one.urn for one in held if one.urn is not None]
    return {
        "username": username,
        "password": secret_files.password(place, f"signin-{username}"),
        "totp_secret": None,
        "schools": urns,
        "la_code": held[0].la_code or _la_code(county, urns),
    }


def _la_code(county: County, urns: list[int]) -> str | None:
    codes = (school.la_code for school in county.schools if school.urn in urns)
    return next(codes, None)
