"""Who changes people: Keycloak's administrator, and an LA's manager."""

import re
from collections.abc import Generator
from contextlib import closing

import httpx
import pytest
from keycloak import KeycloakAdmin

from tests import sign_on
from tests.stack import Stack


@pytest.fixture
def admin(stack: Stack) -> KeycloakAdmin:
    return sign_on.administrator(stack)


@pytest.fixture
def manager(stack: Stack) -> Generator[httpx.Client]:
    """The LA's manager, signed in, who may change."""
    with closing(stack.signed_in("la-manager")) as client:
        shown = client.get("/people/new").text
        (token,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', shown))
        client.headers["x-csrf-token"] = token
        yield client
