"""How titles stand to their licences, against handing out seats one by one."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from inventory.compliance.model.standing import Installed, Standing, standings
from inventory.licences.model.things import Licence
from tests.inventory.licences.holding import DAY, TITLE, held

LA, OTHER_LA = "990", "991"
MANY = 1_000
"""Seats of a site, where they are handed out one by one."""
SCHOOLS = [UUID(int=n) for n in range(1, 5)]


def at(school_id: UUID, **changes: Any) -> Licence:
    """A licence of a school."""
    place = {"school_urn": 100_000 + school_id.int, "school_name": f"S{school_id.int}"}
    return held(school_id=school_id, **place, **changes)


def on(school_id: UUID, devices: int, **changes: Any) -> Installed:
    usual: dict[str, Any] = {"la_code": LA, "title_id": TITLE, **changes}
    urn, name = 100_000 + school_id.int, f"S{school_id.int}"
    return Installed(
        school_id=school_id, school_urn=urn, school_name=name, devices=devices, **usual
    )


def told(found: Sequence[Standing]) -> list[tuple[Any, ...]]:
    return [
        (
            *(each.school_id and each.school_id.int, each.state, each.used),
            *(each.from_authority, each.short_by),
        )
        for each in sorted(found, key=lambda each: str(each.school_id))
    ]


ONE = SCHOOLS[0]
ENDED = {
    "term": "subscription",
    "starts_on": DAY - timedelta(400),
    "ends_on": DAY - timedelta(1),
}
COMING = {
    "term": "subscription",
    "starts_on": DAY + timedelta(1),
    "ends_on": DAY + timedelta(400),
}
TODAY_ONLY = {"term": "subscription", "starts_on": DAY, "ends_on": DAY}
SITE = {"measure": "site", "seats": None}
CASES: dict[str, tuple[list[Licence], int, list[tuple[Any, ...]]]] = {
    "covered by its own": ([at(ONE)], 10, [(1, "covered", 10, 0, 0)]),
    "short by one": ([at(ONE)], 11, [(1, "short", 11, 0, 1)]),
    "its own and the pool's": (
        [at(ONE), held(seats=2)],
        12,
        [(1, "covered", 12, 2, 0), (None, "covered", 2, 0, 0)],
    ),
    "more than both": (
        [at(ONE), held(seats=2)],
        13,
        [(1, "short", 13, 2, 1), (None, "short", 3, 0, 1)],
    ),
    "a site has any number": ([at(ONE, **SITE)], 999, [(1, "covered", 999, 0, 0)]),
    "an LA's site has, too": (
        [held(**SITE)],
        999,
        [(1, "covered", 999, 999, 0), (None, "covered", 999, 0, 0)],
    ),
    "nothing is installed": ([at(ONE)], 0, [(1, "unused", 0, 0, 0)]),
    "a pool that nobody draws on": ([held()], 0, [(None, "unused", 0, 0, 0)]),
    "all have ended": ([at(ONE, **ENDED)], 3, [(1, "ended", 3, 0, 3)]),
    "a pool that has ended": (
        [held(**ENDED)],
        3,
        [(1, "ended", 3, 0, 3), (None, "ended", 3, 0, 3)],
    ),
    "ended, and nothing installed": ([at(ONE, **ENDED), held(**ENDED)], 0, []),
    "one has ended, one holds": (
        [at(ONE, **ENDED), at(ONE, seats=1, **TODAY_ONLY)],
        3,
        [(1, "short", 3, 0, 2)],
    ),
    "not yet": ([at(ONE, **COMING)], 3, [(1, "unlicensed", 3, 0, 3)]),
    "a pool that is coming": ([held(**COMING)], 3, [(1, "unlicensed", 3, 0, 3)]),
    "another school's": (
        [at(SCHOOLS[1])],
        3,
        [(1, "unlicensed", 3, 0, 3), (2, "unused", 0, 0, 0)],
    ),
    "counted by the maker": (
        [at(ONE, counted=14, counted_on=DAY)],
        3,
        [(1, "short", 14, 0, 4)],
    ),
    "counted less than is installed": (
        [at(ONE, counted=1, counted_on=DAY)],
        3,
        [(1, "covered", 3, 0, 0)],
    ),
    "a pool that is counted": (
        [held(counted=12, counted_on=DAY)],
        3,
        [(1, "covered", 3, 3, 0), (None, "short", 12, 0, 2)],
    ),
    "what an ended one counted": (
        [at(ONE, counted=14, counted_on=DAY, **ENDED)],
        0,
        [],
    ),
}


@pytest.mark.parametrize(
    ("licences", "devices", "expected"), CASES.values(), ids=CASES.keys()
)
def test_a_title_stands(
    licences: list[Licence], devices: int, expected: list[tuple[Any, ...]]
) -> None:
    installed = [on(ONE, devices)] if devices else []

    assert told(standings(licences, installed, DAY, [LA])) == expected


def test_the_day_that_is_told_is_of_what_it_leans_on() -> None:
    soon = {"term": "subscription", "starts_on": DAY, "ends_on": DAY + timedelta(9)}
    later = {**soon, "ends_on": DAY + timedelta(90)}
    own, pool = at(ONE, seats=3, **later), held(**soon)

    def day(licences: list[Licence], devices: int) -> date | None:
        return standings(licences, [on(ONE, devices)], DAY, [])[0].ends_on

    assert day([own, pool], 3) == later["ends_on"]
    assert day([own, pool], 4) == soon["ends_on"]
    assert day([at(ONE)], 3) is None
    assert day([at(ONE, **ENDED)], 3) == ENDED["ends_on"]


Outcome = tuple[str, int, int, int]
"""How it stands, how many are used, borrowed of the LA, and short."""


def holding(each: Licence) -> bool:
    begun = each.starts_on is None or each.starts_on <= DAY
    return begun and (each.ends_on is None or each.ends_on >= DAY)


def seats(licences: Sequence[Licence]) -> list[str]:
    """Lay out every seat that there is today."""
    return [
        "seat" for each in licences if holding(each) for _ in range(each.seats or MANY)
    ]


def was_held(licences: Sequence[Licence]) -> bool:
    return any(each.ends_on and each.ends_on < DAY for each in licences)


def counted(licences: Sequence[Licence]) -> int:
    return sum(each.counted or 0 for each in licences if holding(each))


def outcome(short: int, *, holds: bool, held: bool) -> str:
    if holds:
        return "short" if short else "covered"
    return "ended" if held else "unlicensed"


def at_school(
    own: Sequence[Licence], pool: Sequence[Licence], devices: int
) -> tuple[Outcome | None, int]:
    """Give each device used a seat: of the school, else of the pool; tell who drew."""
    mine, theirs = seats(own), seats(pool)
    holds, held = bool(mine or theirs), was_held([*own, *pool])
    used = max(devices, counted(own))
    if used == 0:
        return (("unused", 0, 0, 0) if mine else None), 0
    borrowed = short = 0
    for _ in range(used):
        if mine:
            mine.pop()
        elif theirs:
            theirs.pop()
            borrowed += 1
        else:
            short += 1
    state = outcome(short, holds=holds, held=held)
    return (state, used, borrowed, short), borrowed + short


def handed_out(
    licences: Sequence[Licence], installed: Sequence[Installed]
) -> dict[UUID | None, Outcome]:
    """Hand out seats one by one at each school of an LA, then look at the pool."""
    pool = [each for each in licences if each.school_id is None]
    found: dict[UUID | None, Outcome] = {}
    drawn = 0
    for school_id in SCHOOLS:
        own = [each for each in licences if each.school_id == school_id]
        devices = sum(e.devices for e in installed if e.school_id == school_id)
        told, drew = at_school(own, pool, devices)
        drawn += drew
        if told:
            found[school_id] = told
    used, free = max(drawn, counted(pool)), len(seats(pool))
    short = max(used - free, 0)
    if free and not used:
        found[None] = ("unused", 0, 0, 0)
    elif free:
        found[None] = ("short" if short else "covered", used, 0, short)
    elif used and was_held(pool):
        found[None] = ("ended", used, 0, short)
    return found


def some_licences(rng: random.Random) -> list[Licence]:
    terms: list[dict[str, Any]] = [{}, {}, ENDED, COMING, TODAY_ONLY]
    found: list[Licence] = []
    for _ in range(rng.randrange(5)):
        size = dict(SITE) if rng.random() < 0.1 else {"seats": rng.randrange(1, 9)}
        more = {**rng.choice(terms), **size, "la_code": rng.choice((LA, LA, OTHER_LA))}
        if rng.random() < 0.2:
            more |= {"counted": rng.randrange(12), "counted_on": DAY}
        school_id = rng.choice([None, *SCHOOLS])
        found.append(held(**more) if school_id is None else at(school_id, **more))
    return found


@pytest.mark.parametrize("seed", range(300))
def test_it_is_as_if_seats_were_handed_out_one_by_one(seed: int) -> None:
    rng = random.Random(seed)
    licences = some_licences(rng)
    titles = {each.la_code for each in licences}
    installed = [
        on(school_id, rng.randrange(1, 12), la_code=la_code)
        for la_code in sorted(titles)
        for school_id in rng.sample(SCHOOLS, rng.randrange(5))
    ]

    found = standings(licences, installed, DAY, [LA, OTHER_LA])

    for la_code in (LA, OTHER_LA):
        ours = [each for each in found if each.la_code == la_code]
        expected = handed_out(
            [each for each in licences if each.la_code == la_code],
            [each for each in installed if each.la_code == la_code],
        )
        assert {each.school_id: told([each])[0][1:] for each in ours} == expected


@pytest.mark.parametrize("seed", range(100))
def test_a_schools_own_people_are_told_what_its_la_is(seed: int) -> None:
    """They see its licences, its LA's, and its own devices: no less is said of it."""
    rng = random.Random(seed)
    licences = [each for each in some_licences(rng) if each.la_code == LA]
    installed = [on(school_id, rng.randrange(1, 12)) for school_id in SCHOOLS]
    everywhere = standings(licences, installed, DAY, [LA])

    for school_id in SCHOOLS:
        seen = [each for each in licences if each.school_id in {None, school_id}]
        own = [each for each in installed if each.school_id == school_id]
        here = standings(seen, own, DAY, [])
        theirs = [each for each in everywhere if each.school_id == school_id]
        assert here == (theirs if seen else [])


def test_titles_are_apart() -> None:
    other = uuid4()
    licences = [at(ONE), at(ONE, title_id=other, name="Sibelius", seats=1)]

    found = standings(licences, [on(ONE, 3), on(ONE, 2, title_id=other)], DAY, [LA])

    assert sorted((each.name, each.state) for each in found) == [
        ("Adobe Acrobat Pro", "covered"),
        ("Sibelius", "short"),
    ]
