"""What mends a machine that lacks something, at the least cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from inventory.fit.model.needs import Fit, Has, Need, Needs
from inventory.support.model.readiness import windows_11

Step = Literal["memory", "storage", "system", "replacement"]
_OPENED = frozenset({"desktop", "laptop", "server"})
"""Kinds of kit into which more memory or another drive can be put."""
_PUT_IN: Mapping[str, Step] = {"memory": "memory", "storage": "storage"}
_ELEVENTH = 11


@dataclass(frozen=True, slots=True)
class Prices:
    """What each step costs, in pence; None is not known."""

    memory: int | None = None
    storage: int | None = None
    system: int | None = None
    replacement: int | None = None

    def of(self, steps: Sequence[Step]) -> int | None:
        """Sum steps; None where the price of one is not known."""
        each: Mapping[Step, int | None] = {
            "memory": self.memory,
            "storage": self.storage,
            "system": self.system,
            "replacement": self.replacement,
        }
        found = [each[step] for step in steps]
        known = [price for price in found if price is not None]
        return sum(known) if len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class Mend:
    """What mends a machine, and what that costs in pence; None is not known."""

    steps: Sequence[Step]
    pence: int | None


NOTHING = Mend((), 0)


def mend(needs: Needs, has: Has, found: Fit, prices: Prices) -> Mend:
    """Choose the cheapest mend of what is known to be lacking.

    What can be mended in place is replaced where that is known to be cheaper.
    """
    if found.verdict != "lacks":
        return NOTHING
    replaced = Mend(("replacement",), prices.replacement)
    steps = _in_place(needs, has, found)
    if steps is None:
        return replaced
    in_place = Mend(steps, prices.of(steps))
    is_dearer = (
        in_place.pence is not None
        and replaced.pence is not None
        and replaced.pence < in_place.pence
    )
    return replaced if is_dearer else in_place


def _in_place(needs: Needs, has: Has, found: Fit) -> Sequence[Step] | None:
    """List the steps that mend a machine; None where only another one does."""
    steps: list[Step] = []
    for need in found.lacks:
        wanted = _wanted(need, needs, has)
        if wanted is None:
            return None
        steps.extend(step for step in wanted if step not in steps)
    return steps


def _wanted(need: Need, needs: Needs, has: Has) -> Sequence[Step] | None:
    if need == "system":
        return _to_newer_system(needs, has)
    step = _PUT_IN.get(need) if has.category in _OPENED else None
    return None if step is None else [step]


def _to_newer_system(needs: Needs, has: Has) -> Sequence[Step] | None:
    """List what brings a machine to the system that is needed, as far as is known.

    Only Windows is known to go from release to release on the same hardware.
    """
    if (has.support.product, needs.family) != ("windows", "windows"):
        return None
    if needs.release is None or needs.release < _ELEVENTH:
        return ["system"]
    ready = windows_11(has.category, "windows", has.support.cycle, has.hardware)
    steps: list[Step] = ["system"]
    for part in ready.lacks:
        step = _PUT_IN.get(part) if has.category in _OPENED else None
        if step is None:
            return None
        steps.append(step)
    return steps
