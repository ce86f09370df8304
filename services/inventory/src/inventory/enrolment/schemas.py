"""Enrolment keys on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, LaCode, Line, Urn, whole
from inventory.enrolment.model import (
    MOST_OVERLAP_HOURS,
    USUAL_OVERLAP_HOURS,
    EnrolmentKey,
    Made,
)


class MakeKey(Body):
    """A new key for the agents of a school."""

    school_urn: Urn
    name: Annotated[
        Line, Field(min_length=1, max_length=80, description="What it is for.")
    ]


class RotateKey(Body):
    """How long the present key is taken beside the new one; 0 ends it at once."""

    # The bounds stand beside the number: behind a validator no schema says them.
    overlap_hours: Annotated[
        int, Field(ge=0, le=MOST_OVERLAP_HOURS, strict=True), BeforeValidator(whole)
    ] = USUAL_OVERLAP_HOURS


class KeyAnswer(Answer):
    """An enrolment key, without its letters."""

    key_id: UUID
    la_code: LaCode
    school_id: UUID
    school_urn: int
    name: str
    hint: str = Field(description="How it begins.")
    made_by: str
    made_at: datetime
    earlier_ends_at: datetime | None = Field(
        description="Until when the key before it is taken as well."
    )
    last_used_at: datetime | None = Field(description="To the hour.")
    withdrawn_at: datetime | None
    version: int


class MadeAnswer(KeyAnswer):
    """An enrolment key with its letters, which are said this once."""

    enrolment_key: str | None = Field(
        description="The password of the school's agents; a repeat does not say it."
    )


class KeyPage(Answer):
    """A page of enrolment keys, the newest first."""

    items: list[KeyAnswer]
    next: str | None = Field(description="The `after` of the next page.")


def shown(key: EnrolmentKey) -> KeyAnswer:
    return KeyAnswer.model_validate(key, from_attributes=True)


def shown_made(made: Made) -> MadeAnswer:
    known = shown(made.known).model_dump()
    return MadeAnswer(**known, enrolment_key=made.key)
