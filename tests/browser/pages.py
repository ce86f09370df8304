"""What the tests of pages share: what the pages are about, and ways through forms."""

import os
import re
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from playwright.sync_api import FilePayload, Page, expect

from tests.gateway.register.files import row, text

ROOT = Path(__file__).parents[2]
AXE = ROOT / "services/gateway/web/node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "test-results" / "pages"
# What was passed is left out: a page passes much, and to say it takes longest. In the
# dark nothing but colours is other than by day.
_JUDGED = """() => axe.run({
    resultTypes: ['violations'],
    ...(matchMedia('(prefers-color-scheme: dark)').matches
        && {runOnly: ['color-contrast']}),
}).then((found) => found.violations)"""
WIDTHS = (1280, 375)
NARROWEST = 320


@dataclass(frozen=True, slots=True)
class Kit:
    """What the pages are about: a school, one asset and one ticket of it; imports."""

    school: str
    asset: str
    ticket: str
    la_code: str
    notice: str
    preview: str
    """An import of the register that is ready to apply, and unlikely."""
    failed: str
    retired: str
    """An asset that is retired."""
    person: str
    role: str
    """A role of that person."""
    client: str
    second_step: str
    """The manager's own, and their last."""
    model: str
    """The id of the model that the asset is of."""
    title: str
    """The id of a title of software at the school."""
    device: str
    """A machine that reports, and that was changed since."""
    doubt: str
    """What is to be said of another."""
    sheet: str
    """A file of assets that was tried, with broken rows."""
    taken: str
    """Another whose assets are registered."""
    attachment: str
    """A document of the asset, which has a picture as well."""
    consumable: str
    """Some of it came and is on order; one was taken."""
    supplier: str
    """An LA's page of a supplier."""
    line: str
    """A back-up line, which was measured and tested."""
    licence: str
    """Of the title, of which the school has more than that covers."""
    pool: str
    """An LA's page of a licence that it holds for all of its schools."""
    document: str
    """A document of the school's licence."""
    paper: str
    """A document of the LA's."""
    service: str
    """What the school takes over the network."""
    agreement: str
    """What a supplier promises the school."""
    promise: str
    """What its LA promises to all of its schools, on the LA's page."""
    disposal: str
    """What left for good: one asset, whose data was erased."""

    def path(self, form: str) -> str:
        return form.format(
            school=self.school,
            asset=self.asset,
            ticket=self.ticket,
            la=self.la_code,
            notice=self.notice,
            preview=self.preview,
            failed=self.failed,
            retired=self.retired,
            person=self.person,
            role=self.role,
            client=self.client,
            second_step=self.second_step,
            model=self.model,
            title=self.title,
            device=self.device,
            doubt=self.doubt,
            sheet=self.sheet,
            taken=self.taken,
            attachment=self.attachment,
            consumable=self.consumable,
            line=self.line,
            service=self.service,
            agreement=self.agreement,
            promise=self.promise,
            disposal=self.disposal,
            supplier=self.supplier,
            licence=self.licence,
            pool=self.pool,
            document=self.document,
            paper=self.paper,
            sheet_id=self.sheet.rpartition("/")[2],
            taken_id=self.taken.rpartition("/")[2],
        )


def machine(serial: str | None, name: str, memory: int, day: int) -> dict[str, Any]:
    """What the agent of a laptop tells; without a serial nobody knows which it is."""
    content: dict[str, Any] = {
        "accesslog": {"logdate": f"2026-09-{day:02} 09:00:00"},
        "versionclient": "GLPI-Agent_v1.20",
        "bios": {"smanufacturer": "LENOVO", "smodel": "ThinkPad L13", "ssn": serial},
        "hardware": {
            "name": name,
            "chassis_type": "Notebook",
            "memory": memory,
        },
        "operatingsystem": {"full_name": "Windows 11 Education", "version": "24H2"},
        "cpus": [{"name": "Intel Core i5-1335U", "core": 10}],
        "storages": [{"name": "Samsung PM9B1", "disksize": 256_060}],
        "softwares": [{"name": "Firefox", "publisher": "Mozilla", "version": "130.0"}],
    }
    if serial:
        content["networks"] = [
            {"description": "Wi-Fi", "ipaddress": "10.0.0.7", "virtualdev": False}
        ]
    return {
        "deviceid": name,
        "action": "inventory",
        "itemtype": "Computer",
        "content": content,
    }


