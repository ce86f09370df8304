"""Losses on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, Prose
from inventory.assets.schemas import Words
from inventory.losses.model import FoundStatus, Kind


class ReportLoss(Body):
    """That an asset is lost or stolen, and since when."""

    kind: Kind
    lost_on: Day
    police_reference: Words | None = Field(
        default=None, description="The crime reference; a theft has one."
    )
    note: Annotated[Prose, Field(min_length=1, max_length=1_000)] | None = None


class FindAsset(Body):
    """That an asset was found, and where it is now."""

    found_on: Day
    status: FoundStatus = "in-store"


class LossAnswer(Answer):
    """That an asset was lost or stolen."""

    loss_id: UUID
    asset_id: UUID
    kind: Kind
    lost_on: date
    police_reference: str | None
    note: str | None
    found_on: date | None = Field(description="Null while it is missing.")


class LossList(Answer):
    """The losses of an asset, the newest first: at most 200."""

    items: list[LossAnswer]
