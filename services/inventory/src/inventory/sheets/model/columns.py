"""What a column of a file may tell of an asset, and how registers head such a column.

The first spellings are our own; the others are those of Snipe-IT's and GLPI's exports
and of schools' own spreadsheets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from inventory.kinds.model import own
from inventory.sheets.model.values import key

Form = Literal[
    "text",
    "code",
    "day",
    "pence",
    "months",
    "urn",
    "category",
    "status",
    "cfr",
    "detail",
]

DETAIL = "details."
WARRANTY_MONTHS = "warranty_months"


@dataclass(frozen=True, slots=True)
class Target:
    """A value of an asset that a column may fill: its name, and what it is called."""

    name: str
    label: str
    form: Form = "text"
    spellings: tuple[str, ...] = ()


_OWN = (
    Target("school_urn", "School, by its URN", "urn", ("URN", "School URN")),
    Target(
        *("tag", "Asset tag", "code"),
        (
            *("Tag", "Inventory number", "Asset number", "Asset ID", "Asset no"),
            *("Barcode", "Otherserial", "Inventory tag"),
        ),
    ),
    Target(
        *("category", "Category", "category"),
        ("Kind", "Type", "Asset type", "Item type", "Device type"),
    ),
    Target(
        *("manufacturer", "Make", "text"),
        ("Manufacturer", "Manufacturers", "Brand", "Vendor"),
    ),
    Target(
        *("model", "Model", "text"),
        ("Model name", "Models", "Item", "Description", "Item name"),
    ),
    Target(
        *("serial", "Serial number", "code"),
        ("Serial", "Serial no", "S/N", "Service tag"),
    ),
    Target("site", "Site", "text", ("Campus",)),
    Target("building", "Building", "text", ("Block",)),
    Target("room", "Room", "text", ("Location", "Locations", "Default location")),
    Target("status", "State", "status", ("Status", "Statuses", "Condition")),
    Target(
        *("order_number", "Order number", "code"), ("PO number", "Purchase order", "PO")
    ),
    Target("ordered_on", "Ordered on", "day", ("Order date", "Ordered")),
    Target(
        *("purchased_on", "Bought on", "day"),
        (
            *("Purchased", "Purchased on", "Purchase date", "Date purchased"),
            *("Date of purchase", "Bought"),
        ),
    ),
    Target(
        *("price_pence", "Price", "pence"),
        (
            *("Purchase cost", "Cost", "Value", "Purchase price", "Unit price"),
            "Price paid",
        ),
    ),
    Target("supplier", "Supplier", "text", ("Suppliers", "Bought from")),
    Target("funding_line", "Funding line", "text", ("Funding", "Budget", "Fund")),
    Target("cfr_code", "CFR code", "cfr", ("CFR",)),
    Target(
        *("warranty_until", "Warranty until", "day"),
        ("Warranty expires", "Warranty end", "Warranty expiry", "Warranty date"),
    ),
    Target(
        *(WARRANTY_MONTHS, "Warranty, in months from its purchase", "months"),
        ("Warranty", "Warranty months", "Warranty duration"),
    ),
    Target("support_until", "Support until", "day", ("Support ends", "Support end")),
)
_DETAIL_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "hostname": ("Hostname", "Computer name", "Device name", "Network name"),
    "ip_address": ("IP", "IP address"),
    "mac_address": ("MAC", "MAC address"),
    "processor": ("CPU", "Processor", "Components - Processor"),
    "memory_gib": ("RAM", "Memory", "Memory (GB)"),
    "storage_gb": ("Storage", "Disk", "Hard disk", "Disk (GB)"),
    "operating_system": ("OS", "Operating system", "Operating System - Name"),
    "os_version": ("OS version", "Operating System - Version"),
}


def _details() -> list[Target]:
    """Offer what any kind of kit has of its own, each once."""
    fields = {
        name: field for kind in own.FIELDS.values() for name, field in kind.items()
    }
    return [
        Target(
            f"{DETAIL}{name}", field.label, "detail", _DETAIL_SPELLINGS.get(name, ())
        )
        for name, field in fields.items()
    ]


TARGETS: Mapping[str, Target] = {each.name: each for each in (*_OWN, *_details())}
NEEDED = ("tag", "category", "manufacturer", "model")
"""What each asset must have, of a column or as what all of a file are."""
DEFAULTABLE = frozenset(
    {
        *("category", "manufacturer", "model", "site", "building", "room", "status"),
        *("supplier", "funding_line", "cfr_code", "purchased_on"),
    }
)
"""What can be said once of all rows where a file does not tell."""
DETAIL_FIELDS = {
    name: field for kind in own.FIELDS.values() for name, field in kind.items()
}
BY_HEADING: Mapping[str, str] = {
    key(said): target.name
    for target in reversed(TARGETS.values())
    for said in (target.name, target.label, *target.spellings)
}
"""The value that a heading usually stands for."""
