import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from local_stack import load
from local_stack.county import generator, people, schools
from local_stack.county.model import AS_OF, County

PHASES = {phase for phase, *_ in schools.PHASES}
CATEGORIES = {
    "desktop",
    "laptop",
    "tablet",
    "server",
    "network",
    "wireless",
    "printer",
    "scanner",
    "audio-visual",
    "camera",
    "peripheral",
}


@pytest.fixture(scope="module")
def county() -> County:
    return generator.make_county()


def test_the_same_seed_makes_the_same_county(county: County) -> None:
    assert generator.make_county() == county


def test_another_seed_makes_another(county: County) -> None:
    assert generator.make_county("another").assets != county.assets


def test_one_region_has_two_authorities_and_forty_schools(county: County) -> None:
    assert len(county.authorities) == 2
    assert len(county.schools) == 40
    held = Counter(school.la_code for school in county.schools)
    assert set(held) == {authority.la_code for authority in county.authorities}


def test_a_school_is_told_apart_by_every_number_it_has(county: County) -> None:
    assert len({school.urn for school in county.schools}) == 40
    assert len({school.laestab for school in county.schools}) == 40
    assert len({school.name for school in county.schools}) == 40
    assert all(school.laestab.startswith(school.la_code) for school in county.schools)


def test_sizes_and_meals_are_believable(county: County) -> None:
    assert {school.phase for school in county.schools} == PHASES
    assert all(20 <= school.pupils <= 2000 for school in county.schools)
    assert all(0 < s.free_school_meals_percent < 100 for s in county.schools)


def test_a_tag_is_unique_within_a_school(county: County) -> None:
    tags = Counter((asset.school_urn, asset.tag) for asset in county.assets)
    assert set(tags.values()) == {1}


def test_every_school_has_kit_of_known_kinds_and_past_dates(county: County) -> None:
    counts = Counter(asset.school_urn for asset in county.assets)
    assert all(15 <= counts[school.urn] <= 60 for school in county.schools)
    assert {asset.category for asset in county.assets} <= CATEGORIES
    assert all(date.fromisoformat(a.purchased_on) < AS_OF for a in county.assets)


def test_a_ticket_is_about_kit_of_its_own_school(county: County) -> None:
    tags = {(asset.school_urn, asset.tag) for asset in county.assets}
    about = [ticket for ticket in county.tickets if ticket.asset_tag is not None]
    assert about
    assert all((ticket.school_urn, ticket.asset_tag) in tags for ticket in about)


def test_every_role_has_a_sign_in(county: County) -> None:
    usernames = {person.username for person in county.people}
    assert set(people.SIGNINS) <= usernames


def test_somebody_is_staff_at_one_school_and_technician_at_another(
    county: County,
) -> None:
    held = [one for one in county.assignments if one.username == "two-schools"]
    assert {one.role for one in held} == {"staff", "school-technician"}
    assert len({one.urn for one in held}) == 2


def test_the_document_names_only_who_and_what_it_tells_of(county: County) -> None:
    document = generator.directory_document(county)
    urns = {school["urn"] for school in document["schools"]}
    usernames = {person["username"] for person in document["people"]}
    for assignment in document["assignments"]:
        places = {"urn", "la_code", "region_code"} & set(assignment)
        assert len(places) == 1
        assert assignment.get("urn") in {None, *urns}
        assert assignment.get("username") in {None, *usernames}
    assert json.loads(json.dumps(document)) == document


def test_a_journal_line_broken_off_by_a_kill_does_not_count(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    journal.write_text('["a", "1"]\n["b", "2"]\n["c", "3', encoding="utf-8")

    assert load.read_journal(journal) == {"a": "1", "b": "2"}
