"""Who has kit, as people give it out, take it back and look it up."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def page_of_new(session: Session, **values: Any) -> tuple[str, str]:
    """Register an asset; say the address of who has it, and its tag."""
    tag = f"C-{uuid4().hex[:8]}"
    made = asset(MINE, tag=tag, serial=None, **values)
    answer = await session.ask("POST", ASSETS, json=made)
    assert answer.status_code == 201, answer.text
    return f"/schools/{MINE}/assets/{answer.json()['asset_id']}/custody", tag


async def custodies(session: Session, page: str) -> list[dict[str, Any]]:
    path = f"{ASSETS}/{page.split('/')[4]}/custody"
    found: list[dict[str, Any]] = (await session.ask("GET", path)).json()["items"]
    return found


def issue(holder: str, **more: str) -> dict[str, str]:
    return {"holder_name": holder, "once": str(uuid4()), **more}


async def test_a_thing_is_given_out_looked_up_and_taken_back(
    technician: Session,
) -> None:
    page, tag = await page_of_new(technician)
    holder = f"Amy {tag}"
    assert "Nobody has it" in (await technician.ask("GET", page, HTML)).text
    form = issue(holder, due_on="1/2/2099", holder_reference="P0417")

    done = await technician.ask("POST", page, HTML, data=form)

    assert done.status_code == 303, done.text
    shown = (await technician.ask("GET", page, HTML)).text
    for words in (holder, "has it", "1 February 2099", "P0417", "It is back"):
        assert words in shown, words
    of_asset = await technician.ask("GET", page.removesuffix("/custody"), HTML)
    assert f"{holder} since" in of_asset.text
    assert "Given out" in of_asset.text
    listed = await technician.ask("GET", f"/schools/{MINE}/custody?q={tag}", HTML)
    assert holder in listed.text
    asked = urlencode({"kind": "person", "name": holder.upper()})
    owed = await technician.ask("GET", f"/schools/{MINE}/holders?{asked}", HTML)
    assert "Still to come back: 1 thing" in owed.text
    assert tag in owed.text
    [open_one] = await custodies(technician, page)
    renewed = {"custody_id": open_one["custody_id"], "version": "1", "renew_on": ""}
    assert (
        await technician.ask("POST", f"{page}/renew", HTML, data=renewed)
    ).status_code == 303
    back = {"custody_id": open_one["custody_id"], "condition": "Lid scratched"}
    taken = await technician.ask("POST", f"{page}/return", HTML, data=back)
    assert taken.status_code == 303, taken.text
    again = await technician.ask("POST", f"{page}/return", HTML, data=back)
    assert again.status_code == 409
    assert "It came back on" in again.text
    assert "Lid scratched" in again.text
    owed = await technician.ask("GET", f"/schools/{MINE}/holders?{asked}", HTML)
    assert "Nothing is still to come back" in owed.text


async def test_the_list_is_a_file_too(technician: Session) -> None:
    page, tag = await page_of_new(technician)
    await technician.ask("POST", page, HTML, data=issue(f"Ben {tag}"))

    file = await technician.ask("GET", f"/schools/{MINE}/custody.csv?q={tag}")

    assert file.status_code == 200
    head, row = file.content.decode("utf-8-sig").strip().split("\r\n")
    assert head.startswith("Tag,Holder,")
    assert row.startswith(f"{tag},Ben {tag},")


async def test_what_is_out_is_not_given_out_and_one_reads_who_has_it(
    technician: Session,
) -> None:
    page, tag = await page_of_new(technician)
    await technician.ask("POST", page, HTML, data=issue(f"Amy {tag}"))

    again = await technician.ask("POST", page, HTML, data=issue("Ben"))

    assert again.status_code == 409
    assert f"Amy {tag} has it since" in again.text


async def test_what_is_missing_in_a_form_is_said_at_its_field(
    technician: Session,
) -> None:
    page, _ = await page_of_new(technician)

    bare = await technician.ask("POST", page, HTML, data={"due_on": "soon"})
    lost = await technician.ask(
        *("POST", f"{page}/lost", HTML),
        data={"kind": "stolen", "lost_on": "1/9/2026"},
    )

    assert (bare.status_code, lost.status_code) == (422, 422)
    assert "Say who gets it" in bare.text
    assert "Enter a real date" in bare.text
    assert "Give the reference that the police gave" in lost.text


async def test_a_theft_is_said_and_the_thing_is_found(technician: Session) -> None:
    page, _ = await page_of_new(technician)
    stolen = {
        "kind": "stolen",
        "lost_on": "1/9/2026",
        "police_reference": "CR/417",
        "once": str(uuid4()),
    }

    said = await technician.ask("POST", f"{page}/lost", HTML, data=stolen)

    assert said.status_code == 303, said.text
    shown = await technician.ask("GET", page, HTML)
    assert "Police reference CR/417" in shown.text
    path = f"{ASSETS}/{page.split('/')[4]}/losses"
    [loss] = (await technician.ask("GET", path)).json()["items"]
    found = {"loss_id": loss["loss_id"], "found_on": "8/9/2026"}
    done = await technician.ask("POST", f"{page}/found", HTML, data=found)
    assert done.status_code == 303, done.text
    shown = await technician.ask("GET", page, HTML)
    assert "Found on" in shown.text


async def test_who_only_reads_and_who_is_elsewhere_gives_nothing_out(
    technician: Session, product: Product
) -> None:
    page, tag = await page_of_new(technician)
    await technician.ask("POST", page, HTML, data=issue(f"Amy {tag}"))
    leader = await product.signed_in("school-leader", MINE)
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)

    read = await leader.ask("GET", page, HTML)
    assert f"Amy {tag}" in read.text
    assert "It is back" not in read.text
    for session, status in ((leader, 403), (neighbour, 404)):
        answer = await session.ask("POST", page, HTML, data=issue("Ben"))
        assert answer.status_code == status
    holders = f"/schools/{MINE}/holders?name=Amy"
    assert (await neighbour.ask("GET", holders, HTML)).status_code == 404
