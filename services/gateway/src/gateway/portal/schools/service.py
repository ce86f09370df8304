"""Finds schools of a person's scope by a few letters of their name or by URN."""

from collections.abc import Sequence

from gateway.directory.model import School


def matching(schools: Sequence[School], q: str, phase: str = "") -> list[School]:
    """Keep the schools whose name holds every word, or whose URN starts so."""
    words = q.casefold().split()
    return [
        school
        for school in schools
        if phase in {"", school.phase}
        and all(
            word in school.name.casefold() or str(school.urn).startswith(word)
            for word in words
        )
    ]
