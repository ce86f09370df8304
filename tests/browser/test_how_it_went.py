"""A settled ticket: one click of the head's, the technician's view, and the sums."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, fits, looks, new_tag, open_ticket, violations

Window = Callable[..., Page]
DONE = ".ju-flash__text"


def resolve(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator(DONE)).to_have_text("The ticket has been resolved.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_head_says_with_one_click_how_it_went(
    window: Window, kit: Kit, *, scripts: bool
) -> None:
    head = window("school-leader", scripts=scripts)
    why = f"Ready before the play of {new_tag()}"
    path = open_ticket(head, kit.school, f"No sound in the hall {new_tag()}")
    expect(head.locator("#feedback")).to_have_count(0)
    desk = window("school-technician", scripts=False)
    resolve(desk, path)

    head.goto(path)
    head.get_by_role("button", name="Good", exact=True).click()
    expect(head.locator(DONE)).to_have_text("Thank you. The team reads it.")
    expect(head.locator("#feedback article")).to_contain_text("Good")
    head.get_by_label("Why, if you like to say").fill(why)
    head.get_by_role("button", name="Good", exact=True).click()

    expect(head.locator("#feedback article")).to_contain_text(why)
    expect(head.locator("#feedback article")).to_have_count(1)
    manager = window("la-manager", scripts=scripts)
    manager.goto(f"/authorities/{kit.la_code}/feedback?score=good")
    row = manager.locator("tbody tr", has_text=why)
    expect(row).to_contain_text("Who asked")


def test_the_technician_says_what_stood_in_the_way_and_the_teacher_reads_none(
    window: Window, kit: Kit
) -> None:
    teacher = window("staff", scripts=False)
    path = open_ticket(teacher, kit.school, f"Slow laptop {new_tag()}")
    desk = window("school-technician", scripts=False)
    resolve(desk, path)

    desk.get_by_role("link", name="What stood in the way").click()
    desk.get_by_label("Parts or a delivery had to come").check()
    desk.get_by_label("In your words, if you like").fill("The disk came on Friday")
    desk.get_by_role("button", name="Save it").click()
    expect(desk.locator(DONE)).to_have_text("It is written down.")
    expect(desk.locator("#feedback")).to_contain_text("The disk came on Friday")
    desk.get_by_role("link", name="What stood in the way").click()
    expect(desk.get_by_label("Parts or a delivery had to come")).to_be_checked()

    teacher.goto(path)
    expect(teacher.locator("#feedback")).not_to_contain_text("disk came")
    desk.goto(f"{kit.school}/feedback")
    met = desk.locator("[aria-labelledby=met] tbody tr", has_text="Parts")
    expect(met).to_be_visible()


def test_a_ticket_that_was_rated_has_no_violation(window: Window, kit: Kit) -> None:
    head = window("school-leader")
    path = open_ticket(head, kit.school, f"Dark board {new_tag()}")
    resolve(window("school-technician", scripts=False), path)
    head.goto(path)
    head.get_by_role("button", name="Fair", exact=True).click()
    expect(head.locator("#feedback article")).to_contain_text("Fair")

    for shown in looks(head):
        assert violations(head, f"ticket-rated-{shown}") == []
        assert fits(head)
