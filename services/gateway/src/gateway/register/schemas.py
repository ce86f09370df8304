"""Imports of the register on the wire."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, LaCode
from gateway.register.model.imports import Import

State = Literal["waiting", "previewed", "applying", "applied", "failed", "cancelled"]
Override = Literal[
    "row-count", "many-closed", "many-renamed", "many-moved", "older-file"
]
ChangeKind = Literal[
    "new",
    "converted",
    "merged",
    "moved",
    "closed",
    "changed",
    "linked",
    "crosses-border",
]

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A file of the register (CSV as the register writes it, or the"
        " same packed with gzip), and its links file if there is one. A body that is no"
        " form is the register's file itself.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "links": {"type": "string", "format": "binary"},
                    },
                }
            },
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
            "application/gzip": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class ConcernAnswer(Answer):
    """Something unlikely about the file, with the name that overrides it."""

    name: Override
    detail: str


class EndedRoleAnswer(Answer):
    """How many hold a role over an LA that has ended: nothing widens it by itself."""

    la_code: LaCode
    role: str
    holders: int


class ImportAnswer(Answer):
    """One file of the register: what it would change, and what became of it."""

    import_id: UUID
    state: State
    file_name: str
    la_codes: Annotated[list[LaCode], Field(description="Where it takes effect.")]
    principal: Annotated[str, Field(description="Who sent it.")]
    job_id: Annotated[
        UUID | None, Field(description="The job that works on it, or did last.")
    ]
    file_rows: int
    as_of: Annotated[date | None, Field(description="Of which day the file is.")]
    counts: Annotated[
        dict[str, int],
        Field(description="Changes by kind; `unchanged`, `absent`, `faults`, `total`."),
    ]
    left_out: Annotated[dict[str, int], Field(description="Rows left out, by reason.")]
    concerns: list[ConcernAnswer]
    ended_roles: list[EndedRoleAnswer]
    problem: Annotated[str | None, Field(description="Why it failed.")]
    created_at: datetime
    applied_at: datetime | None
    version: int


class ImportsAnswer(Answer):
    """A page of imports, the newest first."""

    items: list[ImportAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class DifferenceAnswer(Answer):
    """One field of a school, as it is and as the file says."""

    field: str
    before: str | int | None
    after: str | int | None


class ChangeAnswer(Answer):
    """What the import does to one school."""

    place: int
    kind: ChangeKind
    urn: int
    name: str
    la_code: LaCode
    old_la_code: LaCode | None
    line: Annotated[int | None, Field(description="Where it stands in the file.")]
    differences: list[DifferenceAnswer]


class ChangesAnswer(Answer):
    """A page of changes, in the order of the file."""

    items: list[ChangeAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class FaultAnswer(Answer):
    """A row that cannot be read: where it stands, and why."""

    place: int
    file: Literal["register", "links"]
    line: int
    column_title: Annotated[str, Field(description="Empty for the whole row.")]
    detail: str


class FaultsAnswer(Answer):
    """A page of broken rows."""

    items: list[FaultAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class ApplyImport(Body):
    """Which concerns are known and meant."""

    overrides: Annotated[tuple[Override, ...], Field(max_length=5)] = ()


_SHOWN = tuple(ImportAnswer.model_fields)


def shown(found: Import) -> dict[str, object]:
    """Say of an import what is its reader's."""
    return {name: getattr(found, name) for name in _SHOWN}
