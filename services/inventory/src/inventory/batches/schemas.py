"""Changes of many assets on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Urn, Version
from inventory.assets.model import SettableStatus
from inventory.assets.schemas import Building, DisposeOfAsset, Room, Site
from inventory.batches.model import MOST, Result


class Chosen(Body):
    """An asset as it was seen."""

    asset_id: UUID
    version: Version


class SetStatus(Body):
    """Say that they are in use, in store, in repair, missing and so on."""

    kind: Literal["set-status"]
    status: SettableStatus


class Move(Body):
    """Take them to a school within your scope, and to one place of it if you like."""

    kind: Literal["move"]
    school_urn: Urn
    site: Site | None = None
    building: Building | None = None
    room: Room | None = None


class Retire(Body):
    """Take them out of use."""

    kind: Literal["retire"]


class Dispose(DisposeOfAsset):
    """Let them leave for good."""

    kind: Literal["dispose"]


class Reinstate(Body):
    """Bring them back as they were before they were taken out of use."""

    kind: Literal["reinstate"]


class ChangeAssets(Body):
    """The same change for many assets, each only if it is as it was seen."""

    assets: list[Chosen] = Field(min_length=1, max_length=MOST)
    change: Annotated[
        SetStatus | Move | Retire | Dispose | Reinstate, Field(discriminator="kind")
    ]


class OutcomeAnswer(Answer):
    """What came of one asset."""

    pointer: str = Field(description="Where it stands in what was asked.")
    result: Result
    version: int | None = Field(description="The version it has since.")


class BatchAnswer(Answer):
    """What came of each, in the order in which they were asked for."""

    batch_id: UUID = Field(description="Names all of it, to be taken back.")
    results: list[OutcomeAnswer]
