"""Many assets on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body
from inventory.assets.model import NewStatus
from inventory.assets.schemas import RegisterAsset
from inventory.imports.model import MOST


class ImportedAsset(RegisterAsset):
    """An asset as another register holds it; a retired one has no room."""

    status: NewStatus | Literal["missing", "retired"] = "in-use"  # pyright: ignore[reportIncompatibleVariableOverride] - an import knows two states more


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
