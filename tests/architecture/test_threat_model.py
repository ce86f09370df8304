"""Every threat names the tests that prove its mitigation, and each of them exists."""

import re

import pytest

from tests.architecture import features

PAGE = features.ROOT / "docs" / "threat-model.md"
THREAT = re.compile(r"^\| ([STRIDE]): ", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = [line for line in PAGE.read_text("utf-8").splitlines() if THREAT.match(line)]
NAMED = sorted({found for row in ROWS for found in TEST.findall(row)})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_a_threat_names_a_test(row: str) -> None:
    assert TEST.search(row.split("|")[3])


@pytest.mark.parametrize(("file", "name"), NAMED, ids="::".join)
def test_a_named_test_exists(file: str, name: str) -> None:
    text = (features.ROOT / file).read_text("utf-8")

    assert re.search(rf"^(async )?def {name}\(", text, re.MULTILINE)


def test_every_kind_of_threat_is_thought_of() -> None:
    assert {row[2] for row in ROWS} == set("STRIDE")
