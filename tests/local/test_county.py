import csv
import gzip
import hashlib
import io
import json
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from local_stack import load
from local_stack.county import bodies, generator, people, places, register, term
from local_stack.county.dice import Dice, Odds
from local_stack.county.model import AS_OF, NOW, Asset, County, Ticket

REAL = Path(os.environ.get("JOINEDUP_REAL_DATA", "../shared/data")) / "schools_england"
DIGEST = "d70fb17bba63a849671dfc14edf11e97335f15de439a7b0543ba7a8ab3ed7558"
"""Of everything that is sent of the small county; another one is another county."""


@pytest.fixture(scope="module")
def county() -> County:
    return generator.make_county()


@pytest.fixture(scope="module")
def small() -> County:
    return generator.make_county("small")


@pytest.fixture(scope="module")
def stock(small: County) -> dict[int, list[Asset]]:
    return generator.make_stock(small)


@pytest.fixture(scope="module")
def tickets(small: County, stock: dict[int, list[Asset]]) -> list[Ticket]:
    return generator.make_tickets(small, stock)


def digest(county: County, stock: dict[int, list[Asset]], opened: list[Ticket]) -> str:
    assets = [asset for kit in stock.values() for asset in kit]
    ids = {(one.school_urn, one.tag): one.tag for one in assets}
    known = bodies.subjects(county)
    told = [
        register.register_file(county).decode("cp1252"),
        register.links_file(county).decode("cp1252"),
        generator.people_document(county),
        [bodies.asset(one) for one in assets],
        [bodies.software(one, ids) for one in assets],
        [bodies.ticket(one, ids, known) for one in opened],
        generator.calendars_document(county),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def test_the_county_is_the_same_on_every_machine(
    small: County, stock: dict[int, list[Asset]], tickets: list[Ticket]
) -> None:
    assert digest(small, stock, tickets) == DIGEST


def test_another_seed_makes_another(county: County) -> None:
    assert generator.make_county("whole", "another").schools != county.schools


def test_dice_fall_alike_everywhere() -> None:
    dice = Dice("seed")

    assert [dice.below(1000) for _ in range(6)] == [419, 183, 759, 127, 943, 140]


def test_a_weight_is_how_often_a_choice_is_drawn() -> None:
    dice, odds = Dice("weights"), Odds((("often", 3), ("seldom", 1)))
    drawn = Counter(odds.draw(dice) for _ in range(4000))

    assert 2800 < drawn["often"] < 3200


def test_one_region_has_two_authorities_and_three_hundred_schools(
    county: County,
) -> None:
    assert [authority.la_code for authority in county.authorities] == ["990", "991"]
    assert len(county.running) == 300
    held = Counter(school.la_code for school in county.running)
    assert all(held[authority.la_code] > 100 for authority in county.authorities)


def test_a_school_is_told_apart_by_every_number_it_has(county: County) -> None:
    assert len({school.urn for school in county.schools}) == len(county.schools)
    numbers = {(school.la_code, school.number) for school in county.schools}
    assert len(numbers) == len(county.schools)
    names = [school.name for school in county.running]
    assert len(set(names)) == len(names)


def test_sizes_and_meals_are_shaped_as_in_england(county: County) -> None:
    """The middle primary of England has 235 pupils, the middle secondary 1,017."""
    of = {
        phase: sorted(s.pupils or 0 for s in county.running if s.phase == phase)
        for phase in ("Primary", "Secondary")
    }
    assert 200 < of["Primary"][len(of["Primary"]) // 2] < 270
    assert 850 < of["Secondary"][len(of["Secondary"]) // 2] < 1250
    assert of["Primary"][0] < 60
    assert all(0 < (s.meals_per_mille or 0) < 750 for s in county.running)


def test_schools_stand_in_towns_and_villages_of_their_own_authority(
    county: County,
) -> None:
    homes = Counter(school.place.name for school in county.running)
    towns = {name for name, *_ in places.TOWNS}
    assert towns <= homes.keys()
    assert sum(count for name, count in homes.items() if name not in towns) > 80
    assert max(count for name, count in homes.items() if name not in towns) == 1
    assert all(school.la_code == school.place.la_code for school in county.schools)


def test_what_became_of_schools_is_in_the_links(county: County) -> None:
    urns = {school.urn for school in county.schools}
    assert {link.kind for link in county.links} == {
        *("Predecessor", "Successor"),
        *("Predecessor - merged", "Successor - merged"),
    }
    assert all({link.urn, link.other_urn} <= urns for link in county.links)
    assert {school.status for school in county.schools} == {
        *("Open", "Closed", "Proposed to open", "Open, but proposed to close"),
    }


def test_the_register_is_written_as_the_register_is(county: County) -> None:
    text = register.register_file(county).decode("cp1252")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert len(rows) == len(county.schools)
    assert {len(row) for row in rows} == {len(register.HEADER)}


@pytest.mark.real_data
def test_no_school_bears_the_name_of_a_real_one(county: County) -> None:
    file = REAL / "gias_register_2024-06-17.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as lines:
        real = {row["name"].casefold() for row in csv.DictReader(lines)}

    assert len(real) > 40_000
    assert [s.name for s in county.schools if s.name.casefold() in real] == []


def test_a_tag_is_unique_within_a_school(stock: dict[int, list[Asset]]) -> None:
    for kit in stock.values():
        assert len({asset.tag for asset in kit}) == len(kit)


def test_every_school_has_kit_that_was_bought_before_today(
    small: County, stock: dict[int, list[Asset]]
) -> None:
    assert stock.keys() == {school.urn for school in small.running}
    assert all(len(kit) >= 12 for kit in stock.values())
    bought = [asset.purchased_on for kit in stock.values() for asset in kit]
    assert all(day is None or day <= AS_OF for day in bought)


def test_retired_kit_stands_nowhere_and_the_rest_in_a_room(
    stock: dict[int, list[Asset]],
) -> None:
    kit = [asset for each in stock.values() for asset in each]
    assert all((one.room is None) == (one.status == "retired") for one in kit)
    assert {one.status for one in kit} == {
        *("in-use", "in-store", "in-repair", "retired"),
    }


def test_a_ticket_is_about_kit_of_its_own_school(
    stock: dict[int, list[Asset]], tickets: list[Ticket]
) -> None:
    tags = {(one.school_urn, one.tag) for kit in stock.values() for one in kit}
    about = [ticket for ticket in tickets if ticket.asset_tag is not None]
    assert len(about) > len(tickets) // 2
    assert all((ticket.school_urn, ticket.asset_tag) in tags for ticket in about)


def test_a_ticket_goes_forward_in_time_and_not_beyond_today(
    tickets: list[Ticket],
) -> None:
    for ticket in tickets:
        times = (
            *(ticket.opened_at, ticket.started_at),
            *(ticket.resolved_at, ticket.closed_at),
        )
        went = [at for at in times if at is not None]
        assert went == sorted(went)
        said = [comment.at for comment in ticket.comments]
        assert all(ticket.opened_at <= at <= NOW for at in [*went, *said])


def test_a_few_tickets_are_open_and_most_are_over(tickets: list[Ticket]) -> None:
    opened = [t for t in tickets if t.resolved_at is None and t.closed_at is None]

    assert 5 <= len(opened) <= len(tickets) // 50


def test_the_desk_is_busy_on_mondays_and_in_september_and_quiet_in_august(
    tickets: list[Ticket],
) -> None:
    days = Counter(ticket.opened_at.weekday() for ticket in tickets)
    months = Counter((t.opened_at.year, t.opened_at.month) for t in tickets)

    assert days[0] > days[2] > days[4] > 10 * (days[5] + days[6])
    assert months[2025, 9] == max(n for (year, _), n in months.items() if year == 2025)
    assert months[2025, 8] < months[2025, 9] // 20


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 10, 27), False),
        (date(2025, 11, 3), True),
        (date(2026, 5, 4), False),
        (date(2026, 8, 12), False),
        (date(2026, 11, 14), False),
        (AS_OF, True),
    ],
    ids=["half-term", "after it", "bank holiday", "August", "Saturday", "today"],
)
def test_which_days_are_in_term(day: date, *, expected: bool) -> None:
    assert term.is_term(day) is expected


