"""First in, first out as slowly and plainly as can be: unit by unit, in a list.

It shares no line with the product: every single thing that came lies in a list with
its day, the order in which it was written down and its price; the oldest is taken by
looking at all of them.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Slow:
    """A stock of single things."""

    there: list[tuple[int, int, int]] = field(
        default_factory=list[tuple[int, int, int]]
    )
    """Of each thing: the day it came, which line it came in, and its price."""
    taken: dict[int, list[tuple[int, int, int]]] = field(
        default_factory=dict[int, list[tuple[int, int, int]]]
    )

    def receive(self, line: int, day: int, quantity: int, price: int) -> None:
        for _ in range(quantity):
            self.there.append((day, line, price))

    def use(self, name: int, quantity: int) -> int | None:
        """Take so many, and say what they cost; None where there are fewer."""
        if len(self.there) < quantity:
            return None
        cost = 0
        self.taken[name] = []
        for _ in range(quantity):
            oldest = min(self.there)
            self.there.remove(oldest)
            self.taken[name].append(oldest)
            cost += oldest[2]
        return cost

    def undo(self, name: int) -> int:
        """Put back what was taken, and say what it cost."""
        back = self.taken.pop(name)
        self.there.extend(back)
        return sum(price for _, _, price in back)

    @property
    def value(self) -> int:
        return sum(price for _, _, price in self.there)
