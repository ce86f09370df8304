"""How the comparison is worded, ordered and written as CSV."""

import csv
import io

import pytest

from gateway.portal.comparison import model, service
from gateway.portal.comparison.model import Measure, SchoolFigures


def school(
    urn: int, name: str, ratio: float | None, **quartiles: int | None
) -> SchoolFigures:
    return SchoolFigures(
        urn, name, "primary", 200, pupils_per_device=ratio, quartiles=quartiles
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


def test_a_school_named_as_a_formula_does_no_harm_in_a_spreadsheet() -> None:
    text = service.as_csv([school(140001, "=HYPERLINK(1)", 1.5)])

    header, row = csv.reader(io.StringIO(text))
    assert row[header.index("name")] == "'=HYPERLINK(1)"
    assert row[header.index("pupils_per_device")] == "1.5"


def test_the_schools_to_look_at_first_are_in_a_highest_quarter() -> None:
    both = school(1, "both", 9.0, x=4, y=4)
    one = school(2, "one", 3.0, x=4, y=1)
    fine = school(3, "fine", 1.0, x=1, y=None)

    assert model.wanting([fine, one, both]) == [both, one]
