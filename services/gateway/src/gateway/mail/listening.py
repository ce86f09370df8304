"""Takes in what comes back, over LMTP or SMTP, from the mail host of the installation.

Nothing is ever answered by a message of ours, so nothing goes in circles. What cannot
be kept just now is refused for now: the mail host keeps it, and comes again.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis import errors
from chassis.db import Database
from gateway.mail import report, service, verp
from gateway.mail.verp import Returned

Protocol = Literal["lmtp", "smtp"]
IsOurs = Callable[[Returned], bool]
"""Whether the signature of a return address is one that we made."""
LARGEST = 2 << 20
"""Bytes: ours are small, and so is what says that they came back."""
_IDLE_SECONDS = 60.0
_MOST_COMMANDS = 100
_MOST_AT_ONCE = 50
_TAKEN = "250 2.0.0 Taken"
_NOBODY = "550 5.1.1 There is nobody of that name here"
_ONE_AT_A_TIME = "452 4.5.3 One recipient at a time"
_LATER = "451 4.3.0 Not possible just now, come again"
_LOG = structlog.get_logger("gateway.mail")


@dataclass(frozen=True, slots=True)
class Place:
    """Where what comes back is taken in, and at which address it was to arrive."""

    host: str
    port: int
    protocol: Protocol
    address: str


class Returns:
    """What the server asks of us; its method names are aiosmtpd's."""

    def __init__(self, database: Database, address: str, is_ours: IsOurs) -> None:
        self._database = database
        self._address = address
        self._is_ours = is_ours

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take what has an address that we made; no other is anybody's."""
        del server, session, options
        if envelope.rcpt_tos:
            return _ONE_AT_A_TIME
        if self._read(address) is None:
            return _NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Note what a report says; whatever is none is taken, and forgotten."""
        del server, session
        returned = self._read(envelope.rcpt_tos[0])
        found = report.read(envelope.original_content or b"")
        if returned is None or found is None:
            _LOG.info("mail.returned", what="nothing of a failure")
            return _TAKEN
        try:
            await service.note_returned(
                self._database, returned.message_id, found, datetime.now(UTC)
            )
        except errors.Unavailable:
            return _LATER
        # What a server says may repeat the address: its number alone is logged.
        _LOG.info("mail.returned", what=found.what, status=found.status)
        return _TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Say nothing of what went wrong, and lose nothing by it."""
        _LOG.error("mail.return_failed", exc_info=error)
        return _LATER

    def _read(self, address: str) -> Returned | None:
        found = verp.read(self._address, address)
        return found if found and self._is_ours(found) else None


@asynccontextmanager
async def listening(place: Place, returns: Returns) -> AsyncGenerator[None]:
    """Take in what comes as long as this lasts."""
    loop = asyncio.get_running_loop()
    kind = LMTP if place.protocol == "lmtp" else SMTP

    def conversation() -> SMTP:
        return kind(
            returns,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname="joinedup",
            ident="Joinedup",
            timeout=_IDLE_SECONDS,
            command_call_limit=_MOST_COMMANDS,
            loop=loop,
        )

    server = await loop.create_server(
        conversation, place.host, place.port, backlog=_MOST_AT_ONCE
    )
    _LOG.info("mail.listening", port=place.port, protocol=place.protocol)
    try:
        yield
    finally:
        server.close()
        await server.wait_closed()
