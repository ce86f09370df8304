"""Whether a machine can run Windows 11: by its processor, memory, storage and TPM."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from inventory.kinds.model.categories import Category
from inventory.support.model import processors

Readiness = Literal["runs-it", "ready", "not-ready", "unknown", "not-applicable"]
Part = Literal["processor", "memory", "storage", "tpm"]
LEAST_MEMORY_GIB = Decimal(4)
REPORTED_MEMORY_GIB = Decimal("3.5")
"""What a system has for itself of four: graphics and firmware keep some of it."""
LEAST_STORAGE_GB = Decimal(64)
REPORTED_STORAGE_GB = Decimal(62)
"""So much a drive tells that is sold with 64 GB, at the least."""
_COMPUTERS = frozenset[Category]({"desktop", "laptop", "tablet"})
_ELEVENTH = "11-"


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a machine is made of, as its record says; None is not known."""

    processor: str | None = None
    memory_gib: Decimal | None = None
    storage_gb: Decimal | None = None
    tpm: str | None = None


@dataclass(frozen=True, slots=True)
class Windows11:
    """Whether a machine can run Windows 11, what hinders it, and what is not known."""

    readiness: Readiness
    lacks: Sequence[Part] = ()
    unknown: Sequence[Part] = ()


NOT_APPLICABLE = Windows11("not-applicable")


def hardware_of(told: str) -> Hardware:
    """Read what an asset's column says: four lines, each of which may be empty."""
    processor, memory, storage, tpm = [*told.split("\n"), "", "", "", ""][:4]
    return Hardware(processor or None, _number(memory), _number(storage), tpm or None)


def windows_11(
    category: Category, product: str | None, cycle: str | None, has: Hardware
) -> Windows11:
    """Judge a computer with Windows, or of which no system is known.

    A TPM that is not known holds nothing back: each processor on the lists brings one
    of its own along, that has to be switched on.
    """
    if category not in _COMPUTERS or product not in {"windows", None}:
        return NOT_APPLICABLE
    if cycle is not None and cycle.startswith(_ELEVENTH):
        return Windows11("runs-it")
    lacks: list[Part] = [part for part, said in _judged(has) if said is False]
    unknown: list[Part] = [part for part, said in _judged(has) if said is None]
    if lacks:
        return Windows11("not-ready", lacks, unknown)
    if set(unknown) <= {"tpm"}:
        return Windows11("ready", (), unknown)
    return Windows11("unknown", (), unknown)


def _judged(has: Hardware) -> Sequence[tuple[Part, bool | None]]:
    """Say of each part whether it will do; None where that is not known."""
    return (
        ("processor", _of_processor(has.processor)),
        ("memory", _enough(has.memory_gib, REPORTED_MEMORY_GIB)),
        ("storage", _enough(has.storage_gb, REPORTED_STORAGE_GB)),
        ("tpm", None if has.tpm is None else has.tpm == "2.0"),
    )


def _of_processor(name: str | None) -> bool | None:
    if name is None:
        return None
    verdict = processors.verdict(name)
    return None if verdict == "unknown" else verdict == "listed"


def _enough(has: Decimal | None, least: Decimal) -> bool | None:
    return None if has is None else has >= least


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
