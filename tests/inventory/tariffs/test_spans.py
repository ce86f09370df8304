"""Which price of electricity holds on which day, against a day-by-day reference."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from inventory.tariffs import model
from inventory.tariffs.model import Price, TooManyPrices

LA, OTHER_LA = "940", "941"
FIRST = date(2024, 1, 1)


def holding(
    prices: Sequence[Price], la_code: str, school_id: UUID | None, day: date
) -> int | None:
    """Look through the prices of a school, then through those of its LA."""
    for whose in (school_id, None) if school_id else (None,):
        begun = [
            price
            for price in prices
            if price.la_code == la_code
            and price.school_id == whose
            and price.starts_on <= day
        ]
        if begun:
            return max(begun, key=lambda price: price.starts_on).pence_per_mwh
    return None


@pytest.mark.parametrize("seed", range(200))
def test_the_same_price_holds_as_day_by_day(seed: int) -> None:
    rng = random.Random(seed)
    schools = {uuid4(): rng.choice((LA, OTHER_LA)) for _ in range(3)}
    places = [
        *((la, None) for la in (LA, OTHER_LA)),
        *((s, i) for i, s in schools.items()),
    ]
    prices = [
        Price(la, school_id, FIRST + timedelta(rng.randrange(60)), rng.randrange(10**6))
        for la, school_id in places
        for _ in range(rng.randrange(4))
    ]
    prices = list({(p.la_code, p.school_id, p.starts_on): p for p in prices}.values())
    rng.shuffle(prices)

    spans = model.spans(prices)

    own = {span.school_id for span in spans if span.school_id}
    assert own == {price.school_id for price in prices if price.school_id}
    for la, school_id in places:
        whose = school_id if school_id in own else None
        for ahead in range(-2, 64):
            day = FIRST + timedelta(ahead)
            found = [
                span.pence_per_mwh
                for span in spans
                if (span.la_code, span.school_id) == (la, whose)
                and span.starts_on <= day < span.ends_on
            ]
            expected = holding(prices, la, school_id, day)
            assert found == ([] if expected is None else [expected])


def test_what_holds_today_is_told() -> None:
    school_id = uuid4()
    prices = [
        Price(LA, None, date(2024, 4, 1), 25_000),
        Price(LA, None, date(2026, 4, 1), 27_350),
        Price(LA, school_id, date(2025, 4, 1), 22_000),
    ]

    told = {
        day: model.told(prices, school_id, date(*day)).pence_per_mwh
        for day in ((2024, 3, 31), (2024, 4, 1), (2025, 4, 1), (2026, 11, 1))
    }

    assert list(told.values()) == [None, 25_000, 22_000, 22_000]
    of_authority = model.told(prices, None, date(2026, 11, 1))
    assert [price.pence_per_mwh for price in of_authority.own] == [27_350, 25_000]
    assert (of_authority.authority, of_authority.pence_per_mwh) == ([], 27_350)


def test_no_more_prices_are_kept_than_there_may_be() -> None:
    full = [
        Price(LA, None, FIRST + timedelta(nth), 20_000) for nth in range(model.MOST)
    ]

    model.require_room(full, None, full[0], 1)
    model.require_room(full, None, None, None)
    model.require_room(full, uuid4(), None, 1)
    with pytest.raises(TooManyPrices):
        model.require_room(full, None, None, 1)
