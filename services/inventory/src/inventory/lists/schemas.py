"""Lists of kit on the wire."""

from pydantic import Field

from chassis.wire import Answer
from inventory.assets.schemas import AssetAnswer
from inventory.catalogue.schemas import KnownAnswer


class ListedAnswer(AssetAnswer):
    """An asset as a list has it, under the name of its catalogue, too."""

    known: KnownAnswer


class AssetPage(Answer):
    """A page of assets."""

    items: list[ListedAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class AssetCountAnswer(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="False: there are at least so many.")
