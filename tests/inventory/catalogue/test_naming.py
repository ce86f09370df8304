"""Makes and models that are written in many ways come to one name each."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue.model import naming
from inventory.catalogue.model.makes import KNOWN


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("HP", ["HP", "hp", "HP Inc.", "Hewlett-Packard", "HEWLETT PACKARD", "HP Inc"]),
        ("HP", ["Hewlett-Packard Company", "Hewlett-Packard Co.", " HP,  Inc. "]),
        (
            "Dell",
            ["Dell", "DELL", "Dell Inc.", "Dell Inc", "Dell Computer Corporation"],
        ),
        ("Lenovo", ["LENOVO", "Lenovo Group Limited", "lenovo®"]),
        ("ASUS", ["ASUSTeK COMPUTER INC.", "ASUS", "ASUSTeK Computer Inc"]),
        ("MSI", ["Micro-Star International Co., Ltd.", "MSI", "MICRO-STAR"]),
        ("Apple", ["Apple Inc.", "Apple", "APPLE COMPUTER, INC."]),
        ("Samsung", ["samsung", "SAMSUNG ELECTRONICS CO., LTD."]),
        ("Fujitsu", ["FUJITSU", "FUJITSU SIEMENS", "Fujitsu Client Computing Limited"]),
        ("Epson", ["EPSON", "Seiko Epson Corporation", "Seiko Epson Corp."]),
        ("TP-Link", ["TP-LINK", "TP-Link Technologies Co., Ltd.", "Tp Link"]),
        ("Toshiba", ["TOSHIBA", "Toshiba Corporation"]),
        ("Supermicro", ["Supermicro", "Super Micro Computer, Inc."]),
        (
            "Not known",
            ["", "Unknown", "To be filled by O.E.M.", "Default string", "N/A"],
        ),
        ("Not known", ["System manufacturer", "???", "-"]),
    ],
)
def test_a_make_has_one_name(name: str, ways: list[str]) -> None:
    found = {naming.make_of(way) for way in ways}

    assert {each.name for each in found} == {name}
    assert len({each.key for each in found}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HP", "Hewlett Packard Enterprise"),
        ("Cisco", "Cisco Meraki"),
        ("Acer", "Acer Medical"),
        ("日本電気", "富士通"),
    ],
)
def test_other_makes_stay_apart(one: str, other: str) -> None:
    assert naming.make_of(one).key != naming.make_of(other).key


@pytest.mark.parametrize("written", ["Avantek Ltd", "AVANTEK", "avantek, limited"])
def test_a_make_that_nobody_listed_has_one_key(written: str) -> None:
    assert naming.make_of(written).key == "avantek"


def test_a_legal_form_alone_is_a_name() -> None:
    assert naming.make_of("Co.").name == "Co"


@pytest.mark.parametrize(
    ("make", "model", "ways"),
    [
        (
            *("HP", "ProBook 440 G9"),
            [
                ("HP", "ProBook 440 G9"),
                ("Hewlett-Packard", "HP ProBook 440 G9"),
                ("HP Inc.", "HP ProBook 440 14 inch G9 Notebook PC"),
                ("hp", "PROBOOK  440-G9"),
                ("", "HP ProBook 440 G9"),
            ],
        ),
        ("HP", "EliteBook 840 G3", [("HP", "EliteBook 840 G3 (T9X27EA#ABU)")]),
        ("HP", "EliteBook 2540p", [("Hewlett-Packard", "HP EliteBook 2540p")]),
        ("Dell", "Latitude 3420", [("Dell Inc.", "Dell Latitude 3420")]),
        ("Dell", "XPS 13 9350", [("Dell Inc.", "XPS 13 9350")]),
        (
            *("Lenovo", "ThinkPad L13"),
            [
                ("LENOVO", "ThinkPad L13"),
                ("Lenovo", "Lenovo ThinkPad L13 20R3"),
                ("Lenovo", "ThinkPad L13 (20R3000UUK)"),
                ("Lenovo", "20R3S00X00 ThinkPad L13"),
            ],
        ),
        (
            *("Lenovo", "Machine type 20R3"),
            [("LENOVO", "20R3000UUK"), ("Lenovo", "20R3S00X00")],
        ),
        ("Microsoft", "Surface Laptop", [("Microsoft Corporation", "Surface Laptop")]),
        ("Acer", "Chromebook 511 (C736)", [("Unknown", "Acer Chromebook 511( C736)")]),
        ("Not known", "Not known", [("Unknown", "To Be Filled By O.E.M.")]),
        ("HP", "HP", [("HP", "HP")]),
    ],
)
def test_a_model_has_one_name(
    make: str, model: str, ways: list[tuple[str, str]]
) -> None:
    found = [naming.named(*way) for way in ways]

    assert {each.make.name for each in found} == {make}
    assert len({each.key for each in found}) == 1
    assert naming.key_of(found[0].model.name) == naming.key_of(model)


@pytest.mark.parametrize(
    ("make", "one", "other"),
    [
        ("Lenovo", "100e Chromebook 2nd Gen", "100e Chromebook Gen 2"),
        ("Apple", "iPad (9th generation)", "iPad 9th Gen"),
        ("Apple", "iPad Gen. 9", "iPad gen 9"),
    ],
)
def test_a_generation_is_written_in_either_way(make: str, one: str, other: str) -> None:
    assert naming.named(make, one).key == naming.named(make, other).key


@pytest.mark.parametrize(
    ("make", "one", "other"),
    [
        ("HP", "ProBook 440 G9", "ProBook 440 G10"),
        ("HP", "ProDesk 400 G6 SFF", "ProDesk 400 G6 Mini"),
        ("Microsoft", "Surface Laptop", "Surface"),
        ("Lenovo", "ThinkPad 2023", "ThinkPad"),
        ("Lenovo", "14e", "11e"),
        ("Acer", "Chromebook 311 (C722)", "Chromebook 311 (C733)"),
        ("Google", "C", "C+"),
    ],
)
def test_other_models_stay_apart(make: str, one: str, other: str) -> None:
    assert naming.named(make, one).key != naming.named(make, other).key


@given(st.text(max_size=120), st.text(max_size=120))
def test_what_is_named_keeps_its_name(manufacturer: str, model: str) -> None:
    once = naming.named(manufacturer, model)
    again = naming.model_of(naming.make_of(once.make.name), once.model.name)

    assert naming.make_of(once.make.name).key == once.make.key
    assert again.key == once.model.key


@given(
    st.sampled_from(sorted(set(KNOWN.values()))), st.sampled_from(["", " Inc.", " LTD"])
)
def test_a_known_makers_name_is_its_own(make: str, legal: str) -> None:
    assert naming.make_of(make.upper() + legal).name == make


@pytest.mark.real_data
def test_kit_is_found_in_googles_list_by_its_part_code(real_data: Path) -> None:
    file = real_data / "lifecycle" / "chromebook_auto_update_expiry_2025-12.csv"
    lines = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    until: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        words = naming.named("", line["model"])
        for key in naming.keys_of_model(words.make, line["model"]):
            until.setdefault((words.make.name, key), set()).add(
                line["auto_update_expiry"]
            )

    assert {make for make, _ in until} == {
        *("Acer", "Dell", "HP", "Lenovo"),
        # One line names no maker: "Chromebook 11-v0".
        "Not known",
    }
    for make, model, day in [
        ("Acer", "Chromebook 11 C732", "2027-06-01"),
        ("Acer", "Acer Chromebook 311 (C722T)", "2030-06-01"),
        ("ACER", "Chromebook Spin 11 R751T", "2027-06-01"),
        ("Acer", "Chromebook 514", "2027-06-01"),
    ]:
        words = naming.named(make, model)
        assert until[words.make.name, words.model.key] == {day}, model
