"""What a service report says in words, which days it is of, and its PDF."""

from dataclasses import dataclass
from datetime import date

import pypdfium2
import pytest

from gateway.portal.service_reports import model, service
from gateway.portal.service_reports.model import Term
from gateway.portal.service_reports.schemas import Report, ReportQuery
from gateway.portal.templates import formats

TODAY = date(2026, 11, 30)


@dataclass(frozen=True)
class Stretch:
    kind: str
    first: date
    last: date
    name: str = ""


AUTUMN = Stretch("term", date(2026, 9, 1), date(2026, 12, 18), "Autumn term")
SPRING = Stretch("term", date(2027, 1, 5), date(2027, 3, 26), "Spring term")
SUMMER = Stretch("term", date(2026, 4, 13), date(2026, 7, 21))
SNOW = Stretch("closure", date(2026, 11, 2), date(2026, 11, 2), "Snow")


def report(**changes: object) -> Report:
    told = {
        "first": "2026-09-01",
        "last": "2026-12-18",
        "tickets": [
            {
                "kind": "incident",
                "priority": 2,
                "opened": 1234,
                "settled": 1200,
                "withdrawn": 3,
                "reopened": 17,
                "under_way": 31,
                "median_seconds": 5400,
                "slowest_seconds": 190_000,
            }
        ],
        "promises": [
            {"party": "la", "measure": "response", "kept": 19, "missed": 1},
            {"party": "supplier", "measure": "fix", "kept": 0, "missed": 0},
        ],
        "time": [{"kind": "extra", "minutes": 90}],
        "scores": {"good": 9, "fair": 2, "poor": 1},
        "obstacles": [{"obstacle": "parts", "tickets": 5}],
        "schools": [
            {
                "school_urn": urn,
                "opened": 5,
                "settled": 4,
                "under_way": 1,
                "kept": 3,
                "missed": 1,
            }
            for urn in (140002, 140001, 140003)
        ],
    }
    return Report.model_validate(told | changes)


def test_terms_that_have_begun_are_offered_the_latest_first() -> None:
    found = model.terms([SUMMER, SNOW, AUTUMN, SPRING], TODAY)

    assert [each.name for each in found] == [
        "Autumn term",
        "13 April 2026 to 21 July 2026",
    ]


@pytest.mark.parametrize(
    ("query", "terms", "days"),
    [
        ({}, [AUTUMN], (AUTUMN.first, AUTUMN.last)),
        ({}, [], (date(2026, 9, 2), TODAY)),
        ({"first": "2026-10-01"}, [AUTUMN], (date(2026, 10, 1), TODAY)),
        ({"last": "2026-10-01"}, [], (date(2026, 7, 4), date(2026, 10, 1))),
        ({"first": "", "last": ""}, [AUTUMN], (AUTUMN.first, AUTUMN.last)),
    ],
)
def test_the_days_are_those_asked_for_or_the_latest_terms(
    query: dict[str, str], terms: list[Stretch], days: tuple[date, date]
) -> None:
    found = [Term(each.first, each.last, each.name) for each in terms]

    assert model.days(ReportQuery.model_validate(query), found, TODAY) == days


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, formats.ABSENT),
        (59, "less than a minute"),
        (5400, "1 hour 30 minutes"),
        (86_400, "1 day"),
        (36_000, "10 hours"),
        (35_999, "9 hours 59 minutes"),
        (86_399, "1 day"),
        (90_000, "1 day 1 hour"),
        (172_799, "2 days"),
        (604_800, "7 days"),
    ],
)
def test_how_long_it_took_is_said_as_people_say_it(
    seconds: int | None, words: str
) -> None:
    assert model.elapsed(seconds) == words


def test_what_matters_most_is_said_in_sentences() -> None:
    assert model.summary(report()) == [
        "1,234 tickets opened, 1,200 settled, 17 opened again; 31 under way.",
        "95% of what was promised was kept.",
        "75% of those who said how it went found it good: 9 of 12.",
        "1 hour 30 minutes of work were written down.",
    ]


def test_of_nothing_no_share_is_said() -> None:
    nothing = {"tickets": [], "promises": [], "time": [], "obstacles": []}
    silent = {"scores": {"good": 0, "fair": 0, "poor": 0}, "schools": []}

    said = model.summary(report(**nothing, **silent))

    assert said == ["0 tickets opened, 0 settled, 0 opened again; 0 under way."]
    drawn = _text(report(**nothing, **silent), at_school=True)
    assert "There were none." in drawn
    assert "Nobody wrote down any time." in drawn


def test_the_pdf_says_what_the_page_says() -> None:
    drawn = _text(report(), at_school=False)

    for words in (
        *("Service report", "Ambridge, 1 September 2026 to 18 December 2026"),
        *("Incident, P2, high", "1,234", "2 days 5 hours", "95%"),
        *("Beside ICT", "1 hour 30 minutes", "Parts or a delivery had to come"),
        *("By school", "Abbey", "Drawn on 30 November 2026", "Page 1 of 1"),
    ):
        assert words in drawn, words
    # In the order of their names; one that one may not name by its number.
    places = [drawn.index(each) for each in ("140003", "Abbey", "Zoar")]
    assert places == sorted(places)


def test_a_schools_pdf_names_no_other_school() -> None:
    assert "By school" not in _text(report(), at_school=True)


def _text(told: Report, *, at_school: bool) -> str:
    names = {140001: "Zoar", 140002: "Abbey"}
    laid_out = model.document("Ambridge", told, names, TODAY, at_school=at_school)
    pages = pypdfium2.PdfDocument(service.draw(laid_out))
    found = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(found.split())
