"""What is to be written down of models, one by one or as a list, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from inventory.catalogue.model import entries, naming
from inventory.catalogue.model.entries import Model, Recorded
from inventory.catalogue.model.joining import Joined
from inventory.catalogue.model.naming import Words

MOST = 2_000
"""Models of one list: they are one transaction."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """When a model came, was sold last and is supported last, and who says so."""

    launched_on: date | None = None
    sold_until: date | None = None
    supported_until: date | None = None
    source: str | None = None
    note: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == Lifecycle()


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list: a model, and what it says of it."""

    make: str
    model: str
    said: Lifecycle


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model as it is to be stored, and what was written down of it before."""

    model_id: UUID
    make: str
    model: str
    said: Lifecycle
    before: Recorded | None

    @property
    def changes_nothing(self) -> bool:
        return self.before is not None and all(
            value is None or value == getattr(self.before, name)
            for name, value in _values(self.said).items()
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a list: models that are new, differ, and are as they were."""

    added: int
    changed: int
    same: int


class LifecycleOutOfOrder(errors.Invalid):
    """A model cannot be sold or supported until before it was launched."""

    slug = "lifecycle-out-of-order"
    title = "A model is not launched after it was sold or supported last"


class ListWrong(errors.Invalid):
    """Some lines of a list name no model, or one that an earlier line named."""

    slug = "list-wrong"
    title = "Some lines cannot be taken in"


def require_in_order(said: Lifecycle) -> None:
    """Refuse days that cannot be.

    Raises:
        LifecycleOutOfOrder: a model would have ended before it began.
    """
    faults = _out_of_order(said, "")
    if faults:
        raise LifecycleOutOfOrder(faults=faults)


def _out_of_order(said: Lifecycle, pointer: str) -> list[Fault]:
    return [
        Fault(f"{pointer}/{name}", "This is before it was launched")
        for name in ("sold_until", "supported_until")
        if said.launched_on and (until := getattr(said, name)) is not None
        if until < said.launched_on
    ]


def planned(la_code: str, listed: Sequence[Listed], joined: Joined) -> list[Wanted]:
    """Find the model of each line, as the LA calls it.

    Raises:
        ListWrong: lines name no make or model, or a model twice, or days out of order.
    """
    found: dict[UUID, Wanted] = {}
    faults: list[Fault] = []
    for at, line in enumerate(listed):
        pointer = f"/items/{at}"
        words = naming.named(line.make, line.model)
        faults += _out_of_order(line.said, pointer)
        if not (words.make.key and words.model.key):
            what = "make" if words.model.key else "model"
            faults.append(Fault(f"{pointer}/{what}", f"Say of which {what} this is"))
            continue
        wanted = _wanted(la_code, words, line.said, joined)
        if wanted.model_id in found:
            twice = "An earlier line is of the same model"
            faults.append(Fault(f"{pointer}/model", twice))
        faults += _after_launch(wanted, pointer)
        found.setdefault(wanted.model_id, wanted)
    if faults:
        raise ListWrong(faults=faults)
    return list(found.values())


def _wanted(la_code: str, words: Words, said: Lifecycle, joined: Joined) -> Wanted:
    whole = joined.resolve(words)
    before = joined.recorded.get(whole.key)
    if before is not None:
        return Wanted(before.model_id, before.make, before.model, said, before)
    model_id = entries.model_id_of(la_code, whole)
    return Wanted(model_id, whole.make.name, whole.model.name, said, None)


def _after_launch(wanted: Wanted, pointer: str) -> list[Fault]:
    """Check the days of a line against those that stay as they were."""
    if wanted.before is None:
        return []
    kept = {name: getattr(wanted.before, name) for name in _values(wanted.said)}
    told = {k: v for k, v in _values(wanted.said).items() if v is not None}
    if set(told) <= {"source", "note"}:
        return []
    both = Lifecycle(**{**kept, **told})
    alone = _out_of_order(wanted.said, pointer)
    return [fault for fault in _out_of_order(both, pointer) if fault not in alone]


def forgotten(model: Model) -> Model:
    """Say what a model is of which nothing is known any more."""
    nothing = _values(Lifecycle())
    return replace(model, **nothing, support="unknown", version=0)


def taken(wanted: Sequence[Wanted]) -> Taken:
    added = sum(1 for each in wanted if each.before is None)
    same = sum(1 for each in wanted if each.changes_nothing)
    return Taken(added, len(wanted) - added - same, same)


def row_of(wanted: Wanted) -> dict[str, object]:
    place = {"model_id": wanted.model_id, "make": wanted.make, "model": wanted.model}
    return {**place, **_values(wanted.said)}


def told(said: Lifecycle) -> Mapping[str, object]:
    """Say what is written down, as the audit has it."""
    return {name: value for name, value in _values(said).items() if value is not None}


def _values(said: Lifecycle) -> dict[str, Any]:
    names = ("launched_on", "sold_until", "supported_until", "source", "note")
    return {name: getattr(said, name) for name in names}
