"""Until when a Chromebook is updated: by its series, as makers and people call it."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from inventory.lifecycle import store
from inventory.lifecycle.model import chromebooks, telling
from inventory.lifecycle.model.products import called
from inventory.lifecycle.model.releases import Release, Releases

FILE = Path("lifecycle/chromebook_auto_update_expiry_2025-12.csv")
KNOWN = {"chromeos": {r.cycle: r for r in store.own_facts() if r.product == "chromeos"}}
TWO = {
    "chromeos": {
        cycle: Release("chromeos", cycle, security_until=date(2020 + number, 6, 1))
        for number, cycle in enumerate(
            ("Acer Chromebook 11 (C720)", "Acer Chromebook 11 (C740)")
        )
    }
}


def until(model: str, known: Releases = KNOWN) -> set[object]:
    return {each.security_until for each in chromebooks.series_of(model, known)}


@pytest.mark.parametrize(
    ("model", "day"),
    [
        ("Acer Chromebook 11 C732", "2027-06-01"),
        ("Acer Chromebook 11 (C732T)", "2027-06-01"),
        ("ACER C732LT", "2027-06-01"),
        ("Acer Chromebook CB311-9H", "2029-06-01"),
        ("Lenovo 100e Chromebook Gen 2", "2029-06-01"),
        ("Lenovo 100e Chromebook 2nd Gen", "2029-06-01"),
        ("Lenovo 100e Chromebook Gen 3", "2031-06-01"),
        ("Lenovo 100e Chromebook", "2027-06-01"),
        ("HP Chromebook 11 G9 EE", "2031-06-01"),
        ("HP Chromebook 11 G8 Education Edition EE", "2029-06-01"),
        ("Dell Chromebook 3100", "2029-06-01"),
        ("Dell Chromebook 3100 2-in-1", "2029-06-01"),
        ("Dell Chromebook 11 3180", "2022-06-01"),
    ],
)
def test_a_series_is_found(model: str, day: str) -> None:
    assert until(model) == {date.fromisoformat(day)}


@pytest.mark.parametrize(
    "model",
    [
        "",
        "Acer Chromebook Spin 511 R756",
        "Unknown Unknown",
        "Lenovo 100e Chromebook Gen 9",
        "Dell C732",
        "Google Pixelbook",
    ],
)
def test_what_is_of_no_series_that_is_known_is_not_guessed_at(model: str) -> None:
    assert until(model) == set()


def test_a_name_of_several_series_may_be_any_of_them() -> None:
    assert len(until("Acer Chromebook 11", TWO)) == 2
    assert len(until("Acer Chromebook")) > 2


def test_a_series_has_a_name() -> None:
    assert called("chromeos", "Dell Chromebook 3100") == (
        "ChromeOS on Dell Chromebook 3100"
    )
    assert called("chromeos", None) == "ChromeOS, model not known"


def test_every_model_of_the_real_list_has_its_day(real_data: Path) -> None:
    text = (real_data / FILE).read_text("utf-8")
    theirs = telling.read_series(text)
    rows = list(csv.DictReader(text.splitlines()))
    known = {"chromeos": {each.cycle: each for each in theirs.releases}}

    assert theirs.wrong == []
    assert len(theirs.releases) == len({" ".join(r["model"].split()) for r in rows})
    for row in rows:
        day = date.fromisoformat(row["auto_update_expiry"])
        make, bare = row["model"].split()[0], re.sub(r"\(.*", "", row["model"]).strip()
        codes = [
            code.strip()
            for part in re.findall(r"\(([^)]*)\)", row["model"])
            for code in re.split(r"[,/]", part)
            if re.search(r"\d", code)
        ]
        for code in codes:
            for told in (f"{bare} {code}", f"{make} {code}"):
                assert day in until(told, known), told
                assert day in until(told), told
            assert until(f"{bare} {code}", known) == {day}
        if not codes and "/" not in bare:
            # A name that other series begin with may be any of them.
            alike = {
                date.fromisoformat(other["auto_update_expiry"])
                for other in rows
                if other["model"].startswith(f"{bare} (")
            }
            assert until(bare, known) == {day} | alike, bare


def test_a_list_of_chromebooks_is_taken_and_what_is_wrong_is_named() -> None:
    told = telling.read_series(
        "model,auto_update_expiry\n"
        "Acer Chromebook 1,2030-06-01\n\n"
        "Acer Chromebook 2,soon\n"
        "<b>,2030-06-01\n"
        "Acer Chromebook 3\n"
        "Acer Chromebook 1,2031-06-01\n"
    )

    assert told.releases == [
        Release("chromeos", "Acer Chromebook 1", security_until=date(2030, 6, 1))
    ]
    assert [str(each) for each in told.wrong] == [
        "chromeos Acer Chromebook 2: auto_update_expiry is no day: soon",
        "chromeos <b>: it is no name of a series",
        "chromeos Acer Chromebook 3: it has 1 cells",
        "chromeos Acer Chromebook 1: it is there twice",
    ]


@pytest.mark.parametrize("text", ["", "model\n", "a,b\n", "<html>"])
def test_another_file_is_refused_whole(text: str) -> None:
    with pytest.raises(telling.LifecyclesUnreadable):
        telling.read_series(text)
