"""A manager sees what somebody sees: how it begins, what it shows, and how it ends."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.gateway.conftest import Stand
from tests.gateway.viewing.conftest import (
    ME,
    Asked,
    IdOf,
    Looker,
    SignIn,
    main_of,
    slug,
    token_of,
)

BANNER = "You see what <strong>{}</strong> sees."
Records = Callable[[], list[tuple[Any, ...]]]
LONG_ENOUGH = 20.0
OVER = "UPDATE session SET viewing_until = now() WHERE viewing_as IS NOT NULL"


async def test_a_manager_looks_as_somebody_and_stops(
    stand: Stand, manager: Looker, id_of: IdOf
) -> None:
    person, before = id_of("technician"), await manager.me()

    begun = await manager.look_as(person)

    assert (begun.status_code, begun.headers["location"]) == (303, "/")
    me = await manager.me()
    assert me["principal"] == str(person)
    assert me["viewed_by"] == before["principal"]
    assert [grant["role"] for grant in me["grants"]] == ["school-technician"]
    assert [school["urn"] for school in me["schools"]] == [140001]
    home = (await manager.page("/")).text
    assert BANNER.format("Technician") in home
    assert "/authorities/940" not in home
    await manager.ask("GET", "/api/inventory/v1/assets")
    claims = token_of(stand.echo.seen[-1])
    assert claims["sub"] == str(person)
    assert claims["act"] == {"sub": before["principal"]}
    assert [grant["role"] for grant in claims["grants"]] == ["school-technician"]

    stopped = await manager.stop()

    assert stopped.headers["location"] == f"/people/{person}"
    page = (await manager.page(f"/people/{person}")).text
    assert "See what they see" in page
    assert "You see what" not in page
    assert await manager.me() == before
    assert before["viewed_by"] is None


@pytest.mark.parametrize("name", ["technician", "teacher", "auditor"])
async def test_each_page_is_what_they_see_themselves(
    manager: Looker, signed_in: SignIn, id_of: IdOf, name: str
) -> None:
    themselves = await signed_in(name)
    await manager.page("/schools/140002")
    await manager.look_as(id_of(name))

    for path in (
        *("/", "/switch-school", "/keyboard", "/search?q=school", "/people/new"),
        *("/schools/140001", "/schools/140001/about", "/schools/140002/about"),
        *("/schools/150001", "/schools/140001/people", "/authorities/940/schools"),
        *("/authorities/940/notices", "/authorities/940/people", "/register"),
    ):
        theirs, seen = await themselves.page(path), await manager.page(path)
        assert seen.status_code == theirs.status_code, path
        assert main_of(seen.text) == main_of(theirs.text), path
        assert BANNER.format(name.title()) in seen.text, path
        assert "Your account" not in seen.text, path


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("technician", "teacher"),
        ("teacher", "technician"),
        ("auditor", "technician"),
        ("analyst", "technician"),
        ("neighbour", "technician"),
        ("manager", "other"),
        ("manager", "neighbour"),
        ("manager", "analyst"),
        ("manager", "manager"),
    ],
)
async def test_nobody_else_and_nobody_of_another_la(
    signed_in: SignIn, id_of: IdOf, records: Records, name: str, whom: str
) -> None:
    somebody = await signed_in(name)
    before = await somebody.me()

    answer = await somebody.ask("POST", f"/people/{id_of(whom)}/view")
    nobody = await somebody.ask("POST", f"/people/{uuid4()}/view")

    assert (answer.status_code, slug(answer)) == (403, "not-to-be-viewed")
    assert (nobody.status_code, slug(nobody)) == (403, "not-to-be-viewed")
    assert await somebody.me() == before
    assert [each for each in records() if each[1].startswith("viewing")] == []


@pytest.mark.parametrize(
    ("name", "whom", "is_offered"),
    [
        ("manager", "technician", True),
        ("manager", "manager", False),
        ("auditor", "technician", False),
    ],
)
async def test_it_is_offered_to_whom_it_is_for(
    signed_in: SignIn, id_of: IdOf, name: str, whom: str, is_offered: bool
) -> None:
    page = await (await signed_in(name)).page(f"/people/{id_of(whom)}")

    assert page.status_code == 200
    assert ("See what they see" in page.text) == is_offered


async def test_it_needs_the_sessions_own_form(manager: Looker, id_of: IdOf) -> None:
    path = f"/people/{id_of('technician')}/view"

    forged = await manager.ask("POST", path, {"x-csrf-token": "0" * 64})
    foreign = await manager.ask("POST", path, {"sec-fetch-site": "cross-site"})
    read = await manager.ask("GET", path)

    assert [forged.status_code, foreign.status_code, read.status_code] == [
        403,
        403,
        405,
    ]
    assert (await manager.me())["viewed_by"] is None


async def test_who_has_left_sees_nothing(
    manager: Looker, id_of: IdOf, asked: Asked
) -> None:
    person = id_of("technician")
    asked("UPDATE assignment SET ended_at = now() WHERE person_id = %s", person)

    await manager.look_as(person)

    me = await manager.me()
    assert (me["principal"], me["grants"], me["schools"]) == (str(person), [], [])
    assert BANNER.format("Technician") in (await manager.page("/")).text
    assert (await manager.page("/schools/140001")).status_code in {403, 404}


async def test_its_beginning_and_end_stand_in_the_managers_name(
    manager: Looker, id_of: IdOf, records: Records
) -> None:
    person = id_of("technician")

    await manager.look_as(person)
    await manager.page("/schools/140001/about")
    await manager.stop()

    begun, ended = records()
    assert begun[:5] == ("manager", "viewing.began", str(person), "940", "done")
    assert begun[5].keys() == {"until"}
    assert ended == (
        *("manager", "viewing.ended", str(person), "940", "done"),
        {"how": "stopped"},
    )


async def test_it_ends_by_itself(
    manager: Looker, id_of: IdOf, asked: Asked, records: Records
) -> None:
    person = id_of("technician")
    await manager.look_as(person)
    [(minutes,)] = asked(
        "SELECT round(extract(epoch FROM viewing_until - now()) / 60)::integer"
        " FROM session WHERE viewing_as = %s",
        person,
    )
    assert minutes == 30

    asked(OVER)
    await becomes_themselves(manager)

    assert records()[-1][1:] == (
        *("viewing.ended", str(person), "940", "done", {"how": "over"}),
    )
    assert asked("SELECT 1 FROM session WHERE viewing_as IS NOT NULL") == []
    drawn_before = {"x-csrf-token": manager.token(of_looking=True)}
    late = await manager.ask("POST", f"/people/{person}/leave", drawn_before)
    assert (late.status_code, slug(late)) == (403, "form-expired")
    stopped = await manager.ask("POST", "/viewing/stop", drawn_before)
    assert stopped.status_code == 303
    assert len([e for e in records() if e[1] == "viewing.ended"]) == 1


async def becomes_themselves(looker: Looker) -> None:
    """Ask until what a process may keep for some seconds is read anew."""
    async with asyncio.timeout(LONG_ENOUGH):
        while (await looker.me())["viewed_by"] is not None:  # noqa: ASYNC110 - read anew
            await asyncio.sleep(0.1)
    looker.is_looking = False


async def test_it_ends_with_the_managers_right(
    manager: Looker, id_of: IdOf, asked: Asked, records: Records
) -> None:
    await manager.look_as(id_of("technician"))

    asked("UPDATE assignment SET ended_at = now() WHERE person_id = %s", *me(id_of))
    await becomes_themselves(manager)

    assert (await manager.me())["grants"] == []
    assert records()[-1][1] == "viewing.ended"
    assert records()[-1][3:] == ("940", "done", {"how": "withdrawn"})


def me(id_of: IdOf) -> tuple[UUID]:
    return (id_of("manager"),)


async def test_it_ends_when_the_person_leaves_the_managers_scope(
    manager: Looker, id_of: IdOf, asked: Asked, records: Records
) -> None:
    person = id_of("technician")
    await manager.look_as(person)

    asked("DELETE FROM assignment WHERE person_id = %s", person)
    await becomes_themselves(manager)

    assert records()[-1][5] == {"how": "withdrawn"}


async def test_what_the_person_may_no_longer_see_goes_within_seconds(
    manager: Looker, id_of: IdOf, asked: Asked
) -> None:
    person = id_of("teacher")
    await manager.look_as(person)
    assert len((await manager.me())["grants"]) == 2

    asked(
        "UPDATE assignment SET ended_at = now() WHERE person_id = %s AND role = %s",
        *(person, "staff"),
    )
    async with asyncio.timeout(LONG_ENOUGH):
        while len((await manager.me())["grants"]) == 2:  # noqa: ASYNC110 - read anew
            await asyncio.sleep(0.1)

    assert (await manager.me())["grants"][0]["role"] == "school-technician"


async def test_it_ends_with_signing_out(
    manager: Looker, id_of: IdOf, records: Records
) -> None:
    person = id_of("technician")
    await manager.look_as(person)

    out = await manager.ask("POST", "/logout", {"accept": "text/html"})

    assert out.status_code == 303
    assert [(e[0], e[1]) for e in records()[-2:]] == [
        ("manager", "viewing.ended"),
        ("manager", "sign-out"),
    ]
    assert records()[-2][5] == {"how": "session-ended"}
    await manager.browser.sign_in()
    manager.is_looking = False
    assert (await manager.me())["viewed_by"] is None


IDLE = "UPDATE session SET last_seen_at = now() - interval '2 days'"


async def run_idle(looker: Looker, asked: Asked) -> None:
    asked(IDLE)
    async with asyncio.timeout(LONG_ENOUGH):
        while (await looker.ask("GET", ME)).status_code != 401:  # noqa: ASYNC110 - read anew
            await asyncio.sleep(0.1)


async def idle_till_others_sign_in(looker: Looker, asked: Asked) -> None:
    asked(IDLE)
    looker.browser.cookies.clear()
    await looker.browser.sign_in()


async def sign_in_again(looker: Looker, asked: Asked) -> None:
    del asked
    await looker.browser.sign_in()


@pytest.mark.parametrize("end", [run_idle, idle_till_others_sign_in, sign_in_again])
async def test_it_ends_and_is_recorded_however_the_session_ends(
    manager: Looker, id_of: IdOf, asked: Asked, records: Records, end: Any
) -> None:
    person = id_of("technician")
    await manager.look_as(person)

    await end(manager, asked)

    [ended] = [entry for entry in records() if entry[1] == "viewing.ended"]
    assert ended == (
        *("manager", "viewing.ended", str(person), "940", "done"),
        {"how": "session-ended"},
    )
    assert asked("SELECT 1 FROM session WHERE viewing_as IS NOT NULL") == []


async def test_signing_out_elsewhere_ends_it_there(
    manager: Looker, signed_in: SignIn, id_of: IdOf, records: Records
) -> None:
    await manager.look_as(id_of("technician"))
    another = await signed_in("manager")

    await another.ask("POST", "/account/sign-out-elsewhere")

    assert [e[5] for e in records() if e[1] == "viewing.ended"] == [
        {"how": "session-ended"}
    ]


async def test_another_browser_of_the_manager_goes_on_as_theirs(
    manager: Looker, signed_in: SignIn, id_of: IdOf
) -> None:
    another = await signed_in("manager")

    await manager.look_as(id_of("technician"))

    assert (await another.me())["viewed_by"] is None
    assert (await another.page("/authorities/940/people")).status_code == 200


async def test_the_frame_is_there_on_pages_of_refusal(
    manager: Looker, id_of: IdOf
) -> None:
    await manager.look_as(id_of("technician"))

    for path, status in (
        ("/nowhere", 404),
        ("/authorities/940/audit", 403),
        ("/account", 403),
        ("/authorities/940/people.csv", 403),
    ):
        page = await manager.page(path)
        assert page.status_code == status, path
        assert BANNER.format("Technician") in page.text, path
        assert 'action="/viewing/stop"' in page.text, path
