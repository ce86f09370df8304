"""The audit trail on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import orjson
from pydantic import Field

from chassis.audit.model import Outcome, Recorded
from chassis.wire import Answer, LaCode


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as its reader sees it."""

    entry_id: UUID
    occurred_at: datetime
    la_code: str | None
    school_id: UUID | None
    principal: str
    action: str
    target_kind: str
    target_id: str
    outcome: Outcome
    trace_id: str | None
    source: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    is_erased: bool


class EntryAnswer(Answer):
    """Who did what to what, from where, and which fields it changed."""

    entry_id: UUID
    occurred_at: datetime
    la_code: LaCode | None
    school_id: UUID | None
    principal: Annotated[
        str, Field(description="Who did it: a person, client, service.")
    ]
    action: Annotated[str, Field(description="As in `asset.moved`.")]
    target_kind: str
    target_id: str
    outcome: Outcome
    trace_id: str | None
    source: Annotated[str | None, Field(description="The address that it came from.")]
    before: Annotated[dict[str, object], Field(description="Changed fields, before.")]
    after: Annotated[dict[str, object], Field(description="Changed fields, after.")]
    is_erased: Annotated[
        bool, Field(description="Whether address and values were erased since.")
    ]


class EntriesAnswer(Answer):
    """A page of entries, the newest first."""

    items: list[EntryAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


def shown(entry: Recorded) -> Shown:
    said = _read(entry.details)
    return Shown(
        entry.entry_id,
        entry.occurred_at,
        entry.la_code,
        entry.school_id,
        entry.principal,
        entry.action,
        entry.target_kind,
        entry.target_id,
        entry.outcome,
        entry.trace_id,
        said.get("source"),
        said.get("before", {}),
        said.get("after", {}),
        entry.details is None,
    )


def _read(details: str | None) -> dict[str, Any]:
    """Read values; what somebody spoilt is for the verification to tell."""
    try:
        found: object = orjson.loads(details or "{}")
    except orjson.JSONDecodeError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
