"""How long kit is expected to last, as schools and LAs read it and say so."""

import re

import pytest

from gateway.portal.templates.formats import ABSENT
from tests.security.product import MINE, NEXT_DOOR, Product, Session

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}/kit-lives", "/authorities/940/kit-lives"


async def page(session: Session, path: str) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def told(text: str, kind: str) -> list[str]:
    """Read what a row of the table says, its inputs aside."""
    row = text.partition(f">{kind}</th>")[2].partition("</tr>")[0]
    return re.findall(r"<span>([^<]+)</span></td>", row)


async def test_a_school_goes_before_its_la_and_custom_comes_last(
    product: Product,
) -> None:
    manager = await product.signed_in("la-manager", "940")
    leader = await product.signed_in("school-leader", MINE)
    assert told(await page(leader, SCHOOL), "Camera") == ["6 years", ABSENT, "6 years"]

    of_la = await manager.ask("POST", AUTHORITY, HTML, data={"years.camera": "7"})
    of_school = await leader.ask("POST", SCHOOL, HTML, data={"years.camera": "9"})

    assert (of_la.status_code, of_school.status_code) == (303, 303), of_la.text
    shown = await page(leader, SCHOOL)
    assert told(shown, "Camera") == ["6 years", "7 years", "9 years"]
    assert 'name="years.camera" type="text"' in shown
    assert 'value="9"' in shown
    # What is emptied is left to the next above; the rest of the form is as it was.
    gone = await leader.ask("POST", SCHOOL, HTML, data={"years.camera": ""})
    assert gone.status_code == 303
    assert told(await page(leader, SCHOOL), "Camera") == [
        *("6 years", "7 years", "7 years")
    ]
    await manager.ask("POST", AUTHORITY, HTML, data={"years.camera": ""})


@pytest.mark.parametrize("typed", ["0", "31", "4.5", "five", "²", "9" * 5_000])
async def test_what_is_no_number_of_years_is_said_at_its_kind(
    product: Product, typed: str
) -> None:
    leader = await product.signed_in("school-leader", MINE)

    form = {"years.laptop": typed, "years.server": "6"}
    answer = await leader.ask("POST", SCHOOL, HTML, data=form)

    assert answer.status_code == 422
    assert "Enter whole years from 1 to 30, or nothing" in answer.text
    assert f'value="{typed}"' in answer.text
    assert told(await page(leader, SCHOOL), "Server") == [
        *("4 years", ABSENT, "4 years")
    ]


async def test_who_only_reads_is_offered_nothing_to_say(product: Product) -> None:
    auditor = await product.signed_in("auditor", "940")
    technician = await product.signed_in("school-technician", MINE)
    neighbour = await product.signed_in("school-leader", NEXT_DOOR)
    form = {"years.camera": "9"}

    for path in (SCHOOL, AUTHORITY):
        assert "Save the years" not in await page(auditor, path)
        refused = await auditor.ask("POST", path, HTML, data=form)
        assert refused.status_code == 403
    assert "Save the years" in await page(technician, SCHOOL)
    for session, path in ((neighbour, SCHOOL), (technician, AUTHORITY)):
        for method in ("GET", "POST"):
            data = {"data": form} if method == "POST" else {}
            answer = await session.ask(method, path, HTML, **data)
            assert answer.status_code == 404, answer.text
