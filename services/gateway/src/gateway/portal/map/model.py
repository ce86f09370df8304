"""Which school is which dot, and what the dots are told apart by; no I/O."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.directory.model import School
from gateway.portal.charts.model import Dot, Dots, Name
from gateway.portal.comparison import model as comparison
from gateway.portal.comparison.model import SchoolFigures
from gateway.portal.estate import model as estate_words
from gateway.portal.estate.schemas import SchoolEstate
from gateway.portal.templates import formats

PHASE, ESTATE = "phase", "estate"
COLOURS = {PHASE: "Phase", ESTATE: "Estate health", **comparison.NAMES}
"""What the dots can be told apart by, as it is asked for and in words."""
Figures = Mapping[int, SchoolFigures] | Mapping[int, SchoolEstate]
STAGES = {
    "nursery": "Primary",
    "primary": "Primary",
    "middle-deemed-primary": "Primary",
    "middle-deemed-secondary": "Secondary",
    "secondary": "Secondary",
    "16-plus": "Secondary",
    "all-through": "All-through",
    "special": "Special",
}
OTHER_STAGE, NO_FIGURE = "Referral unit or alternative", "No quarter"
STAGE_NAMES = ("Primary", "Secondary", "All-through", "Special", OTHER_STAGE)
_LEAST_OF_A_DISTRICT = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A school on the map, or one that the register gives no place."""

    school: School
    group: str
    figure: float | None


def groups_of(colour: str) -> list[str]:
    """List what the dots can be, in order."""
    if colour == PHASE:
        return list(STAGE_NAMES)
    if colour == ESTATE:
        return list(estate_words.BANDS.values())
    return [*comparison.QUARTERS.values(), NO_FIGURE]


def placed(schools: Sequence[School], figures: Figures, colour: str) -> list[Placed]:
    """Tell the open schools apart by their stage, their quarter or their kit."""
    return [_placed(school, figures.get(school.urn), colour) for school in schools]


def _placed(
    school: School, figures: SchoolFigures | SchoolEstate | None, colour: str
) -> Placed:
    if colour == PHASE:
        return Placed(school, STAGES.get(school.phase, OTHER_STAGE), None)
    if colour == ESTATE or isinstance(figures, SchoolEstate):
        return _by_estate(school, figures)
    if figures is None:
        return Placed(school, NO_FIGURE, None)
    quarter = figures.quartiles.get(colour)
    group = comparison.QUARTERS[quarter] if quarter else NO_FIGURE
    return Placed(school, group, comparison.figure(figures, colour))


def _by_estate(school: School, figures: SchoolFigures | SchoolEstate | None) -> Placed:
    """Place a school by the health of its estate; unheard of, it has no kit."""
    if not isinstance(figures, SchoolEstate):
        return Placed(school, estate_words.BANDS["no-kit"], None)
    band = estate_words.BANDS.get(figures.health.band, figures.health.band)
    return Placed(school, band, figures.health.figure)


def drawn(title: str, found: Sequence[Placed], colour: str) -> Dots | None:
    """Draw the schools that have a place; None without any."""
    dots = [
        Dot(each.school.easting, each.school.northing, each.school.name, each.group)
        for each in found
        if each.school.easting is not None and each.school.northing is not None
    ]
    if not dots:
        return None
    groups = [g for g in groups_of(colour) if any(dot.group == g for dot in dots)]
    return Dots(
        title=title,
        text=_words(title, dots, groups),
        dots=dots,
        groups=groups,
        names=_districts(found),
    )


def nowhere(found: Sequence[Placed]) -> list[Placed]:
    """List the schools that the register gives no place."""
    return [
        each
        for each in found
        if each.school.easting is None or each.school.northing is None
    ]


def _districts(found: Sequence[Placed]) -> list[Name]:
    """Write a district's name amid its schools, so that people know where they are."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in found:
        school = each.school
        if school.district and school.easting is not None and school.northing:
            places[school.district].append((school.easting, school.northing))
    return [
        Name(
            sum(east for east, _ in at) // len(at),
            sum(north for _, north in at) // len(at),
            district,
        )
        for district, at in sorted(places.items())
        if len(at) >= _LEAST_OF_A_DISTRICT and len(places) > 1
    ]


def _words(title: str, dots: Sequence[Dot], groups: Sequence[str]) -> str:
    counted = ", ".join(
        f"{group}: {sum(dot.group == group for dot in dots)}" for group in groups
    )
    return (
        f"{title}: a map of {formats.count(len(dots), 'school')} as dots, north at the"
        f" top. {counted}. The list has every school."
    )
