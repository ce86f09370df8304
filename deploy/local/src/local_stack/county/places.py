"""The map of a county that is nowhere: its towns, its villages and what is in them."""

from local_stack.county.dice import Dice
from local_stack.county.model import Authority, Place

REGION_CODE = "R90"
REGION_NAME = "Mid Shires"
# The department gives no LA of England a code from 990 on.
AUTHORITIES = (
    Authority("990", "North Harlandshire"),
    Authority("991", "West Harlandshire"),
)
DISTRICTS = {
    "990": ("Marbury and Selwick", "Upper Orrell", "Ketterby"),
    "991": ("Harlandchester", "Vale of Wyme", "South Quarrendon", "Ducewood"),
}
# Name, LA, place of its district, easting, northing, share of its LA's town schools.
TOWNS = (
    ("Marbury", "990", 0, 489_400, 279_800, 30),
    ("Selwick", "990", 0, 495_900, 273_300, 14),
    ("Orrelstead", "990", 1, 501_700, 288_300, 22),
    ("Great Tarnley", "990", 1, 507_500, 281_600, 9),
    ("Ketterby", "990", 2, 486_600, 291_200, 17),
    ("Brendon Market", "990", 2, 479_900, 286_900, 8),
    ("Harlandchester", "991", 0, 475_300, 260_600, 52),
    ("Wymebridge", "991", 1, 457_700, 262_300, 14),
    ("Quarrendon", "991", 2, 468_100, 240_600, 12),
    ("Ducewood", "991", 3, 462_900, 277_200, 11),
    ("Long Ivelford", "991", 2, 478_300, 247_300, 11),
)
_FIRST = (
    *("Ald", "Brend", "Caw", "Dun", "Elm", "Fen", "Gar", "Has", "Ivel", "Kest"),
    *("Lorn", "Mar", "Norl", "Orl", "Pell", "Quen", "Rusk", "Sel", "Tarn", "Ulver"),
    *("Ven", "Wex", "Yarl", "Cald", "Moss", "Thirl"),
)
_LAST = ("lington", "combe", "stead", "wick", "thorpe", "mere", "holt", "hurst")
# A hexagon's worth of cells, each with at most one village: (column, row) by LA.
_CELL = 3_900
_ORIGIN = (453_000, 236_500)
_ROWS: tuple[tuple[int, int, int], ...] = (
    # Row, first and last column: the outline of the county.
    *((0, 3, 6), (1, 2, 7), (2, 1, 7), (3, 1, 8), (4, 0, 8), (5, 0, 8), (6, 0, 9)),
    *((7, 1, 10), (8, 1, 11), (9, 2, 12), (10, 2, 13), (11, 4, 14), (12, 6, 14)),
    *((13, 7, 13), (14, 8, 12)),
)
_NORTH_FROM = 12
"""Column and row together, from which on it is the northern LA's."""


def towns() -> list[Place]:
    """Return the towns."""
    return [
        Place(name, la_code, DISTRICTS[la_code][place], easting, northing, True)
        for name, la_code, place, easting, northing, _ in TOWNS
    ]


def villages(seed: str) -> list[Place]:
    """Return the villages: one to a cell of the map, none where a town stands."""
    dice = Dice(seed, "villages")
    names = dice.shuffled([first + last for first in _FIRST for last in _LAST])
    found: list[Place] = []
    for row, first, last in _ROWS:
        for column in range(first, last + 1):
            easting = _ORIGIN[0] + column * _CELL + dice.between(300, _CELL - 300)
            northing = _ORIGIN[1] + row * _CELL + dice.between(300, _CELL - 300)
            near = min(towns(), key=lambda town: _far(town, easting, northing))
            if _far(near, easting, northing) < _CELL * _CELL // 3:
                continue
            la_code = "990" if column + row * 5 // 4 >= _NORTH_FROM + 5 else "991"
            own = [town for town in towns() if town.la_code == la_code]
            near = min(own, key=lambda town: _far(town, easting, northing))
            name = names[len(found)]
            found.append(Place(name, la_code, near.district, easting, northing, False))
    return found


def spot(dice: Dice, place: Place) -> tuple[int, int]:
    """Return where in a place something stands; towns are thickest in the middle."""
    reach = 1_500 if place.is_town else 220
    return tuple(
        middle + sum(dice.between(-reach, reach) for _ in range(2)) // 2
        for middle in (place.easting, place.northing)
    )  # pyright: ignore[reportReturnType] - two go in


def _far(place: Place, easting: int, northing: int) -> int:
    return (place.easting - easting) ** 2 + (place.northing - northing) ** 2
