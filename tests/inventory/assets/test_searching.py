"""Finding assets by parts of what they are called, and with one letter wrong."""

import random
from collections.abc import Callable, Sequence

import httpx
import pytest

from tests.inventory.world import (
    OTHER_TECHNICIAN,
    TECHNICIAN,
    Call,
    registered,
)

QUERIES = 200
ASSETS = 60
LETTERS = "abcdefghjklmnprstuvwxyz0123456789"


async def found(client: httpx.AsyncClient, **asked: str) -> list[str]:
    answer = await client.get("/assets", params={"limit": "200", **asked})
    assert answer.status_code == 200, answer.text
    count = await client.get("/assets/count", params=asked)
    tags = [asset["tag"] for asset in answer.json()["items"]]
    assert count.json()["count"] == len(tags)
    return tags


def slipped(word: str, chance: random.Random) -> str:
    """Write a word with one letter wrong, missing, too many or swapped."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(LETTERS)
    kinds: Sequence[str] = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(kinds)


async def test_200_seeded_slips_all_find_what_was_meant(
    by: Call, record_property: Callable[[str, object], None]
) -> None:
    chance, client = random.Random(20261129), by(TECHNICIAN)
    words: dict[str, list[str]] = {}
    for number in range(ASSETS):
        serial = "".join(chance.choices(LETTERS, k=10))
        room = f"{chance.choice(['library', 'studio', 'workshop'])}{number}"
        tag, host = f"asset-{number:04}", f"host{number:03}{serial[:3]}"
        await registered(
            client,
            tag=tag,
            category="laptop",
            manufacturer="Lenovo",
            model=f"ThinkPad{number:02}",
            serial=serial,
            room=room,
            details={"hostname": host},
        )
        words[tag] = [tag, serial, room, host, f"thinkpad{number:02}"]
    hits = 0
    for _ in range(QUERIES):
        tag = chance.choice(sorted(words))
        typed = slipped(chance.choice(words[tag]), chance)
        exact = await found(client, q=typed)
        near = await found(client, q=typed, match="near")
        # What is found as typed is found nearly so, too.
        assert set(exact) <= set(near), typed
        hits += tag in near
    record_property("recall", hits / QUERIES)

    assert hits == QUERIES


async def test_what_stands_in_no_single_field_is_found_by_its_parts(by: Call) -> None:
    client = by(TECHNICIAN)
    await registered(
        client,
        tag="LT-77",
        category="laptop",
        building="Annexe",
        room="Art 2",
        details={"hostname": "ART-LAPTOP-7"},
    )
    await registered(client, tag="LT-78", category="laptop")

    assert await found(client, q="annexe art-lap") == ["LT-77"]
    assert await found(client, q="anexe art-lpatop", match="near") == ["LT-77"]
    assert await found(client, q="anexe art-lpatop") == []
    assert await found(client, q="anexe", match="near", category="server") == []


async def test_nobody_finds_nearly_what_is_anothers(by: Call) -> None:
    await registered(by(TECHNICIAN), tag="SECRET-1")

    assert await found(by(TECHNICIAN), q="SECRTE-1", match="near") == ["SECRET-1"]
    assert await found(by(OTHER_TECHNICIAN), q="SECRTE-1", match="near") == []


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "(", "[[", "***", "a{99999}", "(?i)", "^$", "é" * 80]
)
async def test_nothing_typed_is_read_as_a_pattern(by: Call, typed: str) -> None:
    await registered(by(TECHNICIAN), tag="plain")

    assert await found(by(TECHNICIAN), q=typed, match="near") == []


async def test_another_kind_of_match_is_refused(by: Call) -> None:
    answer = await by(TECHNICIAN).get("/assets", params={"q": "x", "match": "fuzzy"})

    assert answer.status_code == 422
    assert "match" in answer.text
