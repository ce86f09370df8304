"""Somebody of two LAs: who looks as them sees the one LA that is theirs as well."""

import re
from typing import Any

import pytest

from gateway.directory import loading
from tests.gateway.conftest import Stand
from tests.gateway.viewing.conftest import Asked, IdOf, Looker, SignIn
from tests.gateway.world import DOCUMENT, document_text

BOTH = {
    "subject": "subject-both",
    "username": "both",
    "display_name": "Both",
    "email": "both@example.org",
}
HELD: list[dict[str, Any]] = [
    {"role": "la-manager", "la_code": "940"},
    {"role": "la-manager", "la_code": "941"},
    {"role": "staff", "urn": 140001},
    {"role": "school-leader", "urn": 150001},
    {"role": "regional-analyst", "region_code": "E12000004"},
]
# Whole words: the three figures of an LA turn up by chance within ids and times.
FOREIGN = re.compile(r"(?<![\w.:])(?:941|150001|West)(?!\w)|sought-|private")
PATHS = (
    *("/", "/switch-school", "/search?q=school", "/register", "/people/new"),
    *("/schools/140001", "/schools/140001/about", "/schools/150001"),
    *("/schools/150001/about", "/schools/150001/people", "/schools/140001/people"),
    *("/authorities/940/people", "/authorities/941/people"),
    *("/authorities/940/schools", "/authorities/941/schools"),
    *("/authorities/940/notices", "/authorities/941/notices"),
    *("/authorities/940/clients", "/authorities/941/clients"),
    *("/api/directory/v1/me", "/api/directory/v1/schools", "/api/directory/v1/people"),
    *("/api/directory/v1/schools/150001", "/api/directory/v1/notices"),
    *("/api/directory/v1/jobs", "/api/directory/v1/schools/imports"),
    *("/api/directory/v1/views?table=people", "/api/directory/v1/clients"),
)


@pytest.fixture
async def both(stand: Stand, as_before: None, signed_in: SignIn) -> Looker:
    """Somebody with roles in two LAs, who left something of their own in each."""
    del as_before
    given = [{"username": "both", "from": "2020-01-01", **held} for held in HELD]
    document = document_text(
        people=[*DOCUMENT["people"], BOTH],
        assignments=[*DOCUMENT["assignments"], *given],
    )
    await loading.load_from_text(stand.database.app, document)
    both = await signed_in("both")
    for urn, la_code in ((140001, "940"), (150001, "941")):
        view = {
            "table": "people",
            "name": f"private {urn}",
            "state": {"filters": {"q": f"School {urn}"}},
        }
        saved = await both.ask("POST", "/api/directory/v1/views", json=view)
        assert saved.status_code == 201, saved.text
        await both.page(f"/authorities/{la_code}/people?q=sought-{la_code}")
        sent = await both.ask(
            "POST",
            f"/api/directory/v1/schools/imports?name=file-{la_code}.csv",
            content=f"URN,EstablishmentName\n{urn},x\n".encode(),
        )
        assert sent.status_code == 202, sent.text
    return both


def urns_of(asked: Asked, la_code: str) -> list[int]:
    """Read an LA's schools: the files that other tests apply bring more than two."""
    return [
        urn for [urn] in asked("SELECT urn FROM school WHERE la_code = %s", la_code)
    ]


async def test_roles_elsewhere_are_not_there(
    both: Looker, manager: Looker, id_of: IdOf, asked: Asked
) -> None:
    assert {la for g in (await both.me())["grants"] for la in g["la_codes"]} == {
        "940",
        "941",
    }

    await manager.look_as(id_of("both"))

    me = await manager.me()
    assert {g["role"] for g in me["grants"]} == {
        *("la-manager", "staff", "regional-analyst"),
    }
    assert {la for g in me["grants"] for la in g["la_codes"]} == {"940"}
    assert {school["urn"] for school in me["schools"]} == set(urns_of(asked, "940"))


async def test_no_page_and_no_answer_says_a_word_of_the_other_la(
    both: Looker, manager: Looker, id_of: IdOf, asked: Asked
) -> None:
    del both
    person = id_of("both")
    [(job,)] = asked("SELECT job_id FROM job WHERE la_code = '941' LIMIT 1") or [(0,)]
    await manager.look_as(person)
    wrong: list[object] = []

    for path in (
        *PATHS,
        f"/people/{person}",
        f"/api/directory/v1/people/{person}",
        f"/people/{id_of('other')}",
        f"/api/directory/v1/people/{id_of('neighbour')}",
        f"/api/directory/v1/jobs/{job}",
    ):
        answer = await manager.ask("GET", path, {"accept": "text/html"})
        said = answer.text.replace(path, "").replace("/authorities/941", "")
        found = FOREIGN.findall(said)
        if found or answer.status_code >= 500:
            wrong.append((path, answer.status_code, found))

    assert wrong == []


async def test_the_other_la_hears_nothing_of_it(
    both: Looker, manager: Looker, id_of: IdOf, asked: Asked
) -> None:
    del both
    await manager.look_as(id_of("both"))
    await manager.stop()

    told = asked(
        "SELECT DISTINCT la_code FROM audit_entry"
        " WHERE action LIKE 'viewing.%%' AND target_id = %s",
        str(id_of("both")),
    )
    assert told == [("940",)]
