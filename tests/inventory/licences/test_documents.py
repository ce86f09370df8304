"""Documents of licences: kept, saved, taken away, and whose they are."""

from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from chassis import db
from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from inventory.licence_documents.model import LARGEST, MOST
from tests.inventory.agents.test_forgetting_names import ABOUT, ERASE, ask
from tests.inventory.assets.test_following_a_school import hear, said
from tests.inventory.attachments.samples import PDF, with_place
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


async def sent(
    client: httpx.AsyncClient, held: dict[str, Any], content: bytes = PDF, **more: str
) -> httpx.Response:
    asked = {"title": "The order", "name": "Order 7.pdf", **more}
    return await client.post(f"{where(held)}/files", params=asked, content=content)


async def kept(
    client: httpx.AsyncClient, held: dict[str, Any], content: bytes = PDF, **more: str
) -> dict[str, Any]:
    answer = await sent(client, held, content, **more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def listed(client: httpx.AsyncClient, held: dict[str, Any]) -> list[Any]:
    answer = await client.get(f"{where(held)}/files")
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["items"]
    return found


def files_in(rows: ServiceDatabase) -> list[tuple[Any, ...]]:
    with psycopg.connect(rows.admin) as admin:
        return admin.execute("SELECT la_code, name FROM file ORDER BY name").fetchall()


async def test_one_is_kept_saved_and_taken_away(
    by: Call, rows: ServiceDatabase
) -> None:
    client = by(LEADER)
    held = await bought(client, licence())

    made = await kept(client, held)
    one = f"{where(held)}/files/{made['document_id']}"
    saved = await by(AUDITOR).get(f"{one}/file")

    assert (made["title"], made["media_type"]) == ("The order", "application/pdf")
    assert await listed(by(TECHNICIAN), held) == [made]
    assert (saved.content, saved.headers["x-content-type-options"]) == (PDF, "nosniff")
    assert "Order 7.pdf" in saved.headers["content-disposition"]
    assert (await client.delete(one)).status_code == 204
    assert (await client.delete(one)).status_code == 404
    assert (await client.get(f"{one}/file")).status_code == 404
    assert files_in(rows) == []
    told = await by(AUDITOR).get("/audit", params={"target_id": held["licence_id"]})
    assert [each["action"] for each in told.json()["items"]][:2] == [
        *("licence.document-removed", "licence.document-added"),
    ]


async def test_they_go_with_their_licence(by: Call, rows: ServiceDatabase) -> None:
    client = by(TECHNICIAN)
    held, other = await bought(client, licence()), await bought(client, licence())
    await kept(client, held, name="a.pdf")
    await kept(client, held, PDF + b"2", name="b.pdf")
    await kept(client, other, name="c.pdf")

    gone = await client.delete(where(held), headers={"if-match": '"1"'})

    assert gone.status_code == 204, gone.text
    assert files_in(rows) == [("940", "c.pdf")]


async def test_they_go_with_their_school(
    by: Call, rows: ServiceDatabase, worker: db.Database
) -> None:
    held = await bought(by(TECHNICIAN), licence())
    pool = await bought(by(MANAGER), of_authority())
    made = await kept(by(TECHNICIAN), held, name="own.pdf")
    await kept(by(MANAGER), pool, name="pool.pdf")

    await hear(worker, said(HERE, 2, la_code=FAR_AWAY.la_code))

    assert files_in(rows) == [("941", "own.pdf"), ("940", "pool.pdf")]
    one = f"{where(held)}/files/{made['document_id']}/file"
    assert (await by(FOREIGN_MANAGER).get(one)).content == PDF
    assert (await by(MANAGER).get(one)).status_code == 404


async def test_what_is_sent_is_judged_by_its_content(by: Call) -> None:
    client = by(TECHNICIAN)
    held = await bought(client, licence())

    photograph = await kept(client, held, with_place(80, 40, 6), name="scan.jpg")
    saved = await client.get(f"{where(held)}/files/{photograph['document_id']}/file")
    wrong = await sent(client, held, b"MZ" * 99, name="order.pdf")
    large = await sent(client, held, PDF + b"x" * LARGEST)

    assert photograph["media_type"] == "image/jpeg"
    assert b"Exif" not in saved.content
    assert wrong.json()["type"].endswith("#attachment-unsuitable")
    assert large.status_code == 413


async def test_the_same_one_is_kept_once_and_no_more_than_there_may_be(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    held = await bought(client, licence())
    for n in range(MOST):
        await kept(client, held, PDF + str(n).encode())

    again, more = await sent(client, held, PDF + b"0"), await sent(client, held)

    assert again.json()["type"].endswith("#licence-document-there-already")
    assert more.json()["type"].endswith("#licence-documents-full")
    assert len(await listed(client, held)) == MOST


async def test_an_las_are_the_las(by: Call) -> None:
    pool = await bought(by(MANAGER), of_authority())
    made = await kept(by(MANAGER), pool)
    one = f"{where(pool)}/files/{made['document_id']}"

    assert await listed(by(AUDITOR), pool) == [made]
    for reader in (TECHNICIAN, LEADER, OTHER_TECHNICIAN):
        assert await listed(by(reader), pool) == []
        assert (await by(reader).get(f"{one}/file")).status_code == 404
        assert (await by(reader).delete(one)).status_code == 403
        assert (await sent(by(reader), pool)).status_code == 403


@pytest.mark.parametrize(
    ("actor", "status"),
    [(OTHER_TECHNICIAN, 404), (STAFF, 404), (FOREIGN_MANAGER, 404), (AUDITOR, 403)],
)
async def test_who_may_not_write_keeps_none(
    by: Call, actor: Actor, status: int
) -> None:
    held = await bought(by(TECHNICIAN), licence())
    made = await kept(by(TECHNICIAN), held)
    one = f"{where(held)}/files/{made['document_id']}"

    assert (await sent(by(actor), held, PDF + b"2")).status_code == status
    assert (await by(actor).delete(one)).status_code == status
    if status == 404:
        assert (await by(actor).get(f"{one}/file")).status_code == 404


async def test_one_of_another_licence_is_not_there(by: Call) -> None:
    client = by(TECHNICIAN)
    held, other = await bought(client, licence()), await bought(client, licence())
    made = await kept(client, held)
    one = f"{where(other)}/files/{made['document_id']}"

    assert (await client.get(f"{one}/file")).status_code == 404
    assert (await client.delete(one)).status_code == 404


async def test_a_name_in_what_they_are_called_is_told_and_erased(
    by: Call, app: FastAPI, signing: Signing, rows: ServiceDatabase
) -> None:
    held = await bought(by(TECHNICIAN), licence())
    pool = await bought(by(MANAGER), of_authority())
    named = {"title": "Order of Orla O'Quill", "name": "Orla O'Quill.pdf"}
    await kept(by(TECHNICIAN), held, PDF, **named)
    await kept(by(MANAGER), pool, PDF, **named)

    told = await ask(app, signing, "told", ABOUT)
    counts = await ask(app, signing, "erased", ERASE)

    assert len(told["licence_documents"]) == 2
    assert counts["licence_documents"] == 2
    assert [name for _, name in files_in(rows)] == ["[name erased].pdf"] * 2
    assert "licence_documents" not in await ask(app, signing, "erased", ERASE)
