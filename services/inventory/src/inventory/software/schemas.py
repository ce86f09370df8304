"""Software on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Line
from inventory.software.model import MOST, MOST_TITLES

Name = Annotated[Line, Field(min_length=1, max_length=160)]


class InstalledTitle(Body):
    """A title as a system finds it on an asset."""

    publisher: Name
    name: Name
    version: Annotated[Line, Field(min_length=1, max_length=80)] | None = None


class SoftwareOfAsset(Body):
    """All that is installed on an asset; it takes the place of what was known."""

    asset_id: UUID
    titles: Annotated[list[InstalledTitle], Field(max_length=MOST_TITLES)]


class ReportSoftware(Body):
    """The software of assets within your scope: of all of them, or none."""

    items: Annotated[list[SoftwareOfAsset], Field(min_length=1, max_length=MOST)]


class ReportAnswer(Answer):
    """What was taken down."""

    assets: int
    titles: int = Field(description="A title that an asset has twice counts once.")


class TitleAnswer(Answer):
    """A title in one version."""

    publisher: str
    name: str
    version: str | None
    devices: int = Field(description="Kit in use, in store or in repair that has it.")


class TitlePage(Answer):
    """A page of titles, by name."""

    items: list[TitleAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class InstalledAnswer(Answer):
    """A title on an asset."""

    publisher: str
    name: str
    version: str | None
    seen_at: datetime


class InstalledPage(Answer):
    """A page of an asset's titles, by name."""

    items: list[InstalledAnswer]
    next: str | None = Field(description="The `after` of the next page.")
