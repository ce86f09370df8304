"""Inventories that real agents sent: all are read, and ten as a person reads them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.agents.model import reading
from inventory.agents.model.report import (
    Battery,
    Cartridge,
    Disk,
    Identity,
    Neighbour,
    Port,
    Processor,
    Report,
    System,
    Title,
    Told,
    VirtualMachine,
    Vlan,
)

Read = Callable[[str], Report]
FOLDER = "agent_inventories/glpi_inventory_format"
NOT_INVENTORIES = {"inventory.schema.json", "LICENSE"}


def files(real_data: Path) -> list[Path]:
    found = sorted((real_data / FOLDER).iterdir())
    return [file for file in found if file.name not in NOT_INVENTORIES]


def told_by(file: Path) -> Told:
    kind = "application/json" if file.suffix == ".json" else "application/xml"
    message = reading.read(file.read_bytes(), kind)
    assert isinstance(message, Told)
    return message


@pytest.fixture
def report_of(real_data: Path) -> Read:
    def read(name: str) -> Report:
        [report] = told_by(real_data / FOLDER / name).reports
        return report

    return read


def test_every_inventory_is_read_twice_alike(real_data: Path) -> None:
    found = files(real_data)

    assert len(found) == 27
    assert [told_by(file) for file in found] == [told_by(file) for file in found]


def test_every_device_says_what_it_is(real_data: Path) -> None:
    reports = [report for file in files(real_data) for report in told_by(file).reports]

    assert len(reports) == 27
    assert all(report.kind != "unknown" for report in reports)
    assert all(report.hardware.manufacturer for report in reports)
    assert all(report.hardware.model for report in reports)


def test_nobodys_name_or_key_is_kept(real_data: Path) -> None:
    """The files name people, licence keys, Wi-Fi networks and a phone's number."""
    read = str([told_by(file) for file in files(real_data)])

    for word in (
        *("cvigneron", "mariem", "anyone@", "Unprivileged User"),
        *("BCDEFG-BCDEFG", "V33KV-CMD8V", "DaWifi", "trashylands", "+33632331095"),
        *("ssh-rsa", "204043724717249", "8933150319050352521", "teamviewer"),
    ):
        assert word not in read


def test_a_linux_laptop(report_of: Read) -> None:
    report = report_of("examples_computer_1.json")

    assert report.kind == "laptop"
    assert report.identity == Identity(
        "glpixps-2018-07-09-09-07-13",
        serial="640HP72",
        uuid="4c4c4544-0034-3010-8048-b6c04f503732",
        macs=("00:e0:4c:68:01:db", "44:85:00:2b:90:bc"),
        name="glpixps",
    )
    assert report.tag == "000005"
    assert report.agent == "FusionInventory-Agent_v2.5.2-1.fc31"
    # 14:19:54 at +0200
    assert report.taken_at == datetime(2020, 6, 12, 12, 19, 54, tzinfo=UTC)
    assert not report.is_partial
    hardware = report.hardware
    assert (hardware.manufacturer, hardware.model) == ("Dell Inc.", "XPS 13 9350")
    assert hardware.firmware == "1.4.3"
    assert hardware.memory_mib == 7800
    assert hardware.processors == (
        Processor("Intel(R) Core(TM) i5-6200U CPU @ 2.30GHz", 2, 4, 2300),
    )
    assert hardware.disks == (
        Disk("PM951 NVMe SAMSUNG 256GB", "Samsung", "S29NNXAH146409", 256060),
    )
    assert hardware.batteries == (Battery("DELL RWT1R43", "34605", 57570, 50570),)
    assert hardware.system == System(
        "Fedora 31 (Workstation Edition)",
        "31 (Workstation Edition)",
        "5.6.15-200.fc31.x86_64",
        "x86_64",
    )
    assert [port.name for port in report.ports] == [
        *("lo", "enp57s0u1u4", "wlp58s0", "virbr0", "virbr0-nic")
    ]
    assert report.ports[2] == Port(
        "wlp58s0",
        kind="wifi",
        mac="44:85:00:2b:90:bc",
        ips=("192.168.1.118", "fe80::92a4:26c6:99dd:2d60"),
        is_up=True,
    )
    assert len(report.software) == 6
    assert Title("Fedora Project", "gitg", "3.32.1-1.fc31") in report.software


def test_a_partial_inventory_says_of_what_it_tells(report_of: Read) -> None:
    report = report_of("examples_computer_1_partial_batteries.json")

    assert report.is_partial
    assert report.sections == {"device", "memory", "batteries"}
    assert report.identity.serial == "640HP72"
    assert report.hardware.batteries == (
        Battery("DELL RWT1R43", "34605", 57570, 40570),
    )


