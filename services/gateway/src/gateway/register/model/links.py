"""Reads the register's file of links: which establishment follows which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from chassis.files.records import Record, records
from gateway.register.model import columns, values
from gateway.register.model.reading import Fault, header_of, ragged

PLAIN = "conversion"
MERGER = "merger"
SPLIT = "split"

# How the register words a link: what became of it, and whether the other comes first.
_KINDS: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {
        "predecessor": (PLAIN, True),
        "predecessor - merged": (MERGER, True),
        "predecessor - amalgamated": (MERGER, True),
        "predecessor - split school": (SPLIT, True),
        "result of amalgamation": (MERGER, True),
        "successor": (PLAIN, False),
        "successor - merged": (MERGER, False),
        "successor - amalgamated": (MERGER, False),
        "successor - split school": (SPLIT, False),
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """One establishment goes on as another, or as a part of it."""

    predecessor: int
    successor: int
    kind: str
    linked_on: date | None


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a file, each pair once; `other` counts links that move nothing."""

    links: Mapping[tuple[int, int], Link]
    faults: Sequence[Fault]
    other: int


NONE = Links({}, (), 0)


def read(content: bytes) -> Links:
    """Read the links file's bytes; both ends usually name the same link.

    Raises:
        FileUnreadable: it is no file of links.
    """
    found = records(content)
    header = header_of(found, columns.LINK_SPELLINGS, columns.LINKS_NEEDED)
    links: dict[tuple[int, int], Link] = {}
    faults: list[Fault] = []
    other = 0
    for record in found:
        fault = ragged(record, header) or _keep(record, header, links)
        if isinstance(fault, Fault):
            faults.append(fault)
        elif fault is _OTHER:
            other += 1
    return Links(links, faults, other)


class _Other:
    """A link that says nothing of one school following another."""


_OTHER = _Other()


def _keep(
    record: Record, header: columns.Header, links: dict[tuple[int, int], Link]
) -> Fault | _Other | None:
    cells = {f: (record.fields or ())[p].strip() for f, p in header.places.items()}
    field = "urn"
    try:
        urn = values.URN(cells["urn"])
        field = "other_urn"
        other = values.URN(cells["other_urn"])
        field = "linked_on"
        linked_on = values.day(cells.get("linked_on", ""))
    except values.CellFault as wrong:
        return Fault(record.line, header.titles[header.places[field]], str(wrong))
    kind = _KINDS.get(cells["kind"].casefold())
    if kind is None or urn is None or other is None or urn == other:
        return _OTHER
    pair = (other, urn) if kind[1] else (urn, other)
    held = links.get(pair)
    if held is None or held.kind == PLAIN:
        linked_on = linked_on or (held.linked_on if held else None)
        links[pair] = Link(*pair, kind[0], linked_on)
    return None
