"""What is held of people, in words and as tables; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

import orjson

from chassis.privacy.model import Row
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import Column
from gateway.portal.templates.formats import count
from gateway.privacy.model import RULES, Copy, Erasure, Kind

SHOWN = 20
"""So many things of a kind stand on the page; the file has them all."""
HOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "directory": "Directory",
        "inventory": "Inventory",
        "servicedesk": "Service desk",
        "strategy": "Comparison",
    }
)
THINGS: Mapping[str, str] = MappingProxyType(
    {
        "person": "Name and address",
        "roles": "Roles, now and before",
        "sessions": "Where they are signed in",
        "messages": "Messages of the last 30 days",
        "choices": "What they are told by e-mail",
        "views": "Views that they saved",
        "record_of_no_la": "Audit: what they did that is no LA's record",
        "tickets_reported": "Tickets they reported",
        "comments": "Comments they wrote",
        "reasons": "Why they handed tickets over",
        "time": "Time they worked on tickets",
        "feedback": "What they thought of how tickets went",
        "tickets_worked_on": "Tickets in their hands",
        "steps": "What they did to tickets",
        "kit_changed": "What they did to kit",
        "repairs": "Repairs of kit that bear their name",
        "custody": "Kit that they have or had",
        "scans": "Scans of kit that bear their name",
        "stock_takes": "Stock-takes that they began or ended,"
        " or of a room that bears their name",
        "room_scans": "Codes scanned in a room that bear their name",
        "losses": "Losses of kit that bear their name",
        "stock_uses": "What they took out of a stock, or was taken for them",
        "stock_lines": "Orders that they wrote down, or that bear their name",
        "circuits": "Lines to the internet that bear their name",
        "network_services": "Services over the network that bear their name",
        "circuit_probes": "Speeds of lines that they measured, by day",
        "failover_tests": "Tests of back-up lines that they wrote down,"
        " or that bear their name",
        "licences": "Licences of software that bear their name",
        "licence_documents": "Documents of licences that they added,"
        " or that bear their name",
        "wipes": "Wipes of kit that they wrote down, or that bear their name",
        "devices": "Devices that bear their name",
        "files": "Files of kit that they sent, or that bear their name",
        "attachments": "Attachments of kit that they added, or that bear their name",
        "mentions": "What others wrote of them by name",
        "record": "Audit: what they did, and what was done to them",
    }
)
COUNTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "record": ("audit entry", "audit entries"),
        "roles": ("role", "roles"),
        "people": ("person who left", "people who left"),
        "tickets": ("ticket or comment", "tickets and comments"),
        "comments": ("comment", "comments"),
        "reasons": ("reason of a hand-over", "reasons of hand-overs"),
        "feedback": ("word on how a ticket went", "words on how tickets went"),
        "history": ("former word of a ticket", "former words of tickets"),
        "history_names": ("former word of a thing", "former words of things"),
        "places": ("thing", "things"),
        "repairs": ("repair", "repairs"),
        "custody": ("custody of kit", "custodies of kit"),
        "scans": ("scan of kit", "scans of kit"),
        "stock_takes": ("stock-take", "stock-takes"),
        "room_scans": ("scan in a room", "scans in rooms"),
        "stock_take_lines": ("line of a stock-take", "lines of stock-takes"),
        "losses": ("loss of kit", "losses of kit"),
        "stock_uses": ("use of a consumable", "uses of consumables"),
        "stock_lines": ("order line", "order lines"),
        "circuits": ("line to the internet", "lines to the internet"),
        "network_services": ("service over the network", "services over the network"),
        "failover_tests": ("failover test", "failover tests"),
        "licences": ("licence of software", "licences of software"),
        "licence_documents": ("document of a licence", "documents of licences"),
        "licence_document_names": (
            *("name of a document\u2019s file", "names of documents\u2019 files"),
        ),
        "wipes": ("wipe of kit", "wipes of kit"),
        "devices": ("device", "devices"),
        "files": ("file of kit", "files of kit"),
        "attachments": ("attachment of kit", "attachments of kit"),
        "attachment_names": ("name of a file", "names of files"),
        "file_faults": ("row of a file of kit", "rows of files of kit"),
        "device_changes": ("former word of a device", "former words of devices"),
        "imports": ("file that was sent", "files that were sent"),
        "notices": ("notice", "notices"),
        "clients": ("API client", "API clients"),
        "views": ("saved view", "saved views"),
    }
)
"""What an erasure or a night counts: of one, and of several."""
KINDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        "people": (
            "People who left",
            "From the end of their last role. Then they are erased, as if asked for",
        ),
        "tickets": (
            "What was written in tickets",
            "From the day they were settled. Numbers, days and figures stay",
        ),
        "record": (
            "Values and addresses in the audit",
            "From the day they were recorded. Who did what, and when, stays",
        ),
        "imports": (
            "Files of kit that were sent",
            "From the day they came. What came of them, and an undo of it, stay",
        ),
    }
)
FIXED = (
    ("Messages that were sent", "30 days"),
    ("Long work, such as imports", "90 days"),
    ("Sessions", "10 hours"),
    ("Answers kept for a repeated request", "1 day"),
    ("The sign-on's own log of who signed in", "30 days"),
)
"""What is the same everywhere: no LA chooses it."""


ERASURES = (
    Column("person_id", "Number"),
    Column("asked_at", "Asked for", "moment"),
    Column("with_texts", "With what they wrote"),
    Column("done_at", "Erased", "moment"),
    Column("erased", "Erased from"),
)
"""The columns of the list of who was erased."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Things of one kind, as a table."""

    holder: str
    thing: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    """Texts, numbers, and moments as such."""

    @property
    def title(self) -> str:
        return THINGS.get(self.thing, _titled(self.thing))

    @property
    def of(self) -> str:
        return HOLDERS.get(self.holder, self.holder.capitalize())


