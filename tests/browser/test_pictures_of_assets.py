"""A technician adds a picture to an asset without any script, saves and removes it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.pages import Kit, add_asset, attach, listen, new_tag
from tests.inventory.attachments.samples import picture


def test_a_picture_is_added_seen_saved_and_removed(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician", scripts=False)
    said = listen(page)
    asset = add_asset(page, kit.school, new_tag())

    attach(page, asset, "The dent in the lid", picture("JPEG", (800, 400)), "Picture")

    shown = page.get_by_role("img", name="The dent in the lid")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 480)
    with page.expect_download() as download:
        shown.click()
    assert download.value.suggested_filename == "IMG 0001.jpg"
    page.get_by_role("link", name="Remove The dent in the lid").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".ju-flash__text")).to_have_text("It has been removed.")
    expect(page.get_by_role("main")).to_contain_text("There are none yet.")
    assert said == []
