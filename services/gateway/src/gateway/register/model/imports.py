"""An import of the register: its states, who may make one, and why one is refused."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Access
from contracts import roles

IMPORTERS = frozenset({roles.LA_MANAGER, roles.RBC_SYSTEM})
ACCESS = Access(read=IMPORTERS | {roles.AUDITOR}, write=IMPORTERS)
PREVIEW, APPLY = "schools-import-preview", "schools-import-apply"
"""The kinds of an import's jobs."""

WAITING = "waiting"
PREVIEWED = "previewed"
APPLYING = "applying"
APPLIED = "applied"
FAILED = "failed"
CANCELLED = "cancelled"


class ImportNotFound(errors.NotFound):
    """No such import within the caller's scope."""

    slug = "import-not-found"
    title = "There is no such import"


class ImportNotReady(errors.Conflict):
    """The import is not in the state in which this can be done."""

    slug = "import-not-ready"
    title = "This cannot be done with the import in its present state"


class RegisterChanged(errors.Conflict):
    """A school in the import's scope changed since the preview."""

    slug = "register-changed"
    title = "The directory has changed since the preview: import the file again"


class RegisterImplausible(errors.Conflict):
    """Something about the file is unlikely, and nobody has overridden it."""

    slug = "register-implausible"
    title = "The file is unlikely to be the register of now"


@dataclass(frozen=True, slots=True)
class Import:
    """One file of the register, what it would change, and what became of it."""

    import_id: UUID
    principal: str
    la_code: str | None
    la_codes: list[str]
    file_name: str
    state: str
    file_id: UUID | None
    links_file_id: UUID | None
    job_id: UUID | None
    file_rows: int
    as_of: date | None
    counts: dict[str, int]
    left_out: dict[str, int]
    concerns: list[dict[str, str]]
    ended_roles: list[dict[str, object]]
    seen: str
    problem: str | None
    created_at: datetime
    applied_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change of a preview, as it is listed."""

    place: int
    kind: str
    urn: int
    name: str
    la_code: str
    old_la_code: str | None
    line: int | None
    differences: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class KeptFault:
    """A broken row, as it is listed."""

    place: int
    file: str
    line: int
    column_title: str
    detail: str


@dataclass(frozen=True, slots=True)
class WideRole:
    """How many hold a role over the whole of an LA that was ended."""

    la_code: str
    role: str
    holders: int


def recorded(happened: str, found: Import, **values: object) -> Entry:
    """Say what became of an import as the audit has it, as its sender's."""
    target = Target("school-import", found.import_id, found.la_code)
    return Entry(
        f"register.import-{happened}", target, after=values, principal=found.principal
    )
