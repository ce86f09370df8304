"""Facts of electricity: what it emits, and what kit draws where nobody measured it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inventory.kinds.model.categories import Category
from inventory.tariffs.model import EARLIEST, LATEST

GRAMS_PER_MWH: Mapping[int, int] = {
    2018: 283_070,
    2019: 255_600,
    2020: 233_140,
    2021: 212_330,
    2022: 193_380,
    2023: 207_074,
    2024: 207_050,
    2025: 177_000,
}
"""Carbon dioxide equivalent of electricity from the grid, by calendar year.

UK Government, greenhouse gas conversion factors for company reporting: UK electricity,
generation only. The first is taken for the years before it, the last for those to come.
"""

KWH_A_YEAR: Mapping[Category, int] = {
    "desktop": 57,
    "laptop": 19,
    "tablet": 15,
    "phone": 7,
    "server": 1_500,
    "storage": 600,
    "network": 180,
    "wireless": 70,
    "printer": 90,
    "scanner": 20,
    "audio-visual": 200,
    "camera": 15,
    "music-media": 25,
    "peripheral": 41,
}
"""Of one piece of kit, where none is recorded of it.

Computers, phones and servers: about the median of what their makers declare (typical
energy consumption as ENERGY STAR has it). A peripheral is taken for a monitor. The
others by custom: the watts of a usual one, over the hours that it is on in a year.
"""


@dataclass(frozen=True, slots=True)
class GridSpan:
    """Days of one factor: from the first, before the last."""

    starts_on: date
    ends_on: date
    grams_per_mwh: int


def grid() -> list[GridSpan]:
    """Say which factor holds when, without a gap."""
    years = sorted(GRAMS_PER_MWH)
    starts = [EARLIEST, *(date(year, 1, 1) for year in years[1:])]
    ends = [*starts[1:], LATEST]
    return [
        GridSpan(start, end, GRAMS_PER_MWH[year])
        for start, end, year in zip(starts, ends, years, strict=True)
    ]
