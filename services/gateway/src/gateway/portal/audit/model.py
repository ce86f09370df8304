"""How the record is worded, ordered and narrowed; nothing here touches the world."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson

from gateway.portal.templates import formats

SERVICES = ("inventory", "servicedesk", "strategy")
SHOWN = 50
KINDS: Mapping[str, str] = {
    "asset": "Assets",
    "agent-device": "Devices that agents found",
    "enrolment-key": "Keys of inventory agents",
    "ticket": "Tickets",
    "person": "People",
    "role": "Roles of people",
    "sign-in": "Signing in",
    "sign-out": "Signing out",
    "second-step": "Second steps",
    "mail": "Messages by e-mail",
    "export": "Files taken away",
    "viewing": "Seeing what somebody sees",
    "retention": "How long things are kept",
    "access": "Refused access",
    "notice": "Notices",
    "view": "Shared views",
    "register": "Imports of the register",
    "school": "Schools",
    "directory": "Loading the directory",
    "job": "Long work",
    "file": "Files sent",
}
OUTCOMES: Mapping[str, str] = {"done": "Done", "refused": "Refused"}
ACTIONS: Mapping[str, str] = {
    "access.not-found": "Not found",
    "agent-device.bound": "Device first told of by an agent",
    "agent-device.settled": "Device said to be an asset, new or nothing",
    "sign-in.failed": "Sign-in failed",
    "sign-in.refused": "Sign-in refused",
    "sign-out.by-the-sign-on": "Signed out by the sign-on",
}
"""What reads badly in the words of its code."""
CODES: Mapping[str, str] = {
    "wrong-password": "wrong password or recovery code",
    "wrong-second-step": "wrong code of an app, or wrong passkey",
    "wrong-secret": "wrong secret of an API client",
    "shut-out-for-now": "shut out for a while after too many attempts",
    "account-disabled": "account is disabled",
    "unknown-name": "A name that nobody here has",
    "unknown-client": "An API client that is not here",
    "more-accounts": "More accounts than are told apart",
}
"""Values that are codes, in words."""
_MOMENTS = frozenset({"at", "first_at", "last_at"})
ITSELF = "Joinedup itself"
AGENT = "An inventory agent"
NOBODY = "Nobody signed in"
UNKNOWN = "Somebody not known here"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page or a spreadsheet tells it."""

    entry_id: UUID
    at: datetime
    who: str
    principal: str
    action: str
    target_id: str
    target: str
    href: str | None
    school: str
    source: str
    is_refused: bool
    changes: tuple[tuple[str, str, str], ...]
    is_erased: bool


def merged(
    found: Iterable[Sequence[Mapping[str, Any]]], most: int
) -> list[Mapping[str, Any]]:
    """Put the newest of several lists into one: these ids are in the order of time."""
    every = [entry for entries in found for entry in entries]
    every.sort(key=lambda entry: str(entry["entry_id"]), reverse=True)
    return every[:most]


def line(
    entry: Mapping[str, Any],
    names: Mapping[str, str],
    schools: Mapping[str, tuple[int, str]],
) -> Line:
    """Word an entry; `schools` holds the URN and name of each school by its id."""
    school = schools.get(str(entry["school_id"]))
    kind, target_id = entry["target_kind"], entry["target_id"]
    return Line(
        UUID(str(entry["entry_id"])),
        datetime.fromisoformat(str(entry["occurred_at"])),
        who(entry["principal"], names),
        entry["principal"],
        ACTIONS.get(entry["action"]) or worded(entry["action"]),
        target_id,
        _target(kind, target_id, names),
        _href(kind, target_id, school),
        school[1] if school else "",
        entry["source"] or "",
        entry["outcome"] == "refused",
        changes(entry["before"], entry["after"]),
        entry["is_erased"],
    )


def who(principal: str, names: Mapping[str, str]) -> str:
    if principal in names:
        return names[principal]
    if principal.startswith("service:"):
        return ITSELF
    if principal.startswith("enrolment-key:"):
        return AGENT
    return NOBODY if principal == "nobody" else UNKNOWN


def worded(code: str) -> str:
    """Say a code as words: `asset.moved` is Asset moved."""
    text = code.replace(".", " ").replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """Say each changed field with its value before and after, none of them long."""
    return tuple(
        (worded(name), _value(name, before.get(name)), _value(name, after.get(name)))
        for name in dict.fromkeys((*before, *after))
    )


def _target(kind: str, target_id: str, names: Mapping[str, str]) -> str:
    if kind == "address":
        return target_id
    return names.get(target_id) or CODES.get(target_id) or worded(kind)


def _value(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if name in _MOMENTS:
        return formats.moment(datetime.fromisoformat(str(value)))
    each = cast("list[object]", value) if isinstance(value, list) else [value]
    if all(isinstance(one, str) for one in each):
        text = ", ".join(CODES.get(str(one), str(one)) for one in each)
    else:
        text = orjson.dumps(value).decode()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _href(kind: str, target_id: str, school: tuple[int, str] | None) -> str | None:
    if school is None or kind not in {"asset", "ticket"}:
        return None
    return f"/schools/{school[0]}/{kind}s/{target_id}"
