"""What an asset is related to, as people say and read it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
ASSETS = "/api/inventory/v1/assets"


@pytest.fixture
async def technician(product: Product) -> Session:
    return await product.signed_in("school-technician", MINE)


async def added(session: Session, name: str) -> dict[str, Any]:
    values = asset(MINE, tag=f"{name}-{uuid4().hex[:8]}", room="Comms room")
    answer = await session.ask("POST", ASSETS, json=values)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def page_of(one: dict[str, Any]) -> str:
    return f"/schools/{MINE}/assets/{one['asset_id']}/relations"


async def test_a_relation_is_said_by_tag_and_read_from_both_sides(
    technician: Session,
) -> None:
    host, guest = await added(technician, "HOST"), await added(technician, "GUEST")
    empty = await technician.ask("GET", page_of(host), HTML)
    assert "Nothing yet" in empty.text
    form = {"kind": "runs-on", "other_tag": host["tag"].lower(), "once": str(uuid4())}

    done = await technician.ask("POST", page_of(guest), HTML, data=form)

    assert done.status_code == 303, done.text
    below = await technician.ask("GET", page_of(guest), HTML)
    above = await technician.ask("GET", page_of(host), HTML)
    assert "Runs on" in below.text
    assert host["tag"] in below.text
    assert "Nothing else is known to be affected" in below.text
    assert "1 asset would be affected" in above.text
    assert guest["tag"] in above.text


async def test_a_relation_ends_and_only_once(technician: Session) -> None:
    host, guest = await added(technician, "HOST"), await added(technician, "GUEST")
    form = {"kind": "part-of", "other_tag": host["tag"]}
    await technician.ask("POST", page_of(guest), HTML, data=form)
    path = f"{ASSETS}/{guest['asset_id']}/relations"
    [began] = (await technician.ask("GET", path)).json()["items"]
    end = {"relation_id": began["relation_id"]}

    first = await technician.ask("POST", f"{page_of(host)}/end", HTML, data=end)
    second = await technician.ask("POST", f"{page_of(host)}/end", HTML, data=end)

    assert (first.status_code, second.status_code) == (303, 404)
    assert (await technician.ask("GET", path)).json()["items"] == []


@pytest.mark.parametrize(
    ("kind", "tag", "said"),
    [
        ("", "", "Choose how they are related"),
        ("part-of", "no-such-tag", "Enter the tag of another asset of this school"),
        ("part-of", "itself", "An asset is not related to itself"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    technician: Session, kind: str, tag: str, said: str
) -> None:
    one = await added(technician, "ONE")
    other = one["tag"] if tag == "itself" else tag

    answer = await technician.ask(
        "POST", page_of(one), HTML, data={"kind": kind, "other_tag": other}
    )

    assert answer.status_code == 422
    assert said in answer.text


async def test_a_circle_is_refused_in_words(technician: Session) -> None:
    one, other = await added(technician, "ONE"), await added(technician, "OTHER")
    there = {"kind": "part-of", "other_tag": other["tag"]}
    back = {"kind": "part-of", "other_tag": one["tag"]}
    await technician.ask("POST", page_of(one), HTML, data=there)

    answer = await technician.ask("POST", page_of(other), HTML, data=back)

    assert answer.status_code == 409
    assert "The other one depends on this one already" in answer.text


async def test_who_only_reads_and_who_is_elsewhere_relates_nothing(
    technician: Session, product: Product
) -> None:
    one = await added(technician, "ONE")
    leader = await product.signed_in("school-leader", MINE)
    neighbour = await product.signed_in("school-technician", NEXT_DOOR)

    read = await leader.ask("GET", page_of(one), HTML)
    assert "Relate them" not in read.text
    for session, status in ((leader, 403), (neighbour, 404)):
        form = {"kind": "part-of", "other_tag": one["tag"]}
        answer = await session.ask("POST", page_of(one), HTML, data=form)
        assert answer.status_code == status
