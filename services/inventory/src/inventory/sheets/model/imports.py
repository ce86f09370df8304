"""An import of a file of assets: its states, its counts, and why a step is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from inventory.assets.model import ACCESS as ASSETS
from inventory.sheets.model.sheet import Layout

State = Literal[
    "sent",
    "trying",
    "tried",
    "applying",
    "applied",
    "stopped",
    "undoing",
    "undone",
    "failed",
    "given-up",
]
Step = Literal["try", "apply", "undo", "give-up"]

ACCESS = ASSETS
TRY, APPLY, UNDO = "asset-import-try", "asset-import-apply", "asset-import-undo"
"""The kinds of an import's jobs."""
STEPS: Mapping[Step, frozenset[State]] = {
    "try": frozenset({"sent", "tried", "failed"}),
    "apply": frozenset({"tried", "stopped"}),
    "undo": frozenset({"applied", "stopped"}),
    "give-up": frozenset({"sent", "trying", "tried", "applying", "failed"}),
}
"""In which states each step can be taken."""
UNDER_WAY: frozenset[State] = frozenset({"trying", "applying", "undoing"})
ENDS: Mapping[State, State] = {
    "trying": "sent",
    "applying": "stopped",
    "undoing": "stopped",
}
"""Where an import is when its job was ended before it was done."""


class AssetImportNotFound(errors.NotFound):
    """No such import within the caller's scope."""

    slug = "asset-import-not-found"
    title = "There is no such import of assets"


class AssetImportNotReady(errors.Conflict):
    """The import is not in a state in which this can be done."""

    slug = "asset-import-not-ready"
    title = "This cannot be done with the import in its present state"


class ReadingWrong(errors.Invalid):
    """How the columns are to be read cannot be right."""

    slug = "reading-wrong"
    title = "The columns cannot be read like that"


@dataclass(frozen=True, slots=True)
class Import:
    """One file of assets of a school, or of an LA: how it is read, and what came of it.

    `reading` is how its columns are read, as it was set or else is suggested; `columns`
    tells of each column. Counts: `rows` of the file; `fresh` and `known` assets that
    they name, of the latter `changing` ones; `faults`; then how many were `made` and
    `updated`, and of these `undone` or `kept`, since they were changed since.
    """

    import_id: UUID
    la_code: str
    school_id: UUID | None
    school_urn: int | None
    principal: str
    file_id: UUID
    file_name: str
    layout: Layout
    preset: str | None
    columns: list[dict[str, Any]]
    reading: dict[str, Any]
    state: State
    job_id: UUID | None
    line_done: int
    rows: int
    fresh: int
    known: int
    changing: int
    faults: int
    made: int
    updated: int
    undone: int
    kept: int
    problem: str | None
    sent_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is not taken: where it stands, in which column, what, and why."""

    line: int
    heading: str
    said: str
    detail: str


@dataclass(frozen=True, slots=True)
class KeptFault:
    """A fault as it is listed."""

    place: int
    line: int
    heading: str
    said: str
    detail: str


def require(step: Step, found: Import) -> None:
    """Vouch that a step can be taken.

    Raises:
        AssetImportNotReady: not in the import's present state.
    """
    if found.state not in STEPS[step]:
        said = found.state.replace("-", " ")
        raise AssetImportNotReady(f"The import is {said}", state=found.state)


def recorded(happened: str, found: Import, **values: object) -> Entry:
    """Say what became of an import as the audit has it, as its sender's."""
    target = Target("asset-import", found.import_id, found.la_code, found.school_id)
    return Entry(f"asset-import.{happened}", target, after=values)
