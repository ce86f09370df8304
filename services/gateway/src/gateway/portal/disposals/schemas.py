"""What inventory answers of disposals."""

from datetime import date
from uuid import UUID

from gateway.portal.visit.schemas import Answer


class Disposal(Answer):
    """What left a school on one day, in one way and under one reference."""

    school_urn: int
    school_name: str
    disposed_on: date
    method: str
    reference: str | None = None
    assets: int
    holding: int
    erased: int


class Gone(Answer):
    """An asset that left, and the last that is known of its data."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    serial: str | None = None
    wiped_on: date | None = None
    wipe_method: str | None = None
    is_verified: bool | None = None
    done_by: str | None = None
    tool: str | None = None
    certificate: str | None = None
    data: str
    waste_category: int | None = None
