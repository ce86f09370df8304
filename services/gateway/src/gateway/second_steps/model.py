"""Somebody's second steps as Keycloak tells of them, and which may go: pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from chassis import errors
from contracts import roles

Kind = Literal["app", "passkey", "recovery-codes"]
KINDS: Mapping[str, Kind] = {
    "otp": "app",
    "webauthn": "passkey",
    "recovery-authn-codes": "recovery-codes",
}
"""Keycloak's types of credential, and what we call them; others are none of these."""
LASTING = frozenset[Kind]({"app", "passkey"})
"""Codes on paper run out: they stand in for one of these, and are none themselves."""
FRESH = timedelta(minutes=10)
"""How long after proving who they are somebody may take a second step away."""


class SecondStepUnknown(errors.NotFound):
    """It is none of theirs, or is gone already."""

    slug = "second-step-unknown"
    title = "There is no such second step of yours"


class SecondStepNeeded(errors.Conflict):
    """It is the last one, and a role of theirs asks for one."""

    slug = "second-step-needed"
    title = "Your role needs a second step: set another one up first"


class SignInAgain(errors.Forbidden):
    """Who sits at the browser has not proved for a while who they are."""

    slug = "sign-in-again"
    title = "Sign in again to do this"


@dataclass(frozen=True, slots=True)
class SecondStep:
    """An app, a passkey, or the codes for when neither is at hand.

    `left` counts the codes that were not used yet; None for the others.
    """

    id: str
    kind: Kind
    name: str
    made_at: datetime
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A second step that came or went at Keycloak, as its log of events has it."""

    event_id: str
    subject: str
    is_removal: bool
    kind: Kind
    source: str | None
    at: datetime


def read(listed: Iterable[object]) -> list[SecondStep]:
    """Read what Keycloak lists of somebody's credentials, by kind, the oldest first.

    It is the answer of its account interface: `[{"type", "userCredentialMetadatas":
    [{"credential": {"id", "userLabel", "createdDate", "credentialData"}}]}]`, times in
    milliseconds. What is no second step is left out.
    """
    found = [step for each in listed for step in _of_type(_mapping(each))]
    order = list(KINDS.values())
    return sorted(found, key=lambda step: (order.index(step.kind), step.made_at))


def _of_type(listed: Mapping[str, Any]) -> Iterator[SecondStep]:
    kind = KINDS.get(str(listed.get("type")))
    if kind is None:
        return
    for each in listed.get("userCredentialMetadatas") or ():
        credential = _mapping(_mapping(each).get("credential"))
        yield SecondStep(
            str(credential["id"]),
            kind,
            str(credential.get("userLabel") or ""),
            _time(credential["createdDate"]),
            _codes_left(credential) if kind == "recovery-codes" else None,
        )


def _codes_left(credential: Mapping[str, Any]) -> int:
    kept = _mapping(json.loads(credential.get("credentialData") or "{}"))
    return int(kept.get("remainingCodes", 0))


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _time(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def is_needed(
    steps: Sequence[SecondStep], step: SecondStep, held: Iterable[str]
) -> bool:
    """Say whether a role asks for a second step and this is the last that lasts."""
    lasting = [each for each in steps if each.kind in LASTING]
    return lasting == [step] and not roles.SECOND_FACTOR.isdisjoint(held)


def is_fresh(authenticated_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody proved lately who they are; None: nobody knows when."""
    return authenticated_at is not None and now - authenticated_at <= FRESH


ASKED_FOR: Mapping[Kind, str] = {
    "app": "CONFIGURE_TOTP",
    "passkey": "webauthn-register",
}
"""Keycloak's action by which somebody sets another up of those that last."""


def action_after(
    change: Change, types: Iterable[str], held: Iterable[str]
) -> str | None:
    """Say what Keycloak is to insist on, once something was taken away behind us.

    Codes alone would do at Keycloak, one by one, though a role asks for what lasts. Who
    has nothing left at all is led to set something up by Keycloak's own flow. `types`
    are Keycloak's of what is left.
    """
    left = {KINDS[each] for each in types if each in KINDS}
    if not change.is_removal or LASTING & left or not left:
        return None
    return None if roles.SECOND_FACTOR.isdisjoint(held) else ASKED_FOR.get(change.kind)


CREDENTIAL_CHANGED, CREDENTIAL_REMOVED = "UPDATE_CREDENTIAL", "REMOVE_CREDENTIAL"
OUR_WAY = "account"
"""The client of whom Keycloak tells where the portal took something away."""


def change_of(event: Mapping[str, Any]) -> Change | None:
    """Read one of Keycloak's events; None: it is none of ours to record.

    What was taken away by the portal is on record already, with who asked and whence.
    """
    details = _mapping(event.get("details"))
    kind = KINDS.get(str(details.get("credential_type")))
    is_removal = event.get("type") == CREDENTIAL_REMOVED
    if kind is None or (is_removal and event.get("clientId") == OUR_WAY):
        return None
    return Change(
        str(event["id"]),
        str(event["userId"]),
        is_removal,
        kind,
        event.get("ipAddress"),
        _time(event["time"]),
    )
