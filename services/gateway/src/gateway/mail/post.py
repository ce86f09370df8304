"""Sends a message over SMTP, and says what came of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib
import structlog

from gateway.mail import model
from gateway.mail.model import Outcome, Queued

_LOG = structlog.get_logger("gateway.mail")
_SECONDS = 20
_PERMANENT = 500
_LONGEST_REPLY = 300


@dataclass(frozen=True, slots=True)
class Server:
    """Where post goes out, and in whose name."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool | None = None
    """None uses it where the server offers it."""


async def send(server: Server, message: Queued, stop_link: str) -> Outcome:
    """Try once. A refusal for good ends it; all else is tried again, some times."""
    try:
        _, reply = await aiosmtplib.send(
            _written(server, message, stop_link),
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            start_tls=server.starttls,
            timeout=_SECONDS,
        )
    except aiosmtplib.SMTPRecipientsRefused as refused:
        first = refused.recipients[0]
        return _failed(message, first.code, first.message)
    except aiosmtplib.SMTPResponseException as refused:
        return _failed(message, refused.code, refused.message)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return _failed(message, None, type(error).__name__)
    return Outcome(reply[:_LONGEST_REPLY], "sent")


def _failed(message: Queued, code: int | None, said: str) -> Outcome:
    # A server may repeat the address: the log gets the code alone.
    _LOG.warning("mail.failed", code=code, attempts=message.attempts)
    reply = f"{code or ''} {said}".strip()[:_LONGEST_REPLY]
    if code is not None and code >= _PERMANENT:
        return Outcome(reply, "refused")
    return model.after_failure(reply, message.attempts, datetime.now(UTC))


def _written(server: Server, message: Queued, stop_link: str) -> EmailMessage:
    """Write it as RFC 5322 has it; one click stops its like (RFC 8058)."""
    made = EmailMessage()
    made["From"] = server.sender
    made["To"] = message.address
    made["Subject"] = message.subject
    made["Date"] = format_datetime(message.created_at)
    made["Message-ID"] = f"<{message.message_id}@joinedup>"
    made["Auto-Submitted"] = "auto-generated"
    made["List-Unsubscribe"] = f"<{stop_link}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(message.body_text)
    made.add_alternative(message.body_html, subtype="html")
    return made
