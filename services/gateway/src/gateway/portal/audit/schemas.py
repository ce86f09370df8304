"""What the pages of the record read: which entries, and which page of them."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chassis.audit.model import Outcome
from chassis.wire import Day


def _or_none(value: object) -> object:
    return None if value == "" else value


class AuditQuery(BaseModel):
    """What the record is narrowed to; an empty field narrows nothing."""

    model_config = ConfigDict(frozen=True)

    what: Annotated[str, Field(max_length=80)] = ""
    school: Annotated[int | None, BeforeValidator(_or_none)] = None
    outcome: Outcome | Literal[""] = ""
    from_on: Annotated[Day | None, BeforeValidator(_or_none)] = None
    to_on: Annotated[Day | None, BeforeValidator(_or_none)] = None
    who: Annotated[str, Field(max_length=200)] = ""
    target: Annotated[str, Field(max_length=200)] = ""
    after: Annotated[str, Field(max_length=512)] = ""

    def asked(self) -> dict[str, str]:
        """What the query holds beside the page, to be said again."""
        said = self.model_dump(exclude={"after"})
        return {name: str(value) for name, value in said.items() if value}
