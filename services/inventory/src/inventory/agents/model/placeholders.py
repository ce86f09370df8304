"""What makers and agents write where nothing is known: a name for many devices.

Sources: the exclusions that GLPI ships with (`Blacklist::getDefaults`), those of OCS
Inventory and of the FusionInventory plugin, and what 60 boards' SMBIOS tables say
(the dmidecode samples of glpi-agent). Compared without case, spaces and punctuation:
makers write "To be filled by O.E.M." in a dozen ways.
"""

import re

_KEPT = re.compile(r"[^a-z0-9]+")

WORDS = frozenset(
    {
        # GLPI, OCS Inventory, FusionInventory
        *("na", "nullstring", "invalid", "eval", "iatpass", "none", "unknow"),
        *("sys1234567890", "sys9876543210", "sn12345", "sn1234567890"),
        *("mb1234567890", "sn123456fvgv3i0b8o5n6n7k", "empty", "notspecified"),
        *("tobefilledbyoem", "tulipcomputers", "systemserialnumber"),
        *("oemserial", "systemserialnumb", "123456789000"),
        *("systemmanufacturer", "systemproductname", "productname", "systemname"),
        "allseries",
        # SMBIOS tables of real boards
        *("defaultstring", "chassisserialnumber", "baseboardserialnumber"),
        *("nodimm", "notapplicable", "notavailable", "unknown", "undefined"),
        *("oem", "default", "standard", "assettag", "noassettag", "noassetinformation"),
        *("chassisassettag", "systemassettag", "systemversion", "9876543210"),
        *("null", "nil", "missing", "releasekeys", "testkeys", "todefine"),
        "serialnumber",
    }
)
UUIDS = frozenset(
    {
        "03000200-0400-0500-0006-000700080009",
        "03d40274-0435-05dc-8506-010700080009",
        "6ab5b300-538d-1014-9fb5-b0684d007b53",
        "01010101-0101-0101-0101-010101010101",
        "00010203-0405-0607-0809-0a0b0c0d0e0f",
        "12345678-1234-5678-90ab-cddeefaabbcc",
        "fefefefe-fefe-fefe-fefe-fefefefefefe",
    }
)
MACS = frozenset(
    {
        # Made up by dial-up, tunnel and virtual adapters: the same on every machine.
        *("20:41:53:59:4e:ff", "50:50:54:50:30:30", "33:50:6f:45:30:30"),
        *("24:b6:20:52:41:53", "44:45:53:54:00:00", "44:45:53:54:00:01"),
        *("44:45:53:54:61:6f", "00:a0:c6:00:00:00", "00:0b:ca:fe:00:00"),
        *("00:01:02:7d:9b:1c", "00:08:a1:46:06:35", "00:08:a1:66:e2:1a"),
        *("00:09:dd:10:37:68", "00:0f:ea:9a:e2:f0", "00:10:5a:72:71:f3"),
        *("00:11:11:85:08:8b", "10:11:11:11:11:11"),
    }
)
VIRTUAL_MAKERS = frozenset(
    {
        "00:05:69",  # VMware
        "00:0c:29",  # VMware
        "00:50:56",  # VMware
        "00:15:5d",  # Hyper-V
        "00:ff",  # TAP adapters of VPNs
    }
)
"""How addresses begin that a program gave itself."""

_SERIES = "01234567890123456789"
_SHORTEST = 3
_LONGEST_TAG = 40


def is_serial(text: str) -> bool:
    """Say whether a text can tell one device from others of its make."""
    bare = _bare(text)
    return (
        len(bare) >= _SHORTEST
        and bare not in WORDS
        and len(set(bare)) > 1
        and not bare.startswith("serialnumberxxx")
        and bare not in _SERIES
        and bare.removesuffix("0") not in _SERIES
    )


def is_uuid(text: str) -> bool:
    """Say whether a device's UUID is one that its maker gave to it alone."""
    return text not in UUIDS and len(set(text) - {"-"}) > 1


def is_asset_tag(text: str) -> bool:
    """Say whether somebody wrote this tag for this very device."""
    bare = _bare(text)
    return (
        is_serial(text)
        and len(text) <= _LONGEST_TAG
        and not (bare.startswith("assettagnum") and len(bare) <= len("assettagnum00"))
    )


def is_card(mac: str) -> bool:
    """Say whether a hardware address was burnt into a card by its maker.

    The second-lowest bit of the first byte marks an address that a program chose
    (IEEE 802): phones choose a new one for each network.
    """
    first = int(mac[:2], 16)
    return (
        not first & 0b11
        and mac not in MACS
        and mac[:8] not in VIRTUAL_MAKERS
        and mac[:5] not in VIRTUAL_MAKERS
    )


def is_known(text: str) -> bool:
    """Say whether a make, model or version was written in at all."""
    return _bare(text) not in WORDS


def _bare(text: str) -> str:
    return _KEPT.sub("", text.lower())
