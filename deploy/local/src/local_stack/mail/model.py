"""A message as it was sent, and the addresses at which sending goes wrong."""

import email
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default

REFUSED_DOMAIN = "refused.example"
"""Nobody lives there: a message to it is refused for good (550)."""
BUSY_DOMAIN = "busy.example"
"""A message to it is refused for now (451)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message that was sent."""

    message_id: str
    sender: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str


def refusal(address: str) -> str | None:
    """Say how a server answers that will not take a message to this address."""
    domain = address.rpartition("@")[2].lower()
    if domain == REFUSED_DOMAIN:
        return "550 5.1.1 There is nobody of that name here"
    if domain == BUSY_DOMAIN:
        return "451 4.3.2 Come back later"
    return None


def read(message_id: str, content: bytes, sent_at: datetime) -> Message:
    """Read a message as its reader's program would show it."""
    found = email.message_from_bytes(content, policy=default)
    return Message(
        message_id,
        str(found["From"] or ""),
        str(found["To"] or ""),
        str(found["Subject"] or ""),
        sent_at,
        _part(found, "plain"),
        _part(found, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except LookupError:
        return "It is written in a way that nobody here can read."