def report(url: str, agent: dict[str, Any], told: dict[str, Any]) -> int:
    """Let a school's agent tell of a machine; return the answer's status."""
    credentials = (str(agent["school"]), agent["enrolment_key"])
    return httpx.post(f"{url}/agent", json=told, auth=credentials).status_code


def find_machine(page: Page, school: str, name: str) -> str:
    """Find a machine in the school's list and return its page's path."""
    page.goto(f"{school}/devices?q={name}")
    page.click(f"th >> text={name}")
    return _path(page)


def find_doubt(page: Page, school: str, name: str) -> str:
    """Find what is doubtful of a machine and return its page's path."""
    page.goto(f"{school}/devices?q={name}")
    page.click("text=Say which it is")
    return _path(page)


def listen(page: Page) -> list[str]:
    """Keep what the browser complains of: scripts, styles and policy."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: _keep(said, message.type, message.text))
    return said


def violations(page: Page, picture: str) -> list[tuple[str, list[str]]]:
    """Take the page's picture, and say which rules of WCAG it breaks and where."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_JUDGED)
    take_picture(page, picture)
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]


def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the page, where somebody asks for pictures."""
    if "JOINEDUP_PICTURES" in os.environ:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def looks(page: Page) -> Generator[str]:
    """Show a page on a desk and on a phone, light and dark, and say which it is.

    It is loaded once: nothing but its styles heeds the width of the window.
    """
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        yield f"{width}"
        page.emulate_media(color_scheme="dark")
        yield f"{width}-dark"


def fits(page: Page) -> bool:
    """Nothing is wider than the window, so nobody scrolls sideways."""
    answer: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return answer


def add_asset(page: Page, school: str, tag: str) -> str:
    """Add an asset by its form and return its page's path."""
    page.goto(f"{school}/assets/new")
    page.fill("#tag", tag)
    page.select_option("#category", "laptop")
    page.fill("#manufacturer", "Lenovo")
    page.fill("#model", "ThinkPad L13")
    page.click("text=Add the asset")
    expect(page.locator(".ju-flash__text")).to_have_text("The asset has been added.")
    return _path(page)


def attach(page: Page, asset: str, title: str, content: bytes, kind: str) -> str:
    """Attach a file to an asset by its form; return the path of its own pages."""
    page.goto(f"{asset}/files/new")
    file = FilePayload(name="IMG 0001", mimeType="text/plain", buffer=content)
    page.set_input_files("#file", file)
    page.fill("#title", title)
    page.get_by_label(kind, exact=True).check()
    page.click("text=Add it")
    expect(page.locator(".ju-flash__text")).to_have_text("It has been added.")
    link = page.get_by_role("link", name=f"Remove {title}", exact=True)
    where = link.get_attribute("href")
    assert where
    return where.rpartition("/")[0]


def stock_up(page: Page, school: str) -> str:
    """Add a consumable, write two orders down and take one; return its page."""
    page.goto(f"{school}/consumables/new")
    page.fill("#name", f"Toner {new_tag()}")
    page.select_option("#category", "toner")
    page.fill("#fits", "LaserJet Pro M402")
    page.fill("#minimum", "8")
    page.click("text=Add it")
    where = urlsplit(page.url).path
    for came in ("7/9/2026", ""):
        page.goto(f"{where}/order")
        page.fill("#ordered_on", "1/9/2026")
        page.fill("#received_on", came)
        page.fill("#quantity", "5")
        page.fill("#unit_price_pence", "54.99")
        page.fill("#supplier", "Konica Minolta Business Solutions")
        page.click("button:has-text('Write it down')")
    page.fill("#used_for", "The staff room")
    page.click("text=Take it out of the stock")
    expect(page.locator(".ju-flash__text")).to_have_text(
        "It has been taken out of the stock."
    )
    return where


