"""When a school is open, on pages: looked at, changed, for one school and for many."""

from datetime import date
from uuid import uuid4

import pytest

from gateway.portal.calendars.model import words
from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session

HTML = {"accept": "text/html"}
API = "/api/servicedesk/v1/calendars"
SCHOOL, LA = f"/schools/{MINE}/calendar", "/authorities/940/calendar"
OPEN = [{"opens": "08:00", "closes": "16:00"}]
WEEK = [*([OPEN] * 5), [], []]
TERMS = {
    "periods": [
        {"kind": kind, "first": first, "last": last, "name": name}
        for kind, first, last, name in (
            ("term", "2041-09-02", "2041-12-20", "Autumn term"),
            ("half-term", "2041-10-28", "2041-11-01", ""),
            ("term", "2042-01-06", "2042-04-03", "Spring term"),
            ("term", "2042-04-21", "2042-07-22", "Summer term"),
        )
    ],
    "parts": [],
    "hours": {"school-day": WEEK},
}
NOTHING = {"periods": [], "parts": [], "hours": {}}


async def put(session: Session, where: str, said: object) -> int:
    """Write a calendar by the API, whatever stands there; return its version."""
    held = (await session.ask("GET", f"{API}/{where}")).json()["version"]
    tag = {"if-match": f'"{held}"'}
    answer = await session.ask("PUT", f"{API}/{where}", tag, json=said)
    assert answer.status_code == 200, answer.text
    version: int = answer.json()["version"]
    return version


async def text_of(session: Session, path: str, status: int = 200) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.fixture
async def manager(product: Product) -> Session:
    made = await product.signed_in("la-manager", "940")
    await put(made, "authorities/940", TERMS)
    await put(made, f"schools/{MINE}", NOTHING)
    await put(made, f"schools/{NEXT_DOOR}", NOTHING)
    return made


@pytest.fixture
async def technician(manager: Session, product: Product) -> Session:
    del manager
    return await product.signed_in("school-technician", MINE)


async def version_of(session: Session, where: str = f"schools/{MINE}") -> str:
    return str((await session.ask("GET", f"{API}/{where}")).json()["version"])


async def test_a_year_shows_what_each_day_is_by_letter_and_word(
    technician: Session,
) -> None:
    shown = await text_of(technician, f"{SCHOOL}?year=2041")

    for told in (
        "Calendar 2041/42",
        "<caption>September 2041</caption>",
        'School day: Autumn term">T</span>',
        'Half-term">HT</span>',
        "Bank holiday: Christmas Day",
        "28 October to 1 November 2041",
        "Monday to Friday, 8am to 4pm",
        "Terms come from Authority 940",
        "5 INSET days are missing",
    ):
        assert told in shown, told
    assert shown.count("<caption>") == 12
    assert "Calendar 2040/41" in await text_of(technician, f"{SCHOOL}?year=2040")


async def test_a_closure_is_written_and_taken_away_again(technician: Session) -> None:
    form = {"first": "3/9/2041", "last": "", "name": "Snow", "version": "0"}
    form["version"] = await version_of(technician)
    before = await counted(technician)

    done = await technician.ask("POST", f"{SCHOOL}/add/closure", HTML, data=form)

    assert done.status_code == 303, done.text
    assert done.headers["location"] == f"{SCHOOL}?year=2041"
    shown = await text_of(technician, done.headers["location"])
    assert "Closed: Snow" in shown
    assert await counted(technician) == before - 1

    where = f"{SCHOOL}/remove?what=closure.2041-09-03"
    assert "Tuesday 3 September 2041" in await text_of(technician, where)
    gone = {"version": await version_of(technician)}
    away = await technician.ask("POST", where, HTML, data=gone)
    assert away.status_code == 303, away.text
    assert await counted(technician) == before
    await text_of(technician, where, 404)


async def counted(session: Session) -> int:
    asked = f"{API}/schools/{MINE}/year?year=2041"
    days: int = (await session.ask("GET", asked)).json()["days"]
    return days


