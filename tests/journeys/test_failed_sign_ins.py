"""A wrong password at Keycloak's own form is in the LA's record a minute later."""

import html
import re
from contextlib import closing

import httpx

from tests.stack import Browser, Stack, eventually

WHOLE = 120.0
"""Seconds: the minute has to be over, and is read twenty seconds later."""


def guess(stack: Stack, username: str, password: str) -> None:
    """Try to sign in, and be refused."""
    browser = Browser(stack.url)
    with closing(browser.client()):
        landed = browser.follow("GET", "/login")
        typed = {"username": username, "password": password}
        for _ in range(2):
            action = re.search(r'<form[^>]*action="([^"]+)"', landed.text)
            assert action is not None
            landed = browser.follow("POST", html.unescape(action[1]), data=typed)
    assert 'aria-invalid="true"' in landed.text


def ask_token(stack: Stack, client_id: str, secret: str) -> None:
    """Ask for a token as an API client does, and be refused."""
    answer = httpx.post(
        stack.signins["clients"]["rbc-demo"]["token_url"],
        data={"grant_type": "client_credentials"},
        auth=(client_id, secret),
        timeout=30,
    )
    assert answer.status_code == 401, answer.text


def record(auditor: httpx.Client, la_code: str) -> str:
    page = auditor.get(f"/authorities/{la_code}/audit", params={"what": "sign-in"})
    assert page.status_code == 200
    return page.text


def test_wrong_passwords_and_secrets_are_shown_to_the_auditor_in_plain_words(
    stack: Stack,
) -> None:
    tried = stack.signins["school-leader"]
    with closing(stack.signed_in("school-leader")) as leader:
        principal = leader.get("/api/directory/v1/me").json()["principal"]
    with closing(stack.client()) as system:
        assert system.get("/api/directory/v1/schools").status_code == 200
    with closing(stack.signed_in("auditor")) as auditor:
        guess(stack, tried["username"], "certainly-not-the-password")
        guess(stack, "a-password-in-the-wrong-field", "x")
        ask_token(stack, "rbc-demo", "certainly-not-the-secret")
        ask_token(stack, "a-secret-in-the-wrong-field", "x")

        def seen(what: str) -> str | None:
            shown = record(auditor, tried["la_code"])
            rows = (row for row in shown.split("<tr") if "Sign-in failed" in row)
            return next((row for row in rows if what in row), None)

        row = eventually(lambda: seen(principal), WHOLE)
        secret = eventually(lambda: seen("wrong secret of an API client"), WHOLE)

        assert "wrong password or recovery code" in row
        assert "rbc-demo" in secret
        assert "Nobody signed in" in row
        assert "Refused" in row
        shown = record(auditor, tried["la_code"])
        assert "a-password-in-the-wrong-field" not in shown
        assert "certainly-not-the-password" not in shown
        assert "a-secret-in-the-wrong-field" not in shown
        assert "certainly-not-the-secret" not in shown
