"""A ticket goes from the desk to a supplier and back, and each sees whose it is."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, new_tag, open_ticket

Window = Callable[..., Page]
DONE = ".ju-flash__text"


def test_over_to_a_supplier_and_back_with_the_reasons_for_all_to_read(
    window: Window, kit: Kit
) -> None:
    desk = window("school-technician", scripts=False)
    contract = agree_with_a_supplier(desk, kit.school)
    teacher = window("staff", scripts=False)
    path = open_ticket(teacher, kit.school, f"No picture in room {new_tag()}")

    desk.goto(path)
    desk.get_by_role("button", name="Take it").click()
    expect(desk.locator(DONE)).to_have_text("It is yours.")
    desk.get_by_role("button", name="Hand over").click()
    desk.get_by_role("button", name="Hand it over").click()
    expect(desk.get_by_role("link", name="Choose who is to have it")).to_be_visible()
    desk.get_by_label(contract).check()
    desk.get_by_label("Why, and what you have tried").fill("The new lamp is dark, too")
    desk.get_by_role("button", name="Hand it over").click()

    expect(desk.locator(DONE)).to_have_text("The ticket has been handed over.")
    expect(desk.locator("#record")).to_contain_text(contract)
    teacher.goto(path)
    expect(teacher.locator("#turns")).to_contain_text("The new lamp is dark, too")
    expect(teacher.locator("#record")).to_contain_text("A supplier")
    expect(teacher.locator("#record")).not_to_contain_text(contract)

    desk.get_by_role("button", name="Hand over").click()
    desk.get_by_label("The authority's desk").check()
    desk.get_by_label("Why, and what you have tried").fill("They changed the board")
    desk.get_by_role("button", name="Hand it over").click()
    expect(desk.locator("#record")).to_contain_text("The authority's desk")
    expect(desk.locator("#turns ol li")).to_have_count(3)


def test_a_ticket_that_waits_says_for_what_and_the_answer_lets_it_go_on(
    window: Window, kit: Kit
) -> None:
    teacher = window("staff", scripts=False)
    path = open_ticket(teacher, kit.school, f"Password of {new_tag()}")
    desk = window("school-technician", scripts=False)
    desk.goto(path)

    desk.get_by_label("It waits for").select_option("requester")
    desk.get_by_role("button", name="Let it wait").click()
    expect(desk.locator("#title")).to_contain_text("Waiting")
    expect(desk.locator("#record")).to_contain_text("an answer of who asked")
    teacher.reload()
    teacher.get_by_label("Add a comment").fill("It is 9C")
    teacher.get_by_role("button", name="Add the comment").click()

    desk.reload()
    expect(desk.locator("#title")).to_contain_text("Open")
    expect(desk.locator("#record")).to_contain_text("Goes on")


def agree_with_a_supplier(page: Page, school: str) -> str:
    """Write down by the form that a supplier works for a school; say its name."""
    supplier, name = f"Harland {new_tag()}", f"Projectors {new_tag()}"
    page.goto(f"{school}/agreements/new")
    page.get_by_label("A supplier, or the regional").check()
    page.fill("#name", name)
    page.fill("#supplier_name", supplier)
    page.fill("#starts_on", "1/9/2026")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(DONE)).to_contain_text("has been added")
    return f"{supplier}, {name}"
