"""What each service says of its HTTP face is kept, and a change of it is seen."""

from pathlib import Path

import pytest

from tests.architecture import api_snapshots, features

NAMES = [f"{name}.json" for name in features.SERVICES]


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return api_snapshots.documents()


def test_every_service_has_its_document(documents: dict[str, str]) -> None:
    assert sorted(documents) == sorted(NAMES)


def test_a_document_that_is_not_what_the_code_says_is_seen(
    documents: dict[str, str], tmp_path: Path
) -> None:
    api_snapshots.write(tmp_path, documents)
    assert api_snapshots.stale_documents(tmp_path, documents) == []

    kept = tmp_path / "inventory.json"
    kept.write_text(kept.read_text("utf-8").replace("/move", "/shift"), "utf-8")

    assert api_snapshots.stale_documents(tmp_path, documents) == ["inventory.json"]


def test_documents_come_out_the_same_each_time(documents: dict[str, str]) -> None:
    assert api_snapshots.documents() == documents


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_how_problems_look(
    documents: dict[str, str], name: str
) -> None:
    assert "application/problem+json" in documents[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_bounds_by_the_words_of_json_schema(
    documents: dict[str, str], name: str
) -> None:
    """A bound set over a validator that judges first is written as `ge`, unread."""
    assert not {'"ge":', '"le":', '"gt":', '"lt":'} & set(documents[name].split())
