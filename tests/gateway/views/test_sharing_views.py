"""A saved view is its owner's; others see it where it is shared, and nowhere else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

BASE = "/api/directory/v1/views"
STATE = {"sort": "tag", "filters": {"status": "in-repair"}, "columns": [], "size": 25}
Ask = Callable[..., Any]


async def save(ask: Ask, shared_with: dict[str, Any] | None = None) -> httpx.Response:
    body = {"table": "assets", "name": uuid4().hex, "state": STATE}
    answer: httpx.Response = await ask(
        "POST", BASE, json=body | {"shared_with": shared_with}
    )
    return answer


async def saved(ask: Ask, shared_with: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = await save(ask, shared_with)
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


@pytest.mark.parametrize(
    ("owner", "shared_with", "seen_by"),
    [
        ("technician", None, ""),
        ("technician", {"school_urn": 140001}, "manager teacher"),
        ("teacher", {"school_urn": 140002}, "manager"),
        # An LA's are for those who hold a role of the whole LA: here nobody else does.
        ("manager", {"la_code": "940"}, ""),
    ],
    ids=["private", "school", "other school", "authority"],
)
async def test_a_view_is_seen_where_it_is_shared_and_nowhere_else(
    as_someone: Any, owner: str, shared_with: dict[str, Any] | None, seen_by: str
) -> None:
    view = await saved(await as_someone(owner), shared_with)

    found = set[str]()
    for name in {"manager", "technician", "teacher", "other"} - {owner}:
        ask = await as_someone(name)
        listed = (await ask("GET", f"{BASE}?table=assets")).json()["items"]
        one = await ask("GET", f"{BASE}/{view['view_id']}")
        is_listed = view["view_id"] in {each["view_id"] for each in listed}
        assert is_listed == (one.status_code == 200), name
        found |= {name} if is_listed else set()

    assert found == set(seen_by.split())


@pytest.mark.parametrize(
    "foreign", [{"school_urn": 150001}, {"school_urn": 999998}, {"la_code": "941"}]
)
async def test_a_view_cannot_be_shared_beyond_one_s_scope(
    as_someone: Any, foreign: dict[str, Any]
) -> None:
    answer = await save(await as_someone("technician"), foreign)

    assert answer.status_code == 422, answer.text
    [field] = foreign
    [fault] = answer.json()["errors"]
    assert fault["pointer"] == f"/shared_with/{field}"


async def test_a_view_that_is_shared_is_changed_by_its_owner_alone(
    as_someone: Any,
) -> None:
    manager, technician = await as_someone("manager"), await as_someone("technician")
    view = await saved(technician, {"school_urn": 140001})
    path, new = f"{BASE}/{view['view_id']}", {"name": uuid4().hex}

    refused = await manager("PATCH", path, view["version"], json=new)
    changed = await technician("PATCH", path, view["version"], json=new)
    stale = await technician("PATCH", path, view["version"], json=new)

    assert (refused.status_code, changed.status_code, stale.status_code) == (
        403,
        200,
        412,
    )


async def test_a_table_opens_with_a_view_for_whom_it_chose_alone(
    as_someone: Any,
) -> None:
    manager, technician = await as_someone("manager"), await as_someone("technician")
    view = await saved(technician, {"school_urn": 140001})
    path = f"{BASE}/{view['view_id']}"

    chosen = await manager("PATCH", path, view["version"], json={"is_default": True})

    assert chosen.json()["is_default"] is True, chosen.text
    assert (await technician("GET", path)).json()["is_default"] is False
