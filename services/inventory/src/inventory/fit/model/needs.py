"""What software needs of a machine, and what a machine has of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from inventory.kinds.model.categories import Category
from inventory.lifecycle.model.releases import Support
from inventory.support.model import processors
from inventory.support.model.readiness import Hardware

Family = Literal["windows", "macos", "chromeos", "ipados", "android"]
Need = Literal["system", "processor", "memory", "storage"]
Verdict = Literal["runs", "lacks", "unknown"]
_MEMORY_KEPT = Decimal("0.875")
"""Of its memory a system tells so much at the least: graphics keep the rest."""
_GIGABYTES_TOLD = Decimal("0.95")
_NUMBER = re.compile(r"(\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Needs:
    """What software needs; None is anything. The least release is a whole number.

    `listed_processor` is one that Windows 11 supports.
    """

    family: Family | None = None
    release: int | None = None
    memory_gib: Decimal | None = None
    storage_gb: Decimal | None = None
    listed_processor: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """What a machine has: what it runs, and what it is made of."""

    category: Category
    support: Support
    hardware: Hardware

    @property
    def release(self) -> int | None:
        """The whole number of its system's release: Windows 10 22H2 is a ten."""
        found = _NUMBER.match(self.support.cycle or "")
        return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether software runs on a machine, what that lacks, and what is not known."""

    verdict: Verdict
    lacks: Sequence[Need] = ()
    unknown: Sequence[Need] = ()


def fit(needs: Needs, has: Has) -> Fit:
    """Judge a machine; one thing that is lacking is enough, whatever is not known."""
    judged = _judged(needs, has)
    lacks: list[Need] = [need for need, said in judged if said is False]
    unknown: list[Need] = [need for need, said in judged if said is None]
    if lacks:
        return Fit("lacks", lacks, unknown)
    return Fit("unknown", (), unknown) if unknown else Fit("runs")


def _judged(needs: Needs, has: Has) -> Sequence[tuple[Need, bool | None]]:
    hardware = has.hardware
    memory, storage = needs.memory_gib, needs.storage_gb
    return (
        ("system", _of_system(needs, has)),
        ("processor", _of_processor(hardware) if needs.listed_processor else True),
        ("memory", _enough(hardware.memory_gib, memory, _MEMORY_KEPT)),
        ("storage", _enough(hardware.storage_gb, storage, _GIGABYTES_TOLD)),
    )


def _of_system(needs: Needs, has: Has) -> bool | None:
    if needs.family is None:
        return True
    if has.support.product is None:
        return None
    if has.support.product != needs.family:
        return False
    if needs.release is None:
        return True
    return None if has.release is None else has.release >= needs.release


def _of_processor(hardware: Hardware) -> bool | None:
    if hardware.processor is None:
        return None
    verdict = processors.verdict(hardware.processor)
    return None if verdict == "unknown" else verdict == "listed"


def _enough(has: Decimal | None, need: Decimal | None, told: Decimal) -> bool | None:
    if need is None:
        return True
    return None if has is None else has >= need * told
