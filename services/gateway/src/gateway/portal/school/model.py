"""What the register says of a school, in words; no I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.directory.model import School, SchoolHistory, SchoolLink
from gateway.portal.charts.model import Dot, Dots
from gateway.portal.templates import formats

STATUSES = {
    "open": "Open",
    "open-proposed-to-close": "Open, but proposed to close",
    "proposed-to-open": "Proposed to open",
    "closed": "Closed",
}
STATUS_TONES = {"open": "good", "closed": "bad"}
REASONS = {
    "conversion": "became an academy",
    "merger": "merged",
    "split": "was split",
    "authority": "its local authority was reorganised",
    "renamed": "was renamed",
    "renumbered": "got another number",
}
KINDS = {"conversion": "conversion", "merger": "merger", "split": "split"}
THIS, OTHERS = "This school", "Other schools"
_SQUARE = 100_000
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Grouping:
    """A trust or federation, with the other schools of it in sight."""

    kind: str
    name: str
    others: Sequence[School]


def facts_of_identity(school: School) -> dict[str, str]:
    """List who a school is; what the register does not say is left out."""
    return _told(
        {
            "URN": str(school.urn),
            "LAESTAB": school.laestab,
            "UKPRN": school.ukprn,
            "Status": STATUSES.get(school.status, formats.words(school.status)),
            "Opened": formats.day(school.opened_on) if school.opened_on else None,
            "Closed": formats.day(school.closed_on) if school.closed_on else None,
            "Type": school.establishment_type,
            "Ages": ages(school.low_age, school.high_age),
            "Gender": school.gender,
            "Religious character": school.religious_character,
        }
    )


def facts_of_size(school: School) -> dict[str, str]:
    """List how large a school is, and how full."""
    pupils, capacity = school.pupils, school.capacity
    meals = school.free_school_meals_percent
    return _told(
        {
            "Pupils": None if pupils is None else formats.number(pupils),
            "Capacity": None if capacity is None else formats.number(capacity),
            "Full": f"{formats.number(100 * pupils / capacity)}%"
            if pupils is not None and capacity
            else None,
            "Free school meals": None
            if meals is None
            else f"{formats.number(meals, 1)}% of pupils",
        }
    )


def facts_of_place(school: School) -> dict[str, str]:
    """List where a school stands."""
    at = located(school)
    return _told(
        {
            "Town": school.town,
            "Postcode": school.postcode,
            "District": school.district,
            "Ward": school.ward,
            "Local authority": f"{school.la_name} ({school.la_code})",
            "Grid reference": grid_reference(*at) if at else None,
        }
    )


def _told(facts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: fact for name, fact in facts.items() if fact}


def ages(low: int | None, high: int | None) -> str | None:
    match low, high:
        case None, None:
            return None
        case None, _:
            return f"up to {high}"
        case _, None:
            return f"from {low}"
        case _:
            return f"{low} to {high}"


def grid_reference(easting: int, northing: int) -> str:
    """Write a place as the Ordnance Survey does, to 100 metres: SP 756 605.

    Two letters name a square of 100 km: a grid of five by five squares of 500 km, each
    of five by five squares, both lettered from the north-west and without an I.
    """
    east, north = easting // _SQUARE, 19 - northing // _SQUARE
    large = north - north % 5 + (east + 10) // 5
    small = north * 5 % 25 + east % 5
    square = _LETTERS[large] + _LETTERS[small]
    return f"{square} {easting % _SQUARE // 100:03} {northing % _SQUARE // 100:03}"


def successors(history: SchoolHistory) -> list[SchoolLink]:
    return [link for link in history.links if link.relation == "successor"]


def located(school: School) -> tuple[int, int] | None:
    if school.easting is None or school.northing is None:
        return None
    return school.easting, school.northing


def small_map(school: School, around: Sequence[School]) -> Dots | None:
    """Draw a school among those around it; None where there is nothing to see."""
    here = located(school)
    others = [
        Dot(*at, each.name, OTHERS)
        for each in around
        if each.school_id != school.school_id and (at := located(each))
    ]
    if here is None or not others:
        return None
    return Dots(
        title=f"Where {school.name} stands",
        text=(
            f"Map of dots: {school.name} at {grid_reference(*here)}, among"
            f" {formats.count(len(others), 'other school')} of {school.la_name}."
        ),
        dots=[*others, Dot(*here, school.name, THIS)],
        groups=[THIS, OTHERS],
    )
