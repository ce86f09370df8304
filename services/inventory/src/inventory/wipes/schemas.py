"""Wipes on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, Line, Prose
from inventory.assets.schemas import Words
from inventory.wipes.model import MOST, Method

_METHODS = (
    "As NIST SP 800-88 has them: `clear` is overwritten, `purge` is unreadable to a "
    "laboratory too, `destroy` is the medium destroyed; `removed` is the medium taken "
    "out and kept."
)


class RecordWipes(Body):
    """That the data on some assets was erased in one way."""

    asset_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]
    wiped_on: Day
    method: Method = Field(description=_METHODS)
    is_verified: bool = Field(description="Whether somebody saw that it is gone.")
    done_by: Annotated[
        Line,
        Field(min_length=1, max_length=120, description="A person, or a firm."),
    ]
    tool: Words | None = Field(default=None, description="With what it was done.")
    certificate: Words | None = Field(
        default=None, description="The number of a certificate that was given for it."
    )
    note: Annotated[Prose, Field(min_length=1, max_length=2_000)] | None = None


class WipedAnswer(Answer):
    """Of how many assets it was written down."""

    assets: int


class WipeAnswer(Answer):
    """That the data on an asset was erased."""

    wipe_id: UUID
    asset_id: UUID
    wiped_on: date
    method: Method = Field(description=_METHODS)
    is_verified: bool
    tool: str | None
    done_by: str
    certificate: str | None
    note: str | None
    recorded_at: datetime


class WipeList(Answer):
    """The wipes of an asset, the newest first: at most 200."""

    items: list[WipeAnswer]
