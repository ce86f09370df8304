"""What is known of a device after a report, and what that changed: pure comparison."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson

from inventory.agents.model.devices import Sections
from inventory.agents.model.report import Report

MOST_NAMED = 200
"""Of what came or went at once; of a new system's 3,000 programs, the first ones."""

_MOVING = {
    # Cables, addresses and power change by the hour: they are kept, and are no history.
    "ports": frozenset({"ips", "speed_bps", "is_up", "neighbours"}),
    "machines": frozenset({"state"}),
}
_KEYS: dict[str, Callable[[Mapping[str, Any]], object]] = {
    "ports": lambda port: (port["name"], port["mac"]),
    "disks": lambda disk: disk["serial"] or disk["name"],
    "batteries": lambda battery: battery["serial"] or battery["name"],
    "machines": lambda machine: machine["uuid"] or machine["name"],
    "processors": lambda processor: processor["name"],
    "cartridges": lambda cartridge: cartridge["name"],
}


@dataclass(frozen=True, slots=True)
class Change:
    """What one section was, and what it is now: only what differs of it."""

    section: str
    before: object
    after: object


def sections_of(report: Report) -> Sections:
    """Give what a report tells, by section, as it is kept."""
    hardware, identity = report.hardware, report.identity
    told: dict[str, object] = {
        "device": {
            "kind": report.kind,
            "name": identity.name,
            "serial": identity.serial,
            "uuid": identity.uuid,
            "macs": identity.macs,
            "asset_tag": identity.asset_tag,
            "manufacturer": hardware.manufacturer,
            "model": hardware.model,
            "firmware": hardware.firmware,
            "tag": report.tag,
        },
        "memory": {"mib": hardware.memory_mib},
        "processors": hardware.processors,
        "disks": hardware.disks,
        "batteries": hardware.batteries,
        "system": hardware.system,
        "ports": report.ports,
        "machines": report.machines,
        "counters": dict(report.counters),
        "cartridges": report.cartridges,
    }
    if report.action != "inventory" and hardware.memory_mib is not None:
        kept = report.sections | {"memory"}
    else:
        kept = report.sections
    plain = orjson.dumps({name: told[name] for name in told if name in kept})
    return cast("Sections", orjson.loads(plain))


def merged(known: Sections, report: Report) -> Sections:
    """Give what is known of a device after a report.

    A whole inventory takes the place of what was known; a partial one of the sections
    that it tells of, and of the device itself of what it says.
    """
    told = sections_of(report)
    if not report.is_partial:
        return told
    device = {
        name: value
        for name, value in cast("dict[str, Any]", told["device"]).items()
        if value
    }
    before = cast("dict[str, Any]", known.get("device", {}))
    # What a look round the network takes a device for is the poorer guess.
    if report.action == "netdiscovery" and before:
        device.pop("kind", None)
    return {**known, **told, "device": {**before, **device}}


def changes(known: Sections, now: Sections) -> list[Change]:
    """Say what differs, section by section; what a first report tells is no change."""
    found: list[Change] = []
    for name in sorted(known.keys() | now.keys()):
        change = _change(name, known.get(name), now.get(name))
        if change is not None:
            found.append(change)
    return found


def _change(section: str, old: object, new: object) -> Change | None:
    if old == new:
        return None
    if section in _KEYS:
        return _listed(section, old, new)
    before = cast("dict[str, Any]", old or {})
    after = cast("dict[str, Any]", new or {})
    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    if not names:
        return None
    return Change(
        section,
        {name: before.get(name) for name in names},
        {name: after.get(name) for name in names},
    )


def _listed(section: str, old: object, new: object) -> Change | None:
    before, after = _by_key(section, old), _by_key(section, new)
    differ = [k for k in {**before, **after} if before.get(k) != after.get(k)]
    if not differ:
        return None
    return Change(
        section,
        [before[key] for key in differ if key in before][:MOST_NAMED],
        [after[key] for key in differ if key in after][:MOST_NAMED],
    )


def _by_key(section: str, found: object) -> dict[object, dict[str, Any]]:
    moving = _MOVING.get(section, frozenset())
    kept: dict[object, dict[str, Any]] = {}
    for row in cast("Iterable[dict[str, Any]]", found or ()):
        still = {name: value for name, value in row.items() if name not in moving}
        key = _KEYS[section](row)
        # Two of one key (two like processors) are told apart by their place.
        while key in kept:
            key = (key, "again")
        kept[key] = still
    return kept
