"""What left for good on pages, and its record as a PDF."""

from typing import Any
from uuid import uuid4

import pypdfium2

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
SCHOOL = f"/schools/{MINE}"
KIT = "/api/inventory/v1/assets"
ERASED = {
    "wiped_on": "7/9/2026",
    "method": "purge",
    "verified": "yes",
    "done_by": "Winters & Sons",
    "tool": "nwipe 0.37",
    "certificate": "C-17",
    "note": "",
}


async def retired(session: Session, **told: Any) -> dict[str, Any]:
    said = asset(MINE, tag=uuid4().hex[:12], serial=uuid4().hex[:10], **told)
    made = (await session.ask("POST", KIT, json=said)).json()
    held = {"if-match": '"1"'}
    answer = await session.ask("POST", f"{KIT}/{made['asset_id']}/retire", held)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def left(session: Session, made: dict[str, Any], reference: str) -> None:
    held = {"if-match": f'"{made["version"]}"'}
    body = {"on": "2026-09-08", "method": "recycled", "reference": reference}
    where = f"{KIT}/{made['asset_id']}/dispose"
    answer = await session.ask("POST", where, held, json=body)
    assert answer.status_code == 200, answer.text


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    found = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(found.split())


async def test_the_data_of_one_is_erased_by_a_form(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await retired(technician)
    path = f"{SCHOOL}/assets/{made['asset_id']}/wipes"

    wrong = await technician.ask("POST", path, HTML, data={"done_by": "Amy"})
    saved = await technician.ask("POST", path, HTML, data=ERASED)

    assert wrong.status_code == 422
    assert "Choose how it was erased" in wrong.text
    assert 'value="Amy"' in wrong.text
    assert (saved.status_code, saved.headers["location"]) == (303, path)
    page = await technician.ask("GET", path, HTML)
    assert "Winters &amp; Sons" in page.text
    assert "7 September 2026" in page.text


async def test_the_data_of_many_is_erased_from_the_list(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    kit = [await retired(technician) for _ in range(3)]
    chosen = [f"{each['asset_id']} {each['version']} {each['tag']}" for each in kit]
    root = f"{SCHOOL}/assets"

    asked = await technician.ask(
        "POST", f"{root}/bulk", HTML, data={"pick": chosen, "action": "wipe"}
    )
    carried = "\n".join(chosen)
    wrong = await technician.ask(
        "POST",
        f"{root}/bulk/wipes",
        HTML,
        data={**ERASED, "chosen": carried, "method": ""},
    )
    saved = await technician.ask(
        "POST", f"{root}/bulk/wipes", HTML, data={**ERASED, "chosen": carried}
    )

    assert "Data erased from 3 assets" in asked.text
    assert (wrong.status_code, "Choose how" in wrong.text) == (422, True)
    assert saved.status_code == 303, saved.text
    for each in kit:
        where = f"{KIT}/{each['asset_id']}/wipes"
        assert len((await technician.ask("GET", where)).json()["items"]) == 1


async def test_what_left_together_has_a_page_and_a_record(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    done, not_done = await retired(technician), await retired(technician)
    reference = f"WTN {uuid4().hex[:8]}"
    await technician.ask(
        "POST", f"{SCHOOL}/assets/{done['asset_id']}/wipes", HTML, data=ERASED
    )
    for made in (done, not_done):
        await left(technician, made, reference)
    asked = {
        "disposed_on": "2026-09-08",
        "method": "recycled",
        "reference": reference,
    }

    found = await technician.ask(
        "GET", f"{SCHOOL}/disposals", HTML, params={"q": reference}
    )
    page = await technician.ask("GET", f"{SCHOOL}/disposals/one", HTML, params=asked)
    record = await technician.ask("GET", f"{SCHOOL}/disposals/record.pdf", params=asked)

    assert "1 of 2 erased" in found.text
    assert page.status_code == 200, page.text
    assert "1 asset that holds data is not recorded as erased" in page.text
    assert record.headers["content-type"] == "application/pdf"
    told = text_of(record.content)
    for words in (
        *("Record of disposal", f"URN {MINE}", "8 September 2026", reference),
        *(done["tag"], not_done["tag"], done["serial"], "nwipe 0.37", "C-17"),
        *("Winters & Sons", "Not recorded as erased", "waste hierarchy"),
    ):
        assert words in told.replace("- ", "-"), words


async def test_what_was_sold_is_no_waste(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await retired(technician)
    reference = uuid4().hex[:8]
    held = {"if-match": f'"{made["version"]}"'}
    sold = {"on": "2026-09-08", "method": "sold", "reference": reference}
    where = f"{KIT}/{made['asset_id']}/dispose"
    assert (await technician.ask("POST", where, held, json=sold)).status_code == 200
    asked = {"disposed_on": "2026-09-08", "method": "sold", "reference": reference}

    record = await technician.ask("GET", f"{SCHOOL}/disposals/record.pdf", params=asked)

    assert "waste hierarchy" not in text_of(record.content)


async def test_the_record_is_nobody_elses(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    reference = uuid4().hex[:8]
    await left(technician, await retired(technician), reference)
    asked = {"disposed_on": "2026-09-08", "method": "recycled", "reference": reference}
    stranger = await product.signed_in("school-technician", NEXT_DOOR)
    staff = await product.signed_in("staff", MINE)

    for session, urn in ((stranger, MINE), (stranger, NEXT_DOOR), (staff, MINE)):
        for name in ("one", "record.pdf"):
            where = f"/schools/{urn}/disposals/{name}"
            answer = await session.ask("GET", where, HTML, params=asked)
            assert answer.status_code in {403, 404}, (urn, name)


async def test_an_address_that_can_be_none_is_not_found(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    for asked in (
        {"disposed_on": "2026-13-01", "method": "recycled"},
        {"disposed_on": "2026-09-08", "method": "eaten"},
        {"disposed_on": "1999-01-01", "method": "recycled"},
    ):
        answer = await technician.ask(
            "GET", f"{SCHOOL}/disposals/one", HTML, params=asked
        )
        assert answer.status_code == 404
