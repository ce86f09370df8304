"""Decisions are numbered once, and each says what enforces it."""

import re
from pathlib import Path

import pytest

from tests.architecture import features

RECORDS = sorted((features.ROOT / "docs" / "adr").glob("[0-9]*.md"))
PARTS = ("Context", "Decision", "Consequences", "Alternatives")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_has_its_parts(record: Path) -> None:
    headings = re.findall(r"^## (.+)$", record.read_text("utf-8"), re.MULTILINE)

    assert [part for part in PARTS if part not in headings] == []
    assert any(re.match("The check|Held by", heading) for heading in headings)


def test_numbers_are_unique() -> None:
    numbers = [re.match(r"\d{4}-", record.name) for record in RECORDS]

    assert None not in numbers
    assert len({found[0] for found in numbers if found}) == len(RECORDS)
