"""The frame of a map: places of the national grid on paper, without bending it.

Eastings and northings are metres on a plane, so one scale for both keeps the shape.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_EDGE = 0.06
_LEAST_METRES = 2_000
_TALLEST = 1.0
_BARS = (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the grid is shown, on how much paper, with a bar to measure by."""

    eastings: tuple[float, float]
    northings: tuple[float, float]
    width: int
    height: int
    bar: tuple[float, float]
    bar_text: str
    foot: float


def frame(places: Sequence[tuple[int, int]], widest: int) -> Frame:
    """Frame places with room around them, no wider than given and not much taller.

    Raises:
        ValueError: there are no places.
    """
    west, east = _with_room([easting for easting, _ in places])
    south, north = _with_room([northing for _, northing in places])
    metres_a_point = max((east - west) / widest, (north - south) / (widest * _TALLEST))
    length = next(b for b in (*_BARS, 0) if b <= (east - west) / 3)
    left = west + (east - west) * 0.02
    return Frame(
        (west, east),
        (south, north),
        round((east - west) / metres_a_point),
        round((north - south) / metres_a_point),
        (left, left + length),
        f"{length / 1000:g} km",
        south + (north - south) * 0.02,
    )


def _with_room(values: Sequence[int]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max((high - low) * _EDGE, (_LEAST_METRES - (high - low)) / 2)
    return low - room, high + room
