"""Whose tickets may be handed on, and to whom; no I/O."""

from collections.abc import Collection, Iterable
from datetime import date

from contracts import roles
from gateway.people.model import Assignment, Known
from gateway.portal.people.model import NAMED

GIVERS = frozenset({roles.LA_MANAGER})
"""Who works on the tickets of a whole LA and looks after its people."""
TAKERS = (roles.LA_TECHNICIAN, roles.SCHOOL_TECHNICIAN, roles.LA_MANAGER)
"""In the order in which they are offered."""
NOBODY = "nobody"


def is_held(assignment: Assignment, role: str, today: date) -> bool:
    return assignment.role == role and assignment.standing(today) == "present"


def offered(
    found: Iterable[Known], leaver: Known, places: Collection[tuple[str, int]]
) -> dict[str, str]:
    """Name those who work on tickets at all of some places, with their role there.

    `places` are the LAs and URNs at which the tickets are.
    """
    takers: dict[str, str] = {}
    people = [each for each in found if each.state != "left"]
    for role in TAKERS:
        for each in people:
            person_id = str(each.person.person_id)
            held = [a for a in each.held if is_held(a, role, each.today)]
            covers = all(
                any(a.la_code == la and a.school_urn in {None, urn} for a in held)
                for la, urn in places
            )
            if held and covers and each.person.person_id != leaver.person.person_id:
                said = f"{each.person.display_name}, {NAMED[role]}"
                takers.setdefault(person_id, said)
    return takers
