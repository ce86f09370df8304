"""Kinds of kit on the wire."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, LaCode, Urn, whole
from inventory.kinds.model.categories import Category
from inventory.kinds.model.fields import Form
from inventory.kinds.model.lives import LONGEST_LIFE

Years = Annotated[
    int, Field(ge=1, le=LONGEST_LIFE, strict=True), BeforeValidator(whole)
]


class SetLife(Body):
    """How long a kind of kit is expected to last at a school, or at an LA."""

    category: Category
    school_urn: Urn | None = None
    la_code: LaCode | None = None
    years: Years | None = Field(
        description="Null: as the LA has it for a school, and custom for an LA."
    )


class FieldAnswer(Answer):
    """A field that a kind of kit has."""

    name: str
    label: str
    form: Form
    unit: str | None
    choices: list[str] = Field(description="All there are, where its form is a choice.")
    lowest: float
    highest: float


class KindAnswer(Answer):
    """A kind of kit, and how long it lasts at the school or LA that was named."""

    category: Category
    fields: list[FieldAnswer]
    usual_years: int | None = Field(description="By custom, where nobody says else.")
    authority_years: int | None = Field(description="By the LA's policy.")
    school_years: int | None = Field(description="By the school's own policy.")
    expected_years: int | None = Field(description="Which of them holds.")


class KindsAnswer(Answer):
    """Every kind of kit."""

    items: list[KindAnswer]
