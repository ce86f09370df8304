"""From bytes to plain text: what is packed is unpacked piece by piece, up to a limit.

What the bytes are is seen by how they begin, as GLPI's own server does: agents name
their packing in Content-Type, and proxies between rewrite it.
"""

import zlib
from collections.abc import Iterator

from inventory.agents.model.refusals import (
    InventoryTooLarge,
    InventoryUnreadable,
    InventoryUnsupported,
)

MOST_SENT = 4 << 20
"""Bytes of a body as it is sent. The inventory of a PC with 3,000 titles has 1.2 MB
plain and 0.1 MB packed."""
MOST_PLAIN = 8 << 20
"""Bytes of a body as it is unpacked."""
PIECE = 64 << 10

_PACKED = frozenset(
    f"application/{name}{kind}"
    for name in ("", "x-", "x-compress-")
    for kind in ("zlib", "gzip")
)
_PLAIN = frozenset({"application/json", "application/xml", "text/xml"})
TAKEN = _PACKED | _PLAIN
"""Content types that agents send."""
_GZIP = b"\x1f\x8b\x08"
_ANY = zlib.MAX_WBITS | 32


def require_type(content_type: str | None) -> None:
    """Refuse what does not say that it is an inventory.

    Raises:
        InventoryUnsupported: the content type is none that agents send.
    """
    bare = (content_type or "").partition(";")[0].strip().lower()
    if bare not in TAKEN:
        raise InventoryUnsupported(
            "Send application/json, application/xml or, packed,"
            " application/x-compress-zlib or application/x-compress-gzip"
        )


def pieces(body: bytes) -> Iterator[bytes]:
    """Give the plain bytes of a body, in pieces of at most 64 KiB where it is packed.

    Raises:
        InventoryTooLarge: it is, or becomes, larger than any device's.
        InventoryUnreadable: it is empty, its packing is broken, or ends too early.
    """
    if len(body) > MOST_SENT:
        raise InventoryTooLarge("bytes", MOST_SENT)
    if not body:
        raise InventoryUnreadable("There is no inventory in the request")
    if not is_packed(body):
        yield body
        return
    yield from _unpacked(body)


def is_packed(body: bytes) -> bool:
    """Say whether a body begins as zlib (RFC 1950) or gzip (RFC 1952) does."""
    if body.startswith(_GZIP):
        return True
    head = int.from_bytes(body[:2], "big")
    return len(body) > 1 and body[0] & 0x0F == zlib.DEFLATED and head % 31 == 0


def _unpacked(body: bytes) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_ANY)
    total, rest = 0, body
    while not unpacking.eof:
        try:
            piece = unpacking.decompress(rest, PIECE)
        except zlib.error as broken:
            raise InventoryUnreadable("The packed inventory is broken") from broken
        total += len(piece)
        if total > MOST_PLAIN:
            raise InventoryTooLarge("bytes when unpacked", MOST_PLAIN)
        rest = unpacking.unconsumed_tail
        if not piece and not unpacking.eof:
            raise InventoryUnreadable("The packed inventory ends too early")
        if piece:
            yield piece
    if unpacking.unused_data:
        raise InventoryUnreadable("Something follows the packed inventory")
