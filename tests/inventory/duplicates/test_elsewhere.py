"""What a duplicate is where it is met by other ways than its own page."""

import psycopg
from fastapi import FastAPI

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.inventory.agents.test_forgetting_names import ERASE, ask
from tests.inventory.duplicates.test_merging import merged, slug
from tests.inventory.sheets.conftest import Sender, at_work, technician
from tests.inventory.world import HERE, TECHNICIAN, Call, registered

__all__ = ["at_work", "technician"]


async def test_software_is_not_taken_down_on_what_is_out_of_use(by: Call) -> None:
    client = by(TECHNICIAN)
    kept = await registered(client, tag="KEPT")
    duplicate = await registered(client, tag="DUPLICATE")
    await merged(client, kept, duplicate)
    titles = [{"publisher": "P", "name": "Zed", "version": "1"}]
    said = [{"asset_id": duplicate["asset_id"], "titles": titles}]

    answer = await client.post("/software/bulk", json={"items": said})

    assert slug(answer) == (409, "asset-retired")
    assert answer.json()["errors"][0]["pointer"] == "/items/0/asset_id"


async def test_a_row_that_bears_a_duplicates_tag_is_named(
    technician: Sender,
) -> None:
    client = technician.http
    kept = await registered(client, tag="KEPT")
    await merged(client, kept, await registered(client, tag="TWIN"))
    table = b"Tag,Category,Make,Model,Room\nTWIN,laptop,D,L,Hall\nNEW,laptop,D,L,\n"

    tried = await technician.tried(table, on_known="update")
    applied = await technician.done(tried, "apply")

    [fault] = await technician.faults(tried)
    assert (fault["line"], fault["said"]) == (2, "TWIN")
    assert "merged" in fault["detail"]
    assert (applied["made"], applied["updated"]) == (1, 0)


async def test_who_is_erased_is_found_by_no_former_name_of_a_machine(
    by: Call, app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    kept = await registered(client, tag="KEPT")
    named = {"hostname": "pc of Orla O'Quill"}
    duplicate = await registered(client, tag="TWIN", details=named)
    await merged(client, kept, duplicate)
    asked = {"q": "quill", "school": HERE.urn}
    before = (await client.get("/assets", params=asked)).json()["items"]

    counts = await ask(app, signing, "erased", ERASE)

    assert [each["tag"] for each in before] == ["KEPT"]
    assert counts["places"] == 2
    assert (await client.get("/assets", params=asked)).json()["items"] == []
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute("SELECT a::text FROM asset AS a").fetchall()
    assert "quill" not in str(found).lower()
