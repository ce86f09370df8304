"""Some three hundred schools with the sizes, meals and types that real ones have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from local_stack.county import naming, places
from local_stack.county.dice import Dice
from local_stack.county.model import Place, School
from local_stack.place import COUNTIES

WHOLE, SMALL = COUNTIES
FIRST_URN = 900_001
"""The register gives URNs from 100000 upwards and stands near 152000 (Wales has the
400000s): at a few thousand a year no school of England ever gets one of these."""
FIRST_UKPRN = 19_000_001


@dataclass(frozen=True, slots=True)
class Phase:
    """A kind of school: how many, and how its figures spread (deciles).

    Fitted to the register of April 2022 (pupils, pupils for each place, meals), the
    smallest and largest hundredth left off; special schools, units and colleges, which
    that extract lacks, to the department's published totals.
    """

    name: str
    whole: int
    small: int
    ages: tuple[int, int]
    numbers: int
    pupils: tuple[int, ...]
    meals: tuple[int, ...]
    kinds: tuple[tuple[str, int], ...]


_FULL = (60, 73, 82, 88, 92, 95, 97, 99, 101, 107, 116)
"""Pupils for a hundred places, by decile."""
_CONVERTER, _SPONSORED = "Academy converter", "Academy sponsor led"
PHASES = (
    Phase(
        "Primary",
        *(226, 13, (4, 11), 2001),
        (38, 93, 144, 190, 210, 235, 289, 355, 416, 467, 680),
        (15, 57, 85, 112, 141, 176, 217, 269, 335, 427, 620),
        (
            *(("Community school", 35), ("Voluntary controlled school", 10)),
            *(("Voluntary aided school", 14), ("Foundation school", 3)),
            *((_CONVERTER, 27), (_SPONSORED, 10), ("Free schools", 1)),
        ),
    ),
    Phase(
        "Secondary",
        *(31, 4, (11, 18), 4001),
        (420, 538, 691, 819, 913, 1017, 1114, 1221, 1364, 1547, 1910),
        (30, 73, 104, 129, 155, 184, 217, 257, 304, 375, 520),
        (
            *((_CONVERTER, 49), (_SPONSORED, 23), ("Community school", 9)),
            *(("Voluntary aided school", 6), ("Free schools", 5)),
            ("Foundation school", 5),
        ),
    ),
    Phase(
        "All-through",
        *(4, 1, (4, 18), 6901),
        (480, 554, 764, 916, 1103, 1234, 1383, 1545, 1696, 1860, 2050),
        (60, 79, 128, 171, 206, 229, 270, 316, 359, 443, 560),
        ((_SPONSORED, 38), (_CONVERTER, 22), ("Free schools", 27)),
    ),
    Phase(
        "Middle deemed secondary",
        *(5, 1, (9, 13), 4501),
        (210, 269, 330, 408, 463, 494, 530, 586, 603, 680, 760),
        (45, 80, 93, 110, 124, 132, 146, 172, 189, 258, 330),
        ((_CONVERTER, 61), ("Community school", 17), ("Foundation school", 7)),
    ),
    Phase(
        "Middle deemed primary",
        *(2, 0, (5, 12), 3501),
        (158, 247, 247, 274, 274, 286, 398, 398, 451, 451, 480),
        (94, 110, 129, 150, 174, 190, 204, 210, 215, 222, 228),
        ((_CONVERTER, 4), ("Community school", 3)),
    ),
    Phase(
        "Nursery",
        *(6, 1, (2, 4), 1001),
        (46, 56, 64, 70, 78, 84, 90, 98, 106, 118, 140),
        (40, 80, 110, 140, 170, 200, 230, 260, 300, 340, 400),
        (("Local authority nursery school", 1),),
    ),
    Phase(
        "16 plus",
        *(3, 1, (16, 19), 8601),
        (320, 460, 620, 780, 940, 1100, 1300, 1520, 1780, 2100, 2500),
        (30, 50, 66, 80, 94, 110, 128, 150, 176, 210, 260),
        (("Academy 16-19 converter", 2), ("Free schools 16 to 19", 1)),
    ),
    Phase(
        "Special",
        *(15, 2, (4, 19), 7001),
        (38, 62, 78, 92, 105, 118, 132, 150, 172, 205, 270),
        (180, 260, 320, 360, 400, 430, 470, 510, 560, 620, 700),
        (
            *(("Community special school", 6), ("Academy special converter", 5)),
            ("Academy special sponsor led", 2),
        ),
    ),
    Phase(
        "PRU",
        *(5, 1, (5, 16), 1101),
        (16, 24, 31, 38, 46, 54, 64, 76, 92, 118, 160),
        (300, 390, 440, 480, 510, 540, 570, 600, 630, 670, 730),
        (("Pupil referral unit", 1),),
    ),
    Phase(
        "AP",
        *(3, 0, (11, 16), 1201),
        (20, 28, 36, 42, 50, 58, 66, 78, 90, 110, 140),
        (320, 400, 450, 490, 520, 550, 580, 610, 640, 680, 740),
        (("Academy alternative provision converter", 1),),
    ),
)
# How the register writes the phase of those that it counts by their type.
WRITTEN: Mapping[str, str] = dict.fromkeys(("Special", "PRU", "AP"), "Not applicable")


def make_schools(seed: str, size: str) -> list[School]:
    """Return the schools that are open; a small county is made the same way."""
    dice = Dice(seed, "schools", size)
    wanted = [
        (phase, phase.pupils, dice.along(phase.pupils))
        for phase in PHASES
        for _ in range(phase.whole if size == WHOLE else phase.small)
    ]
    homes = _Homes(seed, size)
    namer = naming.Namer(seed)
    made: list[School] = []
    for order, (phase, _, pupils) in enumerate(wanted):
        place = homes.home(phase.name, pupils, order)
        made.append(_school(dice, namer, phase, place, pupils, len(made)))
    return made


class _Homes:
    """Where schools stand: a village has one small primary, all else is in towns."""

    def __init__(self, seed: str, size: str) -> None:
        self._dice = Dice(seed, "homes", size)
        left = self._dice.shuffled(places.villages(seed))
        self._villages = left if size == WHOLE else left[:8]
        shares = [share for *_, share in places.TOWNS]
        self._towns = list(zip(places.towns(), shares, strict=True))
        if size == SMALL:
            chosen = {"Marbury", "Harlandchester"}
            self._towns = [(t, s) for t, s in self._towns if t.name in chosen]

    def home(self, phase: str, pupils: int, order: int) -> Place:
        small = phase in {"Primary", "Middle deemed primary"} and pupils < _VILLAGE
        if small and self._villages:
            return self._villages.pop()
        la_code = places.AUTHORITIES[order % 2].la_code
        return self._dice.weighted(
            [(town, share) for town, share in self._towns if town.la_code == la_code]
        )


_VILLAGE = 236
"""Pupils above which a primary school is a town's."""


