"""No parameter of the API takes any text where a number is asked: nobody reads it."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from tests.architecture import features

DOCUMENTS = sorted((features.ROOT / "docs" / "api").glob("*.json"))


def promised(node: Any, at: str = "") -> Iterator[str]:
    """Say where a number may be text of any form instead."""
    if isinstance(node, Mapping):
        kinds = [each for each in node.get("anyOf", ()) if isinstance(each, Mapping)]
        of = {each.get("type") for each in kinds}
        bare = any(
            each.get("type") == "string" and not {"pattern", "enum"} & each.keys()
            for each in kinds
        )
        if bare and of & {"number", "integer"}:
            yield at
        for name, below in node.items():
            yield from promised(below, f"{at}/{name}")
    elif isinstance(node, list):
        for place, below in enumerate(node):
            yield from promised(below, f"{at}/{place}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.stem)
def test_no_number_may_be_any_text(document: Any) -> None:
    asked = orjson.loads(document.read_bytes()).get("paths", {})

    assert list(promised(asked)) == []


def test_one_that_may_is_caught() -> None:
    kinds = [{"type": "number"}, {"type": "string"}, {"type": "null"}]

    assert list(promised({"schema": {"anyOf": kinds}})) == ["/schema"]
