"""One thing that happened to an asset; nothing here touches the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Happened = Literal["changed", "moved", "retired", "reinstated"]
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
class Happening:
    """Something to be kept: what made an asset, as it stands now, this version."""

    la_code: str
    school_id: UUID
    asset_id: UUID
    version: int
    fact: Happened
    changes: Mapping[str, Mapping[str, object]]
