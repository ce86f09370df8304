"""The gateway before the real services: lists are read and changed for true."""

from collections.abc import AsyncGenerator, Callable

import pytest
from playwright.async_api import Browser, async_playwright

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.browser.pages import AXE
from tests.chromium import QUIET, program
from tests.security.product import SERVICES, Product, running


@pytest.fixture(scope="session")
async def product(
    database_of: Callable[..., ServiceDatabase],
    signing: Signing,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncGenerator[Product]:
    # Its own: other tests of a service leave its schools as they like.
    names = ("gateway", *SERVICES)
    databases = {name: database_of(name, copy="lists") for name in names}
    folder = tmp_path_factory.mktemp("lists")
    async with running(databases, signing, folder) as made:
        yield made


@pytest.fixture
def axe() -> str:
    return AXE.read_text("utf-8")


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        launch = playwright.chromium.launch
        browser = await launch(executable_path=program(), args=[*QUIET])
        yield browser
        await browser.close()
