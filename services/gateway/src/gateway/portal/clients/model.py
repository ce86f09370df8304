"""API clients in words; no I/O."""

from collections.abc import Sequence

from gateway.clients.model import ApiClient, Credential, State, sandbox_urn
from gateway.principals.model import Scope

SCOPES: dict[Scope, tuple[str, str]] = {
    "directory:read": ("Read schools", "Names, URNs, phases, trusts and places"),
    "people:read": ("Read people", "Names, e-mail addresses and roles"),
    "inventory:read": ("Read assets", "Kit and the software on it"),
    "inventory:write": ("Read and change assets", "Add, move and retire kit, too"),
    "servicedesk:read": ("Read tickets", "With their comments and history"),
    "servicedesk:write": ("Read and change tickets", "Open, answer and close, too"),
    "strategy:read": ("Read the comparison", "Measures of schools beside others"),
}
STATES: dict[State, str] = {
    "waiting": "Being set up",
    "ready": "Good",
    "ended": "Ended",
}
TONES: dict[State, str] = {"waiting": "note", "ready": "good", "ended": "quiet"}
OVERLAPS = {
    "168": "A week: change the system, then forget the old one",
    "720": "30 days",
    "24": "A day",
    "0": "Not at all: somebody may have read it",
}
WRONG = {
    "name": "Enter a name of up to 120 letters",
    "contact": "Enter whom to ask about it, in up to 200 letters",
    "scopes": "Choose at least one thing that it may do",
    "school_urns": "Enter up to 500 URNs, each of six digits",
    "requests_per_minute": "Enter a number from 1 to 6,000",
}


def said(scopes: Sequence[str]) -> list[str]:
    """Say scopes in words, in the order of the form."""
    return [words for scope, (words, _) in SCOPES.items() if scope in scopes]


def where(client: ApiClient) -> str:
    """Say where a client works, in a few words."""
    if client.is_sandbox:
        return f"Sandbox school {sandbox_urn(client.la_code)}"
    match client.school_urns:
        case None:
            return f"Every school of {client.la_name}"
        case []:
            return "No school"
        case [_]:
            return "1 school"
        case urns:
            return f"{len(urns)} schools"


def newest(credentials: Sequence[Credential]) -> Credential | None:
    return credentials[0] if credentials else None