def test_the_pc_with_three_thousand_titles(report_of: Read) -> None:
    report = report_of("examples_computer_3.json")

    assert report.kind == "laptop"
    assert report.identity == Identity(
        "LF014-2017-02-20-12-19-56",
        serial="8C554721F",
        uuid="0055adc9-1d3a-e411-8043-b05d95113232",
        macs=("30:3a:64:ee:65:88", "b8:6b:23:e0:5c:81"),
        # Its asset tag is ten zeros.
        asset_tag=None,
        name="LF014",
    )
    assert report.taken_at == datetime(2017, 2, 20, 12, 23, 5, tzinfo=UTC)
    # 3,033 rows, of which 28 are of a title and version that another is of, too.
    assert len(report.software) == 3005
    assert Title("Fedora Project", "xerces-j2", "2.11.0-24.fc24") in report.software
    assert sum(title.publisher == "Unknown" for title in report.software) == 12
    # A battery that says neither its name nor a serial nor a capacity.
    assert report.hardware.batteries == ()
    assert report.hardware.memory_mib == 7909
    assert report.hardware.disks == (Disk("TOSHIBATHNSNJ25", "Toshiba", None, 250059),)
    assert [(port.name, port.is_virtual) for port in report.ports] == [
        *(("bmc", False), ("lo", True), ("enp0s25", False), ("wlp2s0", False))
    ]


def test_a_windows_laptop_in_xml(report_of: Read) -> None:
    report = report_of("tests_data_12.xml")

    assert report.kind == "laptop"
    assert report.identity == Identity(
        "pc-arg-23.cedre.local-2017-04-18-09-26-44",
        serial="CZC0479792",
        uuid="33e737a8-f827-11df-9297-47c0a301005a",
        # Neither the VPN's made-up address nor the hosted network's.
        macs=("00:22:10:d4:3e:74", "68:b5:99:e6:84:eb", "74:f3:95:c7:e8:c2"),
        # The maker wrote the serial there.
        asset_tag=None,
        name="pc-arg-23",
    )
    assert report.tag == "3923"
    assert report.taken_at == datetime(2017, 5, 15, 16, 38, 7, tzinfo=UTC)
    hardware = report.hardware
    assert hardware.manufacturer == "Hewlett-Packard"
    assert hardware.model == "HP EliteBook 2540p"
    assert hardware.memory_mib == 3887
    assert hardware.system == System(
        "Microsoft Windows 8.1 Professionnel", None, "6.3.9600", "64-bit"
    )
    assert hardware.batteries == (Battery("MS06055", "0D47", 5100, None),)
    assert report.ports[0].speed_bps == 100_000_000
    # 9,223,372,036,854.78 Mb/s is the driver's word for: unknown.
    assert report.ports[4].speed_bps is None
    assert len(report.software) == 8
    assert Title("Piriform", "CCleaner", "5.09") in report.software
    assert Title("Unknown", "OpenVPN 2.3.8-I001", "2.3.8-I001") in report.software
    assert Title("Unknown", "KB4019215", "") in report.software


def test_an_imac(report_of: Read) -> None:
    report = report_of("tests_data_4.xml")

    assert report.kind == "desktop"
    assert report.identity == Identity(
        "iMac-de-Marie.local-2017-06-12-09-24-14",
        serial="C02NG5A5FY11",
        uuid="b3d6b8e4-15cc-54bb-bce9-44e153556ddf",
        # Its agent takes every card for a virtual one.
        macs=(),
        name="iMac de Marie",
    )
    assert report.hardware.manufacturer == "Apple Inc."
    assert report.hardware.model == "iMac15,1"
    # Nothing says the whole: two of its four modules hold 4,096 MiB.
    assert report.hardware.memory_mib == 8192
    assert report.hardware.batteries == (Battery("DELL JHXPY53", "3701", 43746, None),)
    assert report.hardware.system == System(
        "macOS", "10.13.5 (17F77)", "17.6.0", "i386"
    )
    assert len(report.software) == 7


