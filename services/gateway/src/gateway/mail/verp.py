"""The address to which a message comes back: it names the message, and proves that.

It is `bounces+<token>@…` (variable envelope return path, VERP): the token is the id of
the message with a signature, in letters and digits that survive every mail server.
"""

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID

SIGNATURE_BYTES = 12
"""Of SHA-256: 96 bits, which nobody finds by trying at a mail server."""
_ID_BYTES = 16
_TOKEN = 45
LONGEST_NAME = 64 - 1 - _TOKEN
"""Characters before the `+`: 64 are all that stand before an @ (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that is said to come back, and the signature to be judged."""

    message_id: UUID
    signature: bytes


def address(base: str, message_id: UUID, signature: bytes) -> str:
    """Make the return address of a message, at the address for all of them.

    Raises:
        ValueError: the base is no address, or its name is too long for a token behind.
    """
    name, at, host = base.rpartition("@")
    if not at or not name or not host or "+" in name or len(name) > LONGEST_NAME:
        msg = f"{base} cannot take mail back: a short name, an @ and a host, no +"
        raise ValueError(msg)
    token = base64.b32encode(message_id.bytes + signature[:SIGNATURE_BYTES])
    return f"{name}+{token.decode('ascii').rstrip('=').lower()}@{host}"


def read(base: str, recipient: str) -> Returned | None:
    """Read a return address; None: it has not the form of one of ours."""
    name, _, host = recipient.strip("<>").rpartition("@")
    ours, _, our_host = base.rpartition("@")
    before, plus, token = name.partition("+")
    if not plus or (before.lower(), host.lower()) != (ours.lower(), our_host.lower()):
        return None
    if len(token) != _TOKEN or not token.isascii():
        return None
    try:
        raw = base64.b32decode(f"{token.upper()}===")
    except binascii.Error:
        return None
    return Returned(UUID(bytes=raw[:_ID_BYTES]), raw[_ID_BYTES:])
