"""Computers and phones: what an agent says that runs on the device itself."""

from collections.abc import Iterator

from inventory.agents.model import placeholders, sections, trees, values
from inventory.agents.model.documents import Tree
from inventory.agents.model.refusals import InventoryUnreadable
from inventory.agents.model.report import (
    Battery,
    Disk,
    Hardware,
    Identity,
    Kind,
    Port,
    Processor,
    Report,
    System,
    Title,
    VirtualMachine,
)

UNKNOWN_PUBLISHER = "Unknown"
LONGEST_NAME = 160
LONGEST_VERSION = 80
LEAST_BATTERY_MWH = 1000
"""Phones write per cent where others write mWh."""

_MIB = {"": 1.0, "mb": 1.0, "mib": 1.0, "gb": 1024.0, "gib": 1024.0}
_MB = {"": 1.0, "mb": 1.0, "gb": 1000.0, "tb": 1e6}
_MHZ = {"": 1.0, "mhz": 1.0, "ghz": 1000.0}
_MWH = {"": 1.0, "mwh": 1.0, "wh": 1000.0}
_SECTIONS = {
    "hardware": "memory",
    "memories": "memory",
    "cpus": "processors",
    "storages": "disks",
    "batteries": "batteries",
    "operatingsystem": "system",
    "networks": "ports",
    "softwares": "software",
    "virtualmachines": "machines",
}
# SMBIOS 3.7, table 17: the kinds of enclosure, as dmidecode and Windows write them.
_CHASSIS: dict[str, Kind] = {
    **dict.fromkeys(
        ["portable", "laptop", "notebook", "sub notebook", "convertible", "detachable"],
        "laptop",
    ),
    **dict.fromkeys(["tablet", "hand held"], "tablet"),
    **dict.fromkeys(
        [
            *("main server chassis", "rack mount chassis", "blade", "blade enclosure"),
            *("blade enclosing", "multi-system", "raid chassis"),
        ],
        "server",
    ),
}
_PHYSICAL = frozenset({"", "physical"})


def read(root: Tree, content: Tree, deviceid: str | None) -> Report:
    """Read the inventory of a computer or phone.

    Raises:
        InventoryUnreadable: it does not say which device it is of.
    """
    if deviceid is None:
        raise InventoryUnreadable("The inventory has no deviceid")
    bios, hardware = trees.group(content, "bios"), trees.group(content, "hardware")
    system = _system(content, hardware)
    ports = _ports(content)
    clock = trees.group(trees.group(content, "operatingsystem"), "timezone")
    logged = trees.value(trees.group(content, "accesslog"), "logdate")
    return Report(
        action="inventory",
        kind=_kind(root, bios, hardware, system),
        identity=_identity(deviceid, bios, hardware, ports),
        agent=values.text(trees.value(content, "versionclient")),
        tag=tag(root, content),
        taken_at=values.moment(logged, trees.value(clock, "offset")),
        is_partial=values.is_yes(trees.value(root, "partial")),
        sections=frozenset(_SECTIONS[name] for name in content if name in _SECTIONS)
        | {"device"},
        hardware=Hardware(
            manufacturer=_first(bios, "smanufacturer", "mmanufacturer"),
            model=_first(bios, "smodel", "mmodel"),
            firmware=values.known(trees.value(bios, "bversion")),
            memory_mib=_memory(content, hardware),
            processors=tuple(_processors(content)),
            disks=tuple(_disks(content)),
            batteries=tuple(_batteries(content)),
            system=system,
        ),
        ports=ports,
        software=_software(content),
        machines=tuple(_machines(content)),
    )


def tag(root: Tree, content: Tree) -> str | None:
    """Read what was set on the agent: in XML it is one of some pairs."""
    for pair in trees.groups(content, "accountinfo"):
        if values.text(trees.value(pair, "keyname")) == "TAG":
            return values.text(trees.value(pair, "keyvalue"))
    return values.text(trees.value(root, "tag"))


def _identity(
    deviceid: str, bios: Tree, hardware: Tree, ports: tuple[Port, ...]
) -> Identity:
    serial = values.serial(trees.value(bios, "ssn", "biosserial"))
    asset_tag = values.asset_tag(trees.value(bios, "assettag"))
    return Identity(
        deviceid,
        serial=serial,
        uuid=values.uuid(trees.value(hardware, "uuid")),
        macs=cards(port.mac for port in ports if not port.is_virtual),
        # Some makers repeat the serial: that is no tag of a school.
        asset_tag=None if asset_tag == serial else asset_tag,
        name=values.text(trees.value(hardware, "name")),
    )


