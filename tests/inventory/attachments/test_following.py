"""Pictures and documents of a school that passes to another LA, and names in them."""

import psycopg
from fastapi import FastAPI

from chassis import consumer, db
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing, at_la
from inventory.work import SERVICE
from tests.inventory.agents.test_forgetting_names import ABOUT, ERASE, ask
from tests.inventory.assets.test_following_a_school import said
from tests.inventory.attachments.samples import PDF, picture
from tests.inventory.world import HERE, MANAGER, TECHNICIAN, Call, registered

(SCHOOLS,) = SERVICE.subscriptions
NEW_MANAGER = at_la("la-manager", "941")


async def test_they_go_with_their_school_to_another_la(
    by: Call, rows: ServiceDatabase
) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}/files"
    made = (await by(TECHNICIAN).post(where, content=picture())).json()
    worker = db.Database(rows.worker, 2, "inventory-worker")
    await worker.open()

    try:
        fact = said(HERE, 2, la_code="941")
        await consumer.apply(worker, "inventory", SCHOOLS, [fact])
    finally:
        await worker.close()

    one = f"{where}/{made['attachment_id']}"
    for path in (where, f"{one}/file", f"{one}/picture"):
        assert (await by(MANAGER).get(path)).status_code == 404
        assert (await by(NEW_MANAGER).get(path)).status_code == 200
        assert (await by(TECHNICIAN).get(path)).status_code == 200
    with psycopg.connect(rows.admin) as admin:
        found = admin.execute("SELECT DISTINCT la_code FROM file").fetchall()
    assert found == [("941",)]
    assert (await by(NEW_MANAGER).delete(one)).status_code == 204


async def test_a_name_is_told_and_erased(
    by: Call, app: FastAPI, signing: Signing
) -> None:
    asset = await registered(by(TECHNICIAN))
    where = f"/assets/{asset['asset_id']}/files"
    named = {"title": "Signed by Orla O'Quill", "name": "Orla O'Quill.pdf"}
    answer = await by(TECHNICIAN).post(where, params=named, content=PDF)
    assert answer.status_code == 201, answer.text

    held = await ask(app, signing, "told", ABOUT)
    counts = await ask(app, signing, "erased", ERASE)

    assert [each["title"] for each in held["attachments"]] == [named["title"]]
    assert (counts["attachments"], counts["attachment_names"]) == (1, 1)
    [kept] = (await by(TECHNICIAN).get(where)).json()["items"]
    assert "Quill" not in f"{kept['title']} {kept['name']}"
