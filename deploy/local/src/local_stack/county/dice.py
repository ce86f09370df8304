"""Chance that falls alike on every machine: whole numbers from a hash, nothing else.

Python's own generator promises its sequence for `random()` alone, and floating point is
as the machine's mathematics library has it; a pinned county can stand on neither.
"""

import hashlib
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Dice:
    """A stream of whole numbers that its seed alone decides (SplitMix64)."""

    def __init__(self, *seed: object) -> None:
        text = "/".join(map(str, seed)).encode()
        self._state = int.from_bytes(hashlib.sha256(text).digest()[:8], "big")

    def below(self, bound: int) -> int:
        """Return one of 0, 1, ... bound - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) * bound) >> 64

    def between(self, least: int, most: int) -> int:
        """Return a number of a range, both ends included."""
        return least + self.below(most - least + 1)

    def happens(self, per_mille: int) -> bool:
        """Say yes so often in a thousand."""
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        """Return one, each as likely as another."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """Return one, as likely as its weight says."""
        left = self.below(sum(weight for _, weight in choices))
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        raise AssertionError("weights are whole numbers above nought")

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return them in another order."""
        left = list(things)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return left

    def along(self, deciles: Sequence[int]) -> int:
        """Return a value of a distribution that is told by equally spaced quantiles."""
        steps = len(deciles) - 1
        at = self.below(steps * 1000)
        low, part = divmod(at, 1000)
        return deciles[low] + (deciles[low + 1] - deciles[low]) * part // 1000


class Odds(Generic[T]):
    """Choices with their weights, made ready to be drawn from often."""

    def __init__(self, choices: Sequence[tuple[T, int]]) -> None:
        self._choices = [choice for choice, _ in choices]
        self._ends = list(accumulate(weight for _, weight in choices))

    def draw(self, dice: Dice) -> T:
        """Return one, as likely as its weight says."""
        return self._choices[bisect(self._ends, dice.below(self._ends[-1]))]