def _school(
    dice: Dice,
    namer: naming.Namer,
    phase: Phase,
    place: Place,
    pupils: int,
    order: int,
) -> School:
    kind = dice.weighted(phase.kinds)
    easting, northing = places.spot(dice, place)
    low, high = phase.ages
    if phase.name == "Primary" and dice.happens(520):
        low = 3
    if phase.name == "Secondary" and dice.happens(330):
        high = 16
    religion = naming.religion(dice, kind)
    capacity = pupils * 100 // dice.along(_FULL)
    return School(
        urn=FIRST_URN + order,
        la_code=place.la_code,
        number=phase.numbers + order % 300,
        name=namer.name(dice, phase.name, place, kind, religion),
        phase=phase.name,
        kind=kind,
        status="Open",
        place=place,
        easting=easting,
        northing=northing,
        postcode=naming.postcode(dice, place),
        low_age=low,
        high_age=high,
        capacity=(capacity + 4) // 5 * 5,
        pupils=pupils,
        meals_per_mille=_meals(dice, phase, place),
        # Nine schools of ten have one, as in the register.
        ukprn=str(FIRST_UKPRN + order) if dice.happens(900) else None,
        religion=religion,
        opened_on=_opened(dice, kind),
    )


def _meals(dice: Dice, phase: Phase, place: Place) -> int:
    """Countryside schools have fewer pupils on free meals than those of the towns."""
    first, second = dice.along(phase.meals), dice.along(phase.meals)
    if place.is_town and place.name in {"Marbury", "Harlandchester"}:
        return max(first, second)
    return first if place.is_town else min(first, second)


def _opened(dice: Dice, kind: str) -> date | None:
    """Only academies, and what is newer, have a day on which they opened."""
    if not ("cademy" in kind or kind.startswith("Free")):
        return None
    return date(dice.between(2011, 2022), dice.weighted(((9, 6), (4, 2), (1, 1))), 1)
