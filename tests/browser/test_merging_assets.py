"""A technician merges two records of one thing, and splits them, with no script too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    NARROWEST,
    Kit,
    add_asset,
    attach,
    fits,
    listen,
    looks,
    new_tag,
    violations,
)
from tests.inventory.attachments.samples import PDF


def tag_on(page: Page, asset: str) -> str:
    page.goto(asset)
    return page.locator("h1").inner_text().splitlines()[-1].strip()


def two(page: Page, kit: Kit) -> tuple[str, str]:
    """Add one thing twice, the second time with another make and its bill."""
    kept = add_asset(page, kit.school, new_tag())
    duplicate = add_asset(page, kit.school, new_tag())
    page.goto(f"{duplicate}/edit")
    page.fill("#manufacturer", "LENOVO UK")
    page.fill("#supplier", "Stone")
    page.click("text=Save")
    attach(page, duplicate, "Bill", PDF, "Invoice")
    return kept, duplicate


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_two_assets_become_one_and_two_again(
    window: Callable[..., Page], kit: Kit, scripts: bool
) -> None:
    page = window("school-technician", scripts=scripts)
    said = listen(page)
    kept, duplicate = two(page, kit)
    kept_tag, tag = tag_on(page, kept), tag_on(page, duplicate)

    page.goto(kept)
    page.get_by_role("link", name="This is the same as another asset").click()
    page.get_by_label("Find the other asset").fill(tag)
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name=f"Compare with {tag}").click()
    page.get_by_role("group", name="Make").get_by_label("LENOVO UK").check()
    expect(page.get_by_role("main")).to_contain_text("1 picture or document")
    page.get_by_role("button", name=f"Merge {tag} into {kept_tag}").click()

    expect(page.locator(".ju-flash__text")).to_have_text("The two assets are one now.")
    main = page.get_by_role("main")
    for text in ("LENOVO UK", "Stone", "Took in a duplicate", f"With {tag}"):
        expect(main).to_contain_text(text)
    expect(page.get_by_role("link", name="Remove Bill")).to_be_visible()

    page.goto(f"{kit.school}/assets?q={tag}")
    expect(page.locator(".ju-table th a[href]").last).to_have_text(kept_tag)
    page.goto(f"/label/{duplicate.rpartition('/')[2]}")
    assert page.url.endswith(kept)
    page.goto(duplicate)
    expect(main).to_contain_text(f"Merged into {kept_tag}")
    page.get_by_role("link", name="Split them again").click()
    page.get_by_role("button", name="Split them").click()

    expect(page.locator(".ju-flash__text")).to_have_text(
        "The two assets are two again."
    )
    expect(page.get_by_role("link", name="Remove Bill")).to_be_visible()
    expect(main).to_contain_text("Split off again")
    page.goto(kept)
    expect(main).not_to_contain_text("LENOVO UK: ")
    assert "Stone" not in page.locator("[aria-labelledby=purchase]").inner_text()
    assert said == []


def test_a_merge_is_undone_at_once(window: Callable[..., Page], kit: Kit) -> None:
    page = window("school-technician", scripts=False)
    kept, duplicate = two(page, kit)

    page.goto(f"{kept}/same/{duplicate.rpartition('/')[2]}")
    page.get_by_role("button", name="Merge").click()
    page.locator(".ju-flash").get_by_role("button").first.click()

    expect(page.locator(".ju-flash__text")).to_have_text(
        "The two assets are two again."
    )


def test_what_changed_since_is_said_before_it_is_left(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician")
    kept, duplicate = two(page, kit)
    page.goto(f"{kept}/same/{duplicate.rpartition('/')[2]}")
    page.get_by_role("button", name="Merge").click()
    page.goto(f"{kept}/edit")
    page.fill("#supplier", "XMA")
    page.click("text=Save")

    page.goto(duplicate)
    page.get_by_role("link", name="Split them again").click()
    page.get_by_role("button", name="Split them").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Supplier: It is XMA now")
    for shown in looks(page):
        assert violations(page, f"merge-changed-{shown}") == []
        assert fits(page)
    page.get_by_role("button", name="Split them, and leave what has changed").click()
    page.goto(kept)
    expect(page.locator("[aria-labelledby=purchase]")).to_contain_text("XMA")


def test_every_page_of_a_merge_has_no_violation(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician", scripts=True)
    kept, duplicate = two(page, kit)
    other = duplicate.rpartition("/")[2]

    def judge(name: str) -> None:
        assert page.locator("h1").count() == 1
        for shown in looks(page):
            assert violations(page, f"{name}-{shown}") == []
            assert fits(page)
        page.set_viewport_size({"width": NARROWEST, "height": 800})
        assert fits(page)
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(f"{kept}/same?q={tag_on(page, duplicate)}")
    judge("merge-find")
    page.goto(f"{kept}/same/{other}")
    judge("merge-compare")
    page.goto(f"{kept}/same/{kept.rpartition('/')[2]}")
    judge("merge-refused")
    page.goto(f"{kept}/same/{other}")
    page.get_by_role("button", name="Merge").click()
    judge("merge-kept")
    page.goto(duplicate)
    judge("merge-duplicate")
    page.get_by_role("link", name="Split them again").click()
    judge("merge-split")
    page.goto(f"{kit.school}/duplicates")
    judge("duplicates")
