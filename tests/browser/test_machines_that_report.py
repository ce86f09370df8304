"""From a key to machines that report, and what is said of those that are doubtful."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    Kit,
    add_asset,
    find_doubt,
    find_machine,
    fits,
    looks,
    machine,
    new_tag,
    report,
    violations,
)
from tests.stack import Stack


@pytest.fixture
def page(window: Callable[..., Page]) -> Page:
    return window("school-technician", scripts=False)


def told(page: Page, words: str) -> None:
    expect(page.locator(".ju-flash__text")).to_contain_text(words)


def make_key(page: Page, school: str) -> str:
    """Make a key by its form and return the letters that are shown once."""
    page.goto(f"{school}/devices/keys/new")
    page.fill("#name", f"Room {uuid4().hex[:6]}")
    page.click("text=Make it and show it")
    return page.input_value("#password")


def test_a_key_is_shown_once_and_lets_a_machine_report_till_it_is_withdrawn(
    window: Callable[..., Page], kit: Kit, stack: Stack
) -> None:
    page = window("school-technician")
    key = make_key(page, kit.school)
    assert page.locator("pre", has_text=key).count() >= 5
    for shown in looks(page):
        assert violations(page, f"key-made-{shown}") == []
        assert fits(page)
    page.click("text=I have kept it")
    assert key not in page.content()

    name = f"pc-{uuid4().hex[:8]}"
    agent = {"school": kit.school.rpartition("/")[2], "enrolment_key": key}
    laptop = machine(name.upper(), name, 8192, 7)
    assert report(stack.url, agent, laptop) == 200
    path = find_machine(page, kit.school, name)
    expect(page.locator("main")).to_contain_text("Windows 11 Education")
    page.click("#asset + ul a")
    expect(page.locator("main")).to_contain_text("What the machine reports")

    page.goto(f"{kit.school}/devices/keys")
    row = page.locator("tr", has_text=key[:8])
    row.locator("text=Withdraw").last.click()
    assert violations(page, "key-withdraw") == []
    page.click("button:has-text('Withdraw it')")
    told(page, "The key has been withdrawn")
    assert report(stack.url, agent, laptop) == 401
    page.goto(path)
    expect(page.locator("h1")).to_contain_text(name)


def test_what_changed_on_a_machine_is_told(page: Page, kit: Kit) -> None:
    page.goto(kit.device)

    expect(page.locator(".ju-timeline")).to_contain_text("Memory: 8 GB → 16 GB")


def test_a_doubtful_machine_is_said_to_be_an_asset_and_it_is_taken_back(
    page: Page, kit: Kit, stack: Stack
) -> None:
    name = f"guest-{uuid4().hex[:8]}"
    assert (
        report(stack.url, stack.signins["agent"], machine(None, name, 4096, 7)) == 200
    )
    tag = new_tag()
    add_asset(page, kit.school, tag)
    find_doubt(page, kit.school, name)

    page.get_by_label("An asset of this school").check()
    page.fill("#tag", "no asset is called so")
    page.click("button:has-text('Save')")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter the tag")
    page.fill("#tag", tag.lower())
    page.click("button:has-text('Save')")
    told(page, "It is saved")
    expect(page.locator("main")).to_contain_text(tag)

    page.click("button:has-text('Undo')")
    told(page, "It is saved")
    page.click("text=Say which asset it is")
    expect(page.locator("main table")).to_contain_text(tag)
    page.check(f"text=The same as {tag}")
    page.click("button:has-text('Save')")
    expect(page.locator("main")).to_contain_text("Somebody said so")


def test_a_text_is_copied_by_its_button(window: Callable[..., Page], kit: Kit) -> None:
    page = window("school-technician")
    page.context.grant_permissions(["clipboard-write"])
    page.goto(f"{kit.school}/devices/set-up?platform=debian")

    page.click(".ju-copy__button >> nth=0")

    expect(page.locator("#told")).to_have_text("Copied")


@pytest.mark.parametrize("tail", ["", "/doubts", "/keys", "/set-up"])
def test_staff_are_told_nothing_of_machines(
    window: Callable[..., Page], kit: Kit, tail: str
) -> None:
    page = window("staff", scripts=False)
    page.goto(f"{kit.school}/devices{tail}")

    expect(page.locator("h1")).to_contain_text("not")


def test_the_letters_of_odd_addresses_lead_to_no_failure(page: Page, kit: Kit) -> None:
    odd = [
        "/devices?after=nonsense",
        "/devices?unseen_days=99999999999999999999&kind=x&standing=%00",
        f"/devices?q={'%25' * 30}",
        "/devices/doubts?after=nonsense",
        "/devices/keys?after=nonsense",
        "/devices/set-up?platform=nonsense",
        f"/devices/{uuid4()}",
        f"/devices/doubts/{uuid4()}",
        f"/devices/keys/{uuid4()}/withdraw",
        "/devices/not-an-id",
    ]
    for each in odd:
        answer = page.goto(f"{kit.school}{each}")
        assert answer is not None
        assert answer.status in {200, 404}, each
        assert page.locator("h1").count() == 1


def test_a_machine_is_found_at_its_own_school_alone(page: Page, kit: Kit) -> None:
    device = kit.device.rpartition("/")[2]
    answer = page.goto(f"/schools/900001/devices/{device}")

    assert answer is not None
    assert answer.status == 404
