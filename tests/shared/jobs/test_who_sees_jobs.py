"""A job is its owner's, and its LA's; to everybody else there is none."""

from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI, Request

from chassis import errors, problems
from chassis.auth import Actor, Grant
from chassis.jobs import routes
from chassis.jobs.model import Job, JobEnded, JobNotFound, Kind, NewJob, Result
from chassis.jobs.service import start
from tests.shared.jobs.conftest import ACCESS, OWNER, Yard

COLLEAGUE = Actor("colleague", "person", (Grant("manager", ("940",)),))
AUDITOR = Actor("auditor", "person", (Grant("auditor", ("940",)),))
NEIGHBOUR = Actor("neighbour", "person", (Grant("manager", ("941",)),))
NOBODY = Actor("nobody", "person")
ACTORS = {a.principal: a for a in (OWNER, COLLEAGUE, AUDITOR, NEIGHBOUR, NOBODY)}


@pytest.fixture
async def client(yard: Yard) -> AsyncGenerator[httpx.AsyncClient]:
    async def caller(request: Request) -> Actor:
        return ACTORS[request.headers["who"]]

    app = FastAPI()
    app.state.db = yard.app
    problems.install(app)
    app.include_router(routes.router("/api/x/v1", ACCESS, caller))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as made:
        yield made


@pytest.mark.parametrize(
    ("who", "la_code", "status"),
    [
        ("owner", "940", 200),
        ("owner", None, 200),
        ("colleague", "940", 200),
        ("colleague", None, 404),
        ("auditor", "940", 200),
        ("neighbour", "940", 404),
        ("nobody", "940", 404),
    ],
)
async def test_a_job_is_shown_to_its_owner_and_its_authority(
    yard: Yard, client: httpx.AsyncClient, who: str, la_code: str | None, status: int
) -> None:
    job_id = await yard.start("count", la_code=la_code)

    one = await client.get(f"/api/x/v1/jobs/{job_id}", headers={"who": who})
    many = await client.get("/api/x/v1/jobs", headers={"who": who})

    assert one.status_code == status
    assert len(many.json()["items"]) == (status == 200)
    if status == 200:
        assert one.json()["state"] == "waiting"
        assert one.headers["etag"] == '"1"'
        assert "arguments" not in one.json()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 202),
        ("colleague", 202),
        ("auditor", 403),
        ("neighbour", 404),
        ("nobody", 404),
    ],
)
async def test_a_job_is_cancelled_by_its_owner_or_its_authoritys_managers(
    yard: Yard, client: httpx.AsyncClient, who: str, status: int
) -> None:
    job_id = await yard.start("count", la_code="940")

    answer = await client.post(f"/api/x/v1/jobs/{job_id}/cancel", headers={"who": who})

    assert answer.status_code == status
    found = await yard.get(job_id)
    assert (found.cancel_asked_at is not None) == (status == 202)


async def test_what_has_ended_cannot_be_cancelled(yard: Yard) -> None:
    async def nothing(*_given: object) -> Result:
        return None

    yard.employ(Kind("nothing", nothing))
    job_id = await yard.start("nothing")
    await yard.until(job_id, "done")

    with pytest.raises(JobEnded) as refused:
        await yard.cancel(job_id)

    assert refused.value.members == {"state": "done"}


async def test_nobody_starts_work_in_anothers_authority(yard: Yard) -> None:
    with pytest.raises(errors.Forbidden):
        await yard.start("count", la_code="941")
    with pytest.raises(errors.Forbidden):
        await yard.start("count", school_id=uuid4())
    new = NewJob(kind="count", principal="somebody else")
    with pytest.raises(errors.Forbidden):
        await _started(yard, new)


async def _started(yard: Yard, new: NewJob) -> UUID:
    async with yard.app.begin(OWNER, ACCESS) as tx:
        return await start(tx, new)


async def test_jobs_are_listed_newest_first_by_page_kind_and_subject(
    yard: Yard, client: httpx.AsyncClient
) -> None:
    subject = uuid4()
    first, second = [await yard.start("count") for _ in range(2)]
    third = await yard.start("other", subject_id=subject)
    who = {"who": "owner"}

    page = (await client.get("/api/x/v1/jobs?limit=2", headers=who)).json()
    rest = await client.get(
        "/api/x/v1/jobs", params={"after": page["next"]}, headers=who
    )
    others = await client.get("/api/x/v1/jobs?kind=other", headers=who)
    about = await client.get(f"/api/x/v1/jobs?subject_id={subject}", headers=who)
    ended = await client.get("/api/x/v1/jobs?state=done", headers=who)

    assert [j["job_id"] for j in page["items"]] == [str(third), str(second)]
    assert [j["job_id"] for j in rest.json()["items"]] == [str(first)]
    assert [j["job_id"] for j in others.json()["items"]] == [str(third)]
    assert [j["job_id"] for j in about.json()["items"]] == [str(third)]
    assert ended.json()["items"] == []


async def test_the_queue_itself_holds_nothing_of_the_job_but_its_id(
    yard: Yard,
) -> None:
    job_id = await yard.start("count", la_code="940", arguments={"name": "secret"})

    held = yard.asked("SELECT args, task_name FROM procrastinate_jobs")

    assert held == [({"job_id": str(job_id), "traceparent": None}, "chassis.jobs.run")]
    with pytest.raises(JobNotFound):
        await yard.get(uuid4())


def test_a_job_hides_what_it_was_given() -> None:
    assert "arguments" not in Job.__dataclass_fields__
