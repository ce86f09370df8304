"""What the pages of the register read: queries, and the forms that decide."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.portal.visit.schemas import FormBody
from gateway.register.schemas import ChangeKind


class PageQuery(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(frozen=True)

    after: Annotated[str, Field(max_length=512)] = ""


class ChangesQuery(PageQuery):
    """Which changes, and which page of them."""

    kind: ChangeKind | Literal[""] = ""


class DecideForm(FormBody):
    """The version that was looked at, and the concerns that are known and meant."""

    version: Annotated[int, Field(ge=0, le=999_999_999)] = 0
    overrides: list[str] = Field(default_factory=list[str], max_length=10)
