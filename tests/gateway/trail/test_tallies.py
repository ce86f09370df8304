"""A flood of refusals stays a few entries, and none of it is forgotten."""

from dataclasses import replace
from uuid import UUID

import pytest

from chassis.auth import Actor, Grant
from gateway.proxy import model as proxy
from gateway.trail import model
from gateway.trail.model import Place, Refused, Tallies

SCHOOL, OTHER = UUID(int=1), UUID(int=2)
SOMEBODY = Refused(
    Actor("somebody", "person"), "192.0.2.1", 403, "GET", "/api/x", "trace"
)


def test_the_first_is_told_at_once_and_the_rest_of_a_minute_as_one() -> None:
    tallies = Tallies()

    told = [tallies.note(SOMEBODY, now) for now in (0, 1, 59)]
    assert told == [SOMEBODY, None, None]
    assert tallies.over(59) == []
    assert tallies.over(60) == [replace(SOMEBODY, times=2)]
    assert tallies.note(SOMEBODY, 61) == SOMEBODY


def test_one_alone_is_told_once() -> None:
    tallies = Tallies()
    tallies.note(SOMEBODY, 0)

    assert tallies.over(60) == []


def test_a_flood_from_everywhere_is_bounded_and_counted() -> None:
    tallies = Tallies()

    told = [
        tallies.note(replace(SOMEBODY, source=f"2001:db8::{n:x}"), 0)
        for n in range(50_000)
    ]

    assert sum(each is not None for each in told) == model.MOST_TALLIES + 1
    assert sum(each.times for each in tallies.over(60)) == 50_000 - (
        model.MOST_TALLIES + 1
    )


def test_what_is_not_there_is_told_apart_by_route_and_not_by_id() -> None:
    missed = replace(SOMEBODY, status=404, route="/api/x/{id}")
    tallies = Tallies(model.MOST_MISSED)

    told = [tallies.note(replace(missed, path=f"/api/x/{n}"), 0) for n in range(500)]
    other = tallies.note(replace(missed, route="/api/y/{id}"), 0)

    assert [each for each in told if each] == [replace(missed, path="/api/x/0")]
    assert other is not None
    [rest] = tallies.over(60)
    assert (rest.times, rest.path) == (499, "/api/x/499")


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (f"/api/inventory/v1/assets/{UUID(int=7)}", "/api/inventory/v1/assets/{id}"),
        (
            f"/schools/140001/assets/{UUID(int=7)}/history",
            "/schools/{id}/assets/{id}/history",
        ),
        ("/authorities/941/audit.csv", "/authorities/{id}/audit.csv"),
        ("/api/directory/v1/views", None),
        ("/api/directory/v1/people/mary.smith@example.org", None),
        ("/static/app.1a2b3c4d.js", None),
        ("/favicon.ico", None),
    ],
)
def test_only_an_id_names_a_single_thing(path: str, route: str | None) -> None:
    assert model.missed_route("GET", path, "page_size=100") == route


@pytest.mark.parametrize(
    ("method", "query", "is_named"),
    [
        ("POST", "", True),
        ("DELETE", "", True),
        ("GET", f"asset_id={UUID(int=7)}", True),
        ("GET", "sort=name&urn=140001", True),
        ("GET", "school=150001", True),
        ("GET", "la_code=941", True),
        ("GET", "q=14000123&page_size=100", False),
    ],
)
def test_what_is_named_beside_the_address_is_named(
    method: str, query: str, *, is_named: bool
) -> None:
    path = "/api/inventory/v1/rooms"

    assert model.missed_route(method, path, query) == (path if is_named else None)


@pytest.mark.parametrize(
    ("grants", "la_of", "places"),
    [
        ([Grant("auditor", ("940",))], [], [Place("940", None)]),
        (
            [Grant("staff", school_ids=(SCHOOL,))],
            [("940", SCHOOL)],
            [Place("940", SCHOOL)],
        ),
        (
            [Grant("staff", school_ids=(SCHOOL, OTHER))],
            [("940", SCHOOL), ("940", OTHER)],
            [Place("940", None)],
        ),
        (
            [Grant("staff", school_ids=(SCHOOL, OTHER))],
            [("940", SCHOOL), ("941", OTHER)],
            [Place("940", SCHOOL), Place("941", OTHER)],
        ),
        ([Grant("analyst", ("940", "941", "942", "943"))], [], []),
        ([], [], []),
    ],
    ids=["an LA", "a school", "two schools", "two LAs", "a region", "nowhere"],
)
def test_somebody_belongs_where_their_roles_are(
    grants: list[Grant], la_of: list[tuple[str, UUID]], places: list[Place]
) -> None:
    actor = Actor("somebody", "person", tuple(grants))

    assert model.places_of(actor, la_of) == places


@pytest.mark.parametrize(
    ("client", "said", "trusted", "found"),
    [
        ("192.0.2.1", "203.0.113.9", set[str](), "192.0.2.1"),
        ("10.0.0.1", "203.0.113.9", {"10.0.0.1"}, "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", {"10.0.0.1"}, "203.0.113.9"),
        (
            "10.0.0.1",
            "1.1.1.1, 203.0.113.9, 10.0.0.2",
            {"10.0.0.1", "10.0.0.2"},
            "203.0.113.9",
        ),
        ("10.0.0.1", "", {"10.0.0.1"}, "10.0.0.1"),
        ("10.0.0.1", "10.0.0.1", {"10.0.0.1"}, "10.0.0.1"),
    ],
    ids=["no proxy", "a proxy", "a lie before it", "two proxies", "silent", "itself"],
)
def test_only_a_proxy_of_ours_says_for_whom_it_speaks(
    client: str, said: str, trusted: set[str], found: str
) -> None:
    headers = [(b"x-forwarded-for", said.encode())] if said else []

    assert proxy.address_of(client, headers, trusted) == found
