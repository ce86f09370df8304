"""Machines that report by themselves, in words; no I/O."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from gateway.portal.templates import formats

UNSEEN_DAYS = 30
"""After so long without a word a machine is marked: a half-term and a bit."""
UNSEEN = {"7": "7 days", "14": "14 days", "30": "30 days", "90": "90 days"}
KINDS = {
    "desktop": "Desktop",
    "laptop": "Laptop",
    "tablet": "Tablet",
    "phone": "Phone",
    "server": "Server",
    "virtual-machine": "Virtual machine",
    "network": "Network equipment",
    "wireless": "Wireless equipment",
    "printer": "Printer",
    "storage": "Storage",
    "power": "Power equipment",
    "audio-visual": "Audio-visual",
    "unknown": "Not known",
}
COMPUTERS = frozenset({"desktop", "laptop", "tablet", "server", "virtual-machine"})
"""Machines on which software is to be expected."""
STANDINGS = {
    "matched": "Matched to an asset",
    "doubtful": "Waits for you to say",
    "ignored": "Not to be kept",
}
TONES = {"matched": "good", "doubtful": "warn", "ignored": "quiet"}
MATCHED_BY = {
    "serial": "By its serial number",
    "uuid": "By the number of its mainboard",
    "mac": "By its network card",
    "tag": "By the asset tag in its firmware",
    "new": "It was new, and was added",
    "hand": "Somebody said so",
}
GONE = {
    "retired": "is retired",
    "disposed": "is disposed of",
    "cancelled": "is cancelled",
    "missing": "is missing",
}
"""What an asset is of which nothing more should be heard."""
SECTIONS = {
    "device": "Machine",
    "memory": "Memory",
    "processors": "Processor",
    "disks": "Drive",
    "batteries": "Battery",
    "system": "Operating system",
    "ports": "Network port",
    "machines": "Virtual machine",
    "counters": "Pages printed",
    "cartridges": "Cartridge",
    "software": "Software",
}
_FIELDS = {
    "mib": "Memory",
    "macs": "Network cards",
    "uuid": "Mainboard number",
    "tag": "Label of the agent",
    "asset_tag": "Asset tag in the firmware",
    "left_percent": "Left",
    "size_mb": "Size",
    "memory_mib": "Memory",
    "speed_mhz": "Speed",
    "speed_bps": "Speed",
    "designed_mwh": "Held when new",
    "holds_mwh": "Holds now",
    "is_up": "Connected",
    "vlans": "Virtual networks",
}
MOST_TOLD = 20
"""Of what came or went at one time."""
_Group = Mapping[str, Any]
_MIB, _MB, _KBIT = 1024, 1000, 1000
_THOUSAND = 1000


def unseen_for(last_seen_at: datetime, now: datetime) -> int | None:
    """Say for how many days nothing was heard, where that is too long."""
    days = (now - last_seen_at).days
    return days if days >= UNSEEN_DAYS else None


def memory(mib: object) -> str:
    """Write memory: 8192 MiB as 8 GB, as its makers do."""
    if not isinstance(mib, int):
        return formats.ABSENT
    return f"{mib} MB" if mib < _MIB else f"{_plain(mib / _MIB)} GB"


def size(megabytes: object) -> str:
    """Write what a drive holds: 256060 MB as 256 GB, 2000398 MB as 2 TB."""
    if not isinstance(megabytes, int):
        return formats.ABSENT
    if megabytes < _MB:
        return f"{megabytes} MB"
    gigabytes = megabytes / _MB
    if gigabytes < _THOUSAND:
        return f"{_plain(gigabytes)} GB"
    return f"{_plain(gigabytes / _THOUSAND)} TB"


def speed(bits: object) -> str:
    """Write how fast a link is: 10^9 bit/s as 1 Gbit/s."""
    if not isinstance(bits, int) or bits <= 0:
        return formats.ABSENT
    scaled, unit = float(bits), "bit/s"
    for larger in ("kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"):
        if scaled < _KBIT:
            break
        scaled, unit = scaled / _KBIT, larger
    return f"{_plain(scaled)} {unit}"


def health(battery: Mapping[str, Any]) -> str:
    """Say how much of what it held when new a battery holds now."""
    designed, holds = battery.get("designed_mwh"), battery.get("holds_mwh")
    if not designed or not holds:
        return "Not told"
    return f"{min(100, round(100 * holds / designed))}% of what it held when new"


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def named(row: Mapping[str, Any]) -> str:
    """Name one thing of a section: a port, a drive, a program."""
    words = [row.get("publisher"), row.get("name"), row.get("version")]
    name = " ".join(str(word) for word in words if word)
    return name or str(row.get("serial") or "One without a name")


def told(section: str, before: object, after: object) -> list[str]:
    """Say in words what changed in a section, the first of many."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        was, now = cast("_Group", before), cast("_Group", after)
        return list(_fields(section, was, now))
    lines = list(_rows(_list(cast("Any", before)), _list(cast("Any", after))))
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], *([f"And {more} more"] if more > 0 else [])]


def _fields(
    section: str, was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[str]:
    for name in {**was, **now}:
        label = _label(name, section)
        yield f"{label}: {_told(name, was.get(name))} → {_told(name, now.get(name))}"


def _rows(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    old, new = ({named(row): row for row in rows} for rows in (before, after))
    for name, row in old.items():
        if name not in new:
            yield f"Gone: {name}"
            continue
        for field, value in new[name].items():
            if row.get(field) != value:
                was, now = (_told(field, each) for each in (row.get(field), value))
                yield f"{name}, {_label(field).lower()}: {was} → {now}"
    for name in new:
        if name not in old:
            yield f"New: {name}"


def _list(value: object) -> list[Mapping[str, Any]]:
    rows = cast("list[Any]", value) if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _label(name: str, section: str = "") -> str:
    if section == "counters":
        return f"Pages, {formats.words(name.replace('_', '-')).lower()}"
    return _FIELDS.get(name) or formats.words(name.replace("_", "-"))


def _told(name: str, value: object) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_each(each) for each in cast("list[object]", value)[:8])
    if not isinstance(value, int):
        return str(value)
    return (
        f"{value}%"
        if name.endswith("_percent")
        else _UNITS.get(name, formats.number)(value)
    )


_UNITS: Mapping[str, Callable[[int], str]] = {
    "mib": memory,
    "memory_mib": memory,
    "size_mb": size,
    "speed_bps": speed,
}


def _each(value: object) -> str:
    if isinstance(value, dict):
        row = cast("Mapping[str, Any]", value)
        return str(row.get("name") or row.get("number") or "?")
    return str(value)


def neighbours(port: Mapping[str, Any]) -> str:
    """Say what is at the other end of a port, in a few words."""
    found = [
        str(each.get("name") or each.get("ip") or each.get("mac"))
        for each in _list(port.get("neighbours"))
    ]
    few = ", ".join(found[:3])
    return f"{few} and {len(found) - 3} more" if len(found) > 3 else few  # noqa: PLR2004 - three names fit


def title(name: str | None, serial: str | None, kind: str) -> str:
    """Call a machine by what it calls itself, else by what its maker calls it."""
    return name or serial or f"A {KINDS.get(kind, kind).lower()} without a name"
