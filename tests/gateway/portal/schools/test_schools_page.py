"""The page of an LA's schools: found, filtered, kept as a file, of one's own LA."""

import csv
import io
import re

import httpx
import pytest

from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.world import DOCUMENT, Browser, document_text

ROOT = "/authorities/940/schools"
CLOSED = {
    **DOCUMENT["schools"][0],
    "urn": 140091,
    "laestab": "940/0091",
    "name": "=Closed School",
    "status": "closed",
}


@pytest.fixture
async def manager(stand: Stand, browser: Browser) -> Browser:
    more = document_text(schools=[*DOCUMENT["schools"], CLOSED])
    await loading.load_from_text(stand.database.app, more)
    stand.issuer.subject = "subject-manager"
    await browser.sign_in()
    await get(browser, f"{ROOT}?reset")
    return browser


async def get(browser: Browser, path: str) -> httpx.Response:
    answer = await browser.get(path, {"accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer


def names(answer: httpx.Response) -> list[str]:
    return re.findall(r'role="rowheader"><a [^>]*>([^<]+)</a>', answer.text)


async def test_closed_schools_are_shown_when_they_are_asked_for(
    manager: Browser,
) -> None:
    assert "=Closed School" not in names(await get(manager, ROOT))
    assert names(await get(manager, f"{ROOT}?status=closed")) == ["=Closed School"]
    assert "=Closed School" in names(await get(manager, f"{ROOT}?status="))


async def test_a_school_is_found_by_its_words_and_number(manager: Browser) -> None:
    by_urn = await get(manager, f"{ROOT}?q=140002")
    by_words = await get(manager, f"{ROOT}?q=scho+140002")

    assert names(by_urn) == names(by_words) == ["School 140002"]
    assert "No school matches" in (await get(manager, f"{ROOT}?q=nowhere")).text


async def test_the_list_is_remembered_until_it_is_reset(manager: Browser) -> None:
    await get(manager, f"{ROOT}?status=closed")

    again = await get(manager, ROOT)
    assert "This is how you last set this table" in again.text
    assert names(again) == ["=Closed School"]
    assert "School 140001" in names(await get(manager, f"{ROOT}?reset"))


async def test_a_file_holds_the_list_as_it_is_set_and_runs_nothing(
    manager: Browser,
) -> None:
    asked = "status=closed&column=name&column=urn&column=go"
    saved = await get(manager, f"{ROOT}.csv?{asked}")
    rows = list(csv.reader(io.StringIO(saved.content.decode("utf-8-sig"))))

    assert rows == [["School", "URN"], ["'=Closed School", "140091"]]
    assert 'filename="schools-north-' in saved.headers["content-disposition"]
    book = await get(manager, f"{ROOT}.xlsx?{asked}")
    assert book.content.startswith(b"PK")


async def test_a_page_after_a_school_that_is_gone_is_the_first(
    manager: Browser,
) -> None:
    gone = await manager.get(f"{ROOT}?sort=name&after=1", {"accept": "text/html"})

    assert (gone.status_code, gone.headers["location"]) == (303, f"{ROOT}?sort=name")


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx"])
async def test_the_schools_of_another_authority_are_not_there(
    manager: Browser, suffix: str
) -> None:
    path = f"/authorities/941/schools{suffix}"
    answer = await manager.get(path, {"accept": "text/html"})

    assert answer.status_code == 404
