"""What somebody signed in with is named as they would name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sessions.devices import LONGEST, device_of

SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Chrome on Windows"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/130.0.0.0",
            "Edge on Windows",
        ),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {SAFARI} Safari/605.1.15",
            "Safari on Mac",
        ),
        (
            (
                f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) {SAFARI}"
                " Mobile/15E148 Safari/604.1"
            ),
            "Safari on iPhone or iPad",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36"
                " (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
            ),
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox on Linux",
        ),
        ("", ""),
        ("nothing anybody knows", ""),
    ],
)
def test_a_browser_is_named_with_what_it_runs_on(line: str, name: str) -> None:
    assert device_of(line) == name


@given(st.text(max_size=3000))
def test_whatever_is_sent_is_a_name_that_can_be_kept(line: str) -> None:
    assert len(device_of(line)) <= LONGEST
    assert len(device_of(f"Mozilla/5.0 ({line}) Chrome/130.0.0.0")) <= LONGEST
