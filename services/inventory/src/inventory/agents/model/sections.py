"""The parts of a report that computers and networked devices have in common."""

import ipaddress
from collections.abc import Iterable, Iterator

from inventory.agents.model import trees, values
from inventory.agents.model.documents import Tree
from inventory.agents.model.report import Neighbour, Port, Vlan

MOST_NEIGHBOURS = 64
"""At one port. Behind an uplink a switch sees hundreds of addresses: none of them
stands at the other end."""
MOST_IPS = 32
BITS = {"": 1.0}
MEGABITS = {"": 1e6, "mb/s": 1e6, "gb/s": 1e9}
_FASTEST = 2 * 10**12
_UP = frozenset({"1", "up"})


def ports_of_switch(rows: Iterable[Tree]) -> tuple[Port, ...]:
    """Read the ports of a switch, printer or other thing that speaks SNMP."""
    return tuple(_port_of_switch(row) for row in rows)


def _port_of_switch(row: Tree) -> Port:
    number = values.whole(trees.value(row, "ifnumber"))
    name = values.text(trees.value(row, "ifname", "ifdescr"))
    return Port(
        name=name or f"port {number if number is not None else '?'}",
        number=number,
        kind=values.text(trees.value(row, "iftype"), 20),
        alias=values.text(trees.value(row, "ifalias")),
        mac=values.mac(trees.value(row, "mac")),
        ips=ips(_addresses(row)),
        speed_bps=speed(trees.value(row, "ifspeed"), BITS),
        is_up=is_up(trees.value(row, "ifstatus")),
        neighbours=tuple(_neighbours(row))[:MOST_NEIGHBOURS],
        vlans=tuple(_vlans(row)),
    )


def _addresses(row: Tree) -> list[object]:
    inner = trees.group(row, "ips")
    found = trees.values(inner, "ip") if inner else trees.values(row, "ips")
    return found or trees.values(row, "ip")


def _neighbours(row: Tree) -> Iterator[Neighbour]:
    inner = trees.group(row, "connections")
    name = "connection" if "connection" in inner else "connections"
    for each in trees.groups(inner if "connection" in inner else row, name):
        macs = trees.values(each, "mac", "sysmac") or [None]
        for mac in macs[:MOST_NEIGHBOURS]:
            found = Neighbour(
                mac=values.mac(mac),
                ip=next(iter(ips([trees.value(each, "ip")])), None),
                name=values.text(trees.value(each, "sysname")),
                port=values.text(trees.value(each, "ifdescr", "ifnumber")),
                model=values.text(trees.value(each, "model")),
            )
            if found.mac or found.ip or found.name:
                yield found


def _vlans(row: Tree) -> Iterator[Vlan]:
    inner = trees.group(row, "vlans")
    name = "vlan" if "vlan" in inner else "vlans"
    for each in trees.groups(inner if "vlan" in inner else row, name):
        number = values.whole(trees.value(each, "number"))
        if number is not None:
            yield Vlan(number, values.text(trees.value(each, "name")))


def ips(found: Iterable[object]) -> tuple[str, ...]:
    """Read addresses: those that are none, and nobody's (0.0.0.0), are left out."""
    read = (_ip(each) for each in found)
    return tuple(dict.fromkeys(each for each in read if each))[:MOST_IPS]


def _ip(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        address = ipaddress.ip_address(value.strip()[:64])
    except ValueError:
        return None
    return None if address.is_unspecified else str(address)


def speed(value: object, scales: dict[str, float]) -> int | None:
    """Read how fast a link is; what no link reaches is a driver's word for unknown."""
    found = values.measure(value, scales)
    return found if found is not None and 0 < found <= _FASTEST else None


def is_up(value: object) -> bool | None:
    found = values.text(value, 20)
    return None if found is None else found.lower() in _UP
