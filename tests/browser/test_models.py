"""Models of kit: their pictures, and exactly the devices that are of each."""

import csv
import io
import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import Kit, add_asset, listen, new_tag, show_picture
from tests.inventory.attachments.samples import picture

ALT = "A black laptop, shut"


def flash(page: Page) -> Locator:
    return page.locator(".ju-flash__text")


def written_down(page: Page, where: str, day: str) -> None:
    """Say until when a model is supported."""
    page.goto(f"{where}/lifecycle")
    page.fill("#supported_until", day)
    page.locator("main form button[type=submit]").click()


def new_model(page: Page, school: str) -> tuple[str, str]:
    """Add two devices of a model in two ways of writing; say its name and their tag."""
    name, tag = f"Zbook {uuid4().hex[:6]}", new_tag()
    for at, make in enumerate(("HP", "Hewlett-Packard")):
        page.goto(f"{school}/assets/new")
        page.fill("#tag", f"{tag}-{at}")
        page.locator("#category").select_option("laptop")
        page.fill("#manufacturer", make)
        page.fill("#model", name)
        page.get_by_role("button", name="Add the asset").click()
        expect(flash(page)).to_have_text("The asset has been added.")
    return name, tag


def found_model(page: Page, root: str, name: str) -> str:
    """Find the path of a model's page by its name."""
    page.goto(f"{root}/models?q={name.replace(' ', '+')}")
    href = page.get_by_role("link", name=f"HP {name}").get_attribute("href")
    assert href
    return href


def test_a_picture_of_a_model_is_shown_replaced_and_removed_without_scripts(
    window: Callable[..., Page], kit: Kit
) -> None:
    technician = window("school-technician", scripts=False)
    said = listen(technician)
    name, tag = new_model(technician, kit.school)
    manager = window("la-manager", scripts=False)
    where = found_model(manager, f"/authorities/{kit.la_code}", name)

    manager.goto(where)
    manager.get_by_role("link", name="Add a picture of it").click()
    manager.get_by_role("button", name="Show it").click()
    expect(manager.locator(".govuk-error-summary")).to_contain_text("Choose a picture")
    show_picture(manager, where, ALT, picture("JPEG", (900, 600)))
    shown = manager.get_by_role("img", name=ALT)
    expect(shown).to_have_js_property("naturalWidth", 480)
    show_picture(manager, where, "Another", picture("PNG", (40, 30)))
    expect(manager.get_by_role("img", name="Another")).to_have_js_property(
        "naturalWidth", 40
    )

    technician.goto(f"{kit.school}/models?q={name.replace(' ', '+')}")
    thumb = technician.locator("img.ju-thumb")
    expect(thumb).to_have_js_property("naturalWidth", 40)
    technician.get_by_role("link", name=f"HP {name}").click()
    expect(technician.get_by_role("img", name="Another")).to_be_visible()
    expect(technician.get_by_role("link", name=re.compile("picture"))).to_have_count(0)
    technician.get_by_role("link", name="List them").click()
    technician.get_by_role("link", name=f"{tag}-1").click()
    figure = technician.get_by_role("figure")
    expect(figure).to_contain_text("A picture of the model, not of this one")
    expect(technician.get_by_role("main")).to_contain_text("Hewlett-Packard")
    expect(technician.locator("h1")).to_contain_text(f"HP {name}")

    manager.get_by_role("link", name="Remove its picture").click()
    manager.get_by_role("button", name="Remove it").click()
    expect(flash(manager)).to_have_text("Its picture has been removed.")
    expect(manager.locator("main img")).to_have_count(0)
    assert said == []


def test_a_model_leads_to_exactly_its_devices_and_they_say_it_is_out_of_support(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician")
    said = listen(page)
    name, tag = new_model(page, kit.school)
    # A word of its name alone would find this one, too.
    add_asset(page, kit.school, f"{tag} {name}")
    manager = window("la-manager")
    where = found_model(manager, f"/authorities/{kit.la_code}", name)
    written_down(manager, where, "1/6/2020")

    page.goto(found_model(page, kit.school, name))
    expect(page.get_by_role("heading", name="2 devices here")).to_be_visible()
    page.get_by_role("link", name="List them").click()
    expect(page.locator(".ju-result-line")).to_contain_text("2 assets that match")
    chips = page.get_by_role("group", name="Filters that are set")
    expect(chips).to_contain_text(f"Model: HP {name}")
    expect(chips).to_contain_text("Kit: not out of use")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    for at in range(2):
        expect(rows.nth(at)).to_contain_text(f"HP {name}")
        expect(rows.nth(at)).to_contain_text("Out of support")

    # What is typed narrows it further, and the model stays.
    page.get_by_label("Search", exact=True).fill(f"{tag}-1")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"model_id="))
    page.goto(page.url)
    expect(chips).to_contain_text(f"Model: HP {name}")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^CSV")).click()
    text = download.value.path().read_text("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert [each["Tag"] for each in told] == [f"{tag}-1"]
    assert [each["Make and model"] for each in told] == [f"HP {name}"]

    chips.get_by_role("link", name=re.compile("Model:")).click()
    expect(chips).not_to_contain_text("Model:")
    expect(chips).not_to_contain_text("Kit:")
    page.goto(f"{kit.school}/assets?support=ended&q={tag}")
    expect(rows).to_have_count(2)
    expect(chips).to_contain_text("Support: Out of support")
    assert said == []


def test_the_devices_of_a_model_are_changed_together_and_kept_as_a_view(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician", scripts=False)
    name, _ = new_model(page, kit.school)
    page.goto(found_model(page, kit.school, name))
    page.get_by_role("link", name="List them").click()
    listed = page.url

    page.locator("details.ju-views summary").click()
    page.locator(".ju-views__save [name=name]").fill(name)
    page.get_by_role("button", name="Save this view").click()
    page.goto(f"{kit.school}/assets?sort=tag")
    page.locator("details.ju-views summary").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    for box in page.locator("[name=pick]").all():
        box.check()
    page.locator("[name=action]").select_option("set-in-store")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name=re.compile("Change")).click()

    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody")).to_contain_text("In store")
    assert "model_id=" in listed
    assert "model_id=" in page.url


def test_a_model_that_nobody_knows_lists_nothing_and_says_so(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician", scripts=False)

    page.goto(f"{kit.school}/assets?model_id={uuid4()}")

    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    chips = page.get_by_role("group", name="Filters that are set")
    expect(chips).to_contain_text("one that is in no catalogue here")


def test_the_devices_of_a_title_are_saved_as_a_file(
    window: Callable[..., Page], kit: Kit
) -> None:
    page = window("school-technician", scripts=False)
    page.goto(f"{kit.school}/software/{kit.title}")
    shown = page.locator("section:has(#devices) tbody th").all_inner_texts()

    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^CSV")).click()

    assert download.value.suggested_filename.endswith(".csv")
    text = download.value.path().read_text("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert [each["Tag"] for each in told][: len(shown)] == shown
    assert {"School", "Make and model", "Version", "Last seen"} <= set(told[0])
    with page.expect_download() as workbook:
        page.get_by_role("link", name=re.compile("^Excel")).click()
    assert workbook.value.path().read_bytes().startswith(b"PK")
