"""People on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer


class PersonAnswer(Answer):
    """Someone who signs in."""

    person_id: UUID
    username: str
    display_name: str
    email: str
    version: int


class PeopleAnswer(Answer):
    """A page of people."""

    items: list[PersonAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]
