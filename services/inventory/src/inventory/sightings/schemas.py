"""Sightings on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer


class SightingAnswer(Answer):
    """When people last saw an asset, beside what agents report."""

    asset_id: UUID
    seen_on: date | None = Field(description="Null: nobody has kept that yet.")
    seen_in: UUID | None = Field(
        description="The stock-take that found it; null: of a school it was at."
    )
    missed_on: date | None = Field(description="Missing at a stock-take since seen.")
    missed_in: UUID | None = Field(description="The stock-take that missed it.")
