"""What the ticket pages know: the words of codes, and what may come next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

STATUSES = {
    "open": "Open",
    "in-progress": "In progress",
    "waiting": "Waiting",
    "resolved": "Resolved",
    "closed": "Closed",
}
UNSETTLED = ("open", "in-progress", "waiting")
TONES = {
    "open": "warn",
    "in-progress": "note",
    "waiting": "plain",
    "resolved": "good",
    "closed": "quiet",
}
PRIORITIES = {1: "P1, critical", 2: "P2, high", 3: "P3, normal", 4: "P4, low"}
PRIORITY_TONES = {1: "bad", 2: "warn", 3: "note", 4: "quiet"}
LIFTS = {
    "inspection": "the school was being inspected",
    "exams": "exams were on",
    "census": "it was a census day",
}
"""Why a priority is one more than impact and urgency make it."""
KINDS = {
    "incident": "Something is broken or not working",
    "request": "I need something",
}
KIND_NAMES = {"incident": "Incident", "request": "Request"}
IMPACTS = {
    "low": "One person",
    "medium": "A class or a team",
    "high": "The whole school",
}
URGENCIES = {
    "low": "Work goes on",
    "medium": "Work is harder",
    "high": "Teaching or work has stopped",
}
FACTS = {
    "opened": "Opened",
    "changed": "Changed",
    "resolved": "Resolved",
    "reopened": "Reopened",
    "moved": "Went with its school to another authority",
    "closed": "Closed",
    "commented": "Commented on",
}

PARTIES = {
    "school": "The school's own team",
    "la": "The authority's desk",
    "supplier": "A supplier",
}
CAUSES = {
    "requester": "An answer of who asked",
    "parts": "Parts or a delivery",
    "access": "Getting at it: the room or the person",
    "change": "A change that is planned",
}
WITHIN = {
    "0": "Late",
    "60": "Late, or due within an hour",
    "1440": "Late, or due within a day",
    "10080": "Late, or due within a week",
}
MEASURES = {"response": "First answer", "update": "Next word", "fix": "Settled"}
DUE = {"response": "Answer", "update": "Word", "fix": "Settle"}
"""What is to be done by the moment that is due."""
STATES = {"running": "Running", "paused": "Paused", "kept": "Kept", "missed": "Late"}
STATE_TONES = {"running": "note", "paused": "quiet", "kept": "good", "missed": "bad"}
SCORES = {"good": "Good", "fair": "Fair", "poor": "Poor"}
SCORE_TONES = {"good": "good", "fair": "warn", "poor": "bad"}
VIEWS = {"requester": "Who asked", "worker": "Who worked on it"}
OBSTACLES = {
    "information": "Too little was said to begin with",
    "access": "The room or the person could not be got at",
    "parts": "Parts or a delivery had to come",
    "supplier": "A supplier had to act",
    "permission": "A right or somebody\u2019s yes was missing",
    "knowledge": "Nobody knew how: training would help",
    "time": "Other work pressed more",
    "kit": "The kit is worn out or not made for it",
}


class Change(Protocol):
    """What a value became."""

    @property
    def after(self) -> object:
        """The value since."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be done next with a ticket."""

    resolve: bool
    reopen: bool
    close: bool
    work: bool
    """Take it, let it wait, hand it over."""


def steps(status: str, *, works_on_it: bool, requested: bool) -> Steps:
    """Say what to offer: technicians resolve, then they or the requester settle it.

    A requester may also close what has settled itself. Closed is for good.
    """
    may_settle = works_on_it or requested
    under_way = status not in {"resolved", "closed"}
    return Steps(
        resolve=under_way and works_on_it,
        reopen=status == "resolved" and may_settle,
        close=status != "closed" and may_settle and (requested or not under_way),
        work=under_way and works_on_it,
    )


class Said(Protocol):
    """What one person said of how a ticket went."""

    @property
    def view(self) -> str: ...
    @property
    def person_id(self) -> str: ...


Told = TypeVar("Told", bound=Said)


def said_by(feedback: Iterable[Told], view: str, person_id: str) -> Told | None:
    """Find what somebody said, as who asked or as who worked on it."""
    mine = (e for e in feedback if (e.view, e.person_id) == (view, person_id))
    return next(mine, None)


def happened(fact: str, changes: Mapping[str, Change] | None) -> str:
    """Say in words what happened to a ticket; of a change, what matters most of it."""
    if fact == "changed":
        for field, (words, of_nothing) in _CHANGED.items():
            if changes and (change := changes.get(field)):
                return of_nothing if change.after is None else words
    return FACTS.get(fact, fact.replace("-", " ").capitalize())


_CHANGED = {
    "party": ("Handed over", ""),
    "waits_for": ("Waits", "Goes on"),
    "assignee_id": ("In somebody's hands", "In nobody's hands"),
    "priority": ("Priority changed", ""),
}