@pytest.mark.parametrize(
    ("what", "typed", "shown"),
    [
        ("inset", {"first": "10/9/2041", "name": "Reading"}, "INSET day: Reading"),
        (
            "half-day",
            {"first": "20.12.2041", "opens": "8.30am", "closes": "midday"},
            "Friday 20 December 2041, 8:30am to midday",
        ),
        (
            "twilight",
            {"first": "11 9 2041", "opens": "15:45", "closes": "5:15pm"},
            "Wednesday 11 September 2041, 3:45pm to 5:15pm",
        ),
        (
            "period",
            {
                "kind": "exams",
                "first": "12/5/2042",
                "last": "20/6/2042",
                "name": "GCSE",
            },
            "12 May to 20 June 2042",
        ),
    ],
    ids=["inset", "half-day", "twilight", "exams"],
)
async def test_each_thing_has_a_form(
    technician: Session, what: str, typed: dict[str, str], shown: str
) -> None:
    assert 'name="first"' in await text_of(technician, f"{SCHOOL}/add/{what}")
    form = {**typed, "version": await version_of(technician)}

    done = await technician.ask("POST", f"{SCHOOL}/add/{what}", HTML, data=form)

    assert done.status_code == 303, done.text
    assert shown in await text_of(technician, f"{SCHOOL}?year=2041")


