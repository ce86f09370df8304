"""Licences of software on pages, and whether they cover what is installed."""

import re
from uuid import uuid4

import pytest

from tests.inventory.attachments.samples import PDF
from tests.security.product import MINE, NEXT_DOOR, Product, Session, mark

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}", "/authorities/940"
ROOT, POOLS = f"{SCHOOL}/licences", f"{AUTHORITY}/licences"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


@pytest.fixture
async def manager(product: Product) -> Session:
    return await product.signed_in("la-manager", "940")


def filled(**changes: str) -> dict[str, str]:
    return {
        "publisher": "Adobe",
        "name": f"Acrobat {uuid4().hex[:8]}",
        "measure": "seats",
        "seats": "1,200",
        "term": "subscription",
        "starts_on": "1/9/2026",
        "ends_on": "31/8/2099",
        "notice_on": "31/5/2099",
        "price": "1,249.50",
        "supplier": "Pugh Computers",
        "reference": "PO 4711",
        "counted": "1150",
        "counted_on": "1/9/2026",
        "note": "Renewed each\r\nSeptember",
        **changes,
    }


async def page_of_new(session: Session, root: str = ROOT, **changes: str) -> str:
    done = await session.ask("POST", f"{root}/new", HTML, data=filled(**changes))
    assert done.status_code == 303, done.text
    where: str = done.headers["location"]
    return where


