"""The county made from a seed, and the directory document that tells of it."""

from dataclasses import asdict
from typing import Any

from local_stack.county import desk, kit, people, schools
from local_stack.county.model import Assignment, County, Person

SEED = "joinedup"
RBC_CLIENT = "rbc-demo"


def make_county(seed: str = SEED) -> County:
    """Return the same county for the same seed, on every machine."""
    all_schools = schools.make_schools(seed)
    everybody, assignments = people.make_people(seed, all_schools)
    stock = {school.urn: kit.make_assets(seed, school) for school in all_schools}
    tickets = (
        desk.make_tickets(seed, school, stock[school.urn]) for school in all_schools
    )
    return County(
        region_code=schools.REGION_CODE,
        region_name=schools.REGION_NAME,
        authorities=schools.AUTHORITIES,
        schools=all_schools,
        people=everybody,
        assignments=assignments,
        assets=tuple(asset for assets in stock.values() for asset in assets),
        tickets=tuple(ticket for opened in tickets for ticket in opened),
    )


def directory_document(county: County) -> dict[str, Any]:
    """Return what the gateway's directory is loaded from."""
    region = {"region_code": county.region_code, "name": county.region_name}
    client = {
        "client_id": RBC_CLIENT,
        "role": "rbc-system",
        "region_code": county.region_code,
        "from": "2025-09-01",
        "to": None,
    }
    return {
        "regions": [region],
        "authorities": [
            asdict(authority) | {"region_code": county.region_code}
            for authority in county.authorities
        ],
        "schools": [asdict(school) for school in county.schools],
        "people": [_person(person) for person in county.people],
        "clients": [{"client_id": RBC_CLIENT, "name": "Demonstration RBC system"}],
        "assignments": [*(_assignment(a) for a in county.assignments), client],
    }


def _person(person: Person) -> dict[str, str]:
    return {
        "subject": person.subject,
        "username": person.username,
        "display_name": person.display_name,
        "email": person.email,
    }


def _assignment(assignment: Assignment) -> dict[str, str | int | None]:
    places = {
        "urn": assignment.urn,
        "la_code": assignment.la_code,
        "region_code": assignment.region_code,
    }
    ends_on = assignment.ends_on
    return {
        "username": assignment.username,
        "role": assignment.role,
        **{name: value for name, value in places.items() if value is not None},
        "from": assignment.starts_on.isoformat(),
        "to": None if ends_on is None else ends_on.isoformat(),
    }
