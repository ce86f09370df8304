"""One thing that happened to an asset; nothing here touches the world."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from chassis.audit import model as audit
from chassis.audit.model import Entry, Target

Happened = Literal[
    "changed",
    "moved",
    "retired",
    "reinstated",
    "disposed",
    "merged",
    "took-in",
    "split",
    "gave-back",
    "attached",
    "detached",
    "issued",
    "renewed",
    "returned",
    "lost",
    "found",
]
Changes = dict[str, dict[str, object]]
"""By field: its value `before` and `after`."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to an asset and made it the version it says."""

    version: int
    fact: str
    actor_id: str
    at: datetime
    batch_id: UUID | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """What a change of many did to one of them."""

    asset_id: UUID
    version: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Stood:
    """At which version an asset stands."""

    asset_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Happening:
    """Something to be kept: what made an asset, as it stands now, this version."""

    la_code: str
    school_id: UUID
    asset_id: UUID
    version: int
    fact: Happened
    changes: Mapping[str, Mapping[str, object]]


def recorded(happening: Happening) -> Iterator[Entry]:
    """Say it as the audit has it: where an asset is, and where it was before.

    What is attached or taken away is recorded as that, without its words.
    """
    if happening.fact in {"attached", "detached"}:
        return
    here = Target("asset", happening.asset_id, happening.la_code, happening.school_id)
    yield audit.changed(f"asset.{happening.fact}", here, happening.changes)
    if "school_id" in happening.changes:
        left = happening.changes["school_id"]["before"]
        la_code = happening.changes.get("la_code", {}).get("before", here.la_code)
        there = Target("asset", here.id, cast("str", la_code), cast("UUID", left))
        yield audit.changed("asset.departed", there, happening.changes)
