"""What a sign-in remembers between its two halves, and where it may lead: pure."""

import re
import secrets
from dataclasses import dataclass

from chassis import errors

STATE_COOKIE = "__Host-joinedup-login"
STATE_SECONDS = 900
LONGEST_NEXT = 2000
# A local path and nothing that a browser takes for another address.
_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


class LoginRefused(errors.Forbidden):
    """Keycloak said no, or the sign-in that comes back is not the one that left."""

    slug = "login-refused"
    title = "Signing in did not work; please try again"


@dataclass(frozen=True, slots=True)
class LoginState:
    """What must come back unchanged from Keycloak."""

    state: str
    nonce: str
    verifier: str
    next: str


# What somebody may be led to do at Keycloak of their own accord.
ACTIONS = frozenset(
    {"UPDATE_PASSWORD", "CONFIGURE_TOTP", "CONFIGURE_RECOVERY_AUTHN_CODES"}
)


def new_state(next_path: str | None) -> LoginState:
    return LoginState(
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(48),
        safe_next(next_path),
    )


def safe_next(path: str | None) -> str:
    """Keep a path of ours; anything else leads home."""
    if path is None or len(path) > LONGEST_NEXT or _LOCAL.fullmatch(path) is None:
        return "/"
    if path.startswith(("/login", "/logout", "/api/")):
        return "/"
    return path
