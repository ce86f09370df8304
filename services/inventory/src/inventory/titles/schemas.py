"""Titles of software on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, LaCode
from inventory.catalogue.schemas import KnownAnswer
from inventory.titles.model.naming import Kind


class SoftwareTitleAnswer(Answer):
    """A title, whatever its versions."""

    title_id: UUID
    publisher: str
    name: str
    kind: Kind = Field(description="An update is one of something else.")
    devices: int = Field(description="Kit in use, in store or in repair that has it.")


class SoftwareTitlePage(Answer):
    """A page of titles."""

    items: list[SoftwareTitleAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class ReleaseAnswer(Answer):
    """A version of a title."""

    version: str = Field(description="Empty where it is not known.")
    devices: int


class SoftwareTitleDetail(SoftwareTitleAnswer):
    """A title with its versions, the newest first."""

    releases: list[ReleaseAnswer]


class TitleDeviceAnswer(Answer):
    """A device that has a title."""

    asset_id: UUID
    la_code: LaCode
    school_urn: int
    school_name: str
    tag: str
    manufacturer: str
    model: str
    known: KnownAnswer
    room: str | None
    versions: list[str]
    seen_at: datetime


class TitleDevicePage(Answer):
    """A page of the devices that have a title, by tag."""

    items: list[TitleDeviceAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class TitleCountAnswer(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
