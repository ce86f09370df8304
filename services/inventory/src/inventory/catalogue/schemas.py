"""The catalogue on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose
from inventory.catalogue.model.entries import Support
from inventory.catalogue.model.lifecycles import MOST
from inventory.kinds.model.categories import Category

Name = Annotated[Line, Field(min_length=1, max_length=120)]
Source = Annotated[Line, Field(min_length=1, max_length=200)]
Note = Annotated[Prose, Field(min_length=1, max_length=1000)]


class LifecycleBody(Body):
    """What is known of a model; it takes the place of what was known."""

    launched_on: Day | None = None
    sold_until: Day | None = Field(default=None, description="Its last day on sale.")
    supported_until: Day | None = Field(
        default=None, description="The last day with security updates."
    )
    source: Source | None = Field(default=None, description="Who says so.")
    note: Note | None = None


class ListedModel(LifecycleBody):
    """A line of a list; what it leaves out stays as it was."""

    make: Name | None = Field(
        default=None, description="May be left out where the model begins with it."
    )
    model: Name


class TakeLifecycles(Body):
    """A list of models with their days, such as a maker publishes."""

    la_code: LaCode
    dry_run: bool = Field(
        default=False, description="Say what would become of it, and change nothing."
    )
    items: Annotated[list[ListedModel], Field(min_length=1, max_length=MOST)]


class TakenAnswer(Answer):
    """What became of a list."""

    added: int
    changed: int
    same: int


class KnownAnswer(Answer):
    """What the catalogue of its LA calls a piece of kit."""

    model_id: UUID
    make: str
    model: str
    supported_until: date | None
    support: Support = Field(description="Ending: within a year.")


class ModelPictureAnswer(Answer):
    """The picture of a model: `/models/{model_id}/picture`, by this id."""

    model_id: UUID
    alt: str
    added_at: datetime


class ModelAnswer(Answer):
    """A model, with the devices of your scope."""

    model_id: UUID
    la_code: LaCode
    make_id: UUID
    make: str
    model: str
    category: Category | None = Field(description="The kind that most of it is of.")
    devices: int
    oldest_on: date | None = Field(description="When the first of them was bought.")
    newest_on: date | None
    launched_on: date | None
    sold_until: date | None
    supported_until: date | None
    support: Support = Field(description="Ending: within a year.")
    source: str | None
    note: str | None
    version: int = Field(description="0 until anything is written down of it.")
    picture: ModelPictureAnswer | None


class ModelPage(Answer):
    """A page of models."""

    items: list[ModelAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class SpellingAnswer(Answer):
    """A way in which a make and model are written on kit."""

    manufacturer: str
    model: str
    devices: int


class AtSchoolAnswer(Answer):
    """Kit of a model at a school of your scope."""

    urn: int
    name: str
    devices: int
    oldest_on: date | None
    newest_on: date | None


class InYearAnswer(Answer):
    """Kit of a model that was bought in a year."""

    bought_in: int | None = Field(description="Null: it is not known when.")
    devices: int


class ModelDetail(ModelAnswer):
    """A model, where it is, how old, and how it is written."""

    spellings: list[SpellingAnswer]
    schools: list[AtSchoolAnswer]
    years: list[InYearAnswer]


class MakeAnswer(Answer):
    """A make, with the models and devices of your scope."""

    make_id: UUID
    la_code: LaCode
    make: str
    models: int
    devices: int


class MakePage(Answer):
    """A page of makes."""

    items: list[MakeAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class CountAnswer(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
