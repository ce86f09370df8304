"""A job: what is asked for, how far it is, and the ways in which it ends."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from chassis import errors
from chassis.db import Database, Tx

State = Literal["waiting", "running", "done", "failed", "cancelled"]
ENDED = frozenset({"done", "failed", "cancelled"})


class JobNotFound(errors.NotFound):
    """No such job within the caller's scope."""

    slug = "job-not-found"
    title = "There is no such job"


class JobEnded(errors.Conflict):
    """The job has ended: there is nothing left to cancel."""

    slug = "job-ended"
    title = "The job has ended already"


class JobInterrupted(errors.Unavailable):
    """The job was begun again and again, and never came to its end."""

    slug = "job-interrupted"
    title = "The work was interrupted too often and has been given up"


class Cancelled(Exception):
    """Somebody asked for the job's end: undo what is not committed, and stop."""


class Superseded(Exception):
    """Another worker has taken the job over, since this one was thought dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Work to be done: its kind, for whom, on what, and what it needs to know.

    Two jobs of one `lock` never run at a time; the first that was started goes first.
    """

    kind: str
    principal: str
    la_code: str | None = None
    school_id: UUID | None = None
    subject_id: UUID | None = None
    arguments: Mapping[str, object] = field(default_factory=dict[str, object])
    lock: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its owner sees it."""

    job_id: UUID
    kind: str
    state: State
    subject_id: UUID | None
    la_code: str | None
    school_id: UUID | None
    principal: str
    done: int
    total: int | None
    note: str
    result: dict[str, Any] | None
    problem: dict[str, Any] | None
    attempts: int
    cancel_asked_at: datetime | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Work:
    """A job as the worker takes it up, for the attempt that its number says."""

    job_id: UUID
    kind: str
    subject_id: UUID | None
    la_code: str | None
    school_id: UUID | None
    principal: str
    arguments: dict[str, Any]
    attempts: int
    cancel_asked_at: datetime | None


Told = Callable[[int, int | None, str], Awaitable[None]]
"""Hears of progress: done, total if it is known, and a note in plain words.

It may be called as often as one likes, from the handler's own task only. It raises
`Cancelled` when the job is to end: what the handler has open is then rolled back.
"""

Result = Mapping[str, object] | None
Handle = Callable[[Database, Work, Told], Awaitable[Result]]
"""Does the work. It may run more than once, after a kill even when all was done:
resumable, or one transaction that knows its own effect."""

Ended = Callable[[Tx, Work, State, str], Awaitable[None]]
"""Hears that a job failed or was cancelled and why, in the transaction that says so."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work of a service: its name, what does it, and who hears of its end.

    A refusal (`chassis.errors`) ends the job as failed, with the refusal as its
    problem; `Unavailable` and `TimedOut` are tried again, some times.
    """

    name: str
    handle: Handle
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Chore:
    """What a service does by the clock (a line of cron, UTC), and nobody asked for."""

    name: str
    cron: str
    run: Callable[[Database], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs a listing is to show."""

    kind: str | None = None
    state: State | None = None
    subject_id: UUID | None = None
