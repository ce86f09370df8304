"""Makes and models that are one, on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, LaCode
from inventory.catalogue.model.entries import Kind


class MergeNames(Body):
    """Two makes, or two models, that are one: the first is called like the second."""

    kind: Kind
    from_id: UUID
    into_id: UUID


class MergeAnswer(Answer):
    """Two makes or models that are one; of makes, the models are empty."""

    merge_id: UUID
    la_code: LaCode
    kind: Kind
    from_make: str
    from_model: str
    into_make: str
    into_model: str
    made_at: datetime


class MergePage(Answer):
    """A page of merges, the newest first."""

    items: list[MergeAnswer]
    next: str | None = Field(description="The `after` of the next page.")
