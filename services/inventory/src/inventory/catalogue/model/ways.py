"""Ways in which kit has a make and model, led to what the catalogue calls them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inventory.assets.model import Written
from inventory.catalogue.model import entries, naming
from inventory.catalogue.model.entries import Picture, Recorded, Support
from inventory.catalogue.model.joining import Joined, Key
from inventory.catalogue.model.naming import Words

Place = tuple[str, Words, Words]
"""An LA, a name, and the one that this leads to."""
_NONE = Joined()


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue of an LA calls a piece of kit, and how its support stands."""

    model_id: UUID
    make: str
    model: str
    supported_until: date | None
    support: Support


@dataclass(frozen=True, slots=True)
class Names:
    """What some LAs say of names, on a day."""

    said: Mapping[str, Joined]
    today: date

    def of(self, la_code: str, manufacturer: str, model: str) -> Known:
        """Say what kit of an LA is, by what is written on it."""
        whole = self._whole(la_code, naming.named(manufacturer, model))
        return self._known(la_code, whole)

    def written(
        self, ways: Sequence[Written], model_id: UUID | None, support: Support | None
    ) -> list[Written]:
        """Keep the ways that are of a model, by an id that it has or had.

        Of a standing of support, keep those whose support stands so today.
        """
        led = [(each, each.la_code, *self._led(each)) for each in ways]
        if model_id is not None:
            places = [(la_code, words, whole) for _, la_code, words, whole in led]
            found = _place_of(model_id, [*places, *self._noted()])
            led = [each for each in led if (each[1], each[3].key) == found]
        return [
            way
            for way, la_code, _, whole in led
            if support is None or self._known(la_code, whole).support == support
        ]

    def _led(self, way: Written) -> tuple[Words, Words]:
        words = naming.named(way.manufacturer, way.model)
        return words, self._whole(way.la_code, words)

    def _noted(self) -> Iterator[Place]:
        """Name the models that LAs know of, whether there is kit of them or not."""
        for la_code, joined in self.said.items():
            for each in (*joined.recorded.values(), *joined.pictures.values()):
                words = _words_of(each)
                yield la_code, words, joined.resolve(words)

    def _whole(self, la_code: str, words: Words) -> Words:
        return self.said.get(la_code, _NONE).resolve(words)

    def _known(self, la_code: str, whole: Words) -> Known:
        joined = self.said.get(la_code, _NONE)
        recorded = joined.recorded.get(whole.key)
        until = recorded.supported_until if recorded else None
        # What an LA wrote names a model, before what is on this piece of kit.
        row = recorded or joined.pictures.get(whole.key)
        called = joined.resolve(_words_of(row)) if row else whole
        return Known(
            entries.model_id_of(la_code, whole),
            called.make.name,
            called.model.name,
            until,
            entries.support_of(until, self.today),
        )


def _words_of(row: Recorded | Picture) -> Words:
    make = naming.make_of(row.make)
    return Words(make, naming.model_of(make, row.model))


def _place_of(model_id: UUID, places: Iterable[Place]) -> tuple[str, Key] | None:
    for la_code, words, whole in places:
        ids = (entries.model_id_of(la_code, each) for each in (words, whole))
        if model_id in ids:
            return la_code, whole.key
    return None
