"""A school with an asset and a ticket, a notice and imports, made by the pages."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser.pages import (
    Kit,
    add_agreement,
    add_asset,
    add_licence,
    add_supplier,
    attach,
    document,
    find_doubt,
    find_machine,
    first_of,
    invite_person,
    join_up,
    let_leave,
    look_until,
    machine,
    make_client,
    new_tag,
    open_ticket,
    report,
    retire_asset,
    role_of,
    second_step_of,
    send_register,
    send_sheet,
    show_picture,
    stock_up,
    take_service,
    unlikely_register,
    write_notice,
)
from tests.chromium import Visitors
from tests.inventory.attachments.samples import PDF, picture
from tests.stack import Stack


@pytest.fixture(scope="session")
def kits() -> list[Kit]:
    """What the first module made, for every other."""
    return []


@pytest.fixture(scope="module")
def kit(visitors: Visitors, kits: list[Kit]) -> Kit:
    if not kits:
        kits.append(_made(visitors))
    return kits[0]


def _made(visitors: Visitors) -> Kit:
    told = visitors.stack.signins["school-technician"]
    school = f"/schools/{told['schools'][0]}"
    with visitors.window("school-technician", scripts=False) as context:
        page = context.new_page()
        asset = add_asset(page, school, new_tag())
        attach(page, asset, "The dent in the lid", picture(), "Picture")
        attachment = attach(page, asset, "Invoice 4711", PDF, "Invoice")
        consumable = stock_up(page, school)
        line = join_up(page, school)
        service = take_service(page, school)
        retired = retire_asset(page, add_asset(page, school, new_tag()))
        disposal = let_leave(
            page, retire_asset(page, add_asset(page, school, new_tag()))
        )
        ticket = open_ticket(page, school, "Projector in room 4 shows no picture")
        model = first_of(page, f"{school}/models?q=ThinkPad+L13")
        title = first_of(page, f"{school}/software")
        licence = add_licence(page, school, title, "1")
        signed = document(page, licence, "The agreement", PDF)
        agreement = add_agreement(page, school)
        device, doubt = _report(visitors.stack, page, school)
        sheet = send_sheet(page, school, sheet_of(new_tag()))
        taken = send_sheet(page, school, sheet_of(new_tag()))
        page.get_by_role("button", name="Register 1 asset").click()
        look_until(page, "Registered")
    la_code = visitors.stack.signins["la-manager"]["la_code"]
    with visitors.window("la-manager", scripts=False) as context:
        page = context.new_page()
        where = f"/authorities/{la_code}/models/{model}"
        show_picture(page, where, "A grey laptop, open", picture())
        notice = write_notice(page, la_code, "The filter changes")
        urn = school.rpartition("/")[2]
        person = invite_person(page, urn, "Imogen Featherstonehaugh-Cholmondeley")
        role = role_of(page, person)
        client = make_client(page, la_code, f"Parents portal {uuid4().hex[:8]}")
        second_step = second_step_of(page)
        supplier = add_supplier(page, la_code)
        pool = add_licence(page, f"/authorities/{la_code}", title, "2")
        promise = add_agreement(page, f"/authorities/{la_code}")
        paper = document(page, pool, "The framework", PDF)
        failed = send_register(page, f"Name\r\n{uuid4()}\r\n".encode(), "names.csv")
        look_until(page, "Failed")
        content = unlikely_register(page, la_code)
        preview = send_register(page, content, "edubasealldata20300101.csv")
        look_until(page, "Ready to apply")
    return Kit(
        *(school, asset, ticket, la_code, notice, preview, failed, retired),
        *(person, role, client, second_step, model, title, device, doubt),
        *(sheet, taken, attachment, consumable, supplier, line, licence, pool),
        *(signed, paper, service, agreement, promise, disposal),
    )


def sheet_of(tag: str) -> str:
    """A file of two rows, one of them broken."""
    return (
        "Tag,Kind,Make,Model,Room\r\n"
        f"{tag},Laptop,Dell,Latitude,ICT 1\r\n"
        f"{tag}-B,Gizmo,Dell,Latitude,ICT 1\r\n"
    )


def _report(stack: Stack, page: Page, school: str) -> tuple[str, str]:
    """Let one machine report twice, and one of which nobody knows which it is."""
    agent, name = stack.signins["agent"], uuid4().hex[:8]
    for day, memory in ((7, 8192), (8, 16384)):
        told = machine(f"PF{name.upper()}", f"laptop-{name}", memory, day)
        assert report(stack.url, agent, told) == 200
    assert report(stack.url, agent, machine(None, f"guest-{name}", 4096, 7)) == 200
    found = find_machine(page, school, f"laptop-{name}")
    return found, find_doubt(page, school, f"guest-{name}")
