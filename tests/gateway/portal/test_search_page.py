"""The search box finds what is in one's own scope, and says what does not answer."""

import pytest

from chassis.auth import Actor, Grant
from contracts import roles
from gateway.portal.search import model
from gateway.portal.search.model import Group, Hit
from tests.gateway.world import Browser

HTML = {"accept": "text/html"}
HIT = Hit("LT-1", "", "/")


async def test_schools_are_found_where_the_service_desk_is_silent(
    technician: Browser,
) -> None:
    page = await technician.get("/search?q=school", HTML)

    assert page.status_code == 200
    assert 'href="/schools/140001"' in page.text
    assert "The service desk does not answer just now" in page.text
    for foreign in ("140002", "150001"):
        assert foreign not in page.text


async def test_the_count_tells_only_of_the_scope(technician: Browser) -> None:
    page = await technician.get("/search?q=school&kind=schools", HTML)

    assert '<span class="ju-found__tally">(1)</span>' in page.text


async def test_people_are_those_whose_assignment_one_sees(technician: Browser) -> None:
    own = await technician.get("/search?q=teach&kind=people", HTML)
    foreign = await technician.get("/search?q=other&kind=people", HTML)

    assert "teacher@example.org" in own.text
    assert "other@example.org" not in foreign.text
    assert "Nothing of yours matches" in foreign.text


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%25", "?q=a&kind=nonsense", "?q=a&kind=people&after=x"]
)
async def test_whatever_is_typed_is_answered(technician: Browser, query: str) -> None:
    assert (await technician.get(f"/search{query}", HTML)).status_code == 200


async def test_the_panel_is_the_results_alone(technician: Browser) -> None:
    panel = await technician.get("/search/quick?q=140001", HTML)

    assert panel.status_code == 200
    assert "<html" not in panel.text
    assert 'data-told="1 result' in panel.text


async def test_what_was_typed_is_text(technician: Browser) -> None:
    page = await technician.get("/search?q=%3Cb%3Eschool", HTML)

    assert "<b>" not in page.text


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (roles.LA_MANAGER, ("schools", "assets", "tickets", "people")),
        (roles.SCHOOL_TECHNICIAN, ("schools", "assets", "tickets", "people")),
        (roles.STAFF, ("schools", "tickets")),
        (roles.AUDITOR, ("schools", "assets", "tickets", "people")),
        (roles.REGIONAL_ANALYST, ()),
    ],
)
def test_a_role_searches_what_it_reads(role: str, kinds: tuple[str, ...]) -> None:
    assert model.kinds_for(Actor("p", "person", (Grant(role, ("940",)),))) == kinds


def test_what_was_asked_for_is_marked_however_it_is_written() -> None:
    assert model.marked("ThinkPad (L13)", "pad (l") == [
        ("Think", False),
        ("Pad", True),
        (" ", False),
        ("(L", True),
        ("13)", False),
    ]


@pytest.mark.parametrize(
    ("group", "more"),
    [
        (Group("schools", [HIT], 1), False),
        (Group("schools", [HIT], 2), True),
        (Group("assets", [HIT], next="x"), True),
        (Group("assets", None), False),
    ],
)
def test_a_group_says_whether_there_is_more(group: Group, more: bool) -> None:
    assert group.more is more
