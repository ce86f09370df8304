"""What became of some schools: trusts, conversions, a merger, a closure, a plan."""

from dataclasses import replace
from datetime import date

from local_stack.county import naming
from local_stack.county.dice import Dice
from local_stack.county.model import Link, School
from local_stack.county.schools import FIRST_URN

_OLD = FIRST_URN + 700
"""URNs that closed establishments had."""
_CONSORTIUM = "Harland Sixth Form Consortium"
_MEMBERS, _TINY, SIXTH_FORM_AGE = 4, 150, 18
_FEDERATED = ("The Brook Federation", "Upper Valley Federation")


def grouped(seed: str, schools: list[School]) -> list[School]:
    """Put academies into trusts, some small schools into federations."""
    dice = Dice(seed, "groups")
    names = naming.trusts()
    found: list[School] = []
    villages = dict.fromkeys(_FEDERATED, 0)
    sixth_forms = 0
    for school in schools:
        new = school
        if "cademy" in school.kind or school.kind.startswith("Free"):
            # A trust's schools lie near each other, most of them.
            home = (school.easting + school.northing) // 9_000
            at = home if dice.happens(750) else dice.below(1_000)
            new = replace(new, trust=names[at % len(names)])
        elif school.phase == "Primary" and not school.place.is_town:
            name = _FEDERATED[school.la_code == "991"]
            if villages[name] < _MEMBERS and (school.pupils or 0) < _TINY:
                villages[name] += 1
                new = replace(new, federation=name)
        has_sixth_form = school.high_age == SIXTH_FORM_AGE
        if school.phase == "Secondary" and has_sixth_form and sixth_forms < _MEMBERS:
            sixth_forms += 1
            new = replace(new, federation=_CONSORTIUM)
        found.append(new)
    return found


def with_past(schools: list[School]) -> tuple[list[School], list[Link]]:
    """Add the establishments that some schools were, and what is to close or open."""
    converted = [s for s in schools if s.kind == "Academy converter"][:3]
    primaries = [s for s in schools if s.phase == "Primary" and s not in converted]
    plain = sorted(primaries, key=lambda s: s.kind != "Community school")
    merged = min(plain, key=lambda s: not s.place.is_town)
    closing = next(s for s in plain if s is not merged)
    now = {school.urn: school for school in schools}
    links: list[Link] = []
    for order, school in enumerate(converted):
        day = date(2025, 9, 1) if order else date(2026, 4, 1)
        now[school.urn] = replace(school, opened_on=day)
        old = _before(school, _OLD + order, day)
        now[old.urn] = old
        links += _links(old, school, "", day)
    day = date(2025, 9, 1)
    now[merged.urn] = replace(merged, opened_on=day)
    for order, (word, low, high) in enumerate((("Infant", 4, 7), ("Junior", 7, 11))):
        old = _before(merged, _OLD + 10 + order, day)
        name = merged.name.replace("Primary", word)
        old = replace(old, name=name, low_age=low, high_age=high)
        now[old.urn] = old
        links += _links(old, merged, " - merged", day)
    now[closing.urn] = replace(closing, status="Open, but proposed to close")
    gone = _before(closing, _OLD + 20, date(2025, 8, 31))
    now[gone.urn] = replace(gone, name=f"Nether {gone.name}")
    coming = _to_come(merged)
    now[coming.urn] = coming
    return list(now.values()), links


def _before(school: School, urn: int, day: date) -> School:
    return replace(
        school,
        urn=urn,
        number=3800 + urn % 100,
        kind="Community school",
        status="Closed",
        trust=None,
        ukprn=None,
        capacity=None,
        pupils=None,
        meals_per_mille=None,
        opened_on=None,
        closed_on=date.fromordinal(day.toordinal() - 1),
    )


def _to_come(beside: School) -> School:
    """Plan a free school for the houses that are being built."""
    return replace(
        beside,
        urn=_OLD + 30,
        number=3899,
        name=f"{beside.place.name} New Meadows Primary School",
        kind="Free schools",
        status="Proposed to open",
        trust="Five Oaks Trust",
        ukprn=None,
        pupils=None,
        meals_per_mille=None,
        capacity=420,
        opened_on=date(2027, 9, 1),
    )


def _links(old: School, new: School, how: str, day: date) -> list[Link]:
    return [
        Link(old.urn, new.urn, new.name, f"Successor{how}", day),
        Link(new.urn, old.urn, old.name, f"Predecessor{how}", day),
    ]
