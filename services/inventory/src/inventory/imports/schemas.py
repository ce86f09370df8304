"""Many assets on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body
from inventory.assets.model import Status
from inventory.assets.schemas import RegisterAsset
from inventory.imports.model import MOST


class ImportedAsset(RegisterAsset):
    """An asset as another register holds it; a retired one has no room."""

    status: Status = "in-use"  # pyright: ignore[reportIncompatibleVariableOverride] - an import knows one state more


class ImportAssets(Body):
    """Assets of any schools within your scope: all of them, or none."""

    items: Annotated[list[ImportedAsset], Field(min_length=1, max_length=MOST)]


class RegisteredAnswer(Answer):
    """An asset that was taken in."""

    asset_id: UUID
    school_urn: int
    tag: str


class IntakeAnswer(Answer):
    """The assets that were taken in, in the order of the request."""

    items: list[RegisteredAnswer]
