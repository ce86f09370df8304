"""The two languages of agents, read into one tree: GLPI's JSON, FusionInventory's XML.

A tree is dictionaries, lists and plain values under the names that GLPI's JSON uses.
Memory stays flat: how many things a message holds is counted before they are made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, cast
from xml.parsers import expat

import orjson

from inventory.agents.model import decoding
from inventory.agents.model.refusals import (
    InventoryTooLarge,
    InventoryUnreadable,
    InventoryUnsupported,
)

Tree = Mapping[str, Any]

MOST_THINGS = 100_000
"""Values in one message; the PC with 3,000 titles has 27,000."""
MOST_GROUPS = 20_000
"""Objects and lists in one message of JSON."""
DEEPEST = 16
"""GLPI's published form nests six deep."""

_GROUP: tuple[type, ...] = (dict, list)
_BOM = b"\xef\xbb\xbf"
_ENCODINGS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252"})
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"{\x00", b"\x00{")


@dataclass(frozen=True, slots=True)
class Document:
    """One message of an agent."""

    form: Literal["json", "xml"]
    root: Tree


def read(body: bytes) -> Document:
    """Read a message of either language, packed or plain.

    Raises:
        InventoryUnreadable: it is broken, or in an encoding that agents do not use.
        InventoryUnsupported: it is neither JSON nor XML.
        InventoryTooLarge: it holds more than any device has to tell.
    """
    plain = decoding.pieces(body)
    # The first piece may hold no more than the mark of its encoding.
    first = next(plain, b"")
    start = first.removeprefix(_BOM).lstrip(b" \t\r\n")
    if start.startswith(_WIDE):
        raise InventoryUnreadable("Send UTF-8: this looks like UTF-16")
    if start.startswith(b"{"):
        return Document("json", _json(b"".join(chain([start], plain))))
    if start.startswith(b"<"):
        return Document("xml", _xml(chain([start], plain)))
    raise InventoryUnsupported("This is neither JSON nor XML")


def _json(text: bytes) -> Tree:
    # Counted in the text: a comma or brace within a value counts too, which no true
    # inventory has many of.
    if text.count(b",") > MOST_THINGS:
        raise InventoryTooLarge("values", MOST_THINGS)
    if text.count(b"{") + text.count(b"[") > MOST_GROUPS:
        raise InventoryTooLarge("objects and lists", MOST_GROUPS)
    try:
        found: object = orjson.loads(text)
    except orjson.JSONDecodeError as broken:
        raise InventoryUnreadable(
            f"The JSON is broken at character {broken.pos}"
        ) from broken
    if not isinstance(found, dict):
        raise InventoryUnreadable("The JSON is no object")
    tree = cast("dict[str, Any]", found)
    _require_flat(tree)
    return tree


def _require_flat(tree: Tree) -> None:
    level: list[object] = [tree]
    for _ in range(DEEPEST):
        level = [child for group in level for child in _groups_in(group)]
        if not level:
            return
    raise InventoryUnreadable(f"The JSON nests more than {DEEPEST} deep")


def _groups_in(group: object) -> Iterator[object]:
    """Give the groups that lie directly in one."""
    if isinstance(group, Mapping):
        inner = list(cast("Mapping[str, object]", group).values())
    else:
        inner = cast("list[object]", group)
    for child in inner:
        if isinstance(child, _GROUP):
            yield child


class _Builder:
    """Makes a tree while the parser goes along, and stops it at the first excess."""

    def __init__(self) -> None:
        self.root: dict[str, Any] | None = None
        self._open: list[dict[str, Any]] = []
        self._names: list[str] = []
        self._text: list[str] = []
        self._things = 0

    def start(self, name: str, _attributes: object) -> None:
        self._things += 1
        if self._things > MOST_THINGS:
            raise InventoryTooLarge("elements", MOST_THINGS)
        if len(self._open) >= DEEPEST:
            raise InventoryUnreadable(f"The XML nests more than {DEEPEST} deep")
        self._open.append({})
        self._names.append(name.lower())
        self._text.clear()

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, _name: str) -> None:
        children, name = self._open.pop(), self._names.pop()
        value: object = children or "".join(self._text)
        self._text.clear()
        if not self._open:
            self.root = {name: value}
            return
        parent = self._open[-1]
        known = parent.get(name)
        if known is None:
            parent[name] = value
        elif isinstance(known, list):
            cast("list[object]", known).append(value)
        else:
            parent[name] = [known, value]


def _xml(plain: Iterator[bytes]) -> Tree:
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.XmlDeclHandler = _require_encoding
    # Without a document type there are no entities: none from outside, none that grow.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for piece in plain:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise InventoryUnreadable(
            f"The XML is broken in line {broken.lineno}:"
            f" {expat.ErrorString(broken.code)}"
        ) from broken
    root = builder.root or {}
    found = root.get("request")
    if not isinstance(found, dict):
        raise InventoryUnsupported("The XML is no REQUEST of an agent")
    return cast("dict[str, Any]", found)


def _require_encoding(_version: str, encoding: str | None, _alone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise InventoryUnreadable("Send UTF-8: this is said to be in another encoding")


def _refuse_doctype(*_declared: object) -> None:
    raise InventoryUnreadable("An inventory has no document type and no entities")
