"""The table of LAs and their reorganisations, beside the department's own files."""

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from gateway.register.model import england
from gateway.register.model.england import AUTHORITIES, REGIONS

# The look-up tells Inner and Outer London apart; the register's regions do not.
LONDON = {"E13000001": "E12000007", "E13000002": "E12000007"}


def rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as text:
        yield from csv.DictReader(text)


def present(year: int) -> set[str]:
    """The LAs that were there in the summer of a year, as the table has it."""
    return {
        la.la_code
        for la in AUTHORITIES.values()
        if (la.from_year or 0) <= year and (la.to_year is None or la.to_year > year)
    }


def test_codes_and_regions_are_those_of_the_look_up(real_data: Path) -> None:
    file = real_data / "schools_england" / "la_lookup.csv"
    with file.open(encoding="utf-8-sig") as text:
        told = list(csv.DictReader(text))

    assert len(told) == 156
    for row in told:
        code, region = row["la_code_dfe"], row["region_code"]
        assert AUTHORITIES[code].region_code == LONDON.get(region, region), row
        assert england.code_of(row["local_authority"]) is not None, row


def test_those_of_2019_and_2022_are_those_of_the_files(real_data: Path) -> None:
    folder = real_data / "schools_england"
    files = {
        2019: folder / "pupil_premium_2019-20_schools.csv.gz",
        2022: folder / "gias_schools_2022-04-25.csv.gz",
    }
    for year, file in files.items():
        assert {row["la_code"] for row in rows(file)} == present(year), year


def test_those_of_2024_and_the_years_they_ended_are_those_of_the_register(
    real_data: Path,
) -> None:
    file = real_data / "schools_england" / "gias_register_2024-06-17.csv.gz"
    told = list(rows(file))
    former = re.compile(r"Pre-LGR (\d{4}) (.+)")
    open_now = {
        england.code_of(row["local_authority_name"])
        for row in told
        if row["status"] == "Open"
        and not england.is_abroad(None, row["local_authority_name"])
    }
    ended = {
        (int(found[1]), found[2])
        for row in told
        if (found := former.fullmatch(row["local_authority_name"]))
    }

    assert open_now == present(2024)
    assert ended == {
        (la.to_year, la.name)
        for la in AUTHORITIES.values()
        if la.to_year is not None and la.to_year > 2009
    }


def test_an_authority_begins_in_the_year_in_which_its_predecessor_ends() -> None:
    for la in AUTHORITIES.values():
        for code in la.successors:
            assert AUTHORITIES[code].from_year == la.to_year, la


def test_every_authority_is_of_one_of_the_nine_regions() -> None:
    assert {la.region_code for la in AUTHORITIES.values()} == {
        region.region_code for region in REGIONS.values()
    }
