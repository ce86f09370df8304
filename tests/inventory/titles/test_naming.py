"""Titles that are reported in many ways come to one name; updates are told apart."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.titles.model import naming

APP, UPDATE = "application", "update"
FRENCH = "Module linguistique Microsoft Visual Studio 2010 Tools pour Office Runtime"


@pytest.mark.parametrize(
    ("reported", "named"),
    [
        (
            ("Igor Pavlov", "7-Zip 19.00 (x64)", "19.00"),
            ("Igor Pavlov", "7-Zip", "19.00", APP),
        ),
        (
            ("Igor Pavlov", "7-Zip 21.07 (x64 edition)", ""),
            ("Igor Pavlov", "7-Zip", "21.07", APP),
        ),
        (
            ("Mozilla", "Mozilla Firefox (x64 en-GB)", "140.5"),
            ("Mozilla", "Mozilla Firefox", "140.5", APP),
        ),
        (
            ("Mozilla Corporation", "Mozilla Firefox 91.0 (x64 en-GB)", ""),
            ("Mozilla", "Mozilla Firefox", "91.0", APP),
        ),
        (
            (
                "Microsoft Corporation",
                "Microsoft 365 Apps for enterprise - en-us",
                "16.0",
            ),
            ("Microsoft", "Microsoft 365 Apps for enterprise", "16.0", APP),
        ),
        (
            (
                "Microsoft Corporation",
                "Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.34.31931",
                "14.34.31931.0",
            ),
            (
                "Microsoft",
                "Microsoft Visual C++ 2015-2022 Redistributable",
                "14.34.31931.0",
                APP,
            ),
        ),
        (
            ("Oracle Corporation", "Java 8 Update 361 (64-bit)", "8.0.3610.9"),
            ("Oracle", "Java 8", "8.0.3610.9", APP),
        ),
        (
            ("Notepad++ Team", "Notepad++ (64-bit x64)", "8.5"),
            ("Notepad++ Team", "Notepad++", "8.5", APP),
        ),
        (
            ("Debian <x@y.org>", "libc6:amd64", "2:2.31-13"),
            ("Debian", "libc6", "2.31-13", APP),
        ),
        # A figure that is no version belongs to the name.
        (
            ("", "Microsoft Office 2010", ""),
            ("Not known", "Microsoft Office 2010", "", APP),
        ),
        (("x", "Update Manager", "v1.0"), ("x", "Update Manager", "1.0", APP)),
        (
            ("Microsoft", "Security Update for Windows 10 (KB5005565)", ""),
            ("Microsoft", "Security Update for Windows 10 (KB5005565)", "", UPDATE),
        ),
        (("", "Hotfix for Excel", ""), ("Not known", "Hotfix for Excel", "", UPDATE)),
        # Nothing is left of a name: it stays.
        (("x", "7.1.2", ""), ("x", "7.1.2", "", APP)),
        (("x", "x64", ""), ("x", "x64", "", APP)),
        (("x", "!!!", ""), ("x", "!!!", "", APP)),
    ],
)
def test_a_title_has_one_name(
    reported: tuple[str, str, str], named: tuple[str, str, str, str]
) -> None:
    found = naming.named(*reported)

    assert (found.publisher.name, found.name.name, found.release, found.kind) == named


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Microsoft Office 2010", "Microsoft Office 2013"),
        ("Java 8 Update 361", "Java 7 Update 80"),
        ("python3-lxml", "python2-lxml"),
        ("Notepad", "Notepad++"),
        ("KB4019215", "KB4019216"),
    ],
)
def test_other_titles_stay_apart(one: str, other: str) -> None:
    assert naming.named("x", one, "").name.key != naming.named("x", other, "").name.key


@given(st.text(max_size=160), st.text(max_size=160), st.text(max_size=80))
def test_whatever_is_reported_has_a_name_that_is_kept(
    publisher: str, name: str, version: str
) -> None:
    found = naming.named(publisher, name, version)
    again = naming.named(found.publisher.name, found.name.name, found.release)

    assert found.publisher.name
    assert again.name.key == found.name.key or not found.name.key.isalnum()


def of_xml(file: Path) -> list[tuple[str, str, str]]:
    root = ET.fromstring(file.read_bytes())  # noqa: S314 - a file that we know
    found: list[tuple[str, str, str]] = []
    for row in root.iterfind(".//SOFTWARES"):
        one, two, three = (
            row.findtext(tag) or "" for tag in ("PUBLISHER", "NAME", "VERSION")
        )
        found.append((one, two, three))
    return found


def of_json(file: Path) -> list[tuple[str, str, str]]:
    told: Any = json.loads(file.read_text("utf-8"))
    return [
        (row.get("publisher", ""), row.get("name", ""), row.get("version", ""))
        for row in told["content"]["softwares"]
    ]


def names(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str, str]]:
    found = [naming.named(*row) for row in rows]
    return [(t.publisher.name, t.name.name, t.release, t.kind) for t in found]


@pytest.mark.real_data
def test_a_french_windows_pc_is_named_as_written_here_by_hand(real_data: Path) -> None:
    file = real_data / "agent_inventories/glpi_inventory_format/tests_data_12.xml"

    assert names(of_xml(file)) == [
        ("Piriform", "CCleaner", "5.09", APP),
        ("FusionInventory Team", "FusionInventory Agent", "2.3.19", APP),
        (
            "Microsoft",
            "Microsoft Visual Studio 2010 Tools for Office Runtime",
            "10.0.50903",
            APP,
        ),
        ("Microsoft", FRENCH, "10.0.50903", APP),
        (
            "Microsoft",
            "Microsoft Office Famille et Petite Entreprise 2010",
            "14.0.7015.1000",
            APP,
        ),
        ("Not known", "OpenVPN", "2.3.8-I001", APP),
        ("Microsoft", "Update for Microsoft Office 2010 (KB2553140)", "", UPDATE),
        ("Not known", "KB4019215", "", UPDATE),
    ]


@pytest.mark.real_data
def test_publishers_that_are_sentences_are_named(real_data: Path) -> None:
    file = real_data / "agent_inventories/glpi_inventory_format/tests_data_4.xml"

    found = names(of_xml(file))

    assert found[0] == ("Adobe", "CORE_1_0_32", "3.7.0.271", APP)
    assert found[1] == ("Not known", "Alfred 2", "2.7.1", APP)
    assert [(row[0], row[1]) for row in found if row[1] == "HP Fax Archive"] == [
        ("HP", "HP Fax Archive")
    ]


@pytest.mark.real_data
def test_the_three_thousand_titles_of_a_pc_stay_as_many(real_data: Path) -> None:
    """Packages of Linux are named already: only what a distribution adds goes."""
    file = (
        real_data / "agent_inventories/glpi_inventory_format/examples_computer_3.json"
    )
    rows = of_json(file)

    found = dict(zip(rows, names(rows), strict=True))

    assert len(rows) == 3033
    assert len({row[1] for row in rows}) == len({name[1] for name in found.values()})
    assert {name[3] for name in found.values()} == {APP}
    for row, name in [
        (
            ("Fedora Project", "xerces-j2", "2.11.0-24.fc24"),
            ("Fedora Project", "xerces-j2", "2.11.0-24", APP),
        ),
        (
            ("Fedora Project", "at-spi2-core", "2.22.0-1.fc25"),
            ("Fedora Project", "at-spi2-core", "2.22.0-1", APP),
        ),
        (
            ("Fedora Project", "zlib", "1.2.8-10.fc24"),
            ("Fedora Project", "zlib", "1.2.8-10", APP),
        ),
        (
            ("Teclib", "glpi-escalade", "2.1.0-1.fc25.teclib"),
            ("Teclib", "glpi-escalade", "2.1.0-1", APP),
        ),
    ]:
        assert found[row] == name
