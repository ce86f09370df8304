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
    {
        "UPDATE_PASSWORD",
        "CONFIGURE_TOTP",
        "CONFIGURE_RECOVERY_AUTHN_CODES",
        "webauthn-register",
    }
)
PASSKEY_SCOPE = "second-step-passkey"
"""What tells Keycloak that somebody would rather set a passkey up than an app."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who leaves for Keycloak wants there, beside signing in."""

    next: str | None = None
    """Where they are going; None: home."""
    action: str | None = None
    """One of `ACTIONS`; any other is none."""
    afresh: bool = False
    """They are to prove anew who they are, signed in or not."""
    rather_passkey: bool = False
    """Who must set a second step up is led to a passkey, not to an app."""


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
