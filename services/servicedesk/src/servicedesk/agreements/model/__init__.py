"""What was promised to whom, in school time; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Party = Literal["school", "la", "supplier"]
"""Who works on a ticket: the school's own people, the LA's, or a supplier's."""
Kind = Literal["school", "internal", "supplier"]
"""An LA to its schools, a school's team to its school, or a supplier to either."""
KIND_OF: Mapping[Party, Kind] = {
    "school": "internal",
    "la": "school",
    "supplier": "supplier",
}


@dataclass(frozen=True, slots=True)
class Targets:
    """What one party promised for tickets of one priority: seconds of school time."""

    agreement_id: UUID
    response: int | None
    update: int | None
    fix: int | None


@dataclass(frozen=True, slots=True)
class Promised:
    """The same as it is kept, in minutes; all None where nothing was promised."""

    agreement_id: UUID
    response_minutes: int | None
    update_minutes: int | None
    fix_minutes: int | None


def targets(found: Promised | None) -> Targets | None:
    """Say a promise in seconds; None where nothing was promised."""
    if found is None:
        return None
    minutes = (found.response_minutes, found.update_minutes, found.fix_minutes)
    if all(each is None for each in minutes):
        return None
    response, update, fix = (None if each is None else each * 60 for each in minutes)
    return Targets(found.agreement_id, response, update, fix)
