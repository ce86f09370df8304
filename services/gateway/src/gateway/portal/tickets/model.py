"""What the ticket pages know: the words of codes, and what may come next."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Steps:
    """What can be done next with a ticket."""

    resolve: bool
    reopen: bool
    close: bool


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
    )
