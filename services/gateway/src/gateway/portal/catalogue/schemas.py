"""What inventory answers of the catalogue and of titles, and what the browser sends."""

from datetime import date
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as typed
from gateway.portal.assets.schemas import Picture
from gateway.portal.visit.schemas import Answer, FormBody

_DAYS = ("launched_on", "sold_until", "supported_until")


class Model(Answer):
    """A model as inventory answers it."""

    model_id: UUID
    la_code: str
    make_id: UUID
    make: str
    model: str
    category: str | None = None
    devices: int
    oldest_on: date | None = None
    newest_on: date | None = None
    launched_on: date | None = None
    sold_until: date | None = None
    supported_until: date | None = None
    support: str
    source: str | None = None
    note: str | None = None
    version: int
    picture: Picture | None = None

    @property
    def name(self) -> str:
        return f"{self.make} {self.model}"


class Spelling(Answer):
    manufacturer: str
    model: str
    devices: int


class AtSchool(Answer):
    urn: int
    name: str
    devices: int
    oldest_on: date | None = None
    newest_on: date | None = None


class InYear(Answer):
    bought_in: int | None = None
    devices: int


class ModelDetail(Model):
    """A model with all that a page of it shows."""

    spellings: list[Spelling]
    schools: list[AtSchool]
    years: list[InYear]


class Taken(Answer):
    """What became of a list, or would."""

    added: int
    changed: int
    same: int


class LifecycleForm(FormBody):
    """What somebody knows of a model's life, as they type it."""

    launched_on: str = ""
    sold_until: str = ""
    supported_until: str = ""
    source: str = ""
    note: str = ""
    version: int = 0

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it.

        Raises:
            errors.Invalid: a date is none.
        """
        told: dict[str, object] = {}
        faults: list[errors.Fault] = []
        for name in _DAYS:
            try:
                day = typed.read_day(getattr(self, name), name)
                told[name] = day.isoformat() if day else None
            except errors.Invalid as wrong:
                faults.extend(wrong.faults)
        if faults:
            raise errors.Invalid(faults=faults)
        note = self.note.replace("\r\n", "\n")
        return {**told, "source": self.source or None, "note": note or None}


class TakeForm(FormBody):
    """A list that was tried, to be taken in."""

    content: str = ""


def form_of(model: Model) -> LifecycleForm:
    def day(value: date | None) -> str:
        return typed.as_typed(value) if value else ""

    return LifecycleForm(
        launched_on=day(model.launched_on),
        sold_until=day(model.sold_until),
        supported_until=day(model.supported_until),
        source=model.source or "",
        note=model.note or "",
        version=model.version,
    )
