"""A ticket put right, how tickets went, and the report of a term, as pages."""

from typing import Any
from uuid import uuid4

import pypdfium2

from tests.security.product import FAR_AWAY, MINE, Product, Session, ticket

HTML = {"accept": "text/html"}
SCHOOL = f"/schools/{MINE}"
DESK = "/api/servicedesk/v1/tickets"


async def reported(session: Session, **told: Any) -> dict[str, Any]:
    answer = await session.ask("POST", DESK, json=ticket(MINE, **told))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def read(session: Session, made: dict[str, Any]) -> dict[str, Any]:
    answer = await session.ask("GET", f"{DESK}/{made['ticket_id']}")
    found: dict[str, Any] = answer.json()
    return found


def form(made: dict[str, Any], **told: Any) -> dict[str, Any]:
    names = ("summary", "description", "kind", "impact", "urgency", "version")
    return {name: made[name] for name in names} | {"who": "as-it-is"} | told


async def test_a_ticket_is_put_right_and_taken_into_ones_hands(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician, summary="Printer", impact="low", urgency="low")
    path = f"{SCHOOL}/tickets/{made['ticket_id']}"

    shown = await technician.ask("GET", f"{path}/edit", HTML)
    told = form(made, summary="Printer in the hall", impact="high", urgency="high")
    saved = await technician.ask(
        "POST", f"{path}/edit", HTML, data=told | {"who": "me"}
    )

    assert "In nobody\u2019s hands, as it is" in shown.text
    assert (saved.status_code, saved.headers["location"]) == (303, path)
    now = await read(technician, made)
    assert (now["summary"], now["priority"]) == ("Printer in the hall", 1)
    assert now["assignee_id"] == now["requester_id"]


async def test_what_was_typed_stays_where_it_cannot_be_saved(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician, summary="Printer")
    path = f"{SCHOOL}/tickets/{made['ticket_id']}/edit"

    empty = form(made, summary="", description="It hums")
    wrong = await technician.ask("POST", path, HTML, data=empty)

    assert wrong.status_code == 422
    assert "Say in a few words what is wrong" in wrong.text
    assert "It hums" in wrong.text


async def test_a_change_of_somebody_else_is_shown_beside_ones_own(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician, summary="Printer")
    path = f"{SCHOOL}/tickets/{made['ticket_id']}/edit"
    other = {"summary": "Plotter"}
    where, held = f"{DESK}/{made['ticket_id']}", {"if-match": '"1"'}
    assert (await technician.ask("PATCH", where, held, json=other)).is_success

    mine = form(made, summary="Printer in the hall")
    stale = await technician.ask("POST", path, HTML, data=mine)
    again = await technician.ask("POST", path, HTML, data=mine | {"version": 2})

    assert stale.status_code == 412
    assert "Somebody changed this ticket after you opened it" in stale.text
    assert "<span>Plotter</span>" in stale.text
    assert 'name="version" value="2"' in stale.text
    assert again.status_code == 303
    assert (await read(technician, made))["summary"] == "Printer in the hall"


async def test_a_settled_ticket_stays_as_it_was(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician)
    where, held = f"{DESK}/{made['ticket_id']}/resolve", {"if-match": '"1"'}
    assert (await technician.ask("POST", where, held)).is_success

    path = f"{SCHOOL}/tickets/{made['ticket_id']}/edit"
    refused = await technician.ask("POST", path, HTML, data=form(made, version=2))

    assert refused.status_code == 409
    # It is no fault of a field.
    assert "govuk-error-summary" not in refused.text
    assert "The ticket is settled and stays as it was</h2>" in refused.text


async def test_who_only_reads_is_offered_no_form(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician)
    leader = await product.signed_in("school-leader", MINE)

    for page in ("edit", "obstacles"):
        path = f"{SCHOOL}/tickets/{made['ticket_id']}/{page}"
        assert (await leader.ask("GET", path, HTML)).status_code == 403


async def test_how_tickets_went_is_read_by_school_and_saved_as_a_file(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician, summary=f"Board {uuid4().hex[:6]}")
    where, held = f"{DESK}/{made['ticket_id']}", {"if-match": '"1"'}
    assert (await technician.ask("POST", f"{where}/resolve", held)).is_success
    path = f"{SCHOOL}/tickets/{made['ticket_id']}"
    said = {"score": "poor", "comment": "=It came back"}
    rated = await technician.ask("POST", f"{path}/satisfaction", HTML, data=said)
    met = {"obstacles": ["parts", "time"], "comment": "On Friday"}
    told = await technician.ask("POST", f"{path}/obstacles", HTML, data=met)
    manager = await product.signed_in("la-manager", "940")

    page = await manager.ask("GET", "/authorities/940/feedback", HTML)
    poor = await manager.ask("GET", "/authorities/940/feedback?score=good", HTML)
    file = await manager.ask("GET", "/authorities/940/feedback.csv?score=poor")
    far = await product.signed_in("la-manager", "941")
    theirs = await far.ask("GET", "/authorities/941/feedback", HTML)

    assert (rated.status_code, told.status_code) == (303, 303)
    assert "=It came back" in page.text
    assert "Parts or a delivery had to come" in page.text
    assert "=It came back" not in poor.text
    # No spreadsheet runs it.
    assert "'=It came back" in file.text
    assert "On Friday" not in file.text
    assert made["summary"] not in theirs.text
    foreign = await far.ask("GET", f"/schools/{MINE}/feedback", HTML)
    assert foreign.status_code == 404


async def test_a_long_word_on_how_it_went_is_refused_and_stays(
    product: Product,
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    made = await reported(technician)
    where, held = f"{DESK}/{made['ticket_id']}/resolve", {"if-match": '"1"'}
    assert (await technician.ask("POST", where, held)).is_success

    path = f"{SCHOOL}/tickets/{made['ticket_id']}/satisfaction"
    said = {"score": "good", "comment": "long " * 300}
    refused = await technician.ask("POST", path, HTML, data=said)

    assert refused.status_code == 422
    assert ("long " * 300).strip() in refused.text


async def test_a_report_is_read_and_drawn(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    await reported(technician)
    manager = await product.signed_in("la-manager", "940")

    page = await manager.ask("GET", "/authorities/940/service-report", HTML)
    drawn = await manager.ask("GET", "/authorities/940/service-report.pdf")
    wrong = await manager.ask(
        "GET", "/authorities/940/service-report?first=2026-09-02&last=2026-09-01", HTML
    )
    foreign = await manager.ask("GET", f"/schools/{FAR_AWAY}/service-report.pdf")

    assert page.status_code == 200, page.text
    assert f"/schools/{MINE}/service-report" in page.text
    assert str(FAR_AWAY) not in page.text
    [first, *_] = pypdfium2.PdfDocument(drawn.content)
    assert "Service report" in first.get_textpage().get_text_range()
    assert wrong.status_code == 422
    assert "There is a problem" in wrong.text
    assert 'value="2026-09-02"' in wrong.text
    assert foreign.status_code == 404
