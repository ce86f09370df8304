"""Which roles a form offers, at which places, and what of it is wrong; no I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chassis import errors
from chassis.auth import Actor
from contracts import roles
from gateway.directory.model import FoundSchools, School
from gateway.people import model as rules
from gateway.portal.visit.model import ROLE_NAMES

MOST = 10
"""Roles that one form gives; more are given on the person's page, or by a file."""
URN_DIGITS, CODE_DIGITS = 6, 3
_MANAGERS = frozenset({roles.LA_MANAGER})
_ORDER = (*ROLE_NAMES,)
_FIELDS = {"role": "role", "school_urn": "place", "la_code": "place"}


@dataclass(frozen=True, slots=True)
class Row:
    """One role of a form: what was chosen and typed, and the schools to choose from."""

    role: str = ""
    place: str = ""
    choices: Sequence[tuple[str, str]] = ()


def offered(actor: Actor) -> dict[str, str]:
    """Name the roles that somebody gives anywhere."""
    given = set(roles.OF_A_SCHOOL) if _gives(actor) else set[str]()
    if actor.las(_MANAGERS):
        given |= rules.OF_AN_LA
    return {role: ROLE_NAMES[role] for role in _ORDER if role in given}


def _gives(actor: Actor) -> bool:
    return any(grant.role in rules.GIVERS for grant in actor.grants)


def la_codes_of(actor: Actor) -> list[str]:
    """List the LAs whose roles somebody gives."""
    return actor.las(_MANAGERS)


def is_of_an_la(role: str) -> bool:
    return role in rules.OF_AN_LA


def is_urn(text: str) -> bool:
    return len(text) == URN_DIGITS and text.isascii() and text.isdigit()


def is_code(text: str) -> bool:
    return len(text) == CODE_DIGITS and text.isascii() and text.isdigit()


def the_one(found: FoundSchools, text: str) -> School | None:
    """Say which school is meant: the only one found, or the only one called so."""
    if found.total == 1 and not found.guessed:
        return found.schools[0]
    exact = [s for s in found.schools if s.name.casefold() == text.casefold()]
    return exact[0] if len(exact) == 1 else None


def at_fields(refusal: errors.Refusal) -> dict[str, str]:
    """Say a refusal of the directory at the fields of the form."""
    found: dict[str, str] = {}
    for fault in _faults(refusal):
        *path, last = fault.pointer.strip("/").split("/")
        nth = path[1] if len(path) > 1 else "0"
        field = f"{_FIELDS[last]}-{nth}" if last in _FIELDS else last
        found.setdefault(field, fault.detail)
    return found


def _faults(refusal: errors.Refusal) -> Iterable[errors.Fault]:
    listed = refusal.members.get("errors")
    return listed if isinstance(listed, list) else ()  # pyright: ignore[reportUnknownVariableType] - ours


def summary_ids(problems: Mapping[str, str]) -> dict[str, str]:
    """Say which input a problem's link leads to, where it is not of its name."""
    ids = {"from_on": "from_on-day", "to_on": "to_on-day", "form": "role-0"}
    return {field: ids[field] for field in problems if field in ids}
