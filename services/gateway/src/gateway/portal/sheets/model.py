"""The words of an import of a file of assets, and who may make one."""

from collections.abc import Mapping

from chassis.auth import Actor
from contracts import roles
from gateway.portal.assets import model as assets

MOST_BYTES = 20 << 20
SHOWN = 50
ANY = "*"
STATES = {
    "sent": "To be read",
    "trying": "Being tried",
    "tried": "Ready to register",
    "applying": "Being registered",
    "applied": "Registered",
    "stopped": "Stopped half-way",
    "undoing": "Being undone",
    "undone": "Undone",
    "failed": "Failed",
    "given-up": "Given up",
}
TONES = {
    "sent": "warn",
    "trying": "note",
    "tried": "warn",
    "applying": "note",
    "applied": "good",
    "stopped": "warn",
    "undoing": "note",
    "failed": "bad",
}
UNDER_WAY = frozenset({"trying", "applying", "undoing"})
READABLE = frozenset({"sent", "tried", "failed"})
APPLICABLE = frozenset({"tried", "stopped"})
UNDOABLE = frozenset({"applied", "stopped"})
ENDABLE = frozenset({"sent", "trying", "tried", "applying", "failed"})

TARGETS: Mapping[str, str] = {
    "school_urn": "School, by its URN",
    "tag": "Asset tag",
    "category": "Category",
    "manufacturer": "Make",
    "model": "Model",
    "serial": "Serial number",
    "site": "Site",
    "building": "Building",
    "room": "Room",
    "status": "State",
    "purchased_on": "Bought on",
    "price_pence": "Price",
    "supplier": "Supplier",
    "order_number": "Order number",
    "ordered_on": "Ordered on",
    "funding_line": "Funding line",
    "cfr_code": "CFR code",
    "warranty_until": "Warranty until",
    "warranty_months": "Warranty, in months from its purchase",
    "support_until": "Support until",
    "details.hostname": "Name on the network",
    "details.ip_address": "IP address",
    "details.mac_address": "MAC address",
    "details.processor": "Processor",
    "details.memory_gib": "Memory, in GiB",
    "details.storage_gb": "Storage, in GB",
    "details.operating_system": "Operating system",
    "details.os_version": "Version of the operating system",
    "details.screen_inches": "Screen, in inches",
    "details.sort": "What it is",
    "details.firmware": "Firmware",
    "details.ports": "Ports",
    "details.pages_printed": "Pages printed so far",
    "details.lamp_hours": "Lamp hours so far",
}
WORDED = ("category", "status")
STATUSES = {
    name: assets.STATUSES[name]
    for name in ("in-use", "in-store", "in-repair", "ordered", "missing", "retired")
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "category": assets.CATEGORIES,
    "status": STATUSES,
}
DEFAULTS: Mapping[str, str] = {
    "category": "Category",
    "manufacturer": "Make",
    "model": "Model",
    "status": "State",
    "room": "Room",
    "supplier": "Supplier",
    "funding_line": "Funding line",
}
"""What can be said once of all rows that do not tell it."""
_WRITERS = frozenset(
    {roles.SCHOOL_TECHNICIAN, roles.LA_TECHNICIAN, roles.LA_MANAGER, roles.RBC_SYSTEM}
)


def may_import_for_authority(actor: Actor, la_code: str) -> bool:
    return actor.may(_WRITERS, la_code, None)


def targets(*, at_school: bool) -> dict[str, str]:
    """Name what a column may tell, as it is offered."""
    return {
        n: said for n, said in TARGETS.items() if n != "school_urn" or not at_school
    }
