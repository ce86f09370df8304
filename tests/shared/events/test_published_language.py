"""Facts are named once, described as they are, and only ever added to."""

import copy
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from contracts import __main__ as keeping
from contracts import asyncapi, event, inventory
from contracts.event import Event
from tests.shared.events import probe

SOME_ID = UUID(int=7)


def described() -> dict[str, Any]:
    return copy.deepcopy(asyncapi.document())


def asset(document: dict[str, Any]) -> dict[str, Any]:
    return document["components"]["schemas"]["AssetRegistered"]


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="taken by AssetMoved"):
        event.fact("inventory.asset.moved")(probe.ReadingTaken)


def test_a_new_version_stands_beside_the_old_one() -> None:
    @event.fact("probe.reading.widened", version=2)
    class ReadingWidened(Event, frozen=True):
        """A reading with more to it."""

    name = event.name_of(ReadingWidened)
    assert name.type == "uk.joinedup.probe.reading.widened.v2"
    assert name.subject("940") == "joinedup.probe.reading.widened.v2.940"


def test_the_newest_state_of_each_thing_is_kept_in_one_order() -> None:
    things = sorted(uuid4() for _ in range(3))
    said = [
        probe.reading(value, version, of=thing)
        for thing in reversed(things)
        for value, version in ((1, 1), (3, 3), (2, 2))
    ]

    kept = event.newest(said)

    assert [(fact.entity_id, fact.value) for fact in kept] == [(t, 3) for t in things]


def test_the_document_is_the_same_each_time_and_leaves_tests_out() -> None:
    rendered = asyncapi.rendered(asyncapi.document())
    assert rendered == asyncapi.rendered(asyncapi.document())
    assert "probe" not in rendered
    assert "uk.joinedup.inventory.asset.registered.v1" in rendered


def test_adding_a_fact_or_a_field_breaks_nobody() -> None:
    before = described()
    del before["components"]["messages"]["inventory.asset.moved.v1"]
    del before["components"]["schemas"]["AssetMoved"]
    del asset(before)["properties"]["model"]
    asset(before)["required"].remove("model")

    assert asyncapi.breaks(before, described()) == []


def test_taking_away_or_changing_breaks_readers() -> None:
    after = described()
    del after["components"]["messages"]["inventory.asset.moved.v1"]
    del asset(after)["properties"]["model"]
    asset(after)["properties"]["tag"] = {"type": "integer"}
    asset(after)["required"].remove("status")

    assert asyncapi.breaks(described(), after) == [
        "fact inventory.asset.moved.v1 is gone",
        "AssetRegistered: field model is gone",
        "AssetRegistered: field tag has another form",
        "AssetRegistered: field status may be missing now",
    ]


def test_the_kept_document_is_checked_and_never_broken(tmp_path: Path) -> None:
    file = tmp_path / "api" / "asyncapi.json"
    assert keeping.main(["check", str(file)]) == 1
    assert keeping.main(["write", str(file)]) == 0
    assert keeping.main(["check", str(file)]) == 0

    more = described()
    asset(more)["properties"]["colour"] = {"type": "string"}
    file.write_text(asyncapi.rendered(more))
    assert keeping.main(["check", str(file)]) == 1
    assert keeping.main(["write", str(file)]) == 1


@pytest.mark.parametrize("kind", event.facts().values(), ids=lambda kind: kind.__name__)
def test_no_fact_carries_free_text_or_names_a_person(kind: type[BaseModel]) -> None:
    """Of a person there is at most an id, which says nothing outside the directory."""
    banned = {"serial", "room", "summary", "description", "comment"}
    banned |= {"email", "username", "display_name", "requester", "assignee"}
    assert not banned & set(kind.model_fields)


def test_a_reader_ignores_fields_that_it_does_not_know() -> None:
    told = {
        "entity_id": SOME_ID,
        "entity_version": 1,
        "la_code": "940",
        "school_id": SOME_ID,
        "tag": "LT-1",
        "category": "laptop",
        "manufacturer": "Acme",
        "model": "One",
        "status": "in-use",
        "purchased_on": None,
        "colour": "green",
    }
    assert inventory.AssetRegistered.model_validate(told).tag == "LT-1"
