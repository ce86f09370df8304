"""The catalogue as a whole: made of what kit has on it, then narrowed and sorted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from chassis.paging import Page, PageRequest
from inventory.catalogue.model import entries, naming
from inventory.catalogue.model.entries import (
    Make,
    MakeSort,
    Model,
    ModelFilter,
    Picture,
    Recorded,
    Shown,
    Sort,
    Spelling,
)
from inventory.catalogue.model.joining import Joined
from inventory.catalogue.model.naming import Words

Item = TypeVar("Item", Model, Make)
Place = tuple[str, str, str]
"""An LA, and the keys of a make and a model."""
_NEVER = date.max
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""
_NONE = Joined()


@dataclass(frozen=True, slots=True)
class Entry:
    """A model, every way in which kit of the scope has it, and what is written down."""

    model: Model
    spellings: tuple[Spelling, ...]
    recorded: Recorded | None
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models of a scope; by their ids, and by those they had before a merge."""

    entries: Sequence[Entry]
    ids: Mapping[UUID, Entry]

    def find(self, model_id: UUID) -> Entry:
        """Find a model by an id that it has or had.

        Raises:
            ModelNotFound: there is none.
        """
        if model_id not in self.ids:
            raise entries.ModelNotFound
        return self.ids[model_id]

    def find_make(self, make_id: UUID) -> Make:
        """Find a make by its id.

        Raises:
            MakeNotFound: there is none.
        """
        for each in makes(self):
            if each.make_id == make_id:
                return each
        raise entries.MakeNotFound


def catalogue(
    spellings: Iterable[Spelling], said: Mapping[str, Joined], today: date
) -> Catalogue:
    """Make the catalogue of a scope of what is on kit and what its LAs wrote down.

    What an LA wrote names a model; else the way in which most kit has it, for which
    `spellings` come with the most devices first.
    """
    found: dict[Place, list[Spelling]] = {}
    words_of: dict[Place, Words] = {}
    make_names: dict[tuple[str, str], str] = {}
    places: dict[UUID, Place] = {}

    def place_of(la_code: str, words: Words) -> Place:
        whole = said.get(la_code, _NONE).resolve(words)
        place = (la_code, *whole.key)
        words_of.setdefault(place, whole)
        make_names.setdefault((la_code, whole.make.key), whole.make.name)
        for each in (words, whole):
            places[entries.model_id_of(la_code, each)] = place
        return place

    for la_code, joined in said.items():
        for known in (*joined.recorded.values(), *joined.pictures.values()):
            make = naming.make_of(known.make)
            words = Words(make, naming.model_of(make, known.model))
            found.setdefault(place_of(la_code, words), [])
    known_ways: dict[tuple[str, str, str], Place] = {}
    for each in spellings:
        way = (each.la_code, each.manufacturer, each.model)
        if way not in known_ways:
            words = naming.named(each.manufacturer, each.model)
            known_ways[way] = place_of(each.la_code, words)
        found.setdefault(known_ways[way], []).append(each)
    made = {
        place: _entry(
            place[0],
            words_of[place],
            make_names[place[:2]],
            said.get(place[0], _NONE),
            on_kit,
            today,
        )
        for place, on_kit in found.items()
    }
    return Catalogue(
        list(made.values()), {each: made[place] for each, place in places.items()}
    )


def _entry(
    la_code: str,
    words: Words,
    make_name: str,
    joined: Joined,
    on_kit: Sequence[Spelling],
    today: date,
) -> Entry:
    known, picture = joined.recorded.get(words.key), joined.pictures.get(words.key)
    kinds: Counter[str] = Counter()
    for each in on_kit:
        kinds[each.category] += each.devices
    until = known.supported_until if known else None
    model = Model(
        entries.model_id_of(la_code, words),
        la_code,
        entries.make_id_of(la_code, words.make.key),
        make_name,
        words.model.name,
        min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else None,
        sum(each.devices for each in on_kit),
        min((each.oldest_on for each in on_kit if each.oldest_on), default=None),
        max((each.newest_on for each in on_kit if each.newest_on), default=None),
        known.launched_on if known else None,
        known.sold_until if known else None,
        until,
        entries.support_of(until, today),
        known.source if known else None,
        known.note if known else None,
        known.version if known else 0,
        Shown(picture.model_id, picture.alt, picture.added_at) if picture else None,
    )
    return Entry(model, tuple(on_kit), known, picture)


def makes(whole: Catalogue) -> list[Make]:
    """Count the models and devices of each make; only what there is counts."""
    held: dict[UUID, list[Model]] = {}
    for entry in whole.entries:
        held.setdefault(entry.model.make_id, []).append(entry.model)
    return [
        Make(
            make_id,
            models[0].la_code,
            models[0].make,
            sum(1 for each in models if each.devices),
            sum(each.devices for each in models),
        )
        for make_id, models in held.items()
    ]


def narrowed(whole: Catalogue, wanted: ModelFilter) -> list[Model]:
    """Keep the models that a filter lets through."""
    words = (wanted.q or "").casefold().split()
    return [
        each
        for entry in whole.entries
        if (each := entry.model)
        and (wanted.make_id is None or each.make_id == wanted.make_id)
        and (wanted.category is None or each.category == wanted.category)
        and (wanted.support is None or each.support == wanted.support)
        and (wanted.held is None or (each.devices > 0) == wanted.held)
        and (not words or _has(words, entry))
    ]


def _has(words: Sequence[str], entry: Entry) -> bool:
    """Say whether each word is somewhere in a model's name, or as kit has it."""
    names = [f"{entry.model.make} {entry.model.model}"]
    names += [f"{each.manufacturer} {each.model}" for each in entry.spellings]
    text = "\n".join(names).casefold()
    return all(word in text for word in words)


def page(
    found: Sequence[Item], sort: Sort | MakeSort, asked: PageRequest
) -> Page[Item]:
    """Sort what was found, and cut one page of it."""
    by = sort.removeprefix("-")
    kinds = (int if by == "devices" else str, str, str)
    return asked.cut(found, sort, lambda each: _key(each, by), kinds)


def _key(each: Model | Make, by: str) -> tuple[str | int, str, str]:
    name = each.make if isinstance(each, Make) else f"{each.make} {each.model}"
    short = name.casefold()[:_SORTED_BY]
    thing = str(each.make_id if isinstance(each, Make) else each.model_id)
    match by:
        case "devices":
            return each.devices, short, thing
        case "supported_until" if isinstance(each, Model):
            return (each.supported_until or _NEVER).isoformat(), short, thing
        case _:
            return short, short, thing