def join_up(page: Page, school: str) -> str:
    """Add a main line and one that backs it, measured and tested; return its page."""
    main = _add_line(page, school, "full-fibre", "1000", "200")
    spare = _add_line(page, school, "4g", "30", "10", main.rpartition("/")[2])
    page.fill("#tested_on", "8/9/2026")
    page.select_option("#outcome", "passed")
    page.fill("#switch_seconds", "40")
    page.click("button:has-text('Write the test down')")
    for where in (main, spare):
        page.goto(where)
        page.click("summary:has-text('Write a speed test down')")
        page.fill("#measured_at", "9/9/2026")
        page.fill("#clock", "9:30")
        page.fill("#down_kbps", "22.5")
        page.fill("#up_kbps", "8")
        page.fill("#latency_ms", "31")
        page.click("button:has-text('Write it down')")
        expect(page.locator(".ju-flash__text")).to_have_text(
            "The speed test has been written down."
        )
    return spare


def add_licence(page: Page, place: str, title: str, seats: str) -> str:
    """Write down a subscription of a title that devices report; return its page."""
    page.goto(f"{place}/software/{title}")
    page.click("text=Add a licence of it")
    page.check("#measure")
    page.fill("#seats", seats)
    page.check("#term-2")
    page.fill("#starts_on", "1/9/2026")
    page.fill("#ends_on", "31/8/2099")
    page.fill("#notice_on", "31/5/2099")
    page.fill("#price_pence", "1250")
    page.fill("#supplier", "Virgin Media Business")
    page.fill("#reference", "PO 4711")
    page.fill("#counted", "3")
    page.fill("#counted_on", "1/9/2026")
    page.fill("#note", "Agreed with the consortium; renewed each September.")
    page.click("text=Add it")
    expect(page.locator(".ju-flash__text")).to_have_text("The licence has been added.")
    return urlsplit(page.url).path


def document(page: Page, licence: str, title: str, content: bytes) -> str:
    """Keep a document of a licence; return the address of it."""
    page.goto(licence)
    page.click("text=Add a document")
    file = FilePayload(name="order.pdf", mimeType="application/pdf", buffer=content)
    page.set_input_files("#file", file)
    page.fill("#title", title)
    page.click("button:has-text('Add it')")
    page.click(f"a:has-text('Remove {title}')")
    return urlsplit(page.url).path.removesuffix("/remove")


def take_service(page: Page, school: str) -> str:
    """Add a service over the network; return its page."""
    page.goto(f"{school}/network-services/new")
    page.select_option("#kind", "filtering")
    page.fill("#name", f"Filtering {new_tag()}")
    page.fill("#provider", "East of England Broadband Network")
    page.fill("#live_on", "1/9/2025")
    page.fill("#ends_on", "31/8/2027")
    page.fill("#monthly_pence", "49.50")
    page.click("text=Add it")
    return urlsplit(page.url).path


def add_agreement(page: Page, place: str) -> str:
    """Add what a supplier promises a school or an LA; return its page."""
    page.goto(f"{place}/agreements/new")
    page.get_by_label("A supplier, or the regional").check()
    page.fill("#name", f"Printers {new_tag()}")
    page.fill("#supplier_name", "Anglia Print and Copy")
    page.fill("#supplier_account", "APC-0417")
    page.fill("#supplier_phone", "01632 960417")
    page.fill("#starts_on", "1/9/2025")
    page.fill("#ends_on", "31/8/2027")
    page.get_by_label("for a year at a time").check()
    page.fill("#notice_days", "90")
    page.fill("#response_minutes_1", "0:30")
    page.fill("#fix_minutes_1", "4")
    page.fill("#fix_minutes_3", "24")
    page.fill("#service_credit", "A tenth of the month\u2019s price.")
    page.get_by_role("button", name="Add it").click()
    return urlsplit(page.url).path


