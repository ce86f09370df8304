"""What runs out, in words, and where each leads; no I/O."""

from collections.abc import Mapping
from urllib.parse import urlencode

from gateway.portal.endings.schemas import Ending
from gateway.portal.tables.export import Cell

KINDS: Mapping[str, str] = {
    "warranty": "Warranty",
    "support": "Maker\u2019s support",
    "life": "Expected life",
    "system": "Support of the system",
    "software": "Support of the program",
    "circuit": "Contract of the line",
    "service": "Contract of the service",
    "licence": "Licence of software",
    "contract": "Contract of the supplier",
    "notice": "Time to give notice",
}
WITHIN: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "three-years": "Within three years",
}
"""Beside a year, which is meant where nothing is said."""
_CONCERNS: Mapping[str, str] = {
    "warranty": "warranty-ending",
    "support": "support-ending",
    "life": "life-ending",
}


def link(each: Ending, top: str, la_code: str) -> str:
    """Say where one is looked at: its kit, its machines, or its contract.

    `top` is the address of the school or LA whose list it stands in.
    """
    if each.supplier_id:
        return f"/authorities/{la_code}/suppliers/{each.supplier_id}"
    if each.circuit_id:
        return f"/schools/{each.school_urn}/circuits/{each.circuit_id}"
    if each.service_id:
        return f"/schools/{each.school_urn}/network-services/{each.service_id}"
    if each.licence_id:
        held = f"/schools/{each.school_urn}" if each.school_urn else None
        return f"{held or f'/authorities/{la_code}'}/licences/{each.licence_id}"
    if each.product:
        of = {"product": each.product, "cycle": each.cycle or ""}
        return f"{top}/systems?{urlencode({k: v for k, v in of.items() if v})}"
    month = each.first_on.isoformat()[: len("2026-09")]
    kit = {"concern": _CONCERNS[each.kind], "model": each.name, "month": month}
    return f"{top}/kit?{urlencode(kit)}"


def where(each: Ending, schools: Mapping[int, str]) -> str:
    """Say at which school it is, or at how many."""
    if each.school_urn is not None:
        return schools.get(each.school_urn, each.school_name or str(each.school_urn))
    return f"{each.schools} schools" if each.schools else ""


def cells(each: Ending, schools: Mapping[int, str]) -> dict[str, Cell]:
    """Write one as a row of its list."""
    return {
        "name": each.name,
        "school": where(each, schools),
        "kind": KINDS.get(each.kind, each.kind),
        "first_on": each.first_on,
        "last_on": each.last_on,
        "devices": each.devices,
        "reference": each.reference,
        "monthly": each.monthly,
    }
