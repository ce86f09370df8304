"""What the gateway asks a service about people, and is answered."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from chassis.privacy.model import Subject
from chassis.wire import Body, Line

Word = Annotated[Line, Field(min_length=3, max_length=254)]


class About(Body):
    """Whom it is about, and what they are called in texts."""

    person_id: UUID
    words: list[Word] = Field(default=[], max_length=10)

    def subject(self) -> Subject:
        return Subject(self.person_id, tuple(self.words))


class Erase(About):
    """Whom to erase, at whose word, and whether with what they wrote."""

    with_texts: bool
    asked_by: Annotated[Line, Field(min_length=1, max_length=200)]


class Expire(Body):
    """What of each kind is not to be kept: all from before a moment."""

    before: dict[str, AwareDatetime]

    def moments(self) -> dict[str, datetime]:
        return dict(self.before)
