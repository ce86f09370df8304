"""What a change of a client leaves alone; no server."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from gateway.clients import model


def limited(**other: Any) -> model.ApiClient:
    """Make a client whose schools have all gone to other LAs."""
    values: dict[str, Any] = {
        "api_client_id": UUID(int=1),
        "la_code": "940",
        "la_name": "West",
        "name": "Parents portal",
        "contact": "it@example.org",
        "scopes": ["inventory:read"],
        "school_urns": [],
        "is_sandbox": False,
        "requests_per_minute": 60,
        "made_at": datetime(2026, 9, 1, tzinfo=UTC),
        "made_by": None,
        "withdrawn_at": None,
        "last_used_at": None,
        "version": 3,
    }
    return model.ApiClient(**values | other)


@pytest.mark.parametrize(
    ("values", "school_urns"),
    [
        ({"contact": "new@example.org"}, []),
        ({"school_urns": [140001]}, [140001]),
        ({"school_urns": []}, []),
        ({"school_urns": None}, None),
    ],
)
def test_only_who_says_so_opens_every_school(
    values: dict[str, Any], school_urns: list[int] | None
) -> None:
    assert model.changed(limited(), values).school_urns == school_urns
