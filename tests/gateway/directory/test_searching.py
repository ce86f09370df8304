"""Schools are found by their words, nearly so too, and only in one's own scope."""

from typing import Any

import psycopg
import pytest

from chassis.testing.databases import ServiceDatabase
from gateway.directory import model
from tests.gateway.conftest import Stand
from tests.gateway.world import SCHOOLS, Browser

BASE = "/api/directory/v1/schools"
WRITTEN = [
    "St. Mary's CofE Primary School",
    "Saint Mary\u2019s, Saintsbury",
    "Sacr\u00e9 C\u0153ur \u2013 NN1 1AA 940/2001",
    "",
    "%_\\",
]


@pytest.fixture
async def sign_in(stand: Stand, browser: Browser) -> Any:
    async def as_someone(name: str) -> Browser:
        stand.issuer.subject = f"subject-{name}"
        await browser.sign_in()
        return browser

    return as_someone


@pytest.mark.parametrize(
    ("name", "q", "urns"),
    [
        ("manager", "school", [140001, 140002]),
        ("manager", "SCHO", [140001, 140002]),
        ("manager", "140002 school", [140002]),
        ("manager", "9401", [140001]),
        ("manager", "chool", []),
        ("manager", "150001", []),
        ("technician", "school", [140001]),
        ("other", "school", [150001]),
        ("analyst", "school", []),
    ],
)
async def test_the_beginnings_of_words_find_schools_of_the_scope(
    sign_in: Any, name: str, q: str, urns: list[int]
) -> None:
    browser = await sign_in(name)

    answer = await browser.get(f"{BASE}?q={q}")

    # Imports of other tests may have brought schools of their own.
    found = [school["urn"] for school in answer.json()["items"]]
    assert [urn for urn in found if urn in SCHOOLS] == urns


@pytest.mark.parametrize("written", WRITTEN)
def test_the_database_and_we_cut_a_text_into_the_same_words(
    gateway_database: ServiceDatabase, written: str
) -> None:
    with psycopg.connect(gateway_database.owner) as connection:
        kept = connection.execute("SELECT search_words(%s)", [written]).fetchone()

    assert kept is not None
    assert kept[0] == model.search_words(written)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("riversde", "riverside"),
        ("riversidde", "riverside"),
        ("rivreside", "riverside"),
        ("rivorside", "riverside"),
        ("rivers", "riverside"),
    ],
)
def test_one_letter_may_be_wrong(typed: str, meant: str) -> None:
    assert _fits(typed, meant)


@pytest.mark.parametrize(
    ("typed", "other"), [("xiverside", "riverside"), ("lan", "lon"), ("ri", "oak")]
)
def test_the_first_letters_and_short_words_are_not_guessed(
    typed: str, other: str
) -> None:
    assert not _fits(typed, other)


def _fits(typed: str, word: str) -> bool:
    patterns, asked = model.near_patterns(typed)
    assert asked == 1
    return any(
        word.startswith(each.begins)
        and all(
            sign in {"_", letter}
            for sign, letter in zip(each.pattern.removesuffix("%"), word, strict=False)
        )
        and len(word) >= len(each.pattern) - 1
        for each in patterns
    )
