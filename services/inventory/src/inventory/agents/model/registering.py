"""What a device becomes in the register, by what is known of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from inventory.agents.model.devices import Sections
from inventory.agents.model.report import Kind
from inventory.kinds.model import fields, own
from inventory.kinds.model.categories import Category

UNKNOWN = "Unknown"
LONGEST_TAG = 40
LONGEST_MAKE = 120
LONGEST_DETAIL = 200
CATEGORIES: Mapping[Kind, Category] = {
    "desktop": "desktop",
    "laptop": "laptop",
    "tablet": "tablet",
    "phone": "phone",
    "server": "server",
    "storage": "storage",
    "virtual-machine": "virtual-machine",
    "network": "network",
    "wireless": "wireless",
    "printer": "printer",
    "audio-visual": "audio-visual",
    "power": "peripheral",
    "unknown": "peripheral",
}


def tags_for(known: Sections, device_id: UUID) -> list[str]:
    """Give the tags that a new asset may bear, the best first; the last is always free.

    What somebody wrote into the firmware, what the machine is called, what its maker
    wrote on it.
    """
    device = _group(known, "device")
    wanted = [device.get("asset_tag"), device.get("name"), device.get("serial")]
    short = [tag for tag in wanted if tag and len(tag) <= LONGEST_TAG]
    return [*dict.fromkeys(short), f"AGENT-{device_id.hex[-12:].upper()}"]


def asset_of(known: Sections, tag: str) -> dict[str, Any]:
    """Give the values of a new asset, but for where it is."""
    device = _group(known, "device")
    category = CATEGORIES[cast("Kind", device["kind"])]
    return {
        "tag": tag,
        "category": category,
        "manufacturer": (device.get("manufacturer") or UNKNOWN)[:LONGEST_MAKE],
        "model": (device.get("model") or UNKNOWN)[:LONGEST_MAKE],
        "serial": device.get("serial"),
        "details": details_of(known, category),
    }


def details_of(known: Sections, category: Category) -> dict[str, Any]:
    """Give those fields of a kind of kit that the device told, and told rightly."""
    told = {name: value for name, value in _told(known) if value not in (None, "", 0)}
    of_kind = own.FIELDS[category]
    fitting = {name: value for name, value in told.items() if name in of_kind}
    kept, _ = fields.checked(of_kind, fitting, "")
    return kept


def _told(known: Sections) -> Iterator[tuple[str, object]]:
    device, system = _group(known, "device"), _group(known, "system")
    yield "hostname", device.get("name")
    yield "mac_address", next(iter(device.get("macs") or ()), None)
    yield "firmware", _short(device.get("firmware"))
    memory = _group(known, "memory").get("mib")
    yield "memory_gib", memory and round(memory / 1024, 1)
    yield (
        "processor",
        _short(next((p["name"] for p in _rows(known, "processors")), None)),
    )
    disks = [disk["size_mb"] or 0 for disk in _rows(known, "disks")]
    yield "storage_gb", round(sum(disks) / 1000, 1)
    yield "operating_system", _short(system.get("name"))
    yield "os_version", _short(system.get("version") or system.get("build"))
    yield "battery_health", _health(_rows(known, "batteries"))
    # Ethernet (IANA's interface type 6): loopbacks and VLANs are no sockets.
    sockets = [port for port in _rows(known, "ports") if port["kind"] == "6"]
    yield "ports", len(sockets)
    yield "pages_printed", _group(known, "counters").get("total")


def _health(batteries: Sequence[Mapping[str, Any]]) -> float | None:
    """Say how much of what its batteries held when new they hold now, in per cent."""
    known = [b for b in batteries if b["designed_mwh"] and b["holds_mwh"]]
    designed = sum(b["designed_mwh"] for b in known)
    return round(100 * sum(b["holds_mwh"] for b in known) / designed) if known else None


def _short(text: str | None) -> str | None:
    return text[:LONGEST_DETAIL].strip() if text else None


def _group(known: Sections, section: str) -> dict[str, Any]:
    return cast("dict[str, Any]", known.get(section) or {})


def _rows(known: Sections, section: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", known.get(section) or [])
