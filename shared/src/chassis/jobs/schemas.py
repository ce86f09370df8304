"""Jobs on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.jobs.model import State
from chassis.problems import Problem
from chassis.wire import Answer, LaCode


class JobAnswer(Answer):
    """Long work: how far it is, and what became of it."""

    job_id: UUID
    kind: str
    state: State
    subject_id: Annotated[UUID | None, Field(description="What it works on.")]
    la_code: LaCode | None
    school_id: UUID | None
    principal: Annotated[str, Field(description="Who started it.")]
    done: int
    total: Annotated[int | None, Field(description="Of how many, once it is known.")]
    note: Annotated[str, Field(description="What it is doing, in plain words.")]
    result: Annotated[dict[str, object] | None, Field(description="What came of it.")]
    problem: Annotated[Problem | None, Field(description="Why it failed.")]
    attempts: int
    cancel_asked_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    version: int


class JobsAnswer(Answer):
    """A page of jobs, the newest first."""

    items: list[JobAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]
