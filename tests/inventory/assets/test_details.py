"""All that a register tells of kit: purchase, cover, and the fields of its kind."""

import pytest

from tests.inventory.world import HERE, TECHNICIAN, Call, laptop, registered

BOUGHT = {
    "order_number": "PO 20418",
    "ordered_on": "2024-06-01",
    "price_pence": 58_999,
    "supplier": "Stone",
    "funding_line": "Devolved capital",
    "cfr_code": "E20E",
    "warranty_until": "2027-09-01",
    "support_until": "2028-09-01",
}


async def test_everything_told_of_an_asset_is_kept(by: Call) -> None:
    told = laptop(
        **BOUGHT,
        site="Lower school",
        building="Block A",
        details={"memory_gib": 8, "processor": "i5-1135G7", "screen_inches": 13.3},
    )

    answer = await by(TECHNICIAN).post("/assets", json=told)

    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert asset | told == asset
    # A laptop lasts four years where nobody says otherwise.
    assert (asset["expected_years"], asset["replace_on"]) == (4, "2028-09-02")


async def test_a_detail_is_put_over_the_present_ones_and_null_takes_it_away(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    asset = await registered(client, details={"memory_gib": 8, "storage_gb": 256})

    changed = await client.patch(
        f"/assets/{asset['asset_id']}",
        json={"details": {"memory_gib": 16, "storage_gb": None, "hostname": "ICT-1"}},
        headers={"if-match": '"1"'},
    )

    assert changed.json()["details"] == {"memory_gib": 16, "hostname": "ICT-1"}
    told = await client.get(f"/assets/{asset['asset_id']}/history")
    [entry] = told.json()["items"]
    assert entry["changes"] == {
        "details.memory_gib": {"before": 8, "after": 16},
        "details.storage_gb": {"before": 256, "after": None},
        "details.hostname": {"before": None, "after": "ICT-1"},
    }


async def test_another_kind_keeps_the_details_that_it_has_too(by: Call) -> None:
    client = by(TECHNICIAN)
    asset = await registered(
        client, details={"hostname": "ICT-1", "battery_health": 80}
    )

    changed = await client.patch(
        f"/assets/{asset['asset_id']}",
        json={"category": "printer", "details": {"colour": True}},
        headers={"if-match": '"1"'},
    )

    assert changed.status_code == 200, changed.text
    assert changed.json()["details"] == {"hostname": "ICT-1", "colour": True}


async def test_wrong_details_are_pointed_at_and_nothing_is_registered(
    by: Call,
) -> None:
    client = by(TECHNICIAN)
    good, bad = laptop(tag="A"), laptop(tag="B")
    bad["details"] = {"memory_gib": "lots", "wheels": 4}

    one = await client.post("/assets", json=bad)
    many = await client.post("/assets/bulk", json={"items": [good, bad]})

    assert [each["pointer"] for each in one.json()["errors"]] == [
        "/details/memory_gib",
        "/details/wheels",
    ]
    assert [each["pointer"] for each in many.json()["errors"]] == [
        "/items/1/details/memory_gib",
        "/items/1/details/wheels",
    ]
    found = await client.get("/assets", params={"school": HERE.urn})
    assert found.json()["items"] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price_pence", -1),
        ("price_pence", 12.5),
        ("cfr_code", "E20Z"),
        ("warranty_until", "soon"),
        ("status", "retired"),
    ],
)
async def test_a_wrong_value_of_the_purchase_is_refused(
    by: Call, field: str, value: object
) -> None:
    answer = await by(TECHNICIAN).post("/assets", json=laptop(**{field: value}))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [f"/{field}"]


async def test_what_runs_out_by_a_day_is_listed_and_counted(by: Call) -> None:
    client = by(TECHNICIAN)
    for tag, until in (("A", "2026-08-31"), ("B", "2026-09-01"), ("C", None)):
        await registered(client, tag=tag, warranty_until=until)

    asked = {"warranty_by": "2026-08-31"}
    found = await client.get("/assets", params=asked)
    count = await client.get("/assets/count", params=asked)

    assert [asset["tag"] for asset in found.json()["items"]] == ["A"]
    assert count.json() == {"count": 1, "is_exact": True}


async def test_a_number_without_end_is_refused_as_any_other(by: Call) -> None:
    told = laptop(details={"memory_gib": 10**400})

    answer = await by(TECHNICIAN).post("/assets", json=told)

    assert answer.status_code == 422, answer.text
    [fault] = answer.json()["errors"]
    assert fault["detail"] == "Give a number (GiB) from 0 to 65,536"
