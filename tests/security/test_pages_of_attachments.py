"""Pictures and documents on an asset's page: who is offered what, what is refused."""

from collections.abc import Generator, Mapping
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import httpx
import pytest

from gateway.portal.attachments.model import LARGEST
from inventory.attachments.model.attachments import MOST
from tests.inventory.attachments.samples import PDF, picture
from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset
from tests.security.test_looking_as_somebody import looking

API = "/api/inventory/v1/assets"
HTML = {"accept": "text/html"}
SAID = MappingProxyType({"title": 'The "dent" <b>', "kind": "picture"})
WRITTEN = "The &#34;dent&#34; &lt;b&gt;"


async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def new_asset(session: Session) -> str:
    """Make an asset without files and return its page's path."""
    answer = await session.ask("POST", API, json=asset(MINE, tag=uuid4().hex))
    return f"/schools/{MINE}/assets/{answer.json()['asset_id']}"


async def sent(
    session: Session,
    page: str,
    content: bytes | None,
    said: Mapping[str, str] = SAID,
    name: str = "a.png",
) -> httpx.Response:
    """Send the form; of no content, as a browser does where no file was chosen."""
    file = ("", b"") if content is None else (name, content)
    return await session.ask(
        "POST", f"{page}/files/new", HTML, data=dict(said), files={"file": file}
    )


async def of(session: Session, page: str) -> list[dict[str, Any]]:
    path = f"{API}/{page.rpartition('/')[2]}/files"
    found: list[dict[str, Any]] = (await session.ask("GET", path)).json()["items"]
    return found


async def test_who_changes_an_asset_adds_and_who_reads_it_sees(
    product: Product,
) -> None:
    keeper = await technician(product)
    page = await new_asset(keeper)
    assert "There are none yet. Add a photograph" in await text(keeper, page)

    assert (await sent(keeper, page, picture())).status_code == 303
    said = {"title": "Invoice 4711", "kind": "invoice"}
    added = await sent(keeper, page, PDF, said)

    assert added.headers["location"] == f"{page}#attachments"
    invoice, photograph = await of(keeper, page)
    where = f"{API}/{page.rpartition('/')[2]}/files"
    for role in ("school-technician", "school-leader"):
        shown = await text(await product.signed_in(role, MINE), page)
        small = f'src="{where}/{photograph["attachment_id"]}/picture" alt="{WRITTEN}"'
        assert small in shown
        assert f'href="{where}/{photograph["attachment_id"]}/file"' in shown
        assert f'href="{where}/{invoice["attachment_id"]}/file"' in shown
        assert "Invoice, PDF, 1 KB" in shown
        is_keeper = role == "school-technician"
        assert ("Added by you on" in shown) == is_keeper
        assert ("Add a picture or document" in shown) == is_keeper
        assert ("/remove" in shown) == is_keeper


