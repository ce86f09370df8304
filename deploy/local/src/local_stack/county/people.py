"""Who works and learns in the county, and one sign-in for every role."""

from datetime import date
from random import Random

from local_stack.county.model import Assignment, Person, School
from local_stack.county.schools import AUTHORITIES, REGION_CODE

GIVEN_NAMES = (
    "Aisha",
    "Alex",
    "Amara",
    "Ben",
    "Bethan",
    "Callum",
    "Chloe",
    "Daniel",
    "Deepa",
    "Ewan",
    "Fatima",
    "Grace",
    "Hassan",
    "Imogen",
    "Jakub",
    "Kemi",
    "Leah",
    "Marcus",
    "Nadia",
    "Owen",
    "Priya",
    "Rhys",
    "Sana",
    "Tom",
    "Wei",
    "Zoe",
)
FAMILY_NAMES = (
    "Ahmed",
    "Baker",
    "Chandra",
    "Davies",
    "Edwards",
    "Fletcher",
    "Green",
    "Hussain",
    "Iqbal",
    "Jones",
    "Kaur",
    "Lewis",
    "Mensah",
    "Nowak",
    "Okafor",
    "Patel",
    "Quinn",
    "Roberts",
    "Singh",
    "Taylor",
    "Usman",
    "Walker",
    "Young",
)
SCHOOL_ROLES = ("school-leader", "staff", "staff", "learner", "learner")
SCHOOLS_OF_A_VISITING_TECHNICIAN = 3
# A sign-in's name, and at which school of the first authority its role is held.
SCHOOL_SIGNINS = (
    ("school-technician", "school-technician", 0),
    ("school-leader", "school-leader", 0),
    ("staff", "staff", 0),
    ("learner", "learner", 0),
    ("other-school-technician", "school-technician", 1),
    ("two-schools", "staff", 0),
    ("two-schools", "school-technician", 2),
)
AUTHORITY_SIGNINS = ("la-manager", "la-technician", "auditor")
SIGNINS = (
    *AUTHORITY_SIGNINS,
    "regional-analyst",
    *dict.fromkeys(name for name, _, _ in SCHOOL_SIGNINS),
)


def make_people(
    seed: str, schools: tuple[School, ...]
) -> tuple[tuple[Person, ...], tuple[Assignment, ...]]:
    """Return everybody with an account and the roles that they hold."""
    rng = Random(f"{seed}/people")  # noqa: S311 - a generator of examples
    assignments = [*_signin_assignments(schools), *_school_assignments(schools)]
    assignments += _visiting_assignments(schools)
    usernames = dict.fromkeys(entry.username for entry in assignments)
    people = tuple(
        Person(name, rng.choice(GIVEN_NAMES), rng.choice(FAMILY_NAMES))
        for name in usernames
    )
    return people, tuple(assignments)


def _signin_assignments(schools: tuple[School, ...]) -> list[Assignment]:
    la_code = AUTHORITIES[0].la_code
    own = [school.urn for school in schools if school.la_code == la_code]
    wide = [Assignment(name, name, la_code=la_code) for name in AUTHORITY_SIGNINS]
    wide.append(
        Assignment("regional-analyst", "regional-analyst", region_code=REGION_CODE)
    )
    return wide + [
        Assignment(name, role, urn=own[position])
        for name, role, position in SCHOOL_SIGNINS
    ]


def _school_assignments(schools: tuple[School, ...]) -> list[Assignment]:
    return [
        Assignment(f"{role}.{school.urn}.{number}", role, urn=school.urn)
        for school in schools
        for number, role in enumerate(SCHOOL_ROLES, start=1)
    ]


def _visiting_assignments(schools: tuple[School, ...]) -> list[Assignment]:
    """A small school shares its technician; one round was handed over last term."""
    assignments: list[Assignment] = []
    for authority in AUTHORITIES:
        urns = [school.urn for school in schools if school.la_code == authority.la_code]
        for position, urn in enumerate(urns):
            number = position // SCHOOLS_OF_A_VISITING_TECHNICIAN + 1
            name = f"technician.{authority.la_code}.{number}"
            assignments.append(Assignment(name, "school-technician", urn=urn))
        left = Assignment(
            f"technician.{authority.la_code}.1",
            "school-technician",
            urn=urns[-1],
            ends_on=date(2026, 4, 1),
        )
        assignments.append(left)
    return assignments
