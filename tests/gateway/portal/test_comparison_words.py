"""How the comparison is worded, ordered, drawn and kept as a table."""

from datetime import date

import pytest

from gateway.portal.comparison import drawn, model, service
from gateway.portal.comparison.model import (
    Measure,
    SchoolFigures,
    Spread,
    TicketMonth,
)
from gateway.portal.tables import export


def school(
    urn: int, name: str, ratio: float | None, **quartiles: int | None
) -> SchoolFigures:
    return SchoolFigures(
        urn, name, "primary", pupils=200, pupils_per_device=ratio, quartiles=quartiles
    )


SCHOOLS = [school(1, "b", 2.0), school(2, "A", None), school(3, "c", 1.0)]


@pytest.mark.parametrize(
    ("direction", "quarter", "tone"),
    [
        ("low", 1, "good"),
        ("low", 4, "bad"),
        ("low", 2, "plain"),
        ("high", 4, "good"),
        ("high", 1, "bad"),
        ("both", 1, "bad"),
        ("both", 3, "plain"),
        ("low", None, "plain"),
    ],
)
def test_a_quarter_is_good_or_bad_by_the_measures_direction(
    direction: str, quarter: int | None, tone: str
) -> None:
    assert model.tone(direction, quarter) == tone


@pytest.mark.parametrize(
    ("sort", "urns"),
    [
        ("name", [2, 1, 3]),
        ("-name", [3, 1, 2]),
        ("pupils_per_device", [3, 1, 2]),
        ("-pupils_per_device", [1, 3, 2]),
    ],
)
def test_a_school_without_the_figure_comes_last(sort: str, urns: list[int]) -> None:
    assert [s.school_urn for s in model.ordered(SCHOOLS, sort)] == urns


def test_the_marks_of_a_distribution_lie_in_order_within_the_picture() -> None:
    measure = Measure(measure="m", lower_quartile=2, median=3, upper_quartile=5, n=9)

    strip = model.strip(measure, 9.5)

    assert strip is not None
    assert strip.own is not None
    assert 0 < strip.lower < strip.median < strip.upper < strip.own < model.WIDTH


def test_there_is_no_picture_without_quartiles() -> None:
    assert model.strip(Measure(measure="m", median=None), 1.0) is None


def test_the_picture_of_equal_schools_is_still_one() -> None:
    measure = Measure(measure="m", lower_quartile=0, median=0, upper_quartile=0, n=4)

    assert model.strip(measure, 0.0) is not None


def test_every_measure_is_kept_with_its_quarter_under_its_name() -> None:
    row = service.rows([school(140001, "=HYPERLINK(1)", 1.5, pupils_per_device=3)])[0]
    titles = [column.title for column in service.columns()]

    assert len(row) == len(titles)
    assert row[titles.index("School")] == "=HYPERLINK(1)"
    assert row[titles.index("Pupils per device")] == 1.5
    assert row[titles.index("Pupils per device: quarter")] == 3
    for name in model.NAMES.values():
        assert name in titles


def test_a_school_named_as_a_formula_does_no_harm_in_a_spreadsheet() -> None:
    rows = service.rows([school(140001, "=HYPERLINK(1)", 1.5)])
    text = b"".join(export.csv(service.columns(), rows)).decode()

    assert ",'=HYPERLINK(1)," in text
    assert ",=HYPERLINK" not in text


def test_a_school_is_found_by_words_of_its_name_or_the_start_of_its_urn() -> None:
    found = [school(140001, "Abbey Road", 1.0), school(150001, "Road End", 1.0)]

    assert model.matching(found, "road abb") == found[:1]
    assert model.matching(found, "150") == found[1:]
    assert model.matching(found, " ") == found


@pytest.mark.parametrize(
    ("own", "step"), [(None, None), (0.0, 0), (4.99, 0), (5.0, 1), (20.0, 2), (99.0, 2)]
)
def test_a_schools_own_step_is_marked(own: float | None, step: int | None) -> None:
    spread = Spread("devices_past_five_years", "primary", (0, 5, 10, 20), (5, 6, 7))
    steps = drawn.steps(spread, own)

    assert [s.text for s in steps] == ["0 to 5%", "5 to 10%", "10 to 20%"]
    assert [i for i, s in enumerate(steps) if s.own] == [step] * (step is not None)


def test_without_steps_nothing_is_drawn() -> None:
    measure = Measure("pupils_per_device")

    assert drawn.steps(Spread("pupils_per_device", "all"), 1.0) == []
    assert drawn.spread(measure, []) is None
    assert drawn.bars(measure, [school(1, "A", None)]) is None
    assert drawn.ages([]) is None


def test_the_months_of_a_year_are_all_there() -> None:
    told = [TicketMonth(date(2026, 1, 1), 3, 2)]
    year = drawn.months(told, date(2026, 2, 10))

    assert year[0].in_month == date(2025, 3, 1)
    assert [m.opened for m in year] == [0] * 10 + [3, 0]
    chart = drawn.tickets(year)
    assert chart is not None
    assert "3 opened, 2 resolved" in chart.text


def test_the_bars_words_name_the_ends_and_the_middle() -> None:
    measure = Measure("pupils_per_device", median=1.5, n=2)
    chart = drawn.bars(measure, SCHOOLS)

    assert chart is not None
    assert [bar.label for bar in chart.bars] == ["c", "b"]
    assert "from 1.0 (c) to 2.0 (b)" in chart.text
    assert "The median is 1.5." in chart.text


def test_the_schools_to_look_at_first_are_in_a_highest_quarter() -> None:
    both = school(1, "both", 9.0, x=4, y=4)
    one = school(2, "one", 3.0, x=4, y=1)
    fine = school(3, "fine", 1.0, x=1, y=None)

    assert model.wanting([fine, one, both]) == [both, one]
