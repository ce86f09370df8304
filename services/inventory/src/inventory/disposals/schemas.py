"""Disposals on the wire."""

from datetime import date
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer
from inventory.assets.model import DisposalMethod
from inventory.disposals.model import Data, WasteCategory
from inventory.kinds.model.categories import Category
from inventory.wipes.model import Method


class DisposalAnswer(Answer):
    """What left a school on one day, in one way and under one reference."""

    school_urn: int
    school_name: str
    disposed_on: date
    method: DisposalMethod
    reference: str | None
    assets: int
    holding: int = Field(description="Of these, those of a kind that holds data.")
    erased: int = Field(
        description="Of those that hold data, those whose data is seen to be gone."
    )


class DisposalPage(Answer):
    """A page of disposals."""

    items: list[DisposalAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class DisposalCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")


class GoneAnswer(Answer):
    """An asset that left, and the last that is known of its data."""

    asset_id: UUID
    school_urn: int
    tag: str
    category: Category
    manufacturer: str
    model: str
    serial: str | None
    wiped_on: date | None
    wipe_method: Method | None
    is_verified: bool | None
    done_by: str | None
    tool: str | None
    certificate: str | None
    data: Data = Field(
        description="Erased and seen to be gone; erased, as somebody says; not erased "
        "although such kit holds data; or of a kind that is not known to hold any."
    )
    waste_category: WasteCategory | None = Field(
        description="Of electrical waste, by the UK's regulations of 2013: 3 is IT and "
        "telecommunications, 4 is consumer equipment. None of a virtual machine."
    )


class GonePage(Answer):
    """A page of the kit of a disposal."""

    items: list[GoneAnswer]
    next: str | None = Field(description="The `after` of the next page.")
