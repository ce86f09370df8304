"""Fixture `product`: the gateway and the three services on databases of their own."""

from collections.abc import AsyncGenerator, Callable

import pytest

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from tests.security.product import SERVICES, Product, running


@pytest.fixture(scope="session")
async def product(
    database_of: Callable[..., ServiceDatabase],
    signing: Signing,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncGenerator[Product]:
    names = ("gateway", *SERVICES)
    databases = {name: database_of(name, "_product") for name in names}
    folder = tmp_path_factory.mktemp("product")
    async with running(databases, signing, folder) as made:
        yield made
