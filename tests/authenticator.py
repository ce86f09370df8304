"""The authenticator app of a sign-in: Keycloak takes each of its codes once only."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import stamina
from playwright.sync_api import Page
from pyotp.totp import TOTP

STEP = timedelta(seconds=30)
# The policy takes the code before and the one to come as well, for clocks that differ.
NEAR = (0, -1, 1)
_used: defaultdict[str, set[str]] = defaultdict(set)


def unused_code(key: str) -> str:
    """Say a code of the app that was not said before, as soon as there is one."""
    for attempt in stamina.retry_context(
        on=LookupError, attempts=None, timeout=90, wait_initial=0.5, wait_max=1
    ):
        with attempt:
            found = _unused(key)
            _used[key].add(found)
            return found
    raise AssertionError


def _unused(key: str) -> str:
    app, now = TOTP(key), datetime.now(UTC)
    for steps in NEAR:
        code = app.at(now + steps * STEP)
        if code not in _used[key]:
            return code
    raise LookupError(key)


def sign_in(page: Page, told: dict[str, Any]) -> None:
    """Go through Keycloak's forms: name, password, and a code if there is an app."""
    page.fill("#username", told["username"])
    page.click("#kc-login")
    page.fill("#password", told["password"])
    page.click("#kc-login")
    if told["totp_secret"]:
        page.fill("#otp", unused_code(told["totp_secret"]))
        page.click("#kc-login")
