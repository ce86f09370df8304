"""Whose licences are: who writes and reads them, where they go, and names in them."""

import pytest
from fastapi import FastAPI

from chassis import db
from chassis.auth import Actor
from chassis.testing.identities import Signing
from tests.inventory.agents.test_forgetting_names import ABOUT, ERASE, ask
from tests.inventory.assets.test_following_a_school import hear, said
from tests.inventory.licences.holding import bought, licence, of_authority, where
from tests.inventory.world import (
    AUDITOR,
    FAR_AWAY,
    HERE,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    at_la,
)

FOREIGN_MANAGER = at_la("la-manager", "941")
IF_FIRST = {"if-match": '"1"'}


async def test_an_las_licence_is_written_by_its_managers_and_read_by_its_schools(
    by: Call,
) -> None:
    made = await bought(by(MANAGER), of_authority())
    path = where(made)

    assert (made["school_urn"], made["la_code"]) == (None, HERE.la_code)
    for reader in (TECHNICIAN, LEADER, OTHER_TECHNICIAN, AUDITOR):
        assert (await by(reader).get(path)).json() == made
        refused = await by(reader).patch(path, json={"seats": 1}, headers=IF_FIRST)
        assert refused.status_code == 403
        assert (await by(reader).delete(path, headers=IF_FIRST)).status_code == 403
    for stranger in (STAFF, FOREIGN_MANAGER):
        assert (await by(stranger).get(path)).status_code == 404
    assert (await by(FOREIGN_MANAGER).get("/licences")).json()["items"] == []
    done = await by(MANAGER).patch(path, json={"seats": 1}, headers=IF_FIRST)
    assert done.json()["seats"] == 1


async def test_another_schools_licence_is_not_there(by: Call) -> None:
    made = await bought(by(TECHNICIAN), licence())

    for stranger in (OTHER_TECHNICIAN, STAFF, FOREIGN_MANAGER):
        client = by(stranger)
        assert (await client.get(where(made))).status_code == 404
        answer = await client.delete(where(made), headers=IF_FIRST)
        assert answer.status_code == 404
        assert (await client.get("/licences/count")).json()["count"] == 0


@pytest.mark.parametrize(
    ("actor", "school", "authority"),
    [
        (TECHNICIAN, 201, 404),
        (LEADER, 201, 404),
        (MANAGER, 201, 201),
        (AUDITOR, 403, 403),
        (STAFF, 404, 404),
        (OTHER_TECHNICIAN, 404, 404),
        (FOREIGN_MANAGER, 404, 404),
    ],
)
async def test_who_may_write_is_a_matter_of_the_place(
    by: Call, actor: Actor, school: int, authority: int
) -> None:
    one = await by(actor).post("/licences", json=licence())
    two = await by(actor).post("/licences", json=of_authority())

    assert (one.status_code, two.status_code) == (school, authority)


async def test_a_schools_licences_go_with_it_and_the_las_stay(
    by: Call, worker: db.Database
) -> None:
    own = await bought(by(TECHNICIAN), licence())
    pool = await bought(by(MANAGER), of_authority())
    there = await bought(by(FOREIGN_MANAGER), of_authority(la_code=FAR_AWAY.la_code))

    await hear(worker, said(HERE, 2, la_code=FAR_AWAY.la_code))

    ids = [own["licence_id"], there["licence_id"]]
    for reader in (TECHNICIAN, FOREIGN_MANAGER):
        found = (await by(reader).get("/licences")).json()["items"]
        assert sorted(each["licence_id"] for each in found) == sorted(ids)
    assert (await by(TECHNICIAN).get(where(pool))).status_code == 404
    assert (await by(MANAGER).get(where(own))).status_code == 404


async def test_a_name_in_it_is_told_and_erased(
    by: Call, app: FastAPI, signing: Signing
) -> None:
    own = await bought(by(TECHNICIAN), licence(note="Ask Orla O'Quill", supplier="X"))
    pool = await bought(by(MANAGER), of_authority(reference="o.quill@school.example"))

    held = await ask(app, signing, "told", ABOUT)
    counts = await ask(app, signing, "erased", ERASE)

    assert len(held["licences"]) == 2
    assert counts["licences"] == 2
    assert (await by(MANAGER).get(where(own))).json()["note"] == "Ask [name erased]"
    assert (await by(MANAGER).get(where(pool))).json()["reference"] == "[name erased]"
