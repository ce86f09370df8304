"""Who works and learns in the county, and one sign-in for every role."""

from collections.abc import Sequence
from datetime import date

from local_stack.county.desk import Team
from local_stack.county.dice import Dice
from local_stack.county.model import Assignment, Person, School
from local_stack.county.places import AUTHORITIES, REGION_CODE

_GIVEN = (
    *("Aisha", "Alex", "Amara", "Ben", "Bethan", "Callum", "Chloe", "Daniel", "Deepa"),
    *("Ewan", "Fatima", "Grace", "Hassan", "Imogen", "Jakub", "Kemi", "Leah", "Marcus"),
    *("Nadia", "Owen", "Priya", "Rhys", "Sana", "Tom", "Wei", "Zoe", "Hannah", "Idris"),
    *("Josie", "Karol", "Lucy", "Megan", "Niall", "Olu", "Petra", "Ravi", "Siobhan"),
)
_FAMILY = (
    *("Ahmed", "Baker", "Chandra", "Davies", "Edwards", "Fletcher", "Green", "Hussain"),
    *("Iqbal", "Jones", "Kaur", "Lewis", "Mensah", "Nowak", "Okafor", "Patel", "Quinn"),
    *("Roberts", "Singh", "Taylor", "Usman", "Walker", "Young", "Adeyemi", "Brooks"),
    *("Cooper", "Dunn", "Ellis", "Ferreira", "Grant", "Hughes", "Ivanova", "Kelly"),
)
_OWN_TECHNICIAN = {"Secondary", "All-through", "16 plus"}
_ROUND = 6
"""Schools of a visiting technician."""
SCHOOL_SIGNINS = (
    # A sign-in's name, its role, and at which of the first authority's schools.
    ("school-technician", "school-technician", 0),
    ("school-leader", "school-leader", 0),
    ("staff", "staff", 0),
    ("learner", "learner", 0),
    ("other-school-technician", "school-technician", 1),
    ("two-schools", "staff", 0),
    ("two-schools", "school-technician", 2),
    *(("visiting-technician", "school-technician", place) for place in range(2, 7)),
)
AUTHORITY_SIGNINS = ("la-manager", "la-technician", "auditor")
SIGNINS = (
    *AUTHORITY_SIGNINS,
    "regional-analyst",
    *dict.fromkeys(name for name, _, _ in SCHOOL_SIGNINS),
)


def make_assignments(schools: Sequence[School]) -> tuple[Assignment, ...]:
    """Return who holds which role where."""
    return (
        *_signins(schools),
        *_of_authorities(),
        *(each for school in schools for each in _of_school(school)),
        *_visiting(schools),
    )


def make_people(seed: str, assignments: tuple[Assignment, ...]) -> tuple[Person, ...]:
    """Return everybody who holds a role."""
    dice = Dice(seed, "people")
    usernames = dict.fromkeys(entry.username for entry in assignments)
    return tuple(
        Person(name, dice.pick(_GIVEN), dice.pick(_FAMILY)) for name in usernames
    )


def make_teams(
    schools: Sequence[School], assignments: tuple[Assignment, ...]
) -> dict[int, Team]:
    """Return for each school who reports and who works there."""
    held: dict[tuple[int | None, str], list[str]] = {}
    desks: dict[str, list[str]] = {}
    for entry in assignments:
        if entry.ends_on is None:
            held.setdefault((entry.urn, entry.role), []).append(entry.username)
        if entry.role == "la-technician" and entry.la_code is not None:
            desks.setdefault(entry.la_code, []).append(entry.username)
    return {
        school.urn: Team(
            # Staff report most; a learner or the head now and then.
            requesters=(
                *held[school.urn, "staff"] * 4,
                *held[school.urn, "school-leader"],
                *held[school.urn, "learner"],
            ),
            technicians=tuple(held[school.urn, "school-technician"]),
            second_line=tuple(desks[school.la_code]),
        )
        for school in schools
    }


def _signins(schools: Sequence[School]) -> list[Assignment]:
    la_code = AUTHORITIES[0].la_code
    own = [school for school in schools if school.la_code == la_code]
    # The sign-ins' school is a secondary one: there is more to see.
    first = next(school for school in own if school.phase == "Secondary")
    others = [school for school in own if school.phase == "Primary"]
    urns = [first.urn, *(school.urn for school in others)]
    wide = [Assignment(name, name, la_code=la_code) for name in AUTHORITY_SIGNINS]
    analyst = "regional-analyst"
    return [
        *wide,
        Assignment(analyst, analyst, region_code=REGION_CODE),
        *(Assignment(name, role, urn=urns[at]) for name, role, at in SCHOOL_SIGNINS),
    ]


def _of_authorities() -> list[Assignment]:
    found: list[Assignment] = []
    for authority in AUTHORITIES:
        code = authority.la_code
        names = [(f"desk.{code}.{n}", "la-technician") for n in range(1, 7)]
        names += [(f"manager.{code}.{n}", "la-manager") for n in (1, 2)]
        names.append((f"auditor.{code}", "auditor"))
        found += [Assignment(name, role, la_code=code) for name, role in names]
    return found


def _of_school(school: School) -> list[Assignment]:
    urn = school.urn
    staff = 2 + (school.pupils or 0) // 300
    names = [(f"head.{urn}", "school-leader")]
    if (school.pupils or 0) > 120:  # noqa: PLR2004 - pupils
        names.append((f"deputy.{urn}", "school-leader"))
    names += [(f"staff.{urn}.{n}", "staff") for n in range(1, staff + 1)]
    names += [(f"learner.{urn}.{n}", "learner") for n in (1, 2)]
    if school.phase in _OWN_TECHNICIAN:
        names.append((f"technician.{urn}", "school-technician"))
    return [Assignment(name, role, urn=urn) for name, role in names]


def _visiting(schools: Sequence[School]) -> list[Assignment]:
    """Let neighbours share a technician; each LA handed one school over in spring."""
    found: list[Assignment] = []
    for authority in AUTHORITIES:
        code = authority.la_code
        shared = [
            school
            for school in schools
            if school.la_code == code and school.phase not in _OWN_TECHNICIAN
        ]
        shared.sort(key=lambda each: (each.easting // 7_000, each.northing, each.urn))
        for position, school in enumerate(shared):
            name = f"technician.{code}.{position // _ROUND + 1}"
            found.append(Assignment(name, "school-technician", urn=school.urn))
        left = Assignment(
            f"technician.{code}.1",
            "school-technician",
            urn=shared[-1].urn,
            ends_on=date(2026, 4, 1),
        )
        found.append(left)
    return found
