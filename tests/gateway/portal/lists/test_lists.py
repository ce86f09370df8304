"""Lists: set by their address, remembered, kept as files, changed many at once."""

import csv
import html
import io
import itertools
import re
import zipfile
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest

from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = f"/schools/{MINE}/assets"
LA_ASSETS = "/authorities/940/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    session = await product.signed_in("school-technician", MINE)
    await session.ask("GET", f"{ASSETS}?reset", HTML)
    return session


@pytest.fixture
async def manager(product: Product) -> Session:
    session = await product.signed_in("la-manager", "940")
    await session.ask("GET", f"{LA_ASSETS}?reset", HTML)
    return session


async def page(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


async def added(session: Session, count: int, **changes: Any) -> str:
    """Add some assets that one word finds."""
    word = f"w{uuid4().hex[:8]}"
    for number in range(count):
        values = {"tag": f"{word}-{number:03}", "model": word, **changes}
        answer = await session.ask(
            "POST", "/api/inventory/v1/assets", json=asset(MINE, **values)
        )
        assert answer.status_code == 201, answer.text
    return word


def tags(text: str) -> list[str]:
    return re.findall(r'<th scope="row" role="rowheader"><a [^>]*>([^<]+)</a>', text)


def link(text: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', text)
    assert found is not None, text
    return html.unescape(found[1])


async def post(session: Session, path: str, fields: dict[str, Any]) -> httpx.Response:
    token = session.headers["x-csrf-token"]
    sent = {**HTML, "content-type": "application/x-www-form-urlencoded"}
    body = urlencode({**fields, "csrf_token": token}, doseq=True)
    return await session.ask("POST", path, sent, content=body)


def picks(text: str) -> list[str]:
    found = re.findall(r'name="pick" value="([^"]+)"', text)
    return [html.unescape(each) for each in found]


def carried(text: str) -> dict[str, str]:
    """What the page of confirmation carries along."""
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    chosen = re.search(r"<textarea[^>]*>([^<]*)</textarea>", text)
    assert chosen is not None, text
    return {n: html.unescape(v) for n, v in fields.items()} | {
        "chosen": html.unescape(chosen[1])
    }


async def test_pages_lead_forth_and_back_and_say_where_they_are(
    technician: Session,
) -> None:
    word = await added(technician, 60)

    first = await page(technician, f"{ASSETS}?q={word}&size=25")
    second = await page(technician, link(first, "Next page"))
    third = await page(technician, link(second, "Next page"))

    assert "1 to 25 of 60 assets" in " ".join(first.split())
    assert "51 to 60 of 60 assets" in " ".join(third.split())
    shown = [tags(each) for each in (first, second, third)]
    assert [len(each) for each in shown] == [25, 25, 10]
    assert [*itertools.chain(*shown)] == sorted(itertools.chain(*shown))
    assert tags(await page(technician, link(third, "Previous page"))) == shown[1]
    assert tags(await page(technician, link(third, "First page"))) == shown[0]
    assert "Next page" not in third


async def test_a_heading_sorts_and_says_so(technician: Session) -> None:
    word = await added(technician, 3)

    text = await page(technician, f"{ASSETS}?q={word}")
    turned = await page(technician, link(text, "Tag "))

    assert 'aria-sort="ascending"' in text
    assert 'aria-sort="descending"' in turned
    assert tags(turned) == list(reversed(tags(text)))


async def test_a_table_remembers_itself_until_it_is_reset(
    technician: Session,
) -> None:
    word = await added(technician, 2)
    await added(technician, 1)
    query = f"q={word}&status=in-use&column=tag&column=room&size=100"
    assert len(tags(await page(technician, f"{ASSETS}?{query}"))) == 2

    again = await page(technician, ASSETS)
    assert "Status: In use" in again
    assert word not in again.replace(f"{word}-", ""), "what was typed is gone"
    assert len(tags(again)) > 2
    assert "This is how you last set this table" in again
    assert 'data-label="Category"' not in again
    reset = await page(technician, f"{ASSETS}?reset")

    assert "This is how you last set" not in reset
    assert "This is how you last set" not in await page(technician, ASSETS)


async def test_what_one_remembers_is_nobody_elses(
    technician: Session, product: Product
) -> None:
    await added(technician, 1)
    await page(technician, f"{ASSETS}?column=tag&column=room")
    leader = await product.signed_in("school-leader", MINE)

    assert 'data-label="Category"' in await page(leader, ASSETS)
    assert 'data-label="Category"' not in await page(technician, ASSETS)


async def test_the_whole_filtered_list_is_a_file(technician: Session) -> None:
    word = await added(technician, 30, room="=1+1", purchased_on="2026-09-03")
    query = f"q={word}&size=25&column=tag&column=room&column=purchased_on"

    text = await technician.ask("GET", f"{ASSETS}.csv?{query}")
    book = await technician.ask("GET", f"{ASSETS}.xlsx?{query}")

    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Tag", "Room", "Bought"]
    assert rows[1] == [f"{word}-000", "'=1+1", "03/09/2026"]
    assert len(rows) == 31
    assert re.search(
        r'filename="assets-canary\d+x-\d{4}-\d\d-\d\d\.csv"',
        text.headers["content-disposition"],
    )
    sheet = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert sheet.count(b"<row ") == 31


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx"])
@pytest.mark.parametrize(
    "path", [f"/schools/{NEXT_DOOR}/assets", "/authorities/941/assets", LA_ASSETS]
)
async def test_no_list_of_others_is_shown_or_written(
    technician: Session, path: str, suffix: str
) -> None:
    answer = await technician.ask("GET", f"{path}{suffix}", HTML)

    assert answer.status_code == 404
    for urn in (NEXT_DOOR, FAR_AWAY):
        assert f"canary{urn}x" not in answer.text


async def test_an_la_sees_all_its_schools_and_no_others(manager: Session) -> None:
    text = await page(manager, f"{LA_ASSETS}?q=canary")
    one = await page(manager, f"{LA_ASSETS}?school={NEXT_DOOR}")
    tickets = await page(manager, "/authorities/940/tickets?q=canary")

    assert {f"canary{MINE}x", f"canary{NEXT_DOOR}x"} <= set(tags(text))
    told = {f"canary{NEXT_DOOR}x{more}" for more in ("", "-part", "-kept", "-lent")}
    assert set(tags(one)) == told
    assert f"canary{NEXT_DOOR}x" in tickets
    for each in (text, one, tickets):
        assert f"canary{FAR_AWAY}x" not in each


async def test_many_are_changed_after_a_word_and_taken_back(
    technician: Session,
) -> None:
    word = await added(technician, 3)
    chosen = picks(await page(technician, f"{ASSETS}?q={word}"))
    asked = {"pick": chosen[:2], "action": "retire", "query": f"q={word}"}

    confirm = await post(technician, f"{ASSETS}/bulk", asked)
    done = await post(technician, f"{ASSETS}/bulk/apply", carried(confirm.text))
    after = await page(technician, done.headers["location"])

    assert "Retire: 2 assets" in confirm.text
    assert f"{word}-001" in confirm.text
    assert done.status_code == 303
    assert "The assets you chose have been changed." in after
    assert after.count("ju-tag--quiet") == 2
    found = re.findall(r'name="(batches|query)" value="([^"]*)"', after)
    fields = {name: html.unescape(value) for name, value in found}
    undone = await post(technician, f"{ASSETS}/bulk/undo", fields)
    back = await page(technician, undone.headers["location"])
    assert "It has been undone" in back
    assert back.count("ju-tag--quiet") == 0


async def test_all_that_match_are_changed(technician: Session) -> None:
    word = await added(technician, 28)
    asked = {"every": "1", "action": "set-in-store", "query": f"q={word}&size=25"}

    confirm = await post(technician, f"{ASSETS}/bulk", asked)
    done = await post(technician, f"{ASSETS}/bulk/apply", carried(confirm.text))

    assert "28 assets" in confirm.text
    assert done.status_code == 303
    left = await page(technician, f"{ASSETS}?q={word}&status=in-use")
    assert tags(left) == []


async def test_what_somebody_else_changed_is_named(technician: Session) -> None:
    word = await added(technician, 2)
    chosen = picks(await page(technician, f"{ASSETS}?q={word}"))
    path = f"/api/inventory/v1/assets/{chosen[0].split()[0]}"
    await technician.ask("PATCH", path, {"if-match": '"1"'}, json={"model": word})
    asked = {"pick": chosen, "action": "retire", "query": ""}

    confirm = await post(technician, f"{ASSETS}/bulk", asked)
    told = await post(technician, f"{ASSETS}/bulk/apply", carried(confirm.text))

    assert told.status_code == 200
    assert "1 asset changed" in told.text
    assert "changed by somebody after you saw it" in told.text
    assert f"{word}-000" in told.text
    assert "Undo what was changed" in told.text


@pytest.mark.parametrize(
    "asked",
    [{}, {"action": "retire"}, {"action": "explode", "every": "1"}],
    ids=["nothing", "none ticked", "no such action"],
)
async def test_nothing_chosen_is_said_plainly(
    technician: Session, asked: dict[str, str]
) -> None:
    answer = await post(technician, f"{ASSETS}/bulk", asked)

    assert answer.status_code == 422
    assert "nothing has been changed" in answer.text


async def test_who_only_reads_is_offered_no_change(product: Product) -> None:
    leader = await product.signed_in("school-leader", MINE)

    text = await page(leader, f"{ASSETS}?reset")
    answer = await post(leader, f"{ASSETS}/bulk", {"every": "1", "action": "retire"})

    assert 'name="pick"' not in text
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["staff", "learner"])
async def test_who_may_not_see_the_kit_is_told_so_on_a_page(
    product: Product, role: str
) -> None:
    person = await product.signed_in(role, MINE)

    for path in (ASSETS, f"{ASSETS}.csv", f"/schools/{MINE}/comparison"):
        answer = await person.ask("GET", path, HTML)
        assert answer.status_code == 403, path
        assert "Your role does not allow this" in answer.text


async def test_tickets_are_resolved_many_at_once(technician: Session) -> None:
    root = f"/schools/{MINE}/tickets"
    word = f"t{uuid4().hex[:8]}"
    for number in range(2):
        body = {"school_urn": MINE, "summary": f"{word} {number}"}
        await technician.ask("POST", "/api/servicedesk/v1/tickets", json=body)
    chosen = picks(await page(technician, f"{root}?q={word}"))
    asked = {"pick": chosen, "action": "resolve", "query": f"q={word}"}

    confirm = await post(technician, f"{root}/bulk", asked)
    done = await post(technician, f"{root}/bulk/apply", carried(confirm.text))

    assert done.status_code == 303
    text = await page(technician, f"{root}?q={word}&status=resolved")
    assert len(tags(text)) == 2


async def test_a_view_is_saved_opened_with_and_deleted(technician: Session) -> None:
    name = f"Printers {uuid4().hex[:6]}"
    fields = {
        "table": "assets",
        "name": name,
        "query": "sort=model&category=printer",
        "back": ASSETS,
        "share": f"school:{MINE}",
    }
    saved = await post(technician, "/views", fields)
    text = await page(technician, f"{ASSETS}?reset")
    assert saved.headers["location"] == f"{ASSETS}?sort=model&category=printer"
    assert link(text, name).endswith("?sort=model&category=printer")

    form = re.search(rf'>{name}</a>.*?action="(/views/[^"]+)"', text, re.DOTALL)
    assert form is not None
    step = {"version": "1", "back": ASSETS, "step": "default"}
    await post(technician, form[1], step)
    opened = await page(technician, ASSETS)
    assert '<option value="printer" selected>' in opened
    gone = await post(technician, form[1], step | {"step": "delete"})
    assert gone.headers["location"] == ASSETS
    after = await page(technician, f"{ASSETS}?reset")
    assert f">{name}</a>" not in after

    undo = dict(re.findall(r'name="(\w+)" value="([^"]*)"', after.split("ju-flash")[2]))
    await post(technician, "/views", {n: html.unescape(v) for n, v in undo.items()})
    assert f">{name}</a>" in await page(technician, f"{ASSETS}?reset")


@pytest.fixture
async def view(technician: Session) -> str:
    """A view that is shared with the school: its name."""
    name = f"Ours {uuid4().hex[:6]}"
    fields = {"table": "assets", "name": name, "query": "status=in-store"}
    shared = {"share": f"school:{MINE}", "back": ASSETS}
    assert (await post(technician, "/views", fields | shared)).status_code == 303
    return name


def buttons(text: str, name: str) -> set[str]:
    """What is offered to be done with a view."""
    forms = text.split('<form action="/views/')
    [form] = [each for each in forms if f": {name}</span>" in each.split("</form>")[0]]
    return set(re.findall(r'name="step" value="([\w-]+)"', form.split("</form>")[0]))


async def test_who_may_share_at_the_school_may_tidy_up_there(
    technician: Session, product: Product, view: str
) -> None:
    leader = await product.signed_in("school-leader", MINE)

    own, other = await page(technician, ASSETS), await page(leader, ASSETS)

    assert buttons(own, view) == {"default", "update", "rename", "delete"}
    assert buttons(other, view) == {"default", "delete"}
    assert "shared with the school" in other


async def test_a_school_s_page_lists_no_view_of_another_school(
    product: Product, view: str
) -> None:
    desk = await product.signed_in("la-technician", "940")

    assert f">{view}</a>" in await page(desk, ASSETS)
    assert f">{view}</a>" not in await page(desk, f"/schools/{NEXT_DOOR}/assets")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Give the view a name of up to 60 characters"),
        ("x" * 61, "Give the view a name of up to 60 characters"),
        ("{view}", "You have another view of this name"),
    ],
    ids=["none", "too long", "taken"],
)
async def test_a_name_that_cannot_be_is_asked_for_again(
    technician: Session, view: str, name: str, said: str
) -> None:
    given = name.format(view=view)
    query = "sort=-model&status=retired"
    fields = {"table": "assets", "name": given, "query": query, "back": ASSETS}

    answer = await post(technician, "/views", fields)

    assert answer.status_code == 422
    assert f'href="#name">{said}' in answer.text
    assert f'name="query" value="{html.escape(query)}"' in answer.text
    assert f'value="{given}"' in answer.text or not given


async def test_a_form_leads_back_to_no_other_site(technician: Session) -> None:
    for back in ("//evil.example", "https://evil.example", "/login?next=x"):
        fields = {"table": "assets", "name": uuid4().hex[:8], "back": back}
        answer = await post(technician, "/views", fields)
        assert answer.headers["location"] == "/"
