"""Who looks as somebody changes nothing, takes nothing away, and leaves no trace."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import iter_route_contexts

from gateway.app import create_app
from gateway.edge import Edge
from gateway.viewing.model import LEAVING, SAFE_METHODS
from tests.gateway.conftest import Stand
from tests.gateway.live.conftest import listening
from tests.gateway.viewing.conftest import Asked, IdOf, Looker, SignIn, slug

HTML = {"accept": "text/html"}
Records = Callable[[], list[tuple[Any, ...]]]
LONG_ENOUGH = 30.0


def routes(stand: Stand) -> Iterator[tuple[str, str]]:
    """Every address of the gateway's own app, with each method that it takes."""
    edge = create_app(stand.settings)
    assert isinstance(edge, Edge)
    for route in iter_route_contexts(edge._app.routes):
        for method in route.methods or ():
            if route.path is not None:
                yield method, _filled(route.path)


def _filled(path: str) -> str:
    """Put into a path what could stand there."""
    parts = path.split("/")
    return "/".join(_value(part) if "{" in part else part for part in parts)


def _value(part: str) -> str:
    name = part.strip("{}").partition(":")[0]
    known = {"urn": "140001", "la_code": "940"}
    return known.get(name, str(uuid4()))


async def test_no_form_and_no_operation_changes_anything(
    stand: Stand, manager: Looker, id_of: IdOf, records: Records
) -> None:
    person = id_of("technician")
    await manager.look_as(person)
    unsafe = [each for each in routes(stand) if each[0] not in SAFE_METHODS]
    unsafe += [
        (method, f"/api/{service}/v1/{uuid4()}")
        for service in ("inventory", "servicedesk", "strategy")
        for method in ("POST", "PUT", "PATCH", "DELETE")
    ]
    wrong: list[object] = []

    for method, path in unsafe:
        if path in LEAVING:
            continue
        for of_looking in (False, True):
            token = {"x-csrf-token": manager.token(of_looking=of_looking)}
            answer = await manager.ask(method, path, token, data={"x": "y"})
            if (answer.status_code, slug(answer)) != (403, "viewing-only"):
                wrong.append((method, path, answer.status_code))

    assert wrong == []
    assert len(unsafe) > 60
    assert stand.echo.seen == []
    assert {entry[1] for entry in records()} <= {"viewing.began"}
    assert (await manager.me())["principal"] == str(person)


async def test_an_operation_that_is_not_there_is_no_way_round(
    manager: Looker, id_of: IdOf
) -> None:
    await manager.look_as(id_of("technician"))

    for path in ("/viewing/stop/", "//logout", "/logout/x", "/viewing/%73top/x"):
        answer = await manager.ask("POST", path)
        assert answer.status_code in {400, 403, 404, 405, 307}, path
    assert (await manager.me())["viewed_by"] is not None


async def test_files_the_audit_and_the_account_are_kept_back(
    stand: Stand, manager: Looker, id_of: IdOf, records: Records
) -> None:
    await manager.look_as(person := id_of("auditor"))
    files = {
        path
        for method, path in routes(stand)
        if method == "GET" and path.endswith((".csv", ".xlsx"))
    }
    assert len(files) > 15
    kept_back = files | {
        "/account",
        *("/account/data", "/account/data.json", "/api/directory/v1/me/data"),
        *(f"/people/{person}/data", f"/people/{person}/data.json"),
        f"/api/directory/v1/people/{person}/data",
        "/authorities/940/audit",
        "/api/directory/v1/audit",
        "/api/inventory/v1/audit",
        "/api/directory/v1/me/mail-choices",
    }

    for path in sorted(kept_back):
        answer = await manager.ask("GET", path)
        assert (answer.status_code, slug(answer)) == (403, "viewing-only"), path
        assert (await manager.ask("HEAD", path)).status_code in {403, 405}, path

    assert stand.echo.seen == []
    assert "export.taken" not in {entry[1] for entry in records()}


async def test_a_file_of_any_name_is_kept_back(
    manager: Looker, id_of: IdOf, records: Records
) -> None:
    path = "/api/inventory/v1/as-a-file"
    assert (await manager.ask("GET", path)).headers["content-disposition"]
    assert [e[:2] for e in records()] == [("manager", "export.taken")]
    await manager.look_as(id_of("technician"))

    answer = await manager.ask("GET", path)

    assert (answer.status_code, slug(answer)) == (403, "viewing-only")
    assert "content-disposition" not in answer.headers
    assert [e[1] for e in records()] == ["export.taken", "viewing.began"]


async def test_what_is_refused_is_recorded_as_the_managers(
    manager: Looker, id_of: IdOf, everything: Records
) -> None:
    await manager.look_as(id_of("technician"))
    await manager.ask("POST", f"/people/{id_of('teacher')}/leave")

    async with asyncio.timeout(LONG_ENOUGH):
        while not (refused := refusals(everything)):  # noqa: ASYNC110 - written later
            await asyncio.sleep(0.1)

    assert {(e[0], e[3], e[4]) for e in refused} == {("manager", "940", "refused")}
    assert "technician" not in {entry[0] for entry in everything()}


def refusals(everything: Records) -> list[tuple[Any, ...]]:
    """Refusals of the people there are: an earlier test's may still be written now."""
    return [
        entry for entry in everything() if entry[1] == "access.refused" and entry[0]
    ]


async def test_one_cannot_look_as_another_while_looking(
    manager: Looker, id_of: IdOf
) -> None:
    await manager.look_as(id_of("technician"))

    answer = await manager.ask("POST", f"/people/{id_of('teacher')}/view", HTML)

    assert answer.status_code == 403
    assert "You are looking as somebody else" in answer.text
    assert (await manager.me())["principal"] == str(id_of("technician"))


async def test_how_a_table_is_looked_at_is_not_remembered(
    manager: Looker, signed_in: SignIn, id_of: IdOf, asked: Asked
) -> None:
    auditor, person = await signed_in("auditor"), id_of("auditor")
    people = "/authorities/940/people"
    await auditor.page(f"{people}?q=kept-by-the-auditor&size=25&sort=name")
    memory = "SELECT state FROM table_memory ORDER BY principal, table_key"
    before = asked(memory)
    assert before
    await manager.look_as(person)

    page = await manager.page(f"{people}?state=left&size=100")
    reset = await manager.page(f"{people}?reset=1")

    assert (page.status_code, reset.status_code) == (200, 200)
    assert asked(memory) == before


async def test_the_managers_browser_remembers_no_school_of_theirs(
    manager: Looker, id_of: IdOf
) -> None:
    await manager.page("/schools/140002/about")
    kept = manager.browser.cookies["__Host-joinedup-school"]
    await manager.look_as(id_of("technician"))

    page = await manager.page("/schools/140001/about")

    assert page.status_code == 200
    assert manager.browser.cookies["__Host-joinedup-school"] == kept


async def test_a_stream_hears_what_they_hear_and_ends_with_it(
    manager: Looker, id_of: IdOf
) -> None:
    await manager.look_as(id_of("technician"))

    async with listening(manager.browser, "asset:940") as heard:
        await manager.stop()
        await heard.until(lambda one: one.has_ended)


@pytest.mark.parametrize("path", ["/", "/login", "/cookies", "/docs", "/openapi.json"])
async def test_what_is_there_for_everybody_stays_so(
    manager: Looker, id_of: IdOf, path: str
) -> None:
    await manager.look_as(id_of("technician"))

    assert (await manager.page(path)).status_code in {200, 303}
