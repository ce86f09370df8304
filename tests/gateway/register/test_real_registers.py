"""The real registers of England imported over each other, as an LA would live it."""

import csv
import gzip
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.register.model.imports import Import
from tests.gateway.register.conftest import Desk
from tests.gateway.register.followers import Followers
from tests.gateway.register.real import Files

pytestmark = pytest.mark.timeout(900)
SAMPLE = 30
STORED = "SELECT urn, school_id FROM school"
STATUSES = {
    "Open": "open",
    "Open, but proposed to close": "open-proposed-to-close",
    "Closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of importing 2022, then 2024 with its links, then that once more."""

    files: Files
    desk: Desk
    followers: Followers
    first: Import
    second: Import
    third: Import
    ids: dict[int, UUID]
    sample: dict[int, int]


@pytest.fixture(scope="module")
async def told(
    real_data: Any, database_of: Callable[..., ServiceDatabase]
) -> AsyncGenerator[Told]:
    files = Files(real_data)
    stored = database_of("gateway", copy="england")
    database = Database(stored.app, 3, "england-tests")
    await database.open()
    desk = Desk(database, stored)
    followers = await Followers.open(database_of)
    links = files.links.read_bytes()

    first = await desk.bring(files.first.read_bytes(), name="schools_2022-04-25.csv")
    ids = desk.ids()
    wanted = files.conversions()
    chosen = random.Random(4).sample(sorted(wanted), SAMPLE)
    await followers.hear(said(desk, [ids[urn] for urn in chosen], 0))
    last = desk.asked("SELECT max(id) FROM outbox")[0][0]
    await followers.fill(chosen)

    register = files.second.read_bytes()
    second = await desk.bring(register, links, name="register_2024-06-17.csv")
    await followers.hear(said(desk, [ids[urn] for urn in chosen], last))
    third = await desk.bring(register, links, name="register_2024-06-17.csv")
    yield Told(
        files,
        desk,
        followers,
        first,
        second,
        third,
        ids,
        {urn: wanted[urn] for urn in chosen},
    )
    await followers.close()
    await database.close()


def said(desk: Desk, school_ids: Sequence[UUID], after: int) -> list[tuple[Any, ...]]:
    """Read what the directory said of some schools since."""
    with psycopg.connect(desk.stored.admin) as admin:
        return admin.execute(
            "SELECT type, data FROM outbox WHERE id > %s AND school_id = ANY(%s)"
            " ORDER BY id",
            [after, list(school_ids)],
        ).fetchall()


async def test_two_counties_are_taken_from_the_register_s_own_extract(
    real_data: Any, desk: Desk
) -> None:
    content = Files(real_data).raw.read_bytes()
    plain = gzip.decompress(content).decode("cp1252")
    names = {row["URN"]: row["EstablishmentName"] for row in reader(plain)}
    assert len(names) == 1027

    found = await desk.bring(content, name="20220420_gias.csv")

    assert (found.file_rows, found.counts["new"], found.counts["faults"]) == (
        1027,
        1027,
        0,
    )
    stored = desk.asked("SELECT urn::text, name FROM school")
    assert dict(stored) == names  # type: ignore[arg-type]


async def test_ragged_lines_of_an_extract_are_told_and_the_others_taken(
    real_data: Any, desk: Desk
) -> None:
    plain = gzip.decompress(Files(real_data).raw.read_bytes()).decode("cp1252")
    lines = plain.split("\r\n")
    lines[10] += ",one too many"
    lines[500] = lines[500].rsplit(",", 3)[0]

    found = await desk.bring("\r\n".join(lines).encode("cp1252"))

    assert found.counts["new"] == 1025
    faults = desk.asked("SELECT line FROM school_import_fault ORDER BY line")
    assert faults == [(11,), (501,)]


def test_every_school_of_2022_is_taken(told: Told) -> None:
    assert told.first.counts["new"] == len(told.files.before) == len(told.ids) == 20_185


def test_every_urn_that_was_stored_keeps_its_school(told: Told) -> None:
    after = told.desk.ids()

    assert {urn: after[urn] for urn in told.ids} == told.ids


def test_every_plain_conversion_goes_on_under_its_new_urn(told: Told) -> None:
    wanted = told.files.conversions()
    present = dict(told.desk.asked(STORED))  # type: ignore[arg-type]

    assert len(wanted) > 850
    assert {urn: present.get(new) for urn, new in wanted.items()} == {
        urn: told.ids[urn] for urn in wanted
    }
    assert told.second.counts["converted"] >= len(wanted)


def test_schools_that_merged_stay_two_and_point_at_each_other(told: Told) -> None:
    wanted = told.files.mergers()
    statuses = dict(told.desk.asked("SELECT urn, status FROM school"))  # type: ignore[arg-type]
    links = set(told.desk.asked("SELECT urn, other_urn FROM school_link"))

    assert wanted
    for urn, successor in wanted:
        assert (statuses[urn], statuses[successor] != "closed") == ("closed", True)
        assert {(urn, successor), (successor, urn)} <= links


def test_what_is_stored_is_what_the_register_says(told: Told) -> None:
    stored = told.desk.asked("SELECT urn, name, status FROM school")
    register = told.files.after

    different = [
        (urn, name, status)
        for urn, name, status in stored
        if urn in register
        and (name, status)
        != (register[urn]["name"].strip(), STATUSES.get(register[urn]["status"]))
        and register[urn]["status"] != "Proposed to open"
    ]
    assert different == []
    # Whoever was open in 2024 with a phase, and of an authority, is there.
    there = {urn for urn, _, _ in stored}
    wanting = {
        urn
        for urn, row in register.items()
        if row["status"] == "Open"
        and row["phase_of_education"] not in {"", "Not applicable"}
        and row["local_authority_name"] != "Does not apply"
        and urn not in there
    }
    assert wanting == set()


def test_cumbria_s_schools_pass_to_its_two_successors(told: Told) -> None:
    names = {"Cumberland": "942", "Westmorland and Furness": "943"}
    wanted = {
        urn: names[told.files.after[urn]["local_authority_name"]]
        for urn, row in told.files.before.items()
        if row["la_code"] == "909"
        and urn in told.files.after
        and told.files.after[urn]["local_authority_name"] in names
    }
    # By any URN that a school has or had: some became academies meanwhile.
    las = dict(
        told.desk.asked(
            "SELECT i.urn, s.la_code FROM school_identity AS i"
            " INNER JOIN school AS s USING (school_id)"
        )  # type: ignore[arg-type]
    )

    assert len(wanted) > 280
    assert {urn: las[urn] for urn in wanted} == wanted
    departed = told.desk.asked(
        "SELECT count(*) FROM outbox"
        " WHERE subject = 'joinedup.gateway.departure.recorded.v1.909'"
    )
    assert departed[0][0] >= len(wanted)


def test_the_same_register_again_changes_nothing(told: Told) -> None:
    assert told.third.counts["total"] == 0


async def test_every_conversion_keeps_its_kit_and_tickets(told: Told) -> None:
    assert len(told.sample) == SAMPLE
    for old, new in told.sample.items():
        assert await told.followers.kept(old, new) == (old, new)


def reader(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))
