"""A technician brings in a spreadsheet, sees what is wrong with it, and undoes it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.pages import Kit, listen, look_until, new_tag


def comes(page: Page, state: str, *, scripts: bool) -> None:
    """Await what the worker makes of it; with scripts, the page looks by itself."""
    if scripts:
        expect(page).to_have_title(re.compile(f"^{state}:"), timeout=60_000)
    else:
        look_until(page, state)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_spreadsheet_from_its_columns_to_its_undoing(
    window: Callable[..., Page], kit: Kit, *, scripts: bool
) -> None:
    page = window("school-technician", scripts=scripts)
    said = listen(page)
    # No file with this heading was read before: how one was is remembered.
    tag = new_tag()
    content = (
        f"Asset No,Sort {tag},Make,Model,Date Purchased,Cost\r\n"
        f"{tag}-1,Gizmo,Acme,One,03/04/2024,\u00a312.50\r\n"
        f"{tag}-2,Laptop,Acme,Two,31/02/2024,12.50\r\n"
    )

    page.goto(f"{kit.school}/assets")
    page.get_by_role("button", name="Bring in from a file").click()
    file = FilePayload(name="kit.csv", mimeType="text/csv", buffer=content.encode())
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_label("What the column Asset No tells")).to_have_value("tag")

    # Its heading says nothing: the person does, and once more what its word is.
    page.get_by_role("button", name="Try every row").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Category")
    page.get_by_label(f"What the column Sort {tag} tells").select_option("category")
    page.get_by_role("button", name="Try every row").click()
    comes(page, "Ready to register", scripts=scripts)
    page.get_by_role("button", name="Read the columns otherwise").click()
    page.get_by_label("What Gizmo stands for").select_option("camera")
    page.get_by_role("button", name="Try every row").click()
    comes(page, "Ready to register", scripts=scripts)

    page.get_by_role("link", name="Show each by its line").click()
    row = page.get_by_role("row", name="Line 3")
    expect(row).to_contain_text("31/02/2024")
    expect(row).to_contain_text("Is no day of the calendar")
    page.go_back()
    page.get_by_role("button", name="Register 1 asset").click()
    comes(page, "Registered", scripts=scripts)
    page.goto(f"{kit.school}/assets?q={tag}")
    expect(page.get_by_role("row", name=f"{tag}-1")).to_contain_text("Camera")

    page.goto(f"{kit.school}/assets/import")
    page.get_by_role("link", name="kit.csv").first.click()
    page.get_by_role("button", name="Undo the import").click()
    page.get_by_role("button", name="Undo the import").click()
    comes(page, "Undone", scripts=scripts)
    page.goto(f"{kit.school}/assets?q={tag}")
    expect(page.get_by_role("main")).not_to_contain_text(f"{tag}-1")
    assert said == []
