"""The words of an account."""

from dataclasses import dataclass
from datetime import datetime

from gateway.mail import model as mail
from gateway.second_steps.model import Kind, SecondStep

FREQUENCIES = {
    "at-once": "At once",
    "daily": "Once a day, at 7am",
    "weekly": "On Mondays, at 7am",
    "never": "Never",
}
SECOND_STEPS: dict[Kind, str] = {
    "app": "Authenticator app",
    "passkey": "Passkey",
    "recovery-codes": "Recovery codes",
}
ADDED = {
    "app": "CONFIGURE_TOTP",
    "passkey": "webauthn-register",
    "recovery-codes": "CONFIGURE_RECOVERY_AUTHN_CODES",
}
"""What Keycloak is asked to lead somebody to."""
KINDS = {
    "ticket-resolved": "When a ticket of mine is resolved",
    "kit-week": "How the kit that I look after stands",
}


def offered(kind: mail.Kind) -> dict[str, str]:
    """Say how often somebody may be told of a kind of thing, in words."""
    return {
        each: FREQUENCIES[each] for each in FREQUENCIES if each in mail.OFFERED[kind]
    }


@dataclass(frozen=True, slots=True)
class Held:
    """A role, and where it is held."""

    role: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the sessions of whoever looks."""

    since: datetime
    last_seen_at: datetime
    is_this: bool
    device: str


def named(step: SecondStep) -> str:
    """Say one of somebody's second steps, with the name that they gave it."""
    kind = SECOND_STEPS[step.kind]
    own = step.name if step.kind != "recovery-codes" else ""
    return f"{kind} “{own}”" if own else kind


def left(step: SecondStep) -> str:
    """Say how many codes are left; nothing of what is no list of codes."""
    if step.left is None:
        return ""
    return "1 code left" if step.left == 1 else f"{step.left} codes left"
