"""When people last saw an asset; nothing here touches the world."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sighting:
    """When people last saw an asset, and since when it is not where it should be."""

    asset_id: UUID
    seen_on: date | None = None
    seen_in: UUID | None = None
    missed_on: date | None = None
    missed_in: UUID | None = None
