"""What a mail server says afterwards of a message that it had taken; no I/O.

Delivery reports are those of RFC 3464 within RFC 6522, and of RFC 6533 for addresses
in other scripts. Whatever else comes back (an answer, "I am away", a receipt) is none.
"""

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from typing import Literal, cast

What = Literal["failed", "delayed"]
LARGEST_READ = 512 << 10
"""Bytes: what a report says stands at its beginning, the message it is of behind it."""
LONGEST_REPLY = 300
_KINDS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([245])\d\d\b")
_BLANK = re.compile(r"\n[ \t\r]*\n")
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})
_DEEPEST = 20
"""Parts within parts; a report has two levels."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message; `status` is like 5.1.1 (RFC 3463), or "" if untold."""

    what: What
    status: str
    reply: str

    @property
    def is_for_good(self) -> bool:
        """Whether the address takes nothing, now or later, from anybody."""
        return self.what == "failed" and self.status.startswith("5.")


def read(content: bytes) -> Report | None:
    """Read a delivery report; None: it is none, or says nothing of a failure.

    Of several recipients behind the one address, who got it counts for all.
    """
    try:
        message = email.message_from_bytes(content[:LARGEST_READ], policy=compat32)
        blocks = [block for part in _parts(message, 0) for block in _blocks(part)]
    except (ValueError, LookupError, RecursionError, AssertionError):
        # The library's own parsers stumble over some of what strangers make up.
        return None
    told = [found for block in blocks if (found := _told(block))]
    if not told or any(action in _ARRIVED for action, _ in told):
        return None
    failed = [report for action, report in told if action == "failed"]
    return (failed or [report for _, report in told])[0]


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """Find the parts that a program reads; a report may be passed on in another."""
    if depth > _DEEPEST:
        return
    if message.get_content_type() in _KINDS:
        yield message
        return
    # A message within one is another's, which a report has only to show of what it is.
    if message.get_content_maintype() == "multipart":
        for part in _within(message):
            yield from _parts(part, depth + 1)


def _within(message: Message) -> list[Message]:
    """List what a message is made of; nothing of one that is text alone."""
    payload = cast("object", message.get_payload())
    if not isinstance(payload, list):
        return []
    return [each for each in cast("list[object]", payload) if isinstance(each, Message)]


def _blocks(part: Message) -> Sequence[Message]:
    """Part a report's fields by its blank lines; the first block is of the server."""
    blocks = _within(part)
    if len(blocks) > 1:
        return blocks
    # The library takes the newer kind for one message, with the other blocks in it.
    rest = str(cast("object", (blocks[0] if blocks else part).get_payload()))
    split = [email.message_from_string(each) for each in _BLANK.split(rest)]
    return [*blocks, *split]


def _told(block: Message) -> tuple[str, Report] | None:
    """Read what is said of one recipient, by action; None: it is of none."""
    action = _field(block, "Action").lower()
    diagnostic = _field(block, "Diagnostic-Code")
    if action in _ARRIVED:
        return action, Report("delayed", "", "")
    if action not in {"failed", "delayed"}:
        return None
    status = _status(_field(block, "Status"), diagnostic)
    what: What = "failed" if action == "failed" else "delayed"
    said = diagnostic.partition(";")[2].strip() or diagnostic or status
    return action, Report(what, status, said[:LONGEST_REPLY])


def _status(said: str, diagnostic: str) -> str:
    """Find the status, in its field or in what the server had answered."""
    for text in (said, diagnostic):
        if found := _STATUS.search(text):
            return found[0]
    found = _CODE.search(diagnostic)
    return f"{found[1]}.0.0" if found else ""


def _field(block: Message, name: str) -> str:
    """Read a field as one line of what can be shown."""
    text = str(block.get(name) or "")
    shown = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(shown.split())