async def text_of(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_licence_is_added_changed_and_shown(technician: Session) -> None:
    page = await page_of_new(technician)
    shown = await text_of(technician, page)
    for words in ("1,200", "31 August 2099", "\u00a31,249.50", "1,150 in use on"):
        assert words in shown, words
    assert "No device reports a title of this name" in shown
    form = await text_of(technician, f"{page}/edit")
    for value in ("1/9/2026", "1200", "1249.50", "Renewed each\nSeptember"):
        assert value in form, value

    change = filled(name="Acrobat", seats="", measure="site", version="1")
    done = await technician.ask("POST", f"{page}/edit", HTML, data=change)

    assert done.status_code == 303, done.text
    assert "Whole site" in await text_of(technician, page)
    stale = await technician.ask("POST", f"{page}/edit", HTML, data=change)
    assert stale.status_code == 412


async def test_what_is_wrong_is_said_at_its_field(technician: Session) -> None:
    wrong = filled(publisher="", seats="many", term="", measure="x", price="cheap")
    answer = await technician.ask("POST", f"{ROOT}/new", HTML, data=wrong)
    assert answer.status_code == 422
    for words in (
        "Enter who makes it",
        "Enter a number of devices, such as 30",
        "Choose for how long it is",
        "Choose for how many it is",
        'href="#price_pence"',
    ):
        assert words in answer.text, words

    days = filled(ends_on="31/8/2026", counted_on="")
    answer = await technician.ask("POST", f"{ROOT}/new", HTML, data=days)

    assert answer.status_code == 422
    for words in (
        "This is before it begins, 2026-09-01",
        "This is after it ends, 2026-08-31",
        "Say on which day they were counted",
        'href="#ends_on"',
    ):
        assert words in answer.text, words


async def test_a_licence_is_removed_after_a_question(technician: Session) -> None:
    page = await page_of_new(technician, name="Gone")
    asked = await text_of(technician, f"{page}/remove")
    assert "Remove the licence of Gone for good?" in asked

    stale = await technician.ask("POST", f"{page}/remove", HTML, data={"version": "7"})
    done = await technician.ask("POST", f"{page}/remove", HTML, data={"version": "1"})

    assert (stale.status_code, done.status_code) == (412, 303)
    assert done.headers["location"] == ROOT
    assert (await technician.ask("GET", page, HTML)).status_code == 404


async def test_a_title_that_is_reported_leads_to_its_licence(
    technician: Session, product: Product
) -> None:
    title = product.tenants[MINE].title["title_id"]
    licence = product.tenants[MINE].licence["licence_id"]
    page = await text_of(technician, f"{SCHOOL}/software/{title}")
    link = f"{ROOT}/new?publisher={mark(MINE)}&amp;name={mark(MINE)}"
    assert link in page

    form = await text_of(technician, link.replace("&amp;", "&"))
    shown = await text_of(technician, f"{ROOT}/{licence}")

    assert form.count(f'value="{mark(MINE)}"') == 2
    assert "Licences cover all that is used" in shown
    assert f"{SCHOOL}/software/{title}" in shown


async def test_the_las_is_read_at_its_schools_and_changed_by_the_la(
    technician: Session, manager: Session
) -> None:
    page = await page_of_new(manager, POOLS, name="For all")
    one = page.rpartition("/")[2]
    here = f"{ROOT}/{one}"

    shown = await text_of(technician, here)
    assert "All schools of the LA" in shown
    assert f"{here}/edit" not in shown
    for path in ("edit", "remove"):
        refused = await technician.ask("GET", f"{here}/{path}", HTML)
        assert refused.status_code == 404
    assert (await technician.ask("GET", page, HTML)).status_code == 404
    assert "For all" in await text_of(technician, f"{ROOT}?q=for+all")
    done = await manager.ask(
        "POST", f"{page}/edit", HTML, data=filled(name="For all", version="1")
    )
    assert done.status_code == 303, done.text


async def test_a_list_says_first_what_is_not_covered(
    technician: Session, manager: Session
) -> None:
    await page_of_new(
        technician, name="Overdrawn", seats="1", counted="9", publisher="Sib"
    )
    for session, top in ((technician, SCHOOL), (manager, AUTHORITY)):
        listed = await text_of(session, f"{top}/licences")
        assert "Not all that is used is covered" in listed
        assert f"{top}/licence-compliance?state=short" in listed
        assert f"{top}/licence-compliance?q=Overdrawn" in listed
        compared = await text_of(session, f"{top}/licence-compliance?q=overdrawn")
        assert "Short" in compared
        for path in ("licences", "licence-compliance"):
            file = await session.ask("GET", f"{top}/{path}.csv?q=overdrawn")
            assert file.status_code == 200
            heading, row = file.text.splitlines()
            assert heading.lstrip("\ufeff").startswith("Title")
            assert row.startswith("Overdrawn")
            book = await session.ask("GET", f"{top}/{path}.xlsx")
            assert book.content.startswith(b"PK")


async def test_another_schools_licence_is_not_there(
    technician: Session, product: Product
) -> None:
    other = product.tenants[NEXT_DOOR].licence["licence_id"]
    for path in ("", "/edit", "/remove"):
        answer = await technician.ask("GET", f"{ROOT}/{other}{path}", HTML)
        assert answer.status_code == 404


async def test_a_leader_writes_and_an_auditor_only_reads(product: Product) -> None:
    mine = f"{ROOT}/{product.tenants[MINE].licence['licence_id']}"
    leader = await product.signed_in("school-leader", MINE)
    auditor = await product.signed_in("auditor", "940")

    assert f"{mine}/edit" in await text_of(leader, mine)
    assert "Add a licence" in await text_of(leader, ROOT)
    assert f"{mine}/edit" not in await text_of(auditor, mine)
    assert "Add a licence" not in await text_of(auditor, ROOT)
    for root in (ROOT, POOLS):
        assert (await auditor.ask("GET", f"{root}/new", HTML)).status_code == 403


async def test_staff_see_none(product: Product) -> None:
    staff = await product.signed_in("staff", MINE)
    for path in ("licences", "licence-compliance", "licences/new"):
        answer = await staff.ask("GET", f"{SCHOOL}/{path}", HTML)
        assert answer.status_code == 403


async def test_a_document_is_added_saved_and_removed(
    technician: Session, product: Product
) -> None:
    page = await page_of_new(technician)
    files = {"file": ("Order 4711.pdf", PDF)}
    where = f"{page}/files/new"

    nothing = await technician.ask("POST", where, HTML, data={"title": ""})
    done = await technician.ask(
        "POST", where, HTML, data={"title": "The order"}, files=files
    )
    again = await technician.ask(
        "POST", where, HTML, data={"title": "The order"}, files=files
    )

    assert nothing.status_code == 422
    assert "Choose a file" in nothing.text
    assert "Enter what it is" in nothing.text
    assert done.status_code == 303, done.text
    assert again.status_code == 409
    assert "This licence has that very file already" in again.text
    shown = await text_of(technician, page)
    file = re.search(r"/api/inventory/v1/licences/[^\"]+/file", shown)
    assert file is not None
    saved = await technician.ask("GET", file[0])
    assert saved.content == PDF
    asked = file[0].replace("/api/inventory/v1", SCHOOL).removesuffix("/file")
    assert "The order" in await text_of(technician, f"{asked}/remove")
    gone = await technician.ask("POST", f"{asked}/remove", HTML)
    assert gone.status_code == 303, gone.text
    assert "There are none yet" in await text_of(technician, page)
    auditor = await product.signed_in("auditor", "940")
    assert (await auditor.ask("GET", where, HTML)).status_code == 403


async def test_the_las_documents_are_not_its_schools(
    technician: Session, manager: Session
) -> None:
    page = await page_of_new(manager, POOLS)
    said, files = {"title": "The framework"}, {"file": ("Framework.pdf", PDF)}
    done = await manager.ask("POST", f"{page}/files/new", HTML, data=said, files=files)
    assert done.status_code == 303, done.text

    assert "The framework" in await text_of(manager, page)
    shown = await text_of(technician, f"{ROOT}/{page.rpartition('/')[2]}")
    assert "Documents" not in shown
