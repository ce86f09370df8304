"""What inventory answers of titles of software."""

from datetime import datetime
from uuid import UUID

from gateway.portal.assets.schemas import KnownModel
from gateway.portal.visit.schemas import Answer


class Title(Answer):
    """A title of software as inventory answers it."""

    title_id: UUID
    publisher: str
    name: str
    kind: str
    devices: int


class Release(Answer):
    version: str
    devices: int


class TitleDetail(Title):
    """A title with its versions."""

    releases: list[Release]


class Device(Answer):
    """A device that has a title."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    manufacturer: str
    model: str
    known: KnownModel
    room: str | None = None
    versions: list[str]
    seen_at: datetime

    @property
    def called(self) -> str:
        """Say its make and model as the catalogue has them."""
        return self.known.name

    @property
    def told(self) -> str:
        """Say the versions that it has."""
        return ", ".join(each for each in self.versions if each) or "Not known"
