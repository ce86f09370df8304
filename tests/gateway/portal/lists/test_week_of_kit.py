"""Each Monday, whoever wants it is told how the kit stands that they look after."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from chassis.auth import Actor
from chassis.db import Database
from chassis.embedded import child
from chassis.testing.databases import ServiceDatabase
from gateway.callers.upstream import Upstream
from gateway.days import LONDON, day_in_england
from gateway.portal.digests import model, service
from tests.security.product import FAR_AWAY, MINE, NEXT_DOOR, Product, Session, asset

CHOICES = "/api/directory/v1/me/mail-choices"
URL = "https://joinedup.example"


class Post:
    """What the worker writes, and what lies in its queue of somebody."""

    def __init__(self, product: Product, worker: Database, admin: str) -> None:
        self._product, self._worker, self._admin = product, worker, admin

    async def write(self, at: datetime, *, silent: bool = False) -> int:
        nowhere = f"http://127.0.0.1:{child.free_port()}"
        origins = {
            name: nowhere if silent else origin
            for name, origin in self._product.origins.items()
        }

        def ask(actor: Actor) -> Upstream:
            return Upstream(
                self._product.http,
                origins,
                lambda name: self._product.signing.token(actor, name),
            )

        def link(person_id: UUID, kind: str) -> str:
            return f"{URL}/stop/{person_id}/{kind}"

        return await service.write_due(self._worker, ask, URL, link, at)

    def to(self, address: str) -> list[tuple[str, str, str]]:
        with psycopg.connect(self._admin, autocommit=True) as admin:
            return admin.execute(
                "SELECT subject, body_text, body_html FROM mail_message"
                " WHERE address = %s AND kind = 'kit-week' ORDER BY message_id",
                [address],
            ).fetchall()


@pytest.fixture
async def post(
    product: Product, database_of: Callable[..., ServiceDatabase]
) -> AsyncGenerator[Post]:
    database = database_of("gateway", copy="lists")
    worker = Database(database.worker, 2, "gateway-worker")
    await worker.open()
    yield Post(product, worker, database.admin)
    await worker.close()
    with psycopg.connect(database.admin, autocommit=True) as admin:
        admin.execute("TRUNCATE mail_item, mail_message, mail_choice")


def monday(weeks: int = 1, hour: int = 8) -> datetime:
    """A Monday to come, by the clock in England."""
    today = day_in_england(datetime.now(UTC))
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


async def choose(session: Session, frequency: str) -> None:
    body = {"kind": "kit-week", "frequency": frequency}
    answer = await session.ask("POST", CHOICES, json=body)
    assert answer.status_code == 200, answer.text
    assert body in answer.json()["items"]


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (datetime(2026, 11, 30, 6, 59, tzinfo=LONDON), date(2026, 11, 23)),
        (datetime(2026, 11, 30, 7, 0, tzinfo=LONDON), date(2026, 11, 30)),
        (datetime(2026, 12, 6, 23, 59, tzinfo=LONDON), date(2026, 11, 30)),
        # Seven in the morning is six elsewhere, in summer.
        (datetime(2026, 7, 6, 6, 0, tzinfo=UTC), date(2026, 7, 6)),
    ],
)
def test_a_weeks_post_is_due_from_seven_on_monday(at: datetime, week: date) -> None:
    assert model.week_due(at) == week


async def test_a_technician_is_told_once_a_week_of_their_school(
    product: Product, post: Post
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    ends = datetime.now(UTC).date() + timedelta(days=3)
    tag = f"ends-{uuid4().hex[:8]}"
    kit = asset(MINE, tag=tag, warranty_until=ends.isoformat())
    made = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert made.status_code == 201, made.text
    await choose(technician, "weekly")

    this_week = await post.write(monday(0, 23))
    early = await post.write(monday(1, 6))
    told = [await post.write(monday()) for _ in range(2)]
    late = await post.write(monday(1, 20))
    next_week = await post.write(monday(2))

    # Whoever chooses it is told from the next week on.
    assert [this_week, early, *told, late, next_week] == [0, 0, 1, 0, 0, 1]
    [(subject, text, html), _] = post.to(f"school-technician-{MINE}@example.org")
    assert subject.startswith("How kit stands at ")
    assert f"- {tag}: " in text
    assert f"warranty until {ends.day} {ends:%B %Y}" in text
    assert "Ending within 90 days: " in text
    assert "Estate health: " in text
    assert f"{URL}/schools/{MINE}/today" in text
    assert f"{URL}/stop/" in text
    assert f">{tag}</a>: " in html
    for foreign in (NEXT_DOOR, FAR_AWAY):
        assert str(foreign) not in text


async def test_who_owes_what_since_when_is_told_with_the_way_to_all_of_it(
    product: Product, post: Post
) -> None:
    technician = await product.signed_in("school-technician", MINE)
    today = day_in_england(datetime.now(UTC))
    lent: dict[str, str] = {}
    for state, days in (("late", -2), ("soon", 3), ("far", 30)):
        lent[state] = f"{state}-{uuid4().hex[:8]}"
        kit = asset(MINE, tag=lent[state], serial=None)
        made = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
        where = f"/api/inventory/v1/assets/{made.json()['asset_id']}/custody"
        given = await technician.ask(
            "POST",
            where,
            json={
                "holder_kind": "class" if state == "soon" else "person",
                "holder_name": f"Holder of {lent[state]}",
                "issued_at": f"{today - timedelta(days=9)}T09:00:00Z",
                "due_on": (today + timedelta(days=days)).isoformat(),
            },
        )
        assert given.status_code == 201, given.text
    await choose(technician, "weekly")

    await post.write(monday())

    [(_, text, html)] = post.to(f"school-technician-{MINE}@example.org")
    since = today - timedelta(days=9)
    said = f"Out since {since.day} {since:%B %Y}, due "
    assert f"- {lent['late']}: {said}" in text
    assert f"- {lent['soon']}: Holder of {lent['soon']} has it since" in text
    assert lent["far"] not in text
    # A pupil's name stays on the pages: post cannot be taken back.
    assert f"Holder of {lent['late']}" not in text + html
    assert f"{URL}/schools/{MINE}/custody?state=overdue" in text
    assert f"{URL}/schools/{MINE}/custody?state=due-soon" in text
    assert f">{lent['late']}</a>: " in html
    listed = await technician.ask(
        "GET", f"/schools/{MINE}/custody?state=overdue", {"accept": "text/html"}
    )
    assert lent["late"] in listed.text
    assert lent["soon"] not in listed.text


async def test_a_manager_is_told_of_the_la_and_its_schools_alone(
    product: Product, post: Post
) -> None:
    manager = await product.signed_in("la-manager", "940")
    await choose(manager, "weekly")

    assert await post.write(monday()) == 1

    [(_, text, _)] = post.to("la-manager-940@example.org")
    assert f"{URL}/authorities/940/estate" in text
    assert " in use." in text
    assert "941" not in text
    assert str(FAR_AWAY) not in text


async def test_who_looks_after_no_kit_is_told_nothing(
    product: Product, post: Post
) -> None:
    staff = await product.signed_in("staff", MINE)
    await choose(staff, "weekly")

    assert await post.write(monday()) == 0
    assert post.to(f"staff-{MINE}@example.org") == []
    page = await staff.ask("GET", "/account", {"accept": "text/html"})
    assert "How the kit that I look after stands" not in page.text


async def test_a_silent_service_passes_nobody_over(
    product: Product, post: Post
) -> None:
    await choose(await product.signed_in("school-leader", MINE), "weekly")

    assert await post.write(monday(), silent=True) == 0
    assert await post.write(monday()) == 1


async def test_who_wants_it_no_more_gets_none(product: Product, post: Post) -> None:
    technician = await product.signed_in("la-technician", "940")
    page = await technician.ask("GET", "/account", {"accept": "text/html"})
    await choose(technician, "weekly")
    await choose(technician, "never")

    assert await post.write(monday()) == 0
    assert "On Mondays, at 7am" in page.text


async def test_how_often_is_of_each_kind_its_own(product: Product) -> None:
    session = await product.signed_in("auditor", "940")
    for body in (
        {"kind": "kit-week", "frequency": "at-once"},
        {"kind": "ticket-resolved", "frequency": "weekly"},
    ):
        answer = await session.ask("POST", CHOICES, json=body)
        assert answer.status_code == 422, answer.text


async def test_a_form_chooses_each_week(product: Product, post: Post) -> None:
    session = await product.signed_in("auditor", "940")
    form = {"kit-week": "weekly", "ticket-resolved": "never"}
    headers = {"accept": "text/html"}

    answer = await session.ask("POST", "/account/post", headers, data=form)

    assert answer.status_code == 303, answer.text
    assert await post.write(monday()) == 1
