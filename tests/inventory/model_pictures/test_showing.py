"""Pictures of models: shown by an LA, seen by its schools, replaced, taken away."""

import io
from typing import Any

import httpx
import psycopg
import pytest
from PIL import Image

from chassis.auth import Actor
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from inventory.model_pictures.model import LARGEST
from tests.inventory.attachments.samples import PDF, picture, with_place
from tests.inventory.catalogue.test_models import model_of, models
from tests.inventory.world import (
    AUDITOR,
    LEADER,
    MANAGER,
    OTHER_TECHNICIAN,
    STAFF,
    TECHNICIAN,
    Call,
    registered,
)

OTHER_LA = at_la("la-manager", "941")
ALT = "A grey laptop, open"


def at(model: dict[str, Any]) -> str:
    return f"/models/{model['model_id']}/picture"


async def sent(
    by: Call,
    model: dict[str, Any],
    content: bytes,
    actor: Actor = MANAGER,
    alt: str = ALT,
) -> httpx.Response:
    files = {"file": ("a.png", content)}
    path = f"{at(model)}/files"
    return await by(actor).post(path, params={"alt": alt}, files=files)


async def shown(by: Call, content: bytes | None = None) -> dict[str, Any]:
    """Register a laptop, and show a picture of its model."""
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")
    answer = await sent(by, model, content or picture(size=(800, 400)))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_what_an_la_shows_its_schools_see(by: Call) -> None:
    model = await shown(by, with_place(1200, 800, 6))

    assert model["picture"]["alt"] == ALT
    for actor in (MANAGER, AUDITOR, TECHNICIAN, LEADER, OTHER_TECHNICIAN):
        answer = await by(actor).get(at(model))
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/webp"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "private, no-cache"
        with Image.open(io.BytesIO(answer.content)) as small:
            assert small.size == (320, 480)
            assert not small.getexif()
    for actor in (OTHER_LA, STAFF):
        assert (await by(actor).get(at(model))).status_code == 404
    asset = (await by(TECHNICIAN).get("/assets")).json()["items"][0]
    of_asset = await by(TECHNICIAN).get(f"/assets/{asset['asset_id']}/model")
    assert of_asset.json()["picture"] == model["picture"]


async def test_a_browser_that_has_it_is_told_so(by: Call) -> None:
    model = await shown(by)
    tag = (await by(TECHNICIAN).get(at(model))).headers["etag"]

    again = await by(TECHNICIAN).get(at(model), headers={"if-none-match": tag})
    other = await by(TECHNICIAN).get(at(model), headers={"if-none-match": '"x"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert other.status_code == 200


async def test_another_takes_its_place_and_nothing_is_left(
    by: Call, rows: ServiceDatabase
) -> None:
    model = await shown(by)
    first = await by(MANAGER).get(at(model))

    again = await sent(by, model, picture("JPEG", (90, 90)), alt="Shut")

    assert again.json()["picture"]["alt"] == "Shut"
    assert (await by(MANAGER).get(at(model))).content != first.content
    assert (await by(MANAGER).delete(at(model))).status_code == 204
    assert (await by(MANAGER).delete(at(model))).status_code == 404
    gone = await by(MANAGER).get(at(model))
    assert gone.json()["type"].endswith("#model-picture-not-found")
    assert (await model_of(by, MANAGER, "thinkpad"))["picture"] is None
    with psycopg.connect(rows.admin) as admin:
        assert admin.execute("SELECT count(*) FROM file").fetchone() == (0,)
        done = admin.execute(
            "SELECT action FROM audit_entry WHERE target_id = %s ORDER BY entry_id",
            [model["model_id"]],
        ).fetchall()
    assert [each for (each,) in done] == [
        *("model.picture-set", "model.picture-set", "model.picture-removed")
    ]


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        *((TECHNICIAN, 403), (LEADER, 403), (AUDITOR, 403)),
        *((OTHER_TECHNICIAN, 404), (OTHER_LA, 404), (STAFF, 404)),
    ],
)
async def test_only_the_las_managers_show(by: Call, actor: Actor, status: int) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")

    assert (await sent(by, model, picture(), actor)).status_code == status
    assert (await by(actor).delete(at(model))).status_code == status


@pytest.mark.parametrize(
    ("content", "alt", "status", "slug"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ALT, 422, "picture-unsuitable"),
        (PDF, ALT, 422, "picture-unsuitable"),
        (picture()[:-40], ALT, 422, "picture-unsuitable"),
        (b"", ALT, 422, "file-empty"),
        (b"x" * (LARGEST + 1), ALT, 413, "too-large"),
        (picture(), "", 422, "invalid"),
        (picture(), "x" * 201, 422, "invalid"),
        (picture(), "a\x00b", 422, "invalid"),
    ],
    ids=["svg", "pdf", "cut", "empty", "large", "no words", "long words", "nul"],
)
async def test_what_is_no_picture_is_refused(
    by: Call, content: bytes, alt: str, status: int, slug: str
) -> None:
    await registered(by(TECHNICIAN))
    model = await model_of(by, MANAGER, "thinkpad")

    answer = await sent(by, model, content, alt=alt)

    assert answer.status_code == status, answer.text
    assert answer.json()["type"].rpartition("#")[2].startswith(slug)
    assert (await model_of(by, MANAGER, "thinkpad"))["picture"] is None


async def test_a_picture_follows_a_merge_and_its_undoing(by: Call) -> None:
    model = await shown(by)
    await registered(by(TECHNICIAN), tag="H", manufacturer="HP", model="ProBook")
    into = await model_of(by, MANAGER, "probook")
    body = {"kind": "model", "from_id": model["model_id"], "into_id": into["model_id"]}
    merge = (await by(MANAGER).post("/merges", json=body)).json()

    one = await model_of(by, MANAGER, "probook")
    assert one["picture"]["model_id"] == model["model_id"]
    assert (await by(TECHNICIAN).get(at(into))).status_code == 200
    again = await sent(by, one, picture(size=(20, 20)), alt="Both")
    assert again.json()["picture"] == {
        **again.json()["picture"],
        "model_id": model["model_id"],
        "alt": "Both",
    }
    await by(MANAGER).delete(f"/merges/{merge['merge_id']}")
    assert (await model_of(by, MANAGER, "probook"))["picture"] is None
    assert (await model_of(by, MANAGER, "thinkpad"))["picture"]["alt"] == "Both"


async def test_a_model_with_a_picture_stays_when_its_kit_is_gone(by: Call) -> None:
    model = await shown(by)
    asset = (await by(TECHNICIAN).get("/assets")).json()["items"][0]
    await by(TECHNICIAN).patch(
        f"/assets/{asset['asset_id']}",
        json={"manufacturer": "Dell", "model": "Latitude 3190"},
        headers={"if-match": '"1"'},
    )

    assert ("Lenovo", "ThinkPad L13", 0) in await models(by, MANAGER)
    assert (await by(MANAGER).delete(at(model))).status_code == 204
    assert await models(by, MANAGER) == [("Dell", "Latitude 3190", 1)]