def holdings_of(copy: Copy) -> list[Holding]:
    """Lay out everything that a copy tells, what is empty as well."""
    return [
        Holding(part.holder, thing, *_table(rows))
        for part in copy.parts
        for thing, rows in part.holdings.items()
    ]


def _table(rows: Sequence[Row]) -> tuple[list[str], list[list[Cell]]]:
    """Lay rows out under all names that they have, without those that say nothing."""
    keys: dict[str, None] = {}
    for row in rows:
        keys |= {key: None for key, value in row.items() if _cell(value) is not None}
    laid = [[_cell(row.get(key)) for key in keys] for row in rows]
    return [_titled(key) for key in keys], laid


def _titled(key: str) -> str:
    """Turn a key like `la_code` into words; codes and ids are written as such."""
    said = key.replace("_", " ").replace(" id", " ID").replace("la code", "LA code")
    return said[:1].upper() + said[1:]


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return "Yes" if value else "No"
        case int() | float() | date():
            return value
        case str():
            return _moment(value) or value
        case dict():
            return _said(cast("dict[str, Any]", value))
        case _:
            return orjson.dumps(value).decode()


def _said(fields: Mapping[str, Any]) -> str | None:
    """Say several fields in one line; None of none."""
    said = [
        f"{_titled(name)}: {_cell(value)}"
        for name, value in fields.items()
        if value is not None
    ]
    return "; ".join(said) or None


def _moment(text: str) -> date | None:
    """Read a moment or day as JSON has it; None of any other text."""
    is_day = len(text) == len("2026-01-01") and text[4:5] == "-"
    if "T" not in text and not is_day:
        return None
    try:
        if is_day:
            return date.fromisoformat(text)
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def row_of(erasure: Erasure) -> dict[str, Cell]:
    return {
        "person_id": str(erasure.person_id),
        "asked_at": erasure.asked_at,
        "with_texts": "Yes" if erasure.with_texts else "No",
        "done_at": erasure.done_at,
        "erased": "; ".join(in_words(erasure.erased)),
    }


def in_words(erased: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Say of how many things something was erased, as one line for each holder."""
    return [
        f"{HOLDERS.get(holder, holder)}: "
        + ", ".join(_counted(thing, count) for thing, count in of.items())
        for holder, of in erased.items()
        if of
    ]


def _counted(thing: str, number: int) -> str:
    usual = thing.replace("_", " ")
    return count(number, *COUNTED.get(thing, (usual, usual)))


def bounds(kind: Kind) -> str:
    rule = RULES[kind]
    return f"{rule.least} to {rule.most} months"
