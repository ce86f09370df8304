"""An asset as a ticket needs it: whose it is, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import errors


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset within the caller's scope, as the inventory last told of it."""

    asset_id: UUID
    la_code: str
    school_id: UUID
    tag: str
    category: str
    status: str


class AssetUnknown(errors.Invalid):
    """The school has no such asset; one of another school is answered alike."""

    slug = "asset-unknown"
    title = "This school has no such asset"

    def __init__(self, faults: Sequence[errors.Fault] = ()) -> None:
        super().__init__(faults=faults or [errors.Fault("/asset_id", self.title)])
