"""Which names are one: by the rules, by what an LA merged, by the codes of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inventory.catalogue.model import naming
from inventory.catalogue.model.entries import Merge, Picture, Recorded
from inventory.catalogue.model.naming import Named, Words

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """What an LA says of names, by a mark that is another after any change of it."""

    la_code: str
    mark: str


@dataclass(slots=True)
class Joined:
    """The names of one LA: what each leads to, and what is written down of it."""

    makes: dict[str, Named] = field(default_factory=dict[str, Named])
    models: dict[Key, Words] = field(default_factory=dict[Key, Words])
    recorded: dict[Key, Recorded] = field(default_factory=dict[Key, Recorded])
    codes: dict[Key, Words] = field(default_factory=dict[Key, Words])
    pictures: dict[Key, Picture] = field(default_factory=dict[Key, Picture])

    def resolve(self, words: Words) -> Words:
        """Follow merges, and a part code to the model of the list that names it."""
        found = self.merged(words)
        listed = self.codes.get(found.key)
        if listed is not None and found.key not in self.recorded:
            found = self.merged(listed)
        return found

    def merged(self, words: Words) -> Words:
        """Follow merges alone."""
        seen: set[Key] = set()
        while words.key not in seen:
            # Two merges at once may lead round in a circle: it is left where it began.
            seen.add(words.key)
            words = Words(self.make(words.make), words.model)
            words = self.models.get(words.key, words)
        return words

    def make(self, make: Named) -> Named:
        """Follow merges of makes."""
        seen: set[str] = set()
        while make.key in self.makes and make.key not in seen:
            seen.add(make.key)
            make = self.makes[make.key]
        return make


def joined(
    merges: Iterable[Merge],
    recorded: Iterable[Recorded],
    pictures: Iterable[Picture] = (),
) -> Joined:
    """Put together what one LA says of names: the order of the merges is all one."""
    said = list(merges)
    made = Joined()
    for each in said:
        if each.kind == "make":
            into = naming.make_of(each.into_make)
            made.makes[naming.make_of(each.from_make).key] = into
    for each in said:
        if each.kind == "model":
            # Its make may have been merged since.
            start = _words(each.from_make, each.from_model)
            key = (made.make(start.make).key, start.model.key)
            made.models[key] = _words(each.into_make, each.into_model)
    for known in recorded:
        words = made.merged(_words(known.make, known.model))
        made.recorded[words.key] = _newer(made.recorded.get(words.key), known)
    for known in recorded:
        _note_codes(made, known)
    for shown in pictures:
        key = made.resolve(_words(shown.make, shown.model)).key
        had = made.pictures.get(key)
        if had is None or shown.added_at > had.added_at:
            made.pictures[key] = shown
    return made


def _words(make: str, model: str) -> Words:
    named = naming.make_of(make)
    return Words(named, naming.model_of(named, model))


def _newer(one: Recorded | None, other: Recorded) -> Recorded:
    return other if one is None or other.changed_at > one.changed_at else one


def _note_codes(made: Joined, known: Recorded) -> None:
    words = _words(known.make, known.model)
    whole, *codes = naming.keys_of_model(words.make, known.model)
    for code in codes:
        key = (made.make(words.make).key, code)
        if code != whole and key not in made.recorded:
            made.codes.setdefault(key, words)


@dataclass(slots=True)
class Memory:
    """What LAs say of names, put together once for as long as it stays the same.

    To put 2,000 models together takes a processor longer than to list kit. Who may
    read what an LA says reads all of it, so that it is the same for all of them.
    """

    most: int
    kept: dict[Marked, Joined] = field(default_factory=dict[Marked, Joined])

    def recall(self, marks: Iterable[Marked]) -> Mapping[str, Joined] | None:
        """Say what LAs say, if all of it is known as it is marked."""
        found = {each.la_code: self.kept.get(each) for each in marks}
        known = {la_code: each for la_code, each in found.items() if each is not None}
        return known if len(known) == len(found) else None

    def keep(self, marks: Iterable[Marked], said: Mapping[str, Joined]) -> None:
        """Remember what LAs say, and forget what was remembered first."""
        for each in marks:
            if each.la_code in said:
                self.kept[each] = said[each.la_code]
        while len(self.kept) > self.most:
            del self.kept[next(iter(self.kept))]


def by_authority(
    merges: Iterable[Merge],
    recorded: Iterable[Recorded],
    pictures: Iterable[Picture] = (),
) -> Mapping[str, Joined]:
    """The same for several LAs: what one says holds nowhere else."""
    of: dict[str, tuple[list[Merge], list[Recorded], list[Picture]]] = {}
    for merge in merges:
        of.setdefault(merge.la_code, ([], [], []))[0].append(merge)
    for known in recorded:
        of.setdefault(known.la_code, ([], [], []))[1].append(known)
    for shown in pictures:
        of.setdefault(shown.la_code, ([], [], []))[2].append(shown)
    return {la_code: joined(*said) for la_code, said in of.items()}