def add_supplier(page: Page, la_code: str) -> str:
    """Add a supplier of an LA; return its page."""
    page.goto(f"/authorities/{la_code}/suppliers/new")
    page.fill("#name", f"Virgin Media Business {new_tag()}")
    page.fill("#desk_phone", "0800 052 0800")
    page.fill("#desk_email", "service.desk@virginmediabusiness.example")
    page.fill("#website", "https://status.virginmediabusiness.example/schools")
    page.fill("#account_number", "VMB-940-0001")
    page.fill("#ends_on", "31/8/2027")
    page.click("text=Add them")
    return urlsplit(page.url).path


def _add_line(
    page: Page, school: str, technology: str, down: str, up: str, backs: str = ""
) -> str:
    page.goto(f"{school}/circuits/new")
    page.fill("#provider", "Virgin Media Business")
    page.fill("#reference", f"FTIP {new_tag()}")
    page.select_option("#technology", technology)
    if backs:
        page.select_option("#role", "back-up")
        page.select_option("#backs", backs)
    page.fill("#down_kbps", down)
    page.fill("#up_kbps", up)
    page.fill("#ends_on", "31/8/2027")
    page.fill("#monthly_pence", "249.50")
    page.fill("#live_on", "1/9/2025")
    page.click("text=Add it")
    return urlsplit(page.url).path


def first_of(page: Page, path: str) -> str:
    """Say the id of what a list shows first."""
    page.goto(path)
    where = page.locator(".ju-table th a[href]").last.get_attribute("href")
    assert where
    return where.rpartition("/")[2]


def retire_asset(page: Page, path: str) -> str:
    """Retire an asset by its form and return its page's path."""
    page.goto(f"{path}/retire")
    page.click("button:has-text('Retire it')")
    expect(page.locator(".ju-flash__text")).to_contain_text("has been retired")
    return path


def let_leave(page: Page, path: str) -> str:
    """Erase the data of a retired asset and recycle it; say where its record is."""
    erase_data(page, f"{path}/wipes")
    page.goto(f"{path}/dispose")
    page.fill("#on", "8/9/2026")
    page.get_by_label("Recycled as electrical waste").check()
    page.fill("#reference", f"WTN {new_tag()}")
    page.click("button:has-text('Dispose of it')")
    page.click("text=All that left with it")
    there = urlsplit(page.url)
    return f"{there.path}?{there.query}"


def erase_data(page: Page, form: str) -> None:
    """Write down by a form that data was erased."""
    page.goto(form)
    page.fill("#wiped_on", "7/9/2026")
    page.get_by_label("Made unreadable even to a laboratory (purge)").check()
    page.get_by_label("Somebody saw that nothing can be read any more").check()
    page.fill("#done_by", "Featherstonehaugh IT Recycling")
    page.fill("#tool", "Blancco Drive Eraser 7")
    page.fill("#certificate", "C-940-0001")
    page.click("button:has-text('Record it')")
    expect(page.locator(".ju-flash__text")).to_have_text(
        "It is written down that the data was erased."
    )


def open_ticket(page: Page, school: str, summary: str) -> str:
    """Report a problem by its form and return its page's path."""
    page.goto(f"{school}/tickets/new")
    page.fill("#summary", summary)
    page.click("button:has-text('Send')")
    expect(page.locator(".ju-flash__text")).to_contain_text(
        "The ticket has been opened"
    )
    return _path(page)


def write_notice(page: Page, la_code: str, title: str) -> str:
    """Write a notice by its form and return the path of its draft."""
    page.goto(f"/authorities/{la_code}/notices/new")
    page.fill("#title", title)
    page.click("text=Save and look at it")
    expect(page.locator(".ju-flash__text")).to_contain_text("The draft has been saved")
    return urlsplit(page.url).path