@pytest.mark.parametrize(
    ("what", "typed", "words"),
    [
        ("closure", {"first": ""}, "Enter the day"),
        ("closure", {"first": "31/2/2041"}, "Enter a real date, like 3/9/2026"),
        ("closure", {"first": "4/9/2041", "last": "3/9/2041"}, "It ends on or after"),
        ("inset", {"first": "7/9/2041"}, "An INSET day is no weekend"),
        ("half-day", {"first": "4/9/2041", "opens": "x"}, "Enter a time, like 8:30"),
        (
            "half-day",
            {"first": "4/9/2041", "opens": "12:00", "closes": "9:00"},
            "It opens before it closes",
        ),
        ("period", {"kind": "", "first": "4/9/2041"}, "Choose what it is"),
        (
            "period",
            {"kind": "half-term", "first": "28/10/2041"},
            "A half-term lies within a term that is written with it",
        ),
        ("closure", {"first": "4/9/2041", "name": "x" * 81}, "at most 80"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    technician: Session, what: str, typed: dict[str, str], words: str
) -> None:
    form = {**typed, "version": await version_of(technician)}

    answer = await technician.ask("POST", f"{SCHOOL}/add/{what}", HTML, data=form)

    assert answer.status_code == 422, answer.text
    assert words in answer.text
    assert 'class="govuk-error-message"' in answer.text
    assert f'value="{typed["first"]}"' in answer.text


async def test_what_overlaps_is_named_in_words(technician: Session) -> None:
    snow = {"first": "3/9/2041", "last": "5/9/2041", "name": "Snow"}
    for expected in (303, 422):
        snow["version"] = await version_of(technician)
        answer = await technician.ask("POST", f"{SCHOOL}/add/closure", HTML, data=snow)
        assert answer.status_code == expected, answer.text

    assert "Closed: Snow (3 to 5 September 2041)" in answer.text
    assert "/periods/" not in answer.text


async def test_a_stale_form_says_so_and_keeps_what_was_typed(
    technician: Session,
) -> None:
    seen = await version_of(technician)
    form = {"first": "10/9/2041", "name": "First to come", "version": seen}
    assert (
        await technician.ask("POST", f"{SCHOOL}/add/inset", HTML, data=form)
    ).status_code == 303

    late = {"first": "11/9/2041", "name": "Late", "version": seen}
    answer = await technician.ask("POST", f"{SCHOOL}/add/inset", HTML, data=late)

    assert answer.status_code == 412
    assert "Somebody else changed the calendar" in answer.text
    assert 'value="11/9/2041"' in answer.text
    newest = await version_of(technician)
    assert f'name="version" value="{newest}"' in answer.text
    again = await technician.ask(
        "POST", f"{SCHOOL}/add/inset", HTML, data=late | {"version": newest}
    )
    assert again.status_code == 303


async def test_hours_are_set_and_the_las_are_taken_again(technician: Session) -> None:
    form = {
        "kind": "school-day",
        "version": await version_of(technician),
        "monday": "8:00 to 12:00 and 13:00 to 16:30",
        "friday": "8am - 3pm",
    }
    done = await technician.ask("POST", f"{SCHOOL}/hours", HTML, data=form)
    assert done.status_code == 303, done.text
    shown = await text_of(technician, f"{SCHOOL}?year=2041")
    assert "Monday, 8am to midday and 1pm to 4:30pm" in shown
    assert "Friday, 8am to 3pm" in shown
    typed = await text_of(technician, f"{SCHOOL}/hours?kind=school-day")
    assert 'value="8:00 to 12:00 and 13:00 to 16:30"' in typed

    wrong = {**form, "version": await version_of(technician), "monday": "all day"}
    answer = await technician.ask("POST", f"{SCHOOL}/hours", HTML, data=wrong)
    assert answer.status_code == 422
    assert "Enter times like 8:00 to 16:00" in answer.text
    wrong["monday"] = "16:00 to 8:00"
    answer = await technician.ask("POST", f"{SCHOOL}/hours", HTML, data=wrong)
    assert answer.status_code == 422
    assert "A span opens before it closes" in answer.text

    drop = {"kind": "school-day", "version": await version_of(technician)}
    back = await technician.ask("POST", f"{SCHOOL}/hours/drop", HTML, data=drop)
    assert back.status_code == 303, back.text
    shown = await text_of(technician, f"{SCHOOL}?year=2041")
    assert "Set by Authority 940" in shown


ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:INSET day
DTSTART;VALUE=DATE:20410912
END:VEVENT
BEGIN:VEVENT
SUMMARY:Cake sale
DTSTART;VALUE=DATE:20410913
END:VEVENT
END:VCALENDAR
"""


async def test_a_file_is_taken_in_and_told_what_was_passed_over(
    technician: Session,
) -> None:
    async def send(content: bytes) -> tuple[int, str]:
        form = {"version": await version_of(technician)}
        files = {"file": ("school.ics", content, "text/calendar")}
        answer = await technician.ask(
            "POST", f"{SCHOOL}/file", HTML, data=form, files=files
        )
        return answer.status_code, answer.text

    status, shown = await send(ICS.encode())
    assert status == 200, shown
    for told in ("1 entry has been added", "Thursday 12 September 2041", "Cake sale"):
        assert told in shown, told
    assert "Its words tell no kind of period" in shown
    again = await send(ICS.encode())
    assert "Nothing of the file is new" in again[1]
    for content, told in (
        (b"no calendar", "This is no calendar file"),
        (b"\xff\xfe", "is no calendar"),
        (b"x" * 200_001, "larger than 200 KB"),
    ):
        status, shown = await send(content)
        assert status == 422, shown
        assert told in shown
    file = await technician.ask("GET", f"{SCHOOL}.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert b"20410912" in file.content


async def test_the_next_year_is_drafted_and_accepted(manager: Session) -> None:
    where = f"{LA}/next-year?year=2041"
    shown = await text_of(manager, where)
    assert "Draft of 2042/43" in shown
    assert "Term: Autumn term" in shown
    assert "Calendar 2042/43" in await text_of(manager, f"{LA}?year=2042")
    form = {"version": await version_of(manager, "authorities/940")}

    done = await manager.ask("POST", where, HTML, data=form)

    assert done.status_code == 303, done.text
    assert done.headers["location"] == f"{LA}?year=2042"
    assert "The year by months" in await text_of(manager, f"{LA}?year=2042")
    again = await manager.ask("POST", where, HTML, data=form)
    assert again.status_code == 409
    assert "something is written of it already" in again.text


async def test_terms_that_hold_a_half_term_are_not_taken_away(manager: Session) -> None:
    where = f"{LA}/remove?what=term.2041-09-02"
    form = {"version": await version_of(manager, "authorities/940")}

    answer = await manager.ask("POST", where, HTML, data=form)

    assert answer.status_code == 422
    assert "Half-term (28 October to 1 November 2041)" in answer.text


async def test_without_terms_a_page_says_what_to_do(
    manager: Session, technician: Session, product: Product
) -> None:
    teacher = await product.signed_in("staff", MINE)
    of_la = await text_of(manager, f"{LA}?year=2050")
    of_school = await text_of(technician, f"{SCHOOL}?year=2050")
    read = await text_of(teacher, f"{SCHOOL}?year=2050")

    assert "No terms are written of 2050/51" in of_la
    assert "Write the terms and half-terms once" in of_la
    assert "writes the terms of its schools" in of_school
    assert "Add a term" not in read


async def test_many_schools_are_chosen_looked_at_and_written(
    manager: Session,
) -> None:
    assert "Set for many schools" in await text_of(manager, f"{LA}/many")
    form = {"kind": "closure", "first": "5/9/2041", "name": "Storm", "choice": "ticked"}
    ticked = {**form, "school": [str(MINE), str(NEXT_DOOR)], "once": str(uuid4())}

    ask = await manager.ask("POST", f"{LA}/many", HTML, data={**ticked, "step": "ask"})
    assert ask.status_code == 200, ask.text
    assert "Add it at 2 schools?" in ask.text
    assert "Closed: Storm" in ask.text
    back = {**ticked, "step": "change"}
    kept = (await manager.ask("POST", f"{LA}/many", HTML, data=back)).text
    assert 'value="5/9/2041"' in kept

    for _ in range(2):
        done = await manager.ask(
            "POST", f"{LA}/many", HTML, data={**ticked, "step": "apply"}
        )
        assert done.status_code == 200, done.text
        assert "It stands in the calendars of 2 schools" in done.text
    for urn in (MINE, NEXT_DOOR):
        shown = await text_of(manager, f"/schools/{urn}/calendar?year=2041")
        assert "Closed: Storm" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"choice": "ticked"}, "Choose at least one school"),
        ({"choice": "phase"}, "Choose at least one school"),
        ({"choice": ""}, "Choose for which schools"),
        ({"kind": "", "choice": "all"}, "Choose what it is"),
        ({"choice": "ticked", "school": str(FAR_AWAY)}, "Choose at least one school"),
        (
            {"kind": "half-term", "choice": "all"},
            "A half-term lies within a term that is written with it: at",
        ),
    ],
)
async def test_what_is_wrong_with_many_is_said(
    manager: Session, changes: dict[str, str], words: str
) -> None:
    form = {"kind": "closure", "first": "5/9/2041", "step": "apply", **changes}

    answer = await manager.ask("POST", f"{LA}/many", HTML, data=form)

    assert answer.status_code == 422, answer.text
    assert words in answer.text
    assert "/school_urns/" not in answer.text


@pytest.mark.parametrize(
    ("role", "where", "school", "changes", "authority"),
    [
        ("la-manager", "940", 200, 200, 200),
        ("la-technician", "940", 200, 403, 200),
        ("auditor", "940", 200, 403, 200),
        ("school-technician", MINE, 200, 200, 404),
        ("school-leader", MINE, 200, 200, 404),
        ("staff", MINE, 200, 403, 404),
        ("learner", MINE, 200, 403, 404),
        ("school-technician", NEXT_DOOR, 404, 404, 404),
        ("la-manager", "941", 404, 404, 404),
    ],
)
async def test_who_sees_and_changes_which_pages(
    product: Product,
    role: str,
    where: int | str,
    school: int,
    changes: int,
    authority: int,
) -> None:
    session = await product.signed_in(role, where)

    async def status(path: str) -> int:
        return (await session.ask("GET", path, HTML)).status_code

    assert await status(SCHOOL) == school
    assert await status(f"{SCHOOL}.ics") == school
    assert await status(LA) == authority
    for page in ("/add/closure", "/hours", "/file"):
        assert await status(f"{SCHOOL}{page}") == changes, page
    of_la = authority if role == "la-manager" or authority == 404 else 403
    for page in ("/add/inset", "/hours", "/many"):
        assert await status(f"{LA}{page}") == of_la, page
    if changes == 200:
        # There is nothing of this name to be taken away.
        assert await status(f"{SCHOOL}/remove?what=x") == 404
    posted = await session.ask("POST", f"{SCHOOL}/add/closure", HTML, data={})
    assert posted.status_code == (422 if changes == 200 else changes)
    if changes == 403:
        assert "Close for a day" not in await text_of(session, SCHOOL)


async def test_a_form_that_there_is_not_is_no_page(technician: Session) -> None:
    await text_of(technician, f"{SCHOOL}/add/party", 404)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 10, 26), date(2026, 10, 30), "26 to 30 October 2026"),
        (date(2026, 9, 2), date(2026, 12, 18), "2 September to 18 December 2026"),
        (date(2026, 12, 21), date(2027, 1, 1), "21 December 2026 to 1 January 2027"),
        (date(2026, 11, 30), date(2026, 11, 30), "Monday 30 November 2026"),
    ],
)
def test_days_are_written_as_the_english_do(
    first: date, last: date, written: str
) -> None:
    assert words.days(first, last) == written


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (1, "\u00bd"), (9, "4\u00bd"), (10, "5")]
)
def test_half_days_are_written_as_days(count: int, written: str) -> None:
    assert words.halves(count) == written


LINKED: tuple[tuple[str, int | str, str, str], ...] = (
    ("staff", MINE, f"/schools/{MINE}", SCHOOL),
    ("la-manager", "940", "/authorities/940/schools", LA),
    ("la-manager", "940", "/", LA),
)


@pytest.mark.parametrize(("role", "where", "page", "leads"), LINKED)
async def test_pages_lead_to_the_calendar(
    product: Product, role: str, where: int | str, page: str, leads: str
) -> None:
    session = await product.signed_in(role, where)

    assert f'href="{leads}"' in await text_of(session, page)
