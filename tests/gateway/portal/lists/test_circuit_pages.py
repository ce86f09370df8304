"""Lines to the internet on pages, and how a school stands to the broadband standard."""

from uuid import uuid4

import pytest

from gateway.portal.circuits import model
from tests.security.product import MINE, NEXT_DOOR, Product, Session

HTML = {"accept": "text/html"}
SCHOOL = f"/schools/{MINE}"
ROOT = f"{SCHOOL}/circuits"


@pytest.mark.parametrize(
    ("kbps", "written"),
    [
        (1_000_000, "1 Gbit/s"),
        (10_000_000, "10 Gbit/s"),
        (100_000, "100 Mbit/s"),
        (94_370, "94.37 Mbit/s"),
        (512, "0.512 Mbit/s"),
        (0, "0 Mbit/s"),
        (None, "\u2013"),
    ],
)
def test_a_speed_is_written_in_its_unit(kbps: int | None, written: str) -> None:
    assert model.speed(kbps) == written


@pytest.mark.parametrize("kbps", [1, 512, 22_500, 100_000, 1_000_000])
def test_a_speed_that_is_typed_is_read_again(kbps: int) -> None:
    assert model.read_speed(model.typed(kbps), "down") == kbps


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


def filled(**changes: str) -> dict[str, str]:
    return {
        "provider": "Zen",
        "reference": f"FTIP {uuid4().hex[:8]}",
        "technology": "full-fibre",
        "role": "main",
        "down": "1000",
        "up": "200",
        "ends_on": "31/8/2029",
        "monthly": "249.50",
        "live_on": "1/9/2025",
        **changes,
    }


async def page_of_new(session: Session, **changes: str) -> str:
    done = await session.ask("POST", f"{ROOT}/new", HTML, data=filled(**changes))
    assert done.status_code == 303, done.text
    where: str = done.headers["location"]
    return where


async def test_a_line_is_added_changed_and_shown(technician: Session) -> None:
    page = await page_of_new(technician, contended="no")
    shown = (await technician.ask("GET", page, HTML)).text
    for words in ("1 Gbit/s", "200 Mbit/s", "\u00a3249.50", "31 August 2029", "Live"):
        assert words in shown, words

    form = filled(down="76.4", version="1", role="main")
    done = await technician.ask("POST", f"{page}/edit", HTML, data=form)

    assert done.status_code == 303, done.text
    assert "76.4 Mbit/s" in (await technician.ask("GET", page, HTML)).text
    stale = await technician.ask("POST", f"{page}/edit", HTML, data=form)
    assert stale.status_code == 412
    assert "76.4" in stale.text


async def test_what_is_wrong_is_said_at_its_field(technician: Session) -> None:
    wrong = filled(
        down="fast", technology="string", provider="", role="back-up", live_on="1/13/26"
    )

    answer = await technician.ask("POST", f"{ROOT}/new", HTML, data=wrong)

    assert answer.status_code == 422
    for words in (
        "Enter a speed in Mbit/s, such as 100 or 1000",
        "Choose how it comes",
        "Enter who provides it",
        "Choose the main line that it backs",
    ):
        assert words in answer.text, words


async def test_a_back_up_line_is_tested_and_measured(technician: Session) -> None:
    main = (await page_of_new(technician)).rpartition("/")[2]
    page = await page_of_new(
        technician, role="back-up", backs=main, technology="4g", down="30", up="10"
    )
    test = {"tested_on": "8/9/2026", "outcome": "passed", "seconds": "40"}
    by_hand = {"day": "9/9/2026", "clock": "9:30", "down": "22.5", "up": "8"}

    tested = await technician.ask("POST", f"{page}/failover-tests", HTML, data=test)
    sent = await technician.ask("POST", f"{page}/measurements", HTML, data=by_hand)

    assert (tested.status_code, sent.status_code) == (303, 303), sent.text
    shown = (await technician.ask("GET", page, HTML)).text
    for words in ("Took over", "22.5 Mbit/s", "9 September 2026"):
        assert words in shown, words
    drawn = await technician.ask("GET", f"{page}/measurements.svg")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    wrong = await technician.ask(
        "POST", f"{page}/measurements", HTML, data=by_hand | {"clock": "25:00"}
    )
    assert wrong.status_code == 422
    assert "Enter a time of day, like 9:30 or 14:05" in wrong.text
    early = await technician.ask(
        "POST", f"{page}/failover-tests", HTML, data=test | {"tested_on": "1/1/2999"}
    )
    assert early.status_code == 422


async def test_a_planned_line_goes_live_and_ceases(technician: Session) -> None:
    page = await page_of_new(technician, live_on="")
    assert "It is used now" in (await technician.ask("GET", page, HTML)).text

    live = {"state": "live", "on": "1/9/2026", "version": "1"}
    ceased = {"state": "ceased", "on": "2/9/2026", "version": "2"}
    for form in (live, ceased):
        done = await technician.ask("POST", f"{page}/state", HTML, data=form)
        assert done.status_code == 303, done.text

    again = await technician.ask(
        "POST", f"{page}/state", HTML, data={**live, "version": "3"}
    )
    assert again.status_code == 409
    assert "it stays as it is" in again.text


async def test_a_school_and_its_la_see_how_it_stands(
    technician: Session, product: Product
) -> None:
    shown = (await technician.ask("GET", f"{SCHOOL}/broadband", HTML)).text
    assert "minimum 100Mbps download" in shown or "names no speed" in shown
    manager = await product.signed_in("la-manager", "940")
    for path in ("broadband", "circuits"):
        answer = await manager.ask("GET", f"/authorities/940/{path}", HTML)
        assert answer.status_code == 200, answer.text
        file = await manager.ask("GET", f"/authorities/940/{path}.csv")
        assert file.status_code == 200
        assert len(file.text.splitlines()) > 1


async def test_a_line_of_another_school_is_not_there(
    technician: Session, product: Product
) -> None:
    other = product.tenants[NEXT_DOOR].line["circuit_id"]
    for path in ("", "/edit", "/measurements.svg"):
        answer = await technician.ask("GET", f"{ROOT}/{other}{path}", HTML)
        assert answer.status_code == 404


async def test_who_only_reads_is_offered_no_change(product: Product) -> None:
    leader = await product.signed_in("school-leader", MINE)
    mine = product.tenants[MINE].line["circuit_id"]

    shown = await leader.ask("GET", f"{ROOT}/{mine}", HTML)

    assert shown.status_code == 200
    assert "Write the test down" not in shown.text
    refused = await leader.ask("GET", f"{ROOT}/{mine}/edit", HTML)
    assert refused.status_code == 403
