"""The makes and models of the catalogue, and what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID, uuid5

from chassis import errors
from chassis.auth import Access
from contracts import roles
from inventory.assets.model import ACCESS as ASSETS
from inventory.catalogue.model.naming import Words

Kind = Literal["make", "model"]
Support = Literal["ended", "ending", "supported", "unknown"]
Sort = Literal[
    "name", "-name", "devices", "-devices", "supported_until", "-supported_until"
]
MakeSort = Literal["name", "-name", "devices", "-devices"]

WRITERS = frozenset({roles.LA_MANAGER})
ACCESS = Access(read=ASSETS.read, write=WRITERS)
"""Whoever reads kit reads what it is called; an LA's technical managers write it."""
SOON = timedelta(days=365)
"""Support that ends within this is ending: there is one budget to act in."""
_MOST_REMEMBERED = 50_000
_NAMESPACE = UUID("5f0f3b1c-8f52-4b0c-9b0a-0d8a1f8f9a10")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A make and model as they are written on kit of one kind, and how much there is.

    `devices` counts what is in use, in store, in repair or on its way, and the days
    are those on which it was bought.
    """

    la_code: str
    manufacturer: str
    model: str
    sort_model: str
    category: str
    devices: int
    oldest_on: date | None
    newest_on: date | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an LA wrote down of a model. It is sold and supported on the days named."""

    la_code: str
    model_id: UUID
    make: str
    model: str
    launched_on: date | None
    sold_until: date | None
    supported_until: date | None
    source: str | None
    note: str | None
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """What an LA shows of a model: the words for it, and its file."""

    la_code: str
    model_id: UUID
    make: str
    model: str
    alt: str
    file_id: UUID
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a model as its readers are told of it."""

    model_id: UUID
    """Under which it is kept: what was merged since may have had another."""
    alt: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Two makes or models that an LA says are one; of makes, the models are empty."""

    la_code: str
    merge_id: UUID
    kind: Kind
    from_make: str
    from_model: str
    into_make: str
    into_model: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Model:
    """A model of an LA's catalogue, with the devices of the reader's scope."""

    model_id: UUID
    la_code: str
    make_id: UUID
    make: str
    model: str
    category: str | None
    devices: int
    oldest_on: date | None
    newest_on: date | None
    launched_on: date | None
    sold_until: date | None
    supported_until: date | None
    support: Support
    source: str | None
    note: str | None
    version: int
    """0 until somebody writes anything down of it."""
    picture: Shown | None = None


@dataclass(frozen=True, slots=True)
class Make:
    """A make of an LA's catalogue, with the devices of the reader's scope."""

    make_id: UUID
    la_code: str
    make: str
    models: int
    devices: int


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    q: str | None = None
    make_id: UUID | None = None
    category: str | None = None
    support: Support | None = None
    held: bool | None = None
    """True: of which there are devices; False: of which there are none."""


class ModelNotFound(errors.NotFound):
    """No such model, or none that the caller may know of: said alike."""

    slug = "model-not-found"
    title = "There is no such model within your scope"


class MakeNotFound(errors.NotFound):
    """No such make, or none that the caller may know of: said alike."""

    slug = "make-not-found"
    title = "There is no such make within your scope"


class MergeNotFound(errors.NotFound):
    """No such merge, or none that the caller may know of: said alike."""

    slug = "merge-not-found"
    title = "There is no such merge within your scope"


class MergeOfItself(errors.Conflict):
    """Both are one already, or are of different LAs."""

    slug = "merge-of-itself"
    title = "These two cannot be merged: choose two different ones of one LA"


@lru_cache(_MOST_REMEMBERED)
def model_id_of(la_code: str, words: Words) -> UUID:
    """Name a model of an LA: the same for as long as it is called the same."""
    return uuid5(_NAMESPACE, f"{la_code}\nmodel\n{words.make.key}\n{words.model.key}")


def make_id_of(la_code: str, make_key: str) -> UUID:
    return uuid5(_NAMESPACE, f"{la_code}\nmake\n{make_key}")


def support_of(until: date | None, today: date) -> Support:
    """Say how the support of a model stands on a day; it holds on its last day."""
    if until is None:
        return "unknown"
    if until < today:
        return "ended"
    return "ending" if until < today + SOON else "supported"


def written(recorded: Recorded | None) -> Mapping[str, object]:
    """Say what is written down of a model, as the audit has it."""
    if recorded is None:
        return {}
    names = ("launched_on", "sold_until", "supported_until", "source", "note")
    told = {name: getattr(recorded, name) for name in names}
    return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class AtSchool:
    """Kit of one model at a school."""

    urn: int
    name: str
    devices: int
    oldest_on: date | None
    newest_on: date | None


@dataclass(frozen=True, slots=True)
class InYear:
    """Kit of one model that was bought in one year; None: nobody knows when."""

    bought_in: int | None
    devices: int
