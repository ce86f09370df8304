"""Pages under a URN that a school had: they lead on, and only to who may see it."""

import psycopg
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

HTML = {"accept": "text/html"}
MINE, THEIRS, NOBODYS = 139001, 149001, 139999


@pytest.fixture(autouse=True)
def earlier(stand: Stand) -> None:
    """A school of ours and one of others had another URN until last year."""
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        for urn, now in ((MINE, 140001), (THEIRS, 150001)):
            admin.execute(
                "INSERT INTO school_identity (la_code, school_id, urn, from_on, to_on)"
                " SELECT la_code, school_id, %s, '2010-09-01', '2025-08-31'"
                " FROM school WHERE urn = %s ON CONFLICT DO NOTHING",
                (urn, now),
            )


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "/about",
        "/assets",
        "/assets?q=L%C3%A9o+1&sort=-tag",
        "/assets.csv?sort=tag",
        "/assets/00000000-0000-7000-8000-000000000000",
        "/tickets/new",
        "/comparison",
    ],
)
async def test_a_page_leads_on_to_the_present_urn(
    technician: Browser, tail: str
) -> None:
    moved = await technician.get(f"/schools/{MINE}{tail}", HTML)

    assert moved.status_code == 308
    assert moved.headers["location"] == f"/schools/140001{tail}"


async def test_the_page_that_is_led_to_is_there(technician: Browser) -> None:
    moved = await technician.get(f"/schools/{MINE}/about", HTML)
    about = await technician.get(moved.headers["location"], HTML)

    assert about.status_code == 200
    assert str(MINE) in about.text


@pytest.mark.parametrize("tail", ["", "/about", "/assets", "/tickets"])
async def test_an_earlier_urn_of_others_is_no_urn_at_all(
    technician: Browser, tail: str
) -> None:
    theirs = await technician.get(f"/schools/{THEIRS}{tail}", HTML)
    nobodys = await technician.get(f"/schools/{NOBODYS}{tail}", HTML)

    def said(text: str, urn: int) -> str:
        return (
            text.partition("<main")[2]
            .partition("govuk-!-margin-top-6")[0]
            .replace(str(urn), "")
        )

    assert theirs.status_code == nobodys.status_code == 404
    assert said(theirs.text, THEIRS) == said(nobodys.text, NOBODYS)
    assert "location" not in theirs.headers
