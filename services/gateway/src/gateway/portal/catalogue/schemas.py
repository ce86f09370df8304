"""What inventory answers of the catalogue and of titles, and what the browser sends."""

from datetime import date, datetime
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as typed
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


class Make(Answer):
    """A make as inventory answers it."""

    make_id: UUID
    make: str
    models: int
    devices: int


class Merge(Answer):
    """Two makes or models that are one."""

    merge_id: UUID
    kind: str
    from_make: str
    from_model: str
    into_make: str
    into_model: str
    made_at: datetime

    @property
    def start(self) -> str:
        return f"{self.from_make} {self.from_model}".strip()

    @property
    def into(self) -> str:
        return f"{self.into_make} {self.into_model}".strip()


class Taken(Answer):
    """What became of a list, or would."""

    added: int
    changed: int
    same: int


class Title(Answer):
    """A title of software as inventory answers it."""

    title_id: UUID
    publisher: str
    name: str
    kind: str
    devices: int


class Release(Answer):
    version: str
    devices: int


class TitleDetail(Title):
    """A title with its versions."""

    releases: list[Release]


class Device(Answer):
    """A device that has a title."""

    asset_id: UUID
    school_urn: int
    school_name: str
    tag: str
    manufacturer: str
    model: str
    room: str | None = None
    versions: list[str]
    seen_at: datetime

    @property
    def told(self) -> str:
        """Say the versions that it has."""
        return ", ".join(each for each in self.versions if each) or "Not known"


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


class MergeForm(FormBody):
    """Into which make or model another is merged."""

    kind: str = "model"
    from_id: str = ""
    into_id: str = ""


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
