"""Pictures and documents of kit: added, shown, saved, taken away, and whose."""

import asyncio
import io
import re
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from PIL import Image

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from inventory.attachments.model.attachments import LARGEST, MOST
from tests.inventory.attachments.samples import PDF, picture, with_place
from tests.inventory.waiting import held
from tests.inventory.world import (
    AUDITOR,
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

SAID = {"title": "The front, with a dent", "kind": "picture"}


def files_of(asset: dict[str, Any]) -> str:
    return f"/assets/{asset['asset_id']}/files"


async def added(
    client: httpx.AsyncClient,
    asset: dict[str, Any],
    content: bytes,
    name: str = "photo.png",
) -> dict[str, Any]:
    answer = await sent(client, asset, content, name)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sent(
    client: httpx.AsyncClient,
    asset: dict[str, Any],
    content: bytes,
    name: str = "photo.png",
    **said: str,
) -> httpx.Response:
    files = {"file": (name, content)}
    return await client.post(files_of(asset), params=SAID | said, files=files)


async def listed(
    client: httpx.AsyncClient, asset: dict[str, Any]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(files_of(asset))).json()["items"]
    return found


async def test_a_photograph_is_added_shown_saved_and_taken_away(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    photograph = with_place(800, 400, 6)

    made = await added(client, asset, photograph, "IMG 0001.jpg")

    assert made["title"] == SAID["title"]
    assert (made["media_type"], made["is_picture"]) == ("image/jpeg", True)
    assert await listed(client, asset) == [made]
    one = f"{files_of(asset)}/{made['attachment_id']}"
    saved = await client.get(f"{one}/file")
    assert saved.headers["content-disposition"].startswith(
        'attachment; filename="IMG 0001.jpg"'
    )
    assert saved.headers["content-type"] == "image/jpeg"
    assert saved.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in saved.headers["content-security-policy"]
    assert b"Exif" not in saved.content
    assert len(saved.content) == made["size"]
    shown = await client.get(f"{one}/picture")
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in shown.headers
    with Image.open(io.BytesIO(shown.content)) as small:
        assert small.size == (240, 480)

    assert (await client.delete(one)).status_code == 204
    assert await listed(client, asset) == []
    assert (await client.get(f"{one}/file")).status_code == 404
    assert (await client.delete(one)).status_code == 404
    with psycopg.connect(rows.admin) as admin:
        assert admin.execute("SELECT count(*) FROM file").fetchone() == (0,)
        done = admin.execute(
            "SELECT action FROM audit_entry WHERE target_id = %s ORDER BY entry_id",
            [asset["asset_id"]],
        ).fetchall()
    assert [each for (each,) in done][-2:] == ["attachment.added", "attachment.removed"]


async def test_a_bare_body_is_a_file_too(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    said = {"title": "Invoice", "kind": "invoice", "name": "../../etc/Invoice 7.pdf"}

    answer = await client.post(files_of(asset), params=said, content=PDF)

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["name"], made["kind"]) == ("Invoice 7.pdf", "invoice")
    one = f"{files_of(asset)}/{made['attachment_id']}"
    assert (await client.get(f"{one}/file")).content == PDF
    none = await client.get(f"{one}/picture")
    assert none.status_code == 404
    assert none.json()["type"].endswith("#picture-not-found")


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"<html><script>alert(1)</script></html>", "attachment-unsuitable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "attachment-unsuitable"),
        (picture("PNG")[:-40], "attachment-unsuitable"),
        (b"", "file-empty"),
    ],
)
async def test_what_is_no_such_file_is_refused(
    by: Call, content: bytes, slug: str
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    answer = await sent(client, asset, content)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith(f"#{slug}")
    assert await listed(client, asset) == []


async def test_a_file_over_the_limit_is_refused(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    for content in (bytes(LARGEST + 1), bytes(LARGEST + (1 << 20))):
        answer = await sent(client, asset, content)
        assert answer.status_code == 413
        assert answer.json()["limit_bytes"] > 0


@pytest.mark.parametrize(
    "said",
    [{"title": ""}, {"title": "a\x00b"}, {"title": "x" * 201}, {"kind": "page"}],
    ids=str,
)
async def test_what_is_said_of_it_is_judged(by: Call, said: dict[str, str]) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    answer = await sent(client, asset, PDF, **said)

    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert fault["pointer"].endswith(next(iter(said)))


async def test_a_hostile_name_is_made_plain(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)

    answer = await client.post(
        files_of(asset), files={"file": ("..\\..\\a\u202egnp.exe", PDF)}
    )

    made = answer.json()
    assert (made["name"], made["title"]) == ("agnp.exe.pdf", "agnp.exe.pdf")
    where = f"{files_of(asset)}/{made['attachment_id']}/file"
    said = (await client.get(where)).headers["content-disposition"]
    assert not re.search(r"[\r\n\\]", said)


async def test_one_content_is_attached_once(by: Call) -> None:
    client = by(TECHNICIAN)
    asset, other = await registered(client), await registered(client, tag="OTHER")
    await added(client, asset, PDF)

    again = await sent(client, asset, PDF)

    assert again.status_code == 409
    assert again.json()["type"].endswith("#attachment-there-already")
    await added(client, other, PDF)
    assert len(await listed(client, asset)) == 1


async def test_an_asset_has_so_many_and_no_more(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    await added(client, asset, PDF)
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO asset_attachment (la_code, school_id, asset_id, kind, title,"
            " file_id, added_by) SELECT la_code, school_id, asset_id, kind, title,"
            " file_id, added_by FROM asset_attachment, generate_series(2, %s)",
            [MOST],
        )

    answer = await sent(client, asset, picture())

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#attachments-full")
    assert len(await listed(client, asset)) == MOST


async def test_what_is_taken_away_meanwhile_is_not_there(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    async with held(rows, asset) as (other, waiting):
        sending = asyncio.create_task(sent(client, asset, PDF))
        await waiting(1)

        gone = "DELETE FROM asset WHERE asset_id = %s"
        await other.execute(gone, [asset["asset_id"]])
        await other.commit()

        answer = await sending
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("#asset-not-found")


async def test_a_full_la_takes_no_more(by: Call, app: FastAPI) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    usual = app.state.settings
    app.state.settings = usual.model_copy(update={"files_quota": 10})

    try:
        answer = await sent(client, asset, PDF)
    finally:
        app.state.settings = usual

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("#files-full")


@pytest.mark.parametrize(
    ("actor", "reading", "writing"),
    [
        (MANAGER, 200, 204),
        (LEADER, 200, 403),
        (AUDITOR, 200, 403),
        (STAFF, 404, 404),
        (OTHER_TECHNICIAN, 404, 404),
    ],
)
async def test_who_may(by: Call, actor: Actor, reading: int, writing: int) -> None:
    asset = await registered(by(TECHNICIAN))
    made = await added(by(TECHNICIAN), asset, picture())
    client = by(actor)
    one = f"{files_of(asset)}/{made['attachment_id']}"

    for path in (files_of(asset), f"{one}/file", f"{one}/picture"):
        assert (await client.get(path)).status_code == reading
    refused = {204: 201}.get(writing, writing)
    assert (await sent(client, asset, PDF)).status_code == refused
    assert (await client.delete(one)).status_code == writing


async def test_one_of_another_asset_is_not_found(by: Call) -> None:
    client = by(TECHNICIAN)
    asset, other = await registered(client), await registered(client, tag="OTHER")
    made = await added(client, asset, picture())

    for name in (made["attachment_id"], str(uuid4())):
        one = f"{files_of(other)}/{name}"
        for answer in (
            await client.get(f"{one}/file"),
            await client.get(f"{one}/picture"),
            await client.delete(one),
        ):
            assert answer.status_code == 404


async def test_it_goes_where_its_asset_goes(by: Call) -> None:
    manager = by(MANAGER)
    asset = await registered(by(TECHNICIAN))
    made = await added(by(TECHNICIAN), asset, picture())
    one = f"{files_of(asset)}/{made['attachment_id']}"

    moved = await manager.post(
        f"/assets/{asset['asset_id']}/move",
        json={
            "school_urn": NEXT_DOOR.urn,
            **dict.fromkeys(("site", "building", "room")),
        },
        headers={"if-match": '"2"'},
    )

    assert moved.status_code == 200, moved.text
    assert (await by(TECHNICIAN).get(f"{one}/file")).status_code == 404
    there = by(OTHER_TECHNICIAN)
    assert await listed(there, asset) == [made]
    assert (await there.get(f"{one}/file")).status_code == 200
    assert (await there.get(f"{one}/picture")).status_code == 200
    assert (await there.delete(one)).status_code == 204


async def test_what_is_out_of_use_gets_its_certificate(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client)
    where = f"/assets/{asset['asset_id']}/retire"
    await client.post(where, headers={"if-match": '"1"'})

    await added(client, asset, PDF)

    assert HERE.urn == asset["school_urn"]
