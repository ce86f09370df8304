"""The gateway before the real services: lists are read and changed for true."""

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
    # Its own: other tests of a service leave its schools as they like.
    names = ("gateway", *SERVICES)
    databases = {name: database_of(name, copy="lists") for name in names}
    folder = tmp_path_factory.mktemp("lists")
    async with running(databases, signing, folder) as made:
        yield made
