"""What an agreement can be, when it ends, and when notice is given: pure rules."""

from datetime import date
from typing import Any

import pytest

from servicedesk.agreements.model import Promised, listing, rules, targets, things
from servicedesk.agreements.model.refusals import AgreementImpossible
from tests.servicedesk.agreements.agreeing import held

TODAY = date(2026, 11, 30)
NONE = (None, None, None)
SUPPLIER = {"name": "X", "account_reference": None, "email": None, "phone": None}


def target(priority: int, *minutes: int | None) -> dict[str, Any]:
    return {"priority": priority, **dict(zip(things.MEASURES, minutes, strict=True))}


def body(**changes: Any) -> dict[str, Any]:
    return {
        "name": "X",
        "supplier": None,
        "starts_on": date(2026, 1, 1),
        "ends_on": None,
        "notice_days": None,
        "renews": "none",
        "service_credit": "",
        "is_managed_service": False,
        "targets": [],
        **changes,
    }


@pytest.mark.parametrize(
    ("kind", "said", "pointers"),
    [
        ("school", body(), []),
        ("school", body(supplier=SUPPLIER), ["/supplier"]),
        ("internal", body(is_managed_service=True), ["/is_managed_service"]),
        ("supplier", body(), ["/supplier"]),
        ("supplier", body(supplier=SUPPLIER, is_managed_service=True), []),
        ("school", body(ends_on=date(2025, 12, 31)), ["/ends_on"]),
        ("school", body(ends_on=date(2026, 1, 1)), []),
        ("school", body(starts_on=date(1979, 12, 31)), ["/starts_on"]),
        ("school", body(ends_on=date(2200, 1, 1)), ["/ends_on"]),
        ("school", body(starts_on=date.min, ends_on=date.min, notice_days=9),
         ["/starts_on", "/ends_on"]),
        ("school", body(renews="yearly"), ["/ends_on"]),
        ("school", body(renews="yearly", ends_on=date(2026, 12, 31)), []),
        ("school", body(notice_days=90), []),
        ("school", body(ends_on=date(2026, 3, 1), notice_days=59), []),
        ("school", body(ends_on=date(2026, 3, 1), notice_days=60), ["/notice_days"]),
    ],
)  # fmt: skip
def test_days_and_parties_go_together(
    kind: Any, said: dict[str, Any], pointers: list[str]
) -> None:
    assert refused(kind, said) == pointers


@pytest.mark.parametrize(
    ("said", "pointers"),
    [
        ([target(1, 60, 60, 60), target(2, 60, None, 60)], []),
        ([target(1, 61, None, 60)], ["/targets/0/response_minutes"]),
        ([target(4, None, 5, 10), target(4, 5, 5, 5)], ["/targets/1/priority"]),
        (
            [target(2, 60, None, 240), target(1, 61, None, 241)],
            ["/targets/1/response_minutes", "/targets/1/fix_minutes"],
        ),
        # The next that is promised counts, however far down.
        (
            [target(1, None, None, 9), target(2, *NONE), target(4, None, None, 8)],
            ["/targets/0/fix_minutes"],
        ),
        ([target(1, *NONE), target(2, 1, 1, 1)], []),
    ],
)
def test_what_presses_more_is_promised_no_later(
    said: list[dict[str, Any]], pointers: list[str]
) -> None:
    assert refused("school", body(targets=said)) == pointers


def refused(kind: Any, said: dict[str, Any]) -> list[str]:
    """Say at which places an agreement is refused."""
    try:
        rules.require_sound(kind, said)
    except AgreementImpossible as refusal:
        return [fault.pointer for fault in refusal.faults]
    return []


@pytest.mark.parametrize(
    ("ends_on", "notice_days", "renews", "state", "next_end", "notice"),
    [
        (None, 90, "none", "in-force", None, None),
        (date(2026, 11, 30), None, "none", "in-force", date(2026, 11, 30), None),
        (date(2026, 11, 29), None, "none", "ended", date(2026, 11, 29), None),
        (
            *(date(2027, 3, 31), 90, "none", "in-force"),
            *(date(2027, 3, 31), date(2026, 12, 31)),
        ),
        # Notice for this term is over: the next is in a year.
        (
            *(date(2026, 12, 31), 90, "yearly", "in-force"),
            *(date(2027, 12, 31), date(2027, 10, 2)),
        ),
        (
            *(date(2021, 2, 28), 90, "yearly", "in-force"),
            *(date(2027, 2, 28), date(2026, 11, 30)),
        ),
        (date(2024, 2, 29), None, "yearly", "in-force", date(2027, 2, 28), None),
        (date(2028, 2, 29), 1, "yearly", "in-force", date(2028, 2, 29),
         date(2028, 2, 28)),
    ],
)  # fmt: skip
def test_when_it_ends_and_when_notice_is_given(
    ends_on: date | None,
    notice_days: int | None,
    renews: Any,
    state: str,
    next_end: date | None,
    notice: date | None,
) -> None:
    one = held(
        starts_on=date(2020, 1, 1),
        ends_on=ends_on,
        notice_days=notice_days,
        renews=renews,
    )

    told = things.told(one, TODAY)

    assert (told.state, told.next_end_on, told.notice_on) == (state, next_end, notice)


@pytest.mark.parametrize(
    ("changes", "ends", "is_shown"),
    [
        ({"ends_on": date(2027, 2, 28)}, "quarter", True),
        ({"ends_on": date(2027, 3, 1)}, "quarter", False),
        ({"ends_on": date(2027, 3, 1), "notice_days": 30}, "quarter", True),
        ({"ends_on": date(2027, 3, 1)}, "year", True),
        ({}, "year", False),
        ({}, None, True),
        ({"ends_on": date(2026, 11, 29)}, "past", True),
        ({"ends_on": date(2026, 11, 29)}, "quarter", False),
        ({"ends_on": date(2026, 11, 30)}, "past", False),
    ],
)
def test_which_end_soon(changes: dict[str, Any], ends: Any, is_shown: bool) -> None:
    told = things.told(held(**changes), TODAY)
    assert listing.ends_within(told, ends, TODAY) is is_shown


def test_a_promise_is_told_in_seconds_and_none_is_none() -> None:
    id_ = held().agreement_id

    found = targets(Promised(id_, 60, None, 240))

    assert found is not None
    assert (found.response, found.update, found.fix) == (3600, None, 14_400)
    assert targets(Promised(id_, None, None, None)) is None
    assert targets(None) is None
