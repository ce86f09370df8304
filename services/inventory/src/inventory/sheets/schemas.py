"""Imports of files of assets on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.wire import Answer, Body, Day, LaCode, Line
from inventory.assets.model import CfrCode, NewStatus
from inventory.assets.schemas import Building, Name, Room, Site, Words
from inventory.kinds.model.categories import Category
from inventory.sheets.model.imports import Import, State
from inventory.sheets.model.reading import MOST_WORDS, OnKnown, Reading
from inventory.sheets.model.sheet import MOST_COLUMNS, Layout
from inventory.sheets.model.values import Order

AnyStatus = NewStatus | Literal["missing", "retired"]
Word = Annotated[Line, Field(min_length=1, max_length=100)]

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A table as CSV or XLSX, or assets as JSON Lines. A body that is"
        " no form is the file itself.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
            "application/jsonl": {"schema": {"type": "string", "format": "binary"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
        },
    }
}


class DefaultValues(Body):
    """What is told of every asset whose row does not tell it."""

    category: Category | None = None
    manufacturer: Name | None = None
    model: Name | None = None
    site: Site | None = None
    building: Building | None = None
    room: Room | None = None
    status: AnyStatus | None = None
    supplier: Words | None = None
    funding_line: Words | None = None
    cfr_code: CfrCode | None = None
    purchased_on: Day | None = None


class FileWords(Body):
    """What the file's own words stand for; `*` is any other word."""

    category: Annotated[dict[str, Category], Field(max_length=MOST_WORDS + 1)] = Field(
        default_factory=dict
    )
    status: Annotated[dict[str, AnyStatus], Field(max_length=MOST_WORDS + 1)] = Field(
        default_factory=dict
    )


class SetReading(Body):
    """How the columns of a file are read."""

    columns: Annotated[
        dict[str, Word],
        Field(
            max_length=MOST_COLUMNS,
            description="The value of an asset by the heading that tells it; a heading"
            " that is left out is not read. `details.` and a name is a value that a"
            " kind of kit has of its own.",
        ),
    ]
    defaults: DefaultValues = DefaultValues()
    words: FileWords = FileWords()
    dates: Annotated[
        Order, Field(description="Of dates like 03/04/2026; ISO 8601 is always read.")
    ] = "day-first"
    on_known: Annotated[
        OnKnown,
        Field(description="Whether an asset that the school has is changed as well."),
    ] = "keep"

    def reading(self) -> Reading:
        said = self.defaults.model_dump(mode="json", exclude_none=True)
        words = self.words.model_dump()
        return Reading(self.columns, said, words, self.dates, self.on_known)


class ColumnAnswer(Answer):
    """A column of the file."""

    heading: str
    samples: list[str]
    words: Annotated[
        list[str], Field(description="Its different words, where they are few.")
    ]


class ReadingAnswer(Answer):
    """How the columns are read: as it was set, or else is suggested."""

    columns: dict[str, str]
    defaults: dict[str, str]
    words: dict[str, dict[str, str]]
    dates: Order
    on_known: OnKnown


class AssetImportAnswer(Answer):
    """One file of assets: how it is read, and what came of it."""

    import_id: UUID
    la_code: LaCode
    school_urn: Annotated[
        int | None, Field(description="Whose kit it is; none if rows name schools.")
    ]
    principal: Annotated[str, Field(description="Who sent it.")]
    file_name: str
    layout: Layout
    preset: Annotated[
        str | None, Field(description="The register whose export it is, if one is met.")
    ]
    columns: list[ColumnAnswer]
    reading: ReadingAnswer
    state: State
    job_id: Annotated[
        UUID | None, Field(description="The job that works on it, or did last.")
    ]
    rows: int
    fresh: Annotated[int, Field(description="Assets that are new to their school.")]
    known: Annotated[int, Field(description="Assets that their school has already.")]
    changing: Annotated[int, Field(description="Of these, those that would change.")]
    faults: Annotated[int, Field(description="What keeps rows out.")]
    made: int
    updated: int
    undone: int
    kept: Annotated[int, Field(description="Not undone: changed since.")]
    problem: Annotated[str | None, Field(description="Why it failed.")]
    sent_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    version: int


class AssetImportsAnswer(Answer):
    """A page of imports, the newest first."""

    items: list[AssetImportAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class RowFaultAnswer(Answer):
    """A row that is not taken: where it stands, what it says, and what is wrong."""

    place: int
    line: int
    heading: Annotated[str, Field(description="Empty for the whole row.")]
    said: str
    detail: str


class RowFaultsAnswer(Answer):
    """A page of rows that are not taken, in the order of the file."""

    items: list[RowFaultAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


_SHOWN = tuple(AssetImportAnswer.model_fields)


def shown(found: Import) -> dict[str, object]:
    """Say of an import what is its reader's."""
    return {name: getattr(found, name) for name in _SHOWN}
