"""Ways of writing lead to models; what LAs say is put together once while it stays."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from inventory.assets.model import Written
from inventory.catalogue.model import entries, joining, naming
from inventory.catalogue.model.entries import Merge, Picture, Recorded
from inventory.catalogue.model.joining import Joined, Marked, Memory
from inventory.catalogue.model.ways import Names

TODAY, NOW = date(2026, 11, 29), datetime(2026, 11, 29, tzinfo=UTC)
ONE = UUID(int=1)


def way(make: str, model: str, la_code: str = "940") -> Written:
    return Written(la_code, make, model, f"{make} {model}".lower())


def recorded(make: str, model: str, until: date | None) -> Recorded:
    said = (None, None, until, None, "x", 1, NOW)
    return Recorded("940", ONE, make, model, *said)


def names(*said: Recorded, merges: tuple[Merge, ...] = ()) -> Names:
    return Names(joining.by_authority(merges, said), TODAY)


def model_id(make: str, model: str, la_code: str = "940") -> UUID:
    return entries.model_id_of(la_code, naming.named(make, model))


WAYS = [
    way("HP", "ProBook 440 G9"),
    way("Hewlett-Packard", "HP ProBook 440 G9"),
    way("Lenovo", "ThinkPad L13"),
    way("HP", "ProBook 440 G9", "941"),
]


def test_a_model_is_written_in_every_way_that_comes_to_its_name() -> None:
    found = names().written(WAYS, model_id("HP", "ProBook 440 G9"), None)

    assert found == WAYS[:2]


def test_a_model_of_another_la_is_another_model() -> None:
    found = names().written(WAYS, model_id("HP", "ProBook 440 G9", "941"), None)

    assert found == WAYS[3:]


def test_a_model_that_nobody_knows_is_written_in_no_way() -> None:
    assert names().written(WAYS, ONE, None) == []


def test_a_merged_model_is_found_by_the_id_it_had() -> None:
    start, into = ("Lenovo", "ThinkPad L13"), ("HP", "ProBook 440 G9")
    merge = Merge("940", ONE, "model", *start, *into, NOW)

    for each in (start, into):
        found = names(merges=(merge,)).written(WAYS, model_id(*each), None)
        assert found == WAYS[:3]


def test_support_stands_as_the_la_that_wrote_it_down_says() -> None:
    ended = recorded("HP", "ProBook 440 G9", date(2020, 1, 1))

    assert names(ended).written(WAYS, None, "ended") == WAYS[:2]
    assert names(ended).written(WAYS, None, "unknown") == WAYS[2:]
    assert names(ended).of("940", "HP Inc.", "ProBook 440 G9").support == "ended"
    assert names(ended).of("941", "HP Inc.", "ProBook 440 G9").support == "unknown"


def test_kit_is_called_as_the_la_wrote_it_down() -> None:
    known = names(recorded("HP", "ProBook 440 g9", None))

    found = known.of("940", "Hewlett-Packard", "HP PROBOOK 440 G9")

    assert (found.make, found.model) == ("HP", "ProBook 440 g9")


def test_of_two_pictures_of_what_is_one_model_the_newer_is_shown() -> None:
    old = Picture("940", ONE, "HP", "A 1", "old", ONE, NOW)
    new = replace(old, model="A 2", alt="new", added_at=NOW.replace(hour=1))
    merge = Merge("940", ONE, "model", "HP", "A 1", "HP", "A 2", NOW)

    both = joining.joined([], [], [old, new]).pictures
    one = joining.joined([merge], [], [new, old]).pictures

    assert sorted(each.alt for each in both.values()) == ["new", "old"]
    assert [each.alt for each in one.values()] == ["new"]


def test_what_is_remembered_is_all_of_it_as_it_is_marked_or_nothing() -> None:
    memory, first, second = Memory(most=2), Marked("940", "1"), Marked("941", "1")
    said = {"940": Joined()}
    memory.keep([first], said)

    assert memory.recall([first]) == said
    assert memory.recall([first, second]) is None
    assert memory.recall([Marked("940", "2")]) is None
    assert memory.recall([]) == {}


def test_what_was_remembered_first_is_forgotten_first() -> None:
    memory = Memory(most=2)
    marks = [Marked("940", str(at)) for at in range(3)]
    for each in marks:
        memory.keep([each], {"940": Joined()})

    assert [memory.recall([each]) is None for each in marks] == [True, False, False]