def invite_person(page: Page, urn: str, name: str) -> str:
    """Invite somebody as staff of a school by the form; return their page's path."""
    page.goto(f"/people/new?school={urn}")
    page.fill("#display_name", name)
    page.fill("#email", f"{uuid4().hex[:8]}@example.org")
    page.select_option("#role-0", "staff")
    page.click("button:has-text('Send the invitation')")
    expect(page.locator(".ju-flash__text")).to_contain_text("have been invited")
    return urlsplit(page.url).path


def role_of(page: Page, person: str) -> str:
    """Say the address of somebody's first role."""
    page.goto(person)
    days = page.locator("a[href$='/days']").first.get_attribute("href")
    assert days is not None
    return days.removesuffix("/days")


def fill_client(page: Page, la_code: str, name: str) -> None:
    """Fill the form that lets a system in to read schools and assets."""
    page.goto(f"/authorities/{la_code}/clients/new")
    page.fill("#name", name)
    page.fill("#contact", "Portals R Us, help@portals.example")
    page.check("[value='directory:read']")
    page.check("[value='inventory:read']")
    page.check("#where")


def make_client(page: Page, la_code: str, name: str) -> str:
    """Let a system in by its form and return its page's path."""
    fill_client(page, la_code, name)
    page.click("text=Let it in")
    page.click("text=I have kept it")
    expect(page.locator("h1")).to_contain_text(name)
    return urlsplit(page.url).path


def show_picture(page: Page, model: str, alt: str, content: bytes) -> None:
    """Show a picture of a model by its form; `model` is the path of its page."""
    page.goto(f"{model}/picture")
    file = FilePayload(name="front.png", mimeType="image/png", buffer=content)
    page.set_input_files("#file", file)
    page.fill("#alt", alt)
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".ju-flash__text")).to_have_text("The picture is shown now.")


def second_step_of(page: Page) -> str:
    """Find the path of the page by which one's first second step would go."""
    page.goto("/account")
    href = page.locator("a:has-text('Remove')").first.get_attribute("href")
    assert href
    return href


def send_sheet(page: Page, school: str, content: str, name: str = "kit.csv") -> str:
    """Send a file of assets and have its rows tried; say where it stands."""
    page.goto(f"{school}/assets/import")
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Send the file").click()
    page.get_by_role("button", name="Try every row").click()
    look_until(page, "Ready to register")
    return urlsplit(page.url).path


def send_register(page: Page, content: bytes, name: str) -> str:
    """Send a file of the register by its form and return its import's path."""
    page.goto("/register")
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    page.set_input_files("#file", file)
    page.click("text=Read the file")
    expect(page.locator("h1")).to_contain_text(name)
    return urlsplit(page.url).path


def look_until(page: Page, state: str) -> None:
    """Look again, as one does without scripts, until an import is in a state."""
    link, title = page.locator("#look-again"), re.compile(f"^{state}:")
    for _ in range(600):
        if title.search(page.title()):
            return
        with page.expect_navigation():
            # Where something was just started anew there is no link: one loads again.
            link.click() if link.count() else page.reload()
    expect(page).to_have_title(title)


def unlikely_register(page: Page, la_code: str) -> bytes:
    """A file in which every school has another name, one is new, and two are broken.

    No two of them are the same file.
    """
    asked = f"/api/directory/v1/schools?la_code={la_code}&status=open&limit=30"
    known = page.request.get(asked).json()["items"]
    told = uuid4().hex[:6]
    rows = [
        row(s["urn"], la=la_code, name=f"{s['name']} {told}", pupils=s["pupils"])
        for s in known
    ]
    new = row(899_998, la=la_code, name=f"Brook {told} School")
    broken = [row(12, la=la_code), row(899_999, la=la_code, pupils="many")]
    return text(*rows, new, *broken)


def new_tag() -> str:
    return f"BR-{uuid4().hex[:8]}"


def _path(page: Page) -> str:
    found = re.search(
        r"/schools/\d{6}/(assets|tickets|devices(/doubts)?)/[0-9a-f-]{36}", page.url
    )
    assert found, page.url
    return found[0]


def _keep(said: list[str], kind: str, text: str) -> None:
    if kind == "error" and not text.startswith("Failed to load resource"):
        said.append(text)
