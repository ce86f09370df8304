"""The county made from a seed, and the directory documents that tell of it."""

from dataclasses import asdict
from typing import Any

from local_stack.county import (
    calendars,
    desk,
    history,
    kit,
    people,
    places,
    purchases,
    schools,
)
from local_stack.county.model import Asset, Assignment, County, Person, Ticket
from local_stack.county.schools import SMALL, WHOLE

SEED = "joinedup"
SIZES = (WHOLE, SMALL)
RBC_CLIENT = "rbc-demo"


def make_county(size: str = WHOLE, seed: str = SEED) -> County:
    """Return the same county for the same seed and size, on every machine."""
    opened = history.grouped(seed, schools.make_schools(seed, size))
    listed, links = history.with_past(opened)
    running = [school for school in listed if school.is_running]
    assignments = people.make_assignments(running)
    return County(
        region_code=places.REGION_CODE,
        region_name=places.REGION_NAME,
        authorities=places.AUTHORITIES,
        schools=tuple(listed),
        links=tuple(links),
        people=people.make_people(seed, assignments),
        assignments=assignments,
    )


def make_stock(county: County, seed: str = SEED) -> dict[int, list[Asset]]:
    """Return the kit of each running school."""
    return {
        school.urn: purchases.bought(seed, school, kit.make_assets(seed, school))
        for school in county.running
    }


def make_tickets(
    county: County, stock: dict[int, list[Asset]], seed: str = SEED
) -> list[Ticket]:
    """Return two years of tickets, school by school."""
    teams = people.make_teams(county.running, county.assignments)
    days = desk.busy_days()
    return [
        ticket
        for school in county.running
        for ticket in desk.make_tickets(
            seed, school, stock[school.urn], teams[school.urn], days
        )
    ]


def calendars_document(county: County, seed: str = SEED) -> dict[str, Any]:
    """Return when the county's schools are open, as their LAs and they write it."""
    return calendars.calendars_document(county, seed)


def authorities_document(county: County) -> dict[str, Any]:
    """Return the directory as it is before it has a school: who may import them."""
    region = {"region_code": county.region_code, "name": county.region_name}
    client = {
        "client_id": RBC_CLIENT,
        "role": "rbc-system",
        "region_code": county.region_code,
        "from": "2024-09-01",
        "to": None,
    }
    return {
        "regions": [region],
        "authorities": [
            asdict(authority) | {"region_code": county.region_code}
            for authority in county.authorities
        ],
        "schools": [],
        "people": [],
        "clients": [
            {
                "client_id": RBC_CLIENT,
                "name": "Demonstration RBC system",
                # The most that a client may have: somebody tries things out with it.
                "requests_per_minute": 6000,
            }
        ],
        "assignments": [client],
    }


def people_document(county: County) -> dict[str, Any]:
    """Return everybody and what they are where, for a directory with its schools."""
    return authorities_document(county) | {
        "people": [_person(person) for person in county.people],
        "assignments": [_assignment(each) for each in county.assignments],
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
