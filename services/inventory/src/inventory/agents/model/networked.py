"""Switches, printers and what else answers SNMP: an agent nearby tells of them.

The message's deviceid is then the agent's own, or made up for the round: such a device
is known by its serial, else its hardware address, else its name.
"""

import re
from collections.abc import Iterator

from inventory.agents.model import computers, sections, trees, values
from inventory.agents.model.documents import Tree
from inventory.agents.model.refusals import InventoryUnreadable
from inventory.agents.model.report import (
    Action,
    Cartridge,
    Hardware,
    Identity,
    Kind,
    Report,
)

_MIB = {"": 1.0, "mb": 1.0}
_KINDS: dict[str, Kind] = {
    "networking": "network",
    "printer": "printer",
    "storage": "storage",
    "power": "power",
    "phone": "phone",
    "video": "audio-visual",
}
_WIRELESS = re.compile(r"wireless|wlan|access point|\bwlc\b|\bAIR-", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3})\s*%?")
_FULL = 100
_NOT_COUNTERS = frozenset({"date"})


def read(root: Tree, content: Tree, action: Action) -> Iterator[Report]:
    """Read every device that a message tells of; those that did not answer are none.

    Raises:
        InventoryUnreadable: a device says nothing by which it could be known again.
    """
    # XML has a group for each device; JSON is of one, whose parts lie in the content.
    found = list(trees.groups(content, "device")) or [content]
    for device in found:
        whole = trees.group(device, "info") or trees.group(device, "network_device")
        said = whole or (device if device is not content else {})
        if said and "error" not in device:
            yield _device(root, content, action, device, said)


def _device(
    root: Tree, content: Tree, action: Action, device: Tree, said: Tree
) -> Report:
    version = trees.value(content, "versionclient", "moduleversion")
    parts = trees.group(device, "ports")
    name = "port" if "port" in parts else "network_ports"
    return Report(
        action=action,
        kind=_kind(root, device, said),
        identity=_identity(said),
        agent=values.known(version),
        tag=computers.tag(root, content),
        taken_at=None,
        # A first look round the network tells where a device is, not what it has.
        is_partial=action == "netdiscovery" or values.is_yes(root.get("partial")),
        sections=frozenset(_sections(device)) | {"device"},
        hardware=Hardware(
            manufacturer=values.known(trees.value(said, "manufacturer")),
            model=values.known(trees.value(said, "model")),
            firmware=values.known(trees.value(said, "firmware")),
            memory_mib=values.measure(trees.value(said, "ram"), _MIB) or None,
        ),
        ports=sections.ports_of_switch(
            trees.groups(parts if "port" in parts else device, name)
        ),
        counters=tuple(sorted(_counters(device))),
        cartridges=tuple(_cartridges(device)),
    )


def _identity(said: Tree) -> Identity:
    serial = values.serial(trees.value(said, "serial"))
    mac = values.mac(trees.value(said, "mac"))
    name = values.text(trees.value(said, "name", "snmphostname", "dnshostname"))
    known = serial or mac or name
    if known is None:
        raise InventoryUnreadable("A device has no serial, hardware address or name")
    return Identity(
        f"snmp:{known}",
        serial=serial,
        macs=computers.cards(iter([mac])),
        asset_tag=values.asset_tag(trees.value(said, "assettag")),
        name=name,
    )


def _kind(root: Tree, device: Tree, said: Tree) -> Kind:
    named = values.text(trees.value(said, "type"), 20) or ""
    item = values.text(trees.value(root, "itemtype"), 20) or ""
    kind = _KINDS.get(named.lower())
    if kind is None:
        kind = "network" if item == "NetworkEquipment" else _KINDS.get(item.lower())
    if kind == "network" and _WIRELESS.search(_described(device, said)):
        return "wireless"
    return kind or "unknown"


def _described(device: Tree, said: Tree) -> str:
    """Join what tells a wireless controller from a switch: both say NETWORKING."""
    chassis = trees.group(device, "network_components")
    texts = [
        values.text(trees.value(said, "model")),
        values.text(trees.value(said, "comments", "description")),
        values.text(trees.value(chassis, "description")),
    ]
    return " ".join(text for text in texts if text)


def _sections(device: Tree) -> Iterator[str]:
    for names, section in (
        (("ports", "network_ports"), "ports"),
        (("pagecounters",), "counters"),
        (("cartridges",), "cartridges"),
    ):
        if any(name in device for name in names):
            yield section


def _counters(device: Tree) -> Iterator[tuple[str, int]]:
    for name, value in trees.group(device, "pagecounters").items():
        count, counted = values.whole(value), values.text(name, 40)
        if counted and count is not None and count >= 0 and name not in _NOT_COUNTERS:
            yield counted, count


def _cartridges(device: Tree) -> Iterator[Cartridge]:
    for row in trees.groups(device, "cartridges"):
        named = values.text(trees.value(row, "name"), 40)
        rows = {named: row.get("value")} if named else row
        for name, value in rows.items():
            said, named = values.text(value, 40), values.text(name, 40)
            if said and named:
                yield Cartridge(named, _left(said), said)


def _left(said: str) -> int | None:
    found = _PERCENT.fullmatch(said)
    return int(found[1]) if found and int(found[1]) <= _FULL else None
