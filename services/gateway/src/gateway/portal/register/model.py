"""The words of an import: its states, its changes, and what is to be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis import errors
from chassis.jobs.model import ENDED, Job
from gateway.portal.comparison import model as comparison
from gateway.portal.school import model as school
from gateway.portal.templates import formats
from gateway.register.model.imports import (
    APPLIED,
    APPLYING,
    CANCELLED,
    FAILED,
    PREVIEWED,
    WAITING,
    Import,
    KeptChange,
)

SOURCE = "https://get-information-schools.service.gov.uk/Downloads"
STATES = {
    WAITING: "Being read",
    PREVIEWED: "Ready to apply",
    APPLYING: "Being applied",
    APPLIED: "Applied",
    FAILED: "Failed",
    CANCELLED: "Given up",
}
TONES = {
    WAITING: "note",
    PREVIEWED: "warn",
    APPLYING: "note",
    APPLIED: "good",
    FAILED: "bad",
}
UNDER_WAY = frozenset({WAITING, APPLYING})
OPEN = UNDER_WAY | {PREVIEWED}
"""The states in which an import can be given up."""

KINDS = {
    "new": "New schools",
    "converted": "Go on under another URN",
    "merged": "Merged into another school",
    "moved": "Moved to another local authority",
    "closed": "Closed",
    "changed": "Changed otherwise",
    "linked": "Linked to another school",
    "crosses-border": "Crossing the border of your authority, left as they are",
}
REASONS = {
    "outside-your-authorities": "of other local authorities",
    "opens-as-a-successor": "that will open as the successor of one you have",
    "earlier-urn": "of a URN that a school had before",
    "crosses-border": "of schools that cross the border of your authority",
    "no-phase": "of schools whose phase the register does not tell",
    "independent-school": "of independent schools",
    "college-or-university": "of colleges and universities",
    "childrens-centre": "of children\u2019s centres",
    "not-in-england": "of schools outside England",
    "other-establishment": "of other establishments that are no schools",
}
CONCERNS = {
    "row-count": "Many more or fewer rows than last time",
    "many-closed": "Many schools close at once",
    "many-renamed": "Many schools change their name at once",
    "many-moved": "Many schools move to another authority at once",
    "older-file": "Older than the file that was applied last",
}
FIELDS = {
    "urn": "URN",
    "laestab": "LAESTAB",
    "ukprn": "UKPRN",
    "la_code": "Local authority",
    "free_school_meals_percent": "Free school meals, %",
    "establishment_type": "Type",
    "opened_on": "Opened",
    "closed_on": "Closed",
    "low_age": "Lowest age",
    "high_age": "Highest age",
}
PARTS = {"register": "Establishment fields", "links": "Establishment links"}
_CODES: Mapping[str, Mapping[str, str]] = {
    "status": school.STATUSES,
    "phase": comparison.PHASES,
}
ADVICE = {
    "too-large": "Pack it with gzip, then choose it again",
    "file-empty": "Download it again, then choose it",
    "file-unreadable": "Choose the CSV file of establishment fields",
}
"""What to do about a file that is refused, by the refusal."""
_SENT_BEFORE = {
    WAITING: "is being read already: open it in the list below",
    PREVIEWED: "has been read already and is ready to apply: open it in the list below",
    APPLYING: "is being applied already: open it in the list below",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a school in words, as it is and as the file says."""

    field: str
    before: str
    after: str


def is_busy(found: Import, job: Job | None) -> bool:
    """Whether the page is to be looked at again by itself."""
    return found.state in UNDER_WAY and job is not None and job.state not in ENDED


def kinds_of(found: Import) -> Sequence[tuple[str, str, int]]:
    """List the kinds of change that an import has, with their words and counts."""
    return [
        (kind, said, found.counts[kind])
        for kind, said in KINDS.items()
        if found.counts.get(kind)
    ]


def choices(found: Import) -> dict[str, str]:
    """Offer the kinds of change that an import has."""
    return {kind: f"{said} ({number:,})" for kind, said, number in kinds_of(found)}


def says_nothing_new(found: Import) -> bool:
    return found.state == PREVIEWED and not found.counts.get("total")


def told(change: KeptChange) -> list[Told]:
    """Say what changes of a school, as people write it."""
    return [
        Told(
            FIELDS.get(field, field.replace("_", " ").capitalize()),
            formats.kept(field, each["before"], _CODES, "nothing"),
            formats.kept(field, each["after"], _CODES, "nothing"),
        )
        for each in change.differences
        if (field := str(each["field"]))
    ]


def is_known(change: KeptChange, found: Import) -> bool:
    """Whether the directory has the school under this URN, so that one can go there."""
    return change.kind in {"changed", "closed", "linked"} or (
        found.state == APPLIED and change.kind != "crosses-border"
    )


def advised(refusal: errors.Refusal, said: Mapping[str, str]) -> dict[str, str]:
    """Say at each field what was wrong and what to do about it."""
    advice = ADVICE.get(refusal.slug)
    return {f: f"{text}. {advice}" if advice else text for f, text in said.items()}


def sent_before(found: Import) -> str:
    """Say at the form's field that the very same file came before."""
    if found.state in _SENT_BEFORE:
        return f"This very file {_SENT_BEFORE[found.state]}"
    return (
        f"This very file was applied on {formats.day(found.applied_at)}. Choose a newer"
        " one, or choose it once more and tick “Read it again”"
    )
