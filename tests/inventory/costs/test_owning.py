"""What kit costs to own: the decisions, and the facts of energy beside real ones."""

import csv
import gzip
import statistics
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from inventory.costs.model import energy, owning
from inventory.costs.model.owning import Sums
from inventory.kinds.model.categories import Category
from inventory.tariffs.model import EARLIEST, LATEST

YEARS = 4
DAYS = 1461
LAPTOP = Sums(
    la_code="940",
    manufacturer="Lenovo",
    model="ThinkPad L13",
    category="laptop",
    assets=1,
    priced=1,
    price_pence=48_000,
    spread_over=1,
    spread=Decimal(12_000),
    repairs=1,
    repairs_pence=4_500,
    consumables_pence=500,
    days=DAYS,
    dear_days=DAYS,
    measured=0,
    energy=Decimal(),
    power=Decimal(),
    carbon=Decimal(),
    other_days=DAYS,
    other_power=Decimal(DAYS * 25_000),
    other_carbon=Decimal(DAYS * 200_000),
)


def test_a_laptop_of_four_years() -> None:
    cost = owning.cost([LAPTOP])

    drawn = energy.KWH_A_YEAR["laptop"] * YEARS
    assert (cost.kwh, cost.electricity_pence) == (drawn, drawn * 25)
    assert cost.carbon_grams == drawn * 200
    running = 4_500 + 500 + drawn * 25
    assert cost.total_pence == 48_000 + running
    assert cost.running_pence_a_year == running / YEARS
    assert cost.pence_a_year == 12_000 + running / YEARS
    assert (cost.years, cost.is_electricity_priced) == (4.0, True)


def test_what_was_measured_goes_before_what_is_typical() -> None:
    measured = replace(
        LAPTOP,
        measured=1,
        energy=Decimal(100 * DAYS),
        power=Decimal(100 * DAYS * 25_000),
        carbon=Decimal(100 * DAYS * 200_000),
        other_days=0,
        other_power=Decimal(),
        other_carbon=Decimal(),
    )

    both = owning.cost([LAPTOP, measured])

    kwh = 4 * 100 + 4 * energy.KWH_A_YEAR["laptop"]
    assert (both.kwh, both.electricity_pence, both.measured) == (kwh, kwh * 25, 1)


def test_without_a_price_or_a_day_a_year_has_no_cost() -> None:
    unpriced = replace(LAPTOP, priced=0, price_pence=0, spread_over=0, spread=Decimal())
    new = replace(LAPTOP, days=0, dear_days=0, other_days=0, other_power=Decimal())

    assert owning.cost([unpriced]).pence_a_year is None
    assert owning.cost([unpriced]).running_pence_a_year is not None
    assert owning.cost([new]).running_pence_a_year is None
    assert owning.cost([replace(LAPTOP, dear_days=1)]).is_electricity_priced is False
    assert owning.cost([]).total_pence == 0


def test_every_day_has_one_factor_of_the_grid() -> None:
    spans = energy.grid()

    assert (spans[0].starts_on, spans[-1].ends_on) == (EARLIEST, LATEST)
    for one, following in pairwise(spans):
        assert one.ends_on == following.starts_on
        assert following.starts_on.month == following.starts_on.day == 1
    day = date(2024, 6, 1)
    [found] = [s for s in spans if s.starts_on <= day < s.ends_on]
    assert found.grams_per_mwh == energy.GRAMS_PER_MWH[2024]
    assert spans[-1].starts_on == date(max(energy.GRAMS_PER_MWH), 1, 1)


@pytest.mark.real_data
def test_what_is_typical_lies_among_what_makers_declare(real_data: Path) -> None:
    declared: defaultdict[str, list[float]] = defaultdict(list)
    file = real_data / "energy_carbon/boavizta_devices.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if row["yearly_tec"]:
                declared[row["subcategory"]].append(float(row["yearly_tec"]))
    kinds: dict[Category, str] = {
        "desktop": "Desktop",
        "laptop": "Laptop",
        "tablet": "Tablet",
        "phone": "Smartphone",
        "server": "Server",
        "peripheral": "Monitor",
    }

    for category, called in kinds.items():
        low, _, high = statistics.quantiles(declared[called], n=4)
        assert low <= energy.KWH_A_YEAR[category] <= high, (category, low, high)


@pytest.mark.real_data
def test_the_factors_are_those_that_are_published(real_data: Path) -> None:
    with (real_data / "energy_carbon/uk_grid_factors.csv").open(
        encoding="utf-8"
    ) as text:
        published = {
            int(row["year"]): float(row["kgco2e_per_kwh"])
            for row in csv.DictReader(text)
        }

    assert published
    for year, kilograms in published.items():
        assert energy.GRAMS_PER_MWH[year] == round(kilograms * 1_000_000)
