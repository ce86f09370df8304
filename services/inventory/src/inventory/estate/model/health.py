"""How healthy an estate is: one rule, that docs/entities/estate.md and pages say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from inventory.estate.model.kit import Figures

Band = Literal["good", "fair", "poor", "too-little-known", "no-kit"]
WEIGHTS: Mapping[str, int] = {
    "past_life": 50,
    "out_of_warranty": 20,
    "unseen": 10,
    "gaps": 20,
}
"""Points of a hundred that are lost where all kit is like that."""
GOOD, FAIR = 75, 50
"""The lowest figure of each band."""
_LEAST_DATED = Fraction(1, 2)

_SHARES: Mapping[str, Callable[[Figures], tuple[int, int]]] = {
    "past_life": lambda kit: (kit.past_life, kit.dated),
    "out_of_warranty": lambda kit: (kit.out_of_warranty, kit.warranted),
    "unseen": lambda kit: (kit.unseen, kit.reporting),
    "gaps": lambda kit: (kit.gaps, kit.physical),
}


@dataclass(frozen=True, slots=True)
class Health:
    """A figure from 0 to 100 and its band, with the shares in % that it comes from.

    There is no figure without kit, nor where too little is known of it; a share is
    None where nothing is known that it could be taken of.
    """

    band: Band
    figure: int | None
    past_life: float | None
    out_of_warranty: float | None
    unseen: float | None
    gaps: float | None


def health(kit: Figures) -> Health:
    """Judge some kit in use by its age, its cover, its silence and its gaps."""
    shares = {name: _share(*of(kit)) for name, of in _SHARES.items()}
    figure = None if _is_unknown(kit) else _figure(shares)
    told = {name: _percent(share) for name, share in shares.items()}
    return Health(_band(kit, figure), figure, **told)


def _is_unknown(kit: Figures) -> bool:
    """Whether fewer than half of what has an expected life has a purchase date."""
    return not kit.lasting or Fraction(kit.dated, kit.lasting) < _LEAST_DATED


def _figure(shares: Mapping[str, Fraction | None]) -> int:
    lost = sum(weight * (shares[name] or 0) for name, weight in WEIGHTS.items())
    return floor(100 - lost + Fraction(1, 2))


def _band(kit: Figures, figure: int | None) -> Band:
    if not kit.assets:
        return "no-kit"
    if figure is None:
        return "too-little-known"
    if figure >= GOOD:
        return "good"
    return "fair" if figure >= FAIR else "poor"


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else floor(share * 1000 + Fraction(1, 2)) / 10