def test_a_laptop_with_virtual_machines(report_of: Read) -> None:
    report = report_of("tests_data_1.xml")

    assert report.identity.serial == "9E113232I"
    assert report.machines == (
        VirtualMachine(
            *("centos7.0", "c37f7ce8-af95-4676-b454-0959f2c5e162"),
            *("off", "libvirt", 1048, 1),
        ),
        VirtualMachine(
            *("fedora23", "358f16bf-6794-4f63-8947-150b807a2294"),
            *("off", "libvirt", 2097, 1),
        ),
        VirtualMachine(
            *("win8.1", "fcb505ed-0ffa-419e-a5a0-fd20bed80f1e"),
            *("off", "libvirt", 4194, 2),
        ),
    )


def test_a_phone(report_of: Read) -> None:
    report = report_of("examples_phone_1.json")

    assert report.kind == "phone"
    assert report.identity == Identity(
        "Mi9TPro-TéléphoneM-2019-12-18-14-30-16",
        serial="af8d8fcfa6fa4794",
        # Android's id is no UUID, and "release-keys" nobody's tag.
        uuid=None,
        macs=("e0:dc:ff:ed:09:59",),
        asset_tag=None,
        name="Mi9TPro-TéléphoneM",
    )
    # 14:30:16 at +1000
    assert report.taken_at == datetime(2019, 12, 18, 4, 30, 16, tzinfo=UTC)
    assert (report.hardware.manufacturer, report.hardware.model) == (
        *("Xiaomi", "Mi 9T Pro"),
    )
    assert report.hardware.memory_mib == 5523
    # Its battery's capacity is 93: per cent, not mWh.
    assert report.hardware.batteries == ()
    assert {title.name for title in report.software} == {
        *("Enregistreur d'écran", "CameraTools", "Boutique Amazon")
    }


def test_a_printer(report_of: Read) -> None:
    report = report_of("examples_printer_1.json")

    assert report.kind == "printer"
    assert report.identity == Identity(
        "snmp:PHCVN191TG",
        serial="PHCVN191TG",
        macs=("00:68:eb:f2:be:10",),
        name="NPIF2BE10",
    )
    assert report.hardware.model == "HP LaserJet M507"
    assert report.hardware.firmware == "2409048_052887"
    assert report.hardware.memory_mib == 512
    assert report.counters == (("rectoverso", 831), ("total", 1802))
    assert report.cartridges == (Cartridge("tonerblack", 71, "71"),)
    assert report.ports[1].ips == ("10.59.29.175",)


def test_a_printer_in_xml(report_of: Read) -> None:
    report = report_of("tests_data_8.xml")

    assert report.kind == "printer"
    assert report.identity.serial == "D9J230159"
    assert report.counters == (("total", 94344),)
    assert report.cartridges == (
        Cartridge("drumblack", 0, "0"),
        # Grams are no share of anything.
        Cartridge("tonerblack", None, "0g"),
    )


def test_a_switch_with_phones_at_its_ports(report_of: Read) -> None:
    report = report_of("examples_networkequipment_3.json")

    assert report.kind == "network"
    assert report.identity == Identity(
        "snmp:CN5BFP62CP",
        serial="CN5BFP62CP",
        macs=("b0:5a:da:10:10:80",),
        name="HP-2530-48G",
    )
    assert len(report.ports) == 61
    assert report.ports[0] == Port(
        "1",
        number=1,
        kind="6",
        mac="b0:5a:da:10:10:bf",
        speed_bps=100_000_000,
        is_up=True,
        neighbours=(
            Neighbour(
                *("38:1c:1a:b5:73:20", "192.168.63.52", "Cisco IP Phone SPA303"),
                *("Port 1", "7.5.2Cisco IP Phone SPA3"),
            ),
        ),
        vlans=(Vlan(1, "VLAN 1"),),
    )


def test_a_wireless_controller_is_told_from_a_switch(report_of: Read) -> None:
    report = report_of("examples_networkequipment_4.json")

    assert report.kind == "wireless"
    assert len(report.ports) == 3


def test_a_store_on_the_network(report_of: Read) -> None:
    report = report_of("tests_data_19.xml")

    assert report.kind == "storage"
    assert report.identity.serial == "01234567890AAA"
    assert report.hardware.model == "DS1821+"
    assert report.hardware.memory_mib == 3890


def test_a_look_round_the_network_is_a_part_of_an_inventory(report_of: Read) -> None:
    report = report_of("tests_data_16.xml")

    assert report.action == "netdiscovery"
    assert report.is_partial
    assert report.identity == Identity(
        "snmp:cn3afrt37n",
        serial="cn3afrt37n",
        # d5:c9:gh:81:cf:80 is no hardware address.
        macs=(),
        # Nor "assettag" anybody's tag.
        asset_tag=None,
        name="J9803A",
    )
