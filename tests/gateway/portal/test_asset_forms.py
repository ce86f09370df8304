"""What the asset form makes of what a person typed."""

from datetime import date

import pytest

from chassis import errors
from gateway.portal.assets import model
from gateway.portal.assets.schemas import AssetForm

FILLED = AssetForm(
    tag=" LT-1 ", category="laptop", manufacturer="Lenovo", model="L13", version=3
)


def test_an_empty_form_names_each_missing_field() -> None:
    pointers = [fault.pointer for fault in AssetForm().faults()]

    assert pointers == ["/tag", "/category", "/manufacturer", "/model"]


def test_a_filled_form_says_null_for_what_was_left_empty() -> None:
    FILLED.require_valid()

    values = FILLED.values()
    assert values["tag"] == "LT-1"
    assert values["serial"] is None
    assert values["purchased_on"] is None


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2024"),
        ("1", "", "2024"),
        ("1", "13", "2024"),
        ("²", "1", "2024"),
        ("1", "1", "9" * 5_000),
    ],
)
def test_a_date_that_is_none_is_refused_at_its_field(
    day: str, month: str, year: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        model.read_date(day, month, year)

    assert [fault.pointer for fault in refused.value.faults] == ["/purchased_on"]


def test_a_date_of_three_boxes_is_read() -> None:
    assert model.read_date(" 3", "9 ", "2026") == date(2026, 9, 3)
    assert model.read_date("", " ", "") is None


def test_only_fields_that_differ_are_shown_after_a_stale_save() -> None:
    saved = FILLED.model_copy(update={"model": "L14"}).values()

    found = model.differences(saved, FILLED.values())

    assert [(d.label, d.saved, d.yours) for d in found] == [("Model", "L14", "L13")]
