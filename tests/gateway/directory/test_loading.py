"""Loading a directory document: what it makes, says, and refuses."""

import asyncio
import copy
from typing import Any

import psycopg
import pytest
from pydantic import ValidationError

from chassis import errors
from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.world import DOCUMENT, Browser, document_text


def asked(stand: Stand, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        return admin.execute(statement.encode()).fetchall()


def changed(**changes: Any) -> list[dict[str, Any]]:
    schools = copy.deepcopy(DOCUMENT["schools"])
    schools[0] |= changes
    return schools


async def test_the_same_document_again_changes_and_says_nothing(stand: Stand) -> None:
    before = asked(stand, "SELECT count(*) FROM outbox")

    assert await loading.load_from_text(stand.database.app, document_text()) == 0
    assert asked(stand, "SELECT count(*) FROM outbox") == before


async def test_a_changed_school_keeps_its_id_and_is_said_once(stand: Stand) -> None:
    look = "SELECT school_id, version FROM school WHERE urn = 140001"
    ((school_id, version),) = asked(stand, look)
    count = "SELECT count(*) FROM outbox WHERE entity_id = "
    said = asked(stand, f"{count}'{school_id}'")[0][0]

    text = document_text(schools=changed(pupils=version + 1000))
    made = await loading.load_from_text(stand.database.app, text)

    assert made == 1
    assert asked(stand, look) == [(school_id, version + 1)]
    assert asked(stand, f"{count}'{school_id}'")[0][0] == said + 1
    await loading.load_from_text(stand.database.app, document_text())


async def test_a_right_that_ends_is_gone_within_a_minute(
    stand: Stand, browser: Browser
) -> None:
    """It is in fact a matter of seconds: a token is reused for the same rights only."""
    assignments = copy.deepcopy(DOCUMENT["assignments"])
    assignments[4]["to"] = "2021-01-01"
    text = document_text(assignments=assignments)
    stand.issuer.subject = "subject-other"
    await browser.sign_in()

    await loading.load_from_text(stand.database.app, text)
    try:
        await _seen(browser, [], 10)
    finally:
        await loading.load_from_text(stand.database.app, document_text())
    await _seen(browser, [150001], 10)


async def _seen(browser: Browser, urns: list[int], within: float) -> None:
    async with asyncio.timeout(within):
        while True:
            answer = await browser.get("/api/directory/v1/schools")
            if [s["urn"] for s in answer.json()["items"]] == urns:
                return
            await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    "changes",
    [
        {"schools": changed(urn=1)},
        {"schools": changed(phase="boat")},
        {"schools": changed(head="Somebody")},
        {"schools": changed(name="a\x00b")},
        {"schools": changed(pupils=-1)},
        {"assignments": [{"role": "staff", "urn": 140001, "from": "2020-01-01"}]},
        {
            "assignments": [
                {
                    "username": "manager",
                    "role": "la-manager",
                    "la_code": "940",
                    "urn": 140001,
                    "from": "2020-01-01",
                }
            ]
        },
        {"more": []},
    ],
    ids=range(8),
)
async def test_a_document_of_a_wrong_form_changes_nothing(
    stand: Stand, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        await loading.load_from_text(stand.database.app, document_text(**changes))


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "nobody", "role": "staff", "urn": 140001},
        {"username": "manager", "role": "staff", "urn": 140009},
        {"username": "manager", "role": "staff", "la_code": "940"},
        {"username": "manager", "role": "la-manager", "urn": 140001},
        {"username": "manager", "role": "emperor", "la_code": "940"},
        {"username": "manager", "role": "la-manager", "region_code": "E12000004"},
    ],
    ids=range(6),
)
async def test_an_assignment_that_cannot_be_is_refused(
    stand: Stand, wrong: dict[str, Any]
) -> None:
    text = document_text(assignments=[wrong | {"from": "2020-01-01"}])

    with pytest.raises(errors.Invalid):
        await loading.load_from_text(stand.database.app, text)
