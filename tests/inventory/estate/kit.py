"""Kit of known figures at three schools, and how long ago things were."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg

from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from tests.inventory.world import FAR_AWAY, MANAGER, NEXT_DOOR, Call, registered

FAR_MANAGER = at_la("la-manager", "941")
WHOLE = {"price_pence": 45000}


def day(ahead: int) -> str:
    """The day so many days from now; of the past, when it is below none."""
    today = datetime.now(ZoneInfo("Europe/London")).date()
    return (today + timedelta(days=ahead)).isoformat()


def years_ago(years: int) -> str:
    """A day in the middle of the year that began so many years ago and a half."""
    return day(-round(365.25 * (years + 0.5)))


async def stock(by: Call, rows: ServiceDatabase) -> dict[str, dict[str, Any]]:
    """Register what the tests count by hand.

    At HERE six in use: two laptops (life 4 years) and a desktop (5) that are dated and
    in ICT 1, whatever its case; a tablet without a room, a serial, a date and a price;
    a printer in the office, in support until yesterday; a virtual machine. Beside them
    one in store, one retired, one missing. One next door; one in another LA.
    """
    made = {
        "A": await add(by, "A", purchased_on=years_ago(0), **WHOLE),
        "B": await add(
            by,
            "B",
            **{"purchased_on": years_ago(5), "room": "ict 1", **WHOLE},
            warranty_until=day(-1),
        ),
        "C": await add(
            by,
            "C",
            **{"purchased_on": years_ago(2), "category": "desktop", **WHOLE},
            warranty_until=day(90),
        ),
        "D": await add(
            by, "D", category="tablet", room=None, serial=None, purchased_on=None
        ),
        "E": await add(
            by,
            "E",
            purchased_on=years_ago(9),
            category="printer",
            room="Office",
            **WHOLE,
            support_until=day(-1),
            warranty_until=day(0),
        ),
        "F": await add(
            by,
            "F",
            category="virtual-machine",
            room=None,
            serial=None,
            purchased_on=None,
        ),
        "G": await add(by, "G", status="in-store", purchased_on=years_ago(9)),
        "H": await add(by, "H", purchased_on=years_ago(9)),
        "I": await add(by, "I", purchased_on=years_ago(9)),
        "N": await add(
            by, "N", school_urn=NEXT_DOOR.urn, purchased_on=years_ago(9), **WHOLE
        ),
    }
    far = by(FAR_MANAGER)
    made["X"] = await registered(far, tag="X", school_urn=FAR_AWAY.urn)
    client = by(MANAGER)
    path = f"/assets/{made['H']['asset_id']}"
    done = await client.post(f"{path}/retire", headers={"if-match": '"1"'})
    assert done.status_code == 200, done.text
    path = f"/assets/{made['I']['asset_id']}"
    done = await client.patch(
        path, json={"status": "missing"}, headers={"if-match": '"1"'}
    )
    assert done.status_code == 200, done.text
    seen(rows, made["A"], days=31)
    seen(rows, made["B"], days=29)
    seen(rows, made["H"], days=400)
    return made


async def add(by: Call, tag: str, **told: Any) -> dict[str, Any]:
    return await registered(by(MANAGER), tag=tag, **told)


def seen(rows: ServiceDatabase, kit: dict[str, Any], *, days: int) -> None:
    """Let an agent have told of a piece of kit so many days ago."""
    with psycopg.connect(rows.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO agent_device (la_code, school_id, binding, deviceid, kind,"
            " content_hash, sections, asset_id, matched_by, last_seen_at)"
            " SELECT la_code, school_id, %(id)s, %(id)s::text, 'computer', '',"
            " '{}', asset_id, 'new', now() - make_interval(days => %(days)s)"
            " FROM asset WHERE asset_id = %(asset)s",
            {
                "id": uuid4().bytes,
                "days": days,
                "asset": kit["asset_id"],
            },
        )
