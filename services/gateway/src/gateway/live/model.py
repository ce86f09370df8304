"""What one may listen for, and who hears of what: pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from chassis.auth import Actor
from contracts import roles

MOST_TOPICS = 20
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TOPIC = re.compile(f"([a-z]{{2,20}}):(?:[0-9]{{3}}|{_UUID})")
_SUBJECT = re.compile(r"joinedup\.[a-z-]+\.([a-z-]+)\.[a-z-]+\.v[0-9]+\.([0-9]{3})")

_READERS = roles.NAMED_SCHOOLS - {roles.STAFF, roles.LEARNER}


class TooManyStreams(errors.Unavailable):
    """One person, or all together, follow on more pages than there is room for."""

    slug = "too-many-streams"
    title = "Too many pages are kept up to date at once"
    retry_after = 30


@dataclass(frozen=True, slots=True)
class Audience:
    """Which roles hear of a kind of thing: of all in their scope, or of one they name.

    Who may see only what is their own knows its id from the page; the page itself is
    judged by the service that draws it.
    """

    of_all: frozenset[str]
    of_one: frozenset[str]


AUDIENCES: Mapping[str, Audience] = {
    "asset": Audience(_READERS, _READERS),
    "circuit": Audience(_READERS, _READERS),
    "consumable": Audience(_READERS, _READERS),
    "licence": Audience(_READERS, _READERS),
    "ticket": Audience(_READERS, roles.NAMED_SCHOOLS),
    "school": Audience(roles.NAMED_SCHOOLS, roles.NAMED_SCHOOLS),
}
# What leaves an LA is said to the old LA under a name of its own.
_SAID_AS = {"departure": "asset"}


@dataclass(frozen=True, slots=True)
class Change:
    """That one thing of one school changed; never what it is now."""

    kind: str
    la_code: str
    school_id: UUID | None
    entity_id: UUID

    def topics(self) -> list[str]:
        """List what a page may call it by: its LA, its school, or itself."""
        places = [self.la_code, self.school_id, self.entity_id]
        return [f"{self.kind}:{place}" for place in places if place is not None]

    def concerns(self, actor: Actor, topic: str) -> bool:
        """Say whether somebody may hear of it under a topic."""
        audience = AUDIENCES[self.kind]
        is_one = topic == f"{self.kind}:{self.entity_id}"
        holders = audience.of_one if is_one else audience.of_all
        return actor.may(holders, self.la_code, self.school_id)


def topics_of(asked: Sequence[str]) -> frozenset[str]:
    """Read the topics that a page asks for.

    Raises:
        errors.Invalid: none, too many, or one that is no topic.
    """
    if not 0 < len(asked) <= MOST_TOPICS:
        raise errors.Invalid(f"Name 1 to {MOST_TOPICS} topics")
    faults = [
        errors.Fault(f"/topics/{position}", f"This is not kind:id, of {_kinds()}")
        for position, topic in enumerate(asked)
        if not is_topic(topic)
    ]
    if faults:
        raise errors.Invalid("Some topics are none", faults)
    return frozenset(asked)


def is_topic(text: str) -> bool:
    found = _TOPIC.fullmatch(text)
    return found is not None and found[1] in AUDIENCES


def kind_of(subject: str) -> tuple[str, str] | None:
    """Read the kind and the LA from a subject; None of what nobody may follow."""
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return None
    kind = _SAID_AS.get(found[1], found[1])
    return (kind, found[2]) if kind in AUDIENCES else None


def _kinds() -> str:
    return ", ".join(sorted(AUDIENCES))