def cards(macs: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(sorted({mac for mac in macs if mac and placeholders.is_card(mac)}))


def _first(tree: Tree, *names: str) -> str | None:
    read = (values.known(trees.value(tree, name)) for name in names)
    return next((found for found in read if found), None)


def _kind(root: Tree, bios: Tree, hardware: Tree, system: System | None) -> Kind:
    """Say what kind of device it is: what it runs in, what it runs, what it is."""
    name = system.name.lower() if system else ""
    platform = (values.text(trees.value(hardware, "vmsystem")) or "").lower()
    if values.text(trees.value(root, "itemtype")) == "Phone" or "android" in name:
        return "phone"
    if platform not in _PHYSICAL:
        return "virtual-machine"
    chassis = (values.text(trees.value(hardware, "chassis_type")) or "").lower()
    kind = _CHASSIS.get(chassis, "desktop")
    model = _first(bios, "smodel", "mmodel") or ""
    if kind == "desktop" and model.startswith("MacBook"):
        # Apple's firmware has no word for the enclosure.
        return "laptop"
    return "server" if kind == "desktop" and "server" in name else kind


def _system(content: Tree, hardware: Tree) -> System | None:
    found = trees.group(content, "operatingsystem")
    name = values.text(
        trees.value(found, "full_name", "name") or trees.value(hardware, "osname")
    )
    if name is None:
        return None
    return System(
        name,
        version=values.text(trees.value(found, "version"), LONGEST_VERSION),
        build=values.text(
            trees.value(found, "kernel_version") or trees.value(hardware, "osversion")
        ),
        architecture=values.text(trees.value(found, "arch"), LONGEST_VERSION),
    )


def _memory(content: Tree, hardware: Tree) -> int | None:
    said = values.measure(trees.value(hardware, "memory"), _MIB)
    if said:
        return said
    modules = (
        values.measure(trees.value(row, "capacity"), _MIB)
        for row in trees.groups(content, "memories")
    )
    return sum(size for size in modules if size) or None


def _processors(content: Tree) -> Iterator[Processor]:
    for row in trees.groups(content, "cpus"):
        name = values.known(trees.value(row, "name", "model"))
        if name:
            yield Processor(
                name,
                cores=values.whole(trees.value(row, "core", "corecount")),
                threads=values.whole(trees.value(row, "thread")),
                speed_mhz=values.measure(trees.value(row, "speed"), _MHZ),
            )


def _disks(content: Tree) -> Iterator[Disk]:
    for row in trees.groups(content, "storages"):
        name = values.known(trees.value(row, "model", "name"))
        size = values.measure(trees.value(row, "disksize"), _MB)
        if name and size:
            yield Disk(
                name,
                manufacturer=values.known(trees.value(row, "manufacturer")),
                serial=values.serial(trees.value(row, "serial", "serialnumber")),
                size_mb=size,
            )


def _batteries(content: Tree) -> Iterator[Battery]:
    for row in trees.groups(content, "batteries"):
        found = Battery(
            name=values.known(trees.value(row, "name")),
            serial=values.serial(trees.value(row, "serial")),
            designed_mwh=_charge(trees.value(row, "capacity")),
            holds_mwh=_charge(trees.value(row, "real_capacity")),
        )
        if found != Battery(None, None, None, None):
            yield found


def _charge(value: object) -> int | None:
    found = values.measure(value, _MWH)
    return found if found and found >= LEAST_BATTERY_MWH else None


def _ports(content: Tree) -> tuple[Port, ...]:
    """Read the network cards: agents write one row for each address of a card."""
    found: dict[tuple[str, str | None], Port] = {}
    for row in trees.groups(content, "networks"):
        port = _port(row)
        same = found.get((port.name, port.mac))
        if same is not None:
            port = _joined(same, port)
        found[port.name, port.mac] = port
    return tuple(found.values())


def _port(row: Tree) -> Port:
    return Port(
        name=values.text(trees.value(row, "description")) or "network card",
        kind=(values.text(trees.value(row, "type"), 20) or "").lower() or None,
        mac=values.mac(trees.value(row, "mac", "macaddr")),
        ips=sections.ips([row.get("ipaddress"), row.get("ipaddress6")]),
        speed_bps=sections.speed(trees.value(row, "speed"), sections.MEGABITS),
        is_up=sections.is_up(trees.value(row, "status")),
        is_virtual=values.is_yes(trees.value(row, "virtualdev")),
    )


def _joined(one: Port, other: Port) -> Port:
    return Port(
        name=one.name,
        kind=one.kind or other.kind,
        mac=one.mac,
        ips=tuple(dict.fromkeys(one.ips + other.ips))[: sections.MOST_IPS],
        speed_bps=one.speed_bps or other.speed_bps,
        is_up=one.is_up if other.is_up is None else bool(one.is_up) or other.is_up,
        is_virtual=one.is_virtual and other.is_virtual,
    )


def _software(content: Tree) -> tuple[Title, ...]:
    """Read what is installed: each title and version once, sorted."""
    found = {
        Title(
            values.text(trees.value(row, "publisher"), LONGEST_NAME)
            or UNKNOWN_PUBLISHER,
            name,
            values.text(trees.value(row, "version"), LONGEST_VERSION) or "",
        )
        for row in trees.groups(content, "softwares")
        if (name := values.text(trees.value(row, "name", "guid"), LONGEST_NAME))
    }
    return tuple(sorted(found))


def _machines(content: Tree) -> Iterator[VirtualMachine]:
    for row in trees.groups(content, "virtualmachines"):
        name = values.text(trees.value(row, "name", "uuid"))
        if name:
            yield VirtualMachine(
                name,
                uuid=values.text(trees.value(row, "uuid")),
                state=values.text(trees.value(row, "status"), 20),
                platform=values.text(trees.value(row, "vmtype"), 40),
                memory_mib=values.measure(trees.value(row, "memory"), _MIB),
                processors=values.whole(trees.value(row, "vcpu")),
            )
