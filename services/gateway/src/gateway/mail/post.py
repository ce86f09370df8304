"""Sends a message over SMTP, and says what came of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Literal

import aiosmtplib
import structlog

from gateway.mail import model
from gateway.mail.model import Outcome, Queued

_LOG = structlog.get_logger("gateway.mail")
_SECONDS = 20
_WHOLE_SECONDS = 60
_AS_IT_STANDS = policy.SMTP.clone(max_line_length=998)
"""The longest line that RFC 5322 allows: a link that is folded leads nowhere."""
_PERMANENT = 500
_LONGEST_REPLY = 300


Security = Literal["offered", "starttls", "tls"]
_STARTTLS: Mapping[Security, bool | None] = {
    "offered": None,
    "starttls": True,
    "tls": False,
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where post goes out, and in whose name."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Security = "offered"


async def send(
    server: Server, message: Queued, stop_link: str, return_to: str | None = None
) -> Outcome:
    """Try once. A refusal of the recipient or of what is written ends it for good.

    All else is tried again, some times: what is wrong with our own account there is no
    word on anybody's address.
    """
    try:
        async with asyncio.timeout(_WHOLE_SECONDS):
            _, reply = await aiosmtplib.send(
                _written(server, message, stop_link).as_bytes(policy=_AS_IT_STANDS),
                sender=return_to or parseaddr(server.sender)[1],
                recipients=[message.address],
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=_STARTTLS[server.security],
                timeout=_SECONDS,
            )
    except aiosmtplib.SMTPRecipientsRefused as refused:
        first = refused.recipients[0]
        return _refused(message, first.code, first.message)
    except aiosmtplib.SMTPDataError as refused:
        return _refused(message, refused.code, refused.message)
    except aiosmtplib.SMTPResponseException as error:
        return _failed(message, error.code, error.message)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        return _failed(message, None, type(error).__name__)
    return Outcome(reply[:_LONGEST_REPLY], "sent")


def _refused(message: Queued, code: int, said: str) -> Outcome:
    if code < _PERMANENT:
        return _failed(message, code, said)
    _LOG.warning("mail.refused", code=code, attempts=message.attempts)
    return Outcome(_reply(code, said), "refused")


def _failed(message: Queued, code: int | None, said: str) -> Outcome:
    # A server may repeat the address: the log gets the code alone.
    _LOG.warning("mail.failed", code=code, attempts=message.attempts)
    reply = _reply(code, said)
    return model.after_failure(reply, message.attempts, datetime.now(UTC))


def _reply(code: int | None, said: str) -> str:
    return f"{code or ''} {said}".strip()[:_LONGEST_REPLY]


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
