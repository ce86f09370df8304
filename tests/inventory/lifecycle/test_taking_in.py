"""An operator takes newer lifecycles in: what is wrong of them is named, and left."""

import copy
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from chassis import db
from chassis.auth import SERVICE_ACCESS, service_actor
from chassis.testing.databases import ServiceDatabase
from inventory.lifecycle import service, store
from inventory.lifecycle.model import telling
from inventory.lifecycle.model.releases import Release
from tests.inventory.lifecycle import endoflife

ROW = {
    "releaseCycle": "155",
    "releaseDate": "2026-11-17",
    "eol": "2026-12-15",
    "latest": "155.0",
}


@pytest.fixture
async def database(rows: ServiceDatabase) -> AsyncGenerator[db.Database]:
    opened = db.Database(rows.app, 1, "lifecycles")
    await opened.open()
    yield opened
    await opened.close()


async def known(database: db.Database, product: str, cycle: str) -> Release | None:
    ourselves = service_actor("inventory", [])
    async with database.read(ourselves, SERVICE_ACCESS) as tx:
        return (await service.releases_of(tx)).get(product, {}).get(cycle)


async def test_what_is_taken_in_goes_before_what_the_service_brings(
    database: db.Database, rows: ServiceDatabase
) -> None:
    before = await known(database, "office", "2016")
    row = {"releaseCycle": "2016", "releaseDate": "2015-09-22", "eol": "2031-01-01"}
    document = {"office": {"releases": [row]}, "chrome": {"releases": [ROW]}}

    told = telling.read(document)
    changed = await service.take_in(database, told)

    assert (told.wrong, changed) == ([], 2)
    assert before is not None
    assert before.security_until == telling.until_of("2025-10-14")
    after = await known(database, "office", "2016")
    assert after is not None
    assert after.security_until == telling.until_of("2031-01-01")
    assert await known(database, "chrome", "155") is not None
    # What the file does not tell of stays as it was known.
    assert await known(database, "chrome", "150") is not None
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute(
            "SELECT principal, action FROM audit_entry ORDER BY entry_id DESC LIMIT 1"
        ).fetchone()
    assert found == ("service:inventory", "lifecycles.taken-in")


async def test_the_same_file_again_changes_nothing(database: db.Database) -> None:
    document = {"chrome": {"releases": [ROW]}}
    await service.take_in(database, telling.read(document))

    told = telling.read(document)
    changed = await service.take_in(database, told)

    assert (len(told.releases), changed) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"releaseCycle": ""}, "its cycle is no name"),
        ({"releaseCycle": 155}, "its cycle is no name"),
        ({"releaseCycle": "<b>"}, "its cycle is no name"),
        ({"eol": "soon"}, "eol is no day: soon"),
        ({"eol": "2026-02-30"}, "eol is no day: 2026-02-30"),
        ({"eol": "1066-10-14"}, "eol is no day: 1066-10-14"),
        ({"eol": 17}, "eol is no day: 17"),
        ({"eoas": "9999-12-31"}, "eoas is no day: 9999-12-31"),
        ({"releaseDate": True}, "releaseDate is no day"),
        (
            {"eol": "2026-11-16"},
            "it ends on 2026-11-16, before its release on 2026-11-17",
        ),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_taken(
    wrong: dict[str, Any], reason: str
) -> None:
    good = {**ROW, "releaseCycle": "154"}

    told = telling.read({"chrome": {"releases": [{**ROW, **wrong}, good]}})

    assert [each.cycle for each in told.releases] == ["154"]
    [fault] = told.wrong
    assert (fault.product, fault.reason) == ("chrome", reason)


def test_a_release_that_is_there_twice_is_named() -> None:
    told = telling.read({"chrome": {"releases": [ROW, ROW]}})

    assert len(told.releases) == 1
    assert [str(each) for each in told.wrong] == ["chrome 155: it is there twice"]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "chrome",
        {"chrome": []},
        {"chrome": {}},
        {"chrome": {"releases": {}}},
        {"chrome": {"releases": ["155"]}},
    ],
)
def test_what_is_no_such_file_is_refused_whole(document: object) -> None:
    with pytest.raises(telling.LifecyclesUnreadable):
        telling.read(document)


def test_what_is_kept_is_read_again_as_it_was() -> None:
    for release in store.own_facts():
        assert telling.release_of(telling.columns(release)) == release


async def test_the_real_file_is_taken_in_whole(
    database: db.Database, real_data: Path
) -> None:
    document = endoflife.document(real_data)

    told = telling.read(document)
    changed = await service.take_in(database, told)

    assert told.wrong == []
    assert changed == len(told.releases) > 400
    assert told.passed_over > 400


def test_our_own_facts_are_those_of_the_real_file(real_data: Path) -> None:
    document = copy.deepcopy(endoflife.document(real_data))
    theirs = {(r.product, r.cycle): r for r in telling.read(document).releases}

    for ours in store.own_facts():
        if ours.product == "chromeos":
            continue
        found = theirs[ours.product, ours.cycle]
        if ours.build is None:
            found = telling.release_of({**telling.columns(found), "build": None})
        assert ours == found