def test_every_role_has_a_sign_in(county: County) -> None:
    held = {one.role for one in county.assignments if one.username in people.SIGNINS}
    assert held == {
        *("la-manager", "la-technician", "auditor", "regional-analyst"),
        *("school-technician", "school-leader", "staff", "learner"),
    }


def test_somebody_is_staff_at_one_school_and_technician_at_another(
    county: County,
) -> None:
    held = [one for one in county.assignments if one.username == "two-schools"]
    assert {one.role for one in held} == {"staff", "school-technician"}
    assert len({one.urn for one in held}) == 2


def test_a_visiting_technician_has_several_schools(county: County) -> None:
    held = [one for one in county.assignments if one.username == "visiting-technician"]
    assert len({one.urn for one in held}) == 5


def test_everybody_is_reached_at_an_address_that_is_nobodys(county: County) -> None:
    assert all(p.email.endswith("@joinedup.example") for p in county.people)


def test_the_documents_name_only_who_and_what_they_tell_of(county: County) -> None:
    document = generator.people_document(county)
    urns = {school.urn for school in county.running}
    usernames = {person["username"] for person in document["people"]}
    for assignment in document["assignments"]:
        assert len({"urn", "la_code", "region_code"} & set(assignment)) == 1
        assert assignment.get("urn") in {None, *urns}
        assert assignment["username"] in usernames
    assert json.loads(json.dumps(document)) == document


def test_batches_hold_everything_once_and_no_more_than_is_taken() -> None:
    items = [{"n": number, "text": "x" * (number % 4000)} for number in range(1700)]

    cut = list(load.batches(items))

    assert [item for batch in cut for item in batch] == items
    assert all(len(batch) <= load.ITEMS for batch in cut)
    assert all(len(json.dumps({"items": batch})) < 1 << 20 for batch in cut)


def test_a_journal_line_broken_off_by_a_kill_does_not_count(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    journal.write_text('["a", [{"x": 1}]]\n["b", []]\n["c", [{', encoding="utf-8")

    assert load.read_journal(journal) == {"a": [{"x": 1}], "b": []}


def test_what_kit_cost_and_who_sold_it_is_known_of_all_but_gifts(
    stock: dict[int, list[Asset]],
) -> None:
    assets = [asset for kit in stock.values() for asset in kit]
    dated = [asset for asset in assets if asset.purchased_on]

    assert all(bool(asset.purchase) == bool(asset.purchased_on) for asset in assets)
    assert all(int(str(asset.purchase["price_pence"])) > 0 for asset in dated)
    for asset in dated:
        assert str(asset.purchase["warranty_until"]) > str(asset.purchased_on)
    laptops = [asset for asset in assets if asset.category == "laptop"]
    known = sum(bool(asset.details) for asset in laptops)
    assert 0.7 < known / len(laptops) < 0.9
