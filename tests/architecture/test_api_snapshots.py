"""What each service says of its HTTP face is kept, and a change of it is seen."""

from pathlib import Path

import pytest

from tests.architecture import api_snapshots

DOCUMENTS = api_snapshots.documents()


def test_a_document_that_is_not_what_the_code_says_is_seen(tmp_path: Path) -> None:
    api_snapshots.write(tmp_path)
    assert api_snapshots.stale_documents(tmp_path) == []

    kept = tmp_path / "inventory.json"
    kept.write_text(kept.read_text("utf-8").replace("/move", "/shift"), "utf-8")

    assert api_snapshots.stale_documents(tmp_path) == ["inventory.json"]


def test_documents_come_out_the_same_each_time() -> None:
    assert api_snapshots.documents() == DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_how_problems_look(name: str) -> None:
    assert "application/problem+json" in DOCUMENTS[name]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_bounds_by_the_words_of_json_schema(name: str) -> None:
    """A bound set over a validator that judges first is written as `ge`, unread."""
    assert not {'"ge":', '"le":', '"gt":', '"lt":'} & set(DOCUMENTS[name].split())
