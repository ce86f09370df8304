"""A real LA begins: set up by one command, its manager invited, its first school in."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.joining import choose_password, give_password, link_to, set_app_up
from tests.browser.journeys import look
from tests.browser.pages import look_until, send_register
from tests.gateway.register.files import row, text
from tests.sign_on import administrator
from tests.stack import Stack, in_folder

MANAGER = "wilhelmina@joinedup.example"
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stack]:
    """An LA as the operator's two commands leave it."""
    made = in_folder(tmp_path_factory.mktemp("real"))
    try:
        told = ("--la", "940", "--name", "Wilhelmina Ng", "--email", MANAGER)
        assert "North Northamptonshire" in made.run("init", *told).stdout
        up = made.run("up").stdout
        assert MANAGER in up
        assert made.url in up
        yield made
    finally:
        made.run("reset", "--yes")


def test_its_manager_comes_in_and_brings_the_first_school_in(
    real: Stack, chromium: Browser
) -> None:
    admin = administrator(real)
    assert admin.get_client_id("rbc-demo") is None
    assert [user["email"] for user in admin.get_users({})] == [MANAGER]

    with chromium.new_context(base_url=real.url) as context:
        page = context.new_page()
        choose_password(page, link_to(real, MANAGER))
        give_password(page, MANAGER)
        set_app_up(page)
        expect(page.locator("main")).to_contain_text("North Northamptonshire")
        assert page.locator("a[href^='/schools/']").count() == 0
        look(page, "first-start-home")

        page.get_by_role("link", name="Bring your schools in").click()
        content = text(row(140001, la="940", name="Ash Primary School"))
        send_register(page, content, "edubasealldata20240617.csv")
        look_until(page, "Ready to apply")
        page.get_by_role("button", name="Apply").click()
        page.get_by_role("button", name="Apply 1 change").click()
        expect(page).to_have_title(re.compile("^Applied"), timeout=60_000)
        page.goto("/schools/140001")
        expect(page.locator("main")).to_contain_text("Ash Primary School")
        look(page, "first-start-school")


def test_set_up_again_it_is_as_it_was(real: Stack) -> None:
    told = ("--la", "940", "--name", "Wilhelmina Ng", "--email", MANAGER)

    real.run("init", *told)
    up = real.run("up").stdout

    assert MANAGER in up
    users = administrator(real).get_users({})
    assert [user["email"] for user in users] == [MANAGER]
