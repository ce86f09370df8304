"""Forty schools of two authorities, with the sizes and phases that real ones have."""

from random import Random

from local_stack.county.model import Authority, School

REGION_CODE = "R90"
REGION_NAME = "Vale and Moorland"
AUTHORITIES = (Authority("940", "North Vale"), Authority("941", "West Moorland"))
# Phase, how many schools, pupils of the smallest and the largest, mean % on meals.
PHASES: tuple[tuple[str, int, int, int, float], ...] = (
    ("primary", 24, 58, 630, 24.0),
    ("secondary", 7, 540, 1480, 23.0),
    ("nursery", 1, 64, 96, 28.0),
    ("middle-deemed-primary", 1, 310, 420, 21.0),
    ("middle-deemed-secondary", 1, 480, 620, 20.0),
    ("all-through", 2, 820, 1350, 27.0),
    ("16-plus", 1, 900, 1900, 17.0),
    ("special", 2, 74, 168, 46.0),
    ("pru", 1, 28, 64, 58.0),
)
PLACES = (
    "Abbot's Ley",
    "Alder Bridge",
    "Ashcombe",
    "Barrow Hill",
    "Beacon Fell",
    "Birchover",
    "Bramble Cross",
    "Broad Oak",
    "Castle Mead",
    "Chalk Down",
    "Coldharbour",
    "Copper Beech",
    "Crane Water",
    "Daisy Bank",
    "Eastfield",
    "Elm Tree",
    "Fairlight",
    "Fernhurst",
    "Foxholes",
    "Greenway",
    "Hallowmere",
    "Hawthorn Rise",
    "Hazel Wood",
    "Holly Lodge",
    "Kingfisher",
    "Larkfield",
    "Linden Park",
    "Long Meadow",
    "Maple Grove",
    "Millbrook",
    "Northgate",
    "Orchard Vale",
    "Priory Lane",
    "Quarry Bank",
    "Riverside",
    "Rowan Hall",
    "Saltmarsh",
    "Stonebridge",
    "Thornbury Road",
    "Westhill",
)
ENDINGS = {
    "primary": "Primary School",
    "secondary": "School",
    "nursery": "Nursery School",
    "middle-deemed-primary": "Middle School",
    "middle-deemed-secondary": "Middle School",
    "all-through": "All-through Academy",
    "16-plus": "Sixth Form College",
    "special": "Special School",
    "pru": "Pupil Referral Unit",
}
ESTABLISHMENT_RANGE = {"nursery": 1000, "secondary": 4000, "special": 7000, "pru": 1100}
FORM_OF_ENTRY = 30
YEARS_OF_PRIMARY = 7
# Nine schools of ten have one, as in the register.
LAST_DIGIT_WITHOUT_UKPRN = 7


def make_schools(seed: str) -> tuple[School, ...]:
    """Return the region's schools; the two authorities get every second one."""
    rng = Random(f"{seed}/schools")  # noqa: S311 - a generator of examples
    kinds = [kind for kind in PHASES for _ in range(kind[1])]
    rng.shuffle(kinds)
    return tuple(
        _school(rng, number, place, kind)
        for number, (place, kind) in enumerate(zip(PLACES, kinds, strict=True))
    )


def _school(
    rng: Random, number: int, place: str, kind: tuple[str, int, int, int, float]
) -> School:
    phase, _, smallest, largest, meals = kind
    la_code = AUTHORITIES[number % 2].la_code
    establishment = ESTABLISHMENT_RANGE.get(phase, 2000) + number
    closing = number == len(PLACES) - 1
    has_ukprn = number % 10 != LAST_DIGIT_WITHOUT_UKPRN
    return School(
        urn=900001 + number,
        laestab=f"{la_code}{establishment}",
        ukprn=str(19000001 + number) if has_ukprn else None,
        la_code=la_code,
        name=f"{place} {ENDINGS[phase]}",
        phase=phase,
        status="open-proposed-to-close" if closing else "open",
        pupils=_pupils(rng, phase, smallest, largest),
        free_school_meals_percent=_meals(rng, meals),
        postcode=None,
    )


def _pupils(rng: Random, phase: str, smallest: int, largest: int) -> int:
    """Primaries cluster just under whole forms of entry, as real rolls do."""
    if phase != "primary":
        return round(rng.triangular(smallest, largest))
    forms = rng.choices((0.5, 1, 1.5, 2, 3), weights=(3, 9, 3, 7, 2))[0]
    full = round(forms * YEARS_OF_PRIMARY * FORM_OF_ENTRY)
    return max(smallest, min(largest, round(full * rng.uniform(0.82, 1.0))))


def _meals(rng: Random, mean: float) -> float:
    share = rng.betavariate(mean / 100 * 8, (1 - mean / 100) * 8)
    return round(100 * share, 1)