async def text(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize(
    ("content", "said", "told"),
    [
        (None, SAID, "Choose a file"),
        (b"", SAID, "The file is empty"),
        (b"MZ", SAID, "The file must be a picture (PNG, JPEG or WebP), a PDF"),
        (b"x" * (LARGEST + 1), SAID, "The file must be 10 MB or smaller"),
        (PDF, {"title": " ", "kind": "other"}, "Enter what it shows or is"),
        (PDF, {"title": "x" * 201, "kind": "other"}, "must be 200 characters or fewer"),
        (PDF, {"title": "A", "kind": "film"}, "Choose what kind it is"),
    ],
    ids=["none", "empty", "program", "large", "untitled", "long title", "kind"],
)
async def test_what_is_refused_is_said_on_the_form_beside_what_was_typed(
    product: Product, content: bytes | None, said: Mapping[str, str], told: str
) -> None:
    keeper = await technician(product)
    page = await new_asset(keeper)

    answer = await sent(keeper, page, content, said)

    assert answer.status_code == 422
    assert "<title>Error: Add a picture or document" in answer.text
    assert answer.text.count(told) == 2
    typed = WRITTEN if said is SAID else said["title"].strip()
    assert not typed or f'value="{typed}"' in answer.text
    assert await of(keeper, page) == []


async def test_a_file_too_large_for_the_form_is_said_there(product: Product) -> None:
    keeper = await technician(product)

    answer = await keeper.ask(
        "GET", f"{await new_asset(keeper)}/files/new?too_large=yes", HTML
    )

    assert answer.status_code == 422
    assert "The file must be 10 MB or smaller" in answer.text


async def test_an_asset_takes_a_file_once_and_fifty_at_most(product: Product) -> None:
    keeper = await technician(product)
    page = await new_asset(keeper)
    path = f"{API}/{page.rpartition('/')[2]}/files"
    for n in range(MOST):
        made = await keeper.ask("POST", path, content=PDF + b"%d" % n)
        assert made.status_code == 201, made.text

    again = await sent(keeper, page, PDF + b"0")
    full = await sent(keeper, page, PDF)

    assert (again.status_code, full.status_code) == (409, 409)
    assert "This asset has that very file already" in again.text
    assert "has 50 pictures and documents already: remove one first" in full.text
    assert f'value="{WRITTEN}"' in full.text


@pytest.fixture
def no_room(product: Product) -> Generator[None]:
    """No LA may keep more than it does."""
    state = product.apps["inventory"].state
    usual = state.settings
    state.settings = usual.model_copy(update={"files_quota": 1})
    yield
    state.settings = usual


async def test_an_authority_that_keeps_too_much_is_told_so(
    product: Product, no_room: None
) -> None:
    del no_room
    keeper = await technician(product)

    answer = await sent(keeper, await new_asset(keeper), PDF)

    assert answer.status_code == 409
    assert "There is no room for this file: delete others first" in answer.text


async def test_one_is_removed_after_a_question(product: Product) -> None:
    keeper = await technician(product)
    page = await new_asset(keeper)
    await sent(keeper, page, picture())
    [made] = await of(keeper, page)
    one = f"{page}/files/{made['attachment_id']}/remove"

    assert f"<strong>{WRITTEN}</strong> (a.png, 1 KB)" in await text(keeper, one)
    answer = await keeper.ask("POST", one, HTML)

    assert answer.headers["location"] == f"{page}#attachments"
    assert await of(keeper, page) == []
    assert (await keeper.ask("POST", one, HTML)).status_code == 404


@pytest.mark.parametrize(
    ("role", "urn", "status"),
    [
        ("school-leader", MINE, 403),
        ("staff", MINE, 404),
        ("school-technician", NEXT_DOOR, 404),
    ],
)
async def test_nobody_else_reaches_the_forms(
    product: Product, role: str, urn: int, status: int
) -> None:
    found = product.tenants[MINE].attachment
    page = f"/schools/{MINE}/assets/{found['asset_id']}"
    one = f"{page}/files/{found['attachment_id']}/remove"
    other = await product.signed_in(role, urn)

    for path in (f"{page}/files/new", one):
        assert (await other.ask("GET", path, HTML)).status_code == status
    assert (await sent(other, page, PDF)).status_code == status
    assert (await other.ask("POST", one, HTML)).status_code == status
    assert len(await of(await technician(product), page)) == 1


async def test_who_looks_as_somebody_sees_small_pictures_and_takes_none(
    product: Product,
) -> None:
    found = product.tenants[MINE].attachment
    path = f"{API}/{found['asset_id']}/files/{found['attachment_id']}"
    seen = await looking(product, "school-technician", MINE)

    page = await text(seen, f"/schools/{MINE}/assets/{found['asset_id']}")
    small = await seen.ask("GET", f"{path}/picture")
    whole = await seen.ask("GET", f"{path}/file")

    assert f'src="{path}/picture"' in page
    assert f"{path}/file" not in page
    assert (small.status_code, small.headers["content-type"]) == (200, "image/webp")
    assert whole.status_code == 403
    assert whole.json()["type"].endswith("#viewing-only")
