"""What inventory answers of imports of files, and what the browser sends."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict

from gateway.portal.sheets import model
from gateway.portal.visit.schemas import Answer, FormBody


class Column(Answer):
    heading: str
    samples: list[str]
    words: list[str]


class Reading(Answer):
    """How the columns of a file are read."""

    columns: dict[str, str]
    defaults: dict[str, str]
    words: dict[str, dict[str, str]]
    dates: str
    on_known: str


class Import(Answer):
    """One file of assets: how it is read, and what came of it."""

    import_id: UUID
    school_urn: int | None = None
    la_code: str
    file_name: str
    layout: str
    preset: str | None = None
    columns: list[Column]
    reading: Reading
    state: str
    job_id: UUID | None = None
    rows: int
    fresh: int
    known: int
    changing: int
    faults: int
    made: int
    updated: int
    undone: int
    kept: int
    problem: str | None = None
    sent_at: datetime
    applied_at: datetime | None = None
    undone_at: datetime | None = None
    version: int

    @property
    def going(self) -> int:
        """How many assets applying it would register or change."""
        return self.fresh + self.changing

    def sums(self) -> list[tuple[str, int]]:
        """Say of how many assets what is so; what is so of none is left out."""
        changes = self.reading.on_known == "update"
        told = (
            ("There already", self.known),
            ("Of these, to be changed", self.changing if changes else 0),
            ("Registered", self.made),
            ("Changed", self.updated),
            ("Taken back", self.undone),
            ("Not taken back, since they were changed", self.kept),
        )
        return [("New", self.fresh), *((said, n) for said, n in told if n)]

    def words_of(self, name: str) -> list[str]:
        """List the different words of the column that tells kinds, or states."""
        told = {target: heading for heading, target in self.reading.columns.items()}
        heading = told.get(name)
        for column in self.columns:
            if column.heading == heading:
                return column.words
        return []


class ImportPage(Answer):
    items: list[Import]
    next: str | None = None


class RowFault(Answer):
    line: int
    heading: str
    said: str
    detail: str


class FaultPage(Answer):
    items: list[RowFault]
    next: str | None = None


class Job(Answer):
    """The job that works on an import."""

    state: str
    done: int
    total: int | None = None
    note: str
    cancel_asked_at: datetime | None = None


class PageQuery(Answer):
    after: str = ""


class StepForm(FormBody):
    """The version of an import that the person saw."""

    version: int = 0


class ReadingForm(FormBody):
    """How columns are read, as a person chooses it: by the places of the columns."""

    model_config = ConfigDict(extra="allow")

    version: int = 0
    dates: str = "day-first"
    on_known: str = "keep"

    def reading(self, found: Import) -> Reading:
        """Put the choices into the form in which inventory takes them."""
        sent = {n: str(v).strip() for n, v in (self.model_extra or {}).items()}
        told = {name: text for name, text in sent.items() if text}
        columns = {
            column.heading: told[f"column-{place}"]
            for place, column in enumerate(found.columns)
            if f"column-{place}" in told
        }
        defaults = {
            name: told[f"default-{name}"]
            for name in model.DEFAULTS
            if f"default-{name}" in told
        }
        return Reading(
            columns=columns,
            defaults=defaults,
            words={name: _words(told, name, found) for name in model.WORDED},
            dates=self.dates,
            on_known=self.on_known,
        )


def _words(told: dict[str, str], name: str, found: Import) -> dict[str, str]:
    named = {
        word: told[f"word-{name}-{place}"]
        for place, word in enumerate(found.words_of(name))
        if f"word-{name}-{place}" in told
    }
    other = told.get(f"other-{name}")
    return named | ({model.ANY: other} if other else {})
