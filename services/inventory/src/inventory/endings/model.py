"""What ends when, put together from what is known of kit and contracts; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID
from zlib import crc32

from inventory.support.model.summing import Row

Kind = Literal[
    "warranty",
    "support",
    "life",
    "system",
    "software",
    "circuit",
    "service",
    "licence",
    "contract",
    "notice",
]
"""What ends: the warranty of kit, its maker's support, its expected life; support of a
system or of a program; the contract of a line, of a service over the network or of a
supplier; a licence of software; or the time to give notice of one of these."""
Within = Literal["quarter", "year", "three-years"]
"""Within how many days from today: 90, 365 or 1,095."""
Sort = Literal["first_on", "-first_on", "name", "-name", "devices", "-devices"]
_WITHIN: Mapping[Within, int] = {"quarter": 90, "year": 365, "three-years": 1_095}
_SORTED_BY = 60
"""Characters of a name that the order goes by: a cursor has to hold them."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends in one month: of a model, a release or a contract.

    `devices` are the pieces of kit that it befalls: None of a contract, which befalls
    no single ones. The school is said where there is one only.
    """

    kind: Kind
    name: str
    reference: str | None
    first_on: date
    last_on: date
    devices: int | None = None
    schools: int | None = None
    school_urn: int | None = None
    school_name: str | None = None
    monthly_pence: int | None = None
    manufacturer: str | None = None
    model: str | None = None
    product: str | None = None
    cycle: str | None = None
    circuit_id: UUID | None = None
    supplier_id: UUID | None = None
    service_id: UUID | None = None
    licence_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class KitEnding:
    """How many pieces of kit of a model lose what it is in a month."""

    kind: Literal["warranty", "support", "life"]
    manufacturer: str
    model: str
    first_on: date
    last_on: date
    devices: int
    schools: int
    school_urn: int | None
    school_name: str | None


@dataclass(frozen=True, slots=True)
class ContractEnding:
    """A contract that ends, or may be given notice of until a day."""

    kind: Literal["circuit", "service", "licence", "contract", "notice"]
    name: str
    reference: str | None
    ends_on: date
    monthly_pence: int | None
    school_urn: int | None
    school_name: str | None
    circuit_id: UUID | None
    supplier_id: UUID | None
    service_id: UUID | None
    licence_id: UUID | None


@dataclass(frozen=True, slots=True)
class EndingFilter:
    """Which endings a listing shows; None means any."""

    la_code: str | None = None
    school_urn: int | None = None
    kind: Kind | None = None
    within: Within = "year"
    q: str | None = None
    """Parts of a name or of a reference, in any order."""


def last_day(today: date, within: Within) -> date:
    return today + timedelta(days=_WITHIN[within])


def of_kit(found: KitEnding) -> Ending:
    return Ending(
        found.kind,
        f"{found.manufacturer} {found.model}",
        None,
        found.first_on,
        found.last_on,
        devices=found.devices,
        schools=found.schools,
        school_urn=found.school_urn,
        school_name=found.school_name,
        manufacturer=found.manufacturer,
        model=found.model,
    )


def of_release(found: Row) -> Ending | None:
    """Say when support of a release ends that machines have; None where none does."""
    if found.ends_on is None:
        return None
    return Ending(
        "system" if found.kind == "system" else "software",
        found.named,
        None,
        found.ends_on,
        found.ends_on,
        devices=found.devices,
        product=found.product,
        cycle=found.cycle,
    )


def of_contract(found: ContractEnding) -> Ending:
    return Ending(
        found.kind,
        found.name,
        found.reference,
        found.ends_on,
        found.ends_on,
        school_urn=found.school_urn,
        school_name=found.school_name,
        monthly_pence=found.monthly_pence,
        circuit_id=found.circuit_id,
        supplier_id=found.supplier_id,
        service_id=found.service_id,
        licence_id=found.licence_id,
    )


def narrowed(found: Iterable[Ending], wanted: EndingFilter) -> list[Ending]:
    """Leave what a listing asks for."""
    parts = (wanted.q or "").lower().split()
    return [
        each
        for each in found
        if wanted.kind in {None, each.kind}
        and all(part in f"{each.name} {each.reference or ''}".lower() for part in parts)
    ]


def key_of(each: Ending, sort: Sort) -> tuple[str | int, str, str]:
    """Say where in an order it stands; no two stand at one place."""
    day, name = each.first_on.isoformat(), each.name.lower()[:_SORTED_BY]
    by: dict[str, tuple[str | int, str]] = {
        "first_on": (day, name),
        "name": (name, day),
        "devices": (each.devices or 0, f"{day} {name}"),
    }
    ids = (each.circuit_id, each.service_id, each.licence_id, each.supplier_id)
    which = next(filter(None, ids), None) or _told_apart(each)
    return *by[sort.removeprefix("-")], f"{each.kind} {which}"


def kinds_of(sort: Sort) -> tuple[type, type, type]:
    return int if sort.endswith("devices") else str, str, str


def _told_apart(each: Ending) -> str:
    """Say which of the same month, kind and first letters it is."""
    parts = (each.manufacturer, each.model, each.name, each.product, each.cycle)
    return f"{crc32(chr(10).join(part or '' for part in parts).encode()):08x}"
