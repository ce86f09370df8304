"""A cursor that somebody made up is refused or finds nothing; it breaks nothing."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from tests.security.product import MINE, Product, let_leave, put_in_use

LISTINGS = {
    "/api/directory/v1/schools": ("",),
    "/api/directory/v1/people": ("",),
    "/api/directory/v1/clients": ("",),
    "/api/directory/v1/groupings": ("",),
    "/api/directory/v1/notices": ("",),
    "/api/directory/v1/jobs": ("",),
    "/api/directory/v1/schools/imports": ("",),
    "/api/inventory/v1/assets": ("tag", "model", "-changed_at"),
    "/api/inventory/v1/assets/imports": ("",),
    "/api/inventory/v1/costs/models": ("name", "-total"),
    "/api/inventory/v1/custodies": ("due_on", "-issued_at"),
    "/api/inventory/v1/broadband/schools": ("name", "-standing", "ends_on"),
    "/api/inventory/v1/circuits": ("reference", "-down", "ends_on"),
    "/api/inventory/v1/licences": ("name", "-seats", "ends_on"),
    "/api/inventory/v1/licences/compliance": ("state", "-name", "ends_on"),
    "/api/inventory/v1/network-services": ("name", "-monthly", "ends_on"),
    "/api/inventory/v1/suppliers": ("name", "-monthly", "ends_on"),
    "/api/inventory/v1/consumables": ("name", "-on_hand", "runs_out_on"),
    "/api/inventory/v1/custody/scans/conflicts": ("",),
    "/api/inventory/v1/disposals": ("-disposed_on", "assets"),
    "/api/inventory/v1/disposals/kit": ("",),
    "/api/inventory/v1/endings": ("first_on", "name", "-devices"),
    "/api/inventory/v1/stock-takes": ("",),
    "/api/inventory/v1/estate/schools": ("name", "-health"),
    "/api/inventory/v1/estate/kit": ("tag",),
    "/api/inventory/v1/support/devices": ("tag", "-tag"),
    "/api/inventory/v1/jobs": ("",),
    "/api/inventory/v1/software": ("",),
    "/api/servicedesk/v1/agreements": ("name", "-ends_on"),
    "/api/servicedesk/v1/feedback": ("",),
    "/api/servicedesk/v1/tickets": (
        *("-opened_at", "priority", "-changed_at", "due_at"),
    ),
}
CASES = [(path, sort) for path, sorts in LISTINGS.items() for sort in sorts]
FORGED: tuple[Any, ...] = (
    *(
        "",
        "x" * 300,
        "a\x00b",
        "\x1b[31m",
        "' OR 1=1 --",
        "%",
        "0001-01-01",
        "infinity",
    ),
    *("not-a-uuid", "2026-13-45T00:00:00Z", "99999-01-01T00:00:00Z", "\u202e"),
    *(0, -1, 2**31, 2**63, 2**64 - 1, 1.5, 1e308, True, None, [], {}, ["a"]),
)


@pytest.mark.parametrize(("path", "sort"), CASES)
async def test_a_forged_cursor_breaks_nothing(
    product: Product, path: str, sort: str
) -> None:
    session = await product.signed_in("la-manager", "940")
    if path.endswith(("/estate/kit", "/support/devices")):
        await put_in_use(session, 2)
    if path.endswith("/endings"):
        soon = (datetime.now(UTC) + timedelta(30)).date().isoformat()
        await put_in_use(session, 1, warranty_until=soon, support_until=soon)
    if "/disposals" in path:
        await let_leave(session, "2026-07-20", "2026-07-20", "2026-07-21")
    query = {"limit": "1"} | ({"sort": sort} if sort else {})
    if path.endswith("/conflicts"):
        query |= {"school": str(MINE)}
    if path.endswith("/disposals/kit"):
        left = {"disposed_on": "2026-07-20", "method": "recycled"}
        query |= {"school": str(MINE), **left}
    page = (await session.ask("GET", path, params=query)).json()
    raw = page["next"] or ""
    key = orjson.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))

    seen: set[int] = set()
    for place in range(len(key)):
        for value in FORGED:
            made = [*key[:place], value, *key[place + 1 :]]
            after = base64.urlsafe_b64encode(orjson.dumps(made)).rstrip(b"=").decode()
            answer = await session.ask("GET", path, params=query | {"after": after})
            assert answer.status_code in {200, 422}, (made, answer.text)
            seen.add(answer.status_code)

    assert 422 in seen
