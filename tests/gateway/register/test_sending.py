"""Imports over HTTP: sent, previewed by a job, looked at, applied, given up."""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.register.files import links_text, row, text
from tests.gateway.world import Browser

IMPORTS = "/api/directory/v1/schools/imports"
JOBS = "/api/directory/v1/jobs"
PATIENCE = 60.0


@dataclass(slots=True)
class Sender:
    """An LA's manager who sends files, and awaits what their jobs do."""

    browser: Browser
    headers: dict[str, str]
    imports: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        headers = self.headers | rest.pop("headers", {})
        return await self.browser.send(method, path, headers, **rest)

    async def get(self, path: str) -> Any:
        answer = await self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send(
        self, content: bytes, links: bytes | None = None, name: str = "register.csv"
    ) -> httpx.Response:
        files = {"file": (name, content)}
        if links is not None:
            files["links"] = ("links.csv", links)
        return await self.ask("POST", IMPORTS, files=files)

    async def previewed(self, content: bytes, **more: Any) -> dict[str, Any]:
        sent = await self.send(content, **more)
        assert sent.status_code == 202, sent.text
        return await self.until(sent.headers["location"], "previewed")

    async def until(self, where: str, *states: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while (found := await self.get(where))["state"] not in states:  # noqa: ASYNC110 - a worker makes it so
                await asyncio.sleep(0.05)
        return found

    async def change(
        self, found: dict[str, Any], verb: str, version: int | None = None, **body: Any
    ) -> httpx.Response:
        tag = {"if-match": f'"{version or found["version"]}"'}
        where = f"{IMPORTS}/{found['import_id']}/{verb}"
        return await self.ask("POST", where, headers=tag, json=body)


@pytest.fixture
async def sender(
    stand: Stand, browser: Browser, no_imports: None, csrf: Callable[[Browser], str]
) -> Sender:
    del no_imports
    stand.issuer.subject = "subject-manager"
    await browser.sign_in()
    return Sender(browser, {"origin": stand.url, "x-csrf-token": csrf(browser)})


def register(*urns: int, **changes: Any) -> bytes:
    return text(*(row(urn, la="940", **changes) for urn in urns))


async def test_a_file_is_sent_previewed_and_applied(
    sender: Sender, at_work: None
) -> None:
    del at_work
    rows = text(
        *(row(urn, la="940", name=f"New {urn}") for urn in (145001, 145002)),
        row(12, la="940"),
    )
    sent = await sender.send(gzip.compress(rows), name="edubase20240617.csv.gz")
    begun = sent.json()
    assert sent.status_code == 202, sent.text
    assert sent.headers["location"] == f"{IMPORTS}/{begun['import_id']}"
    assert begun["state"] == "waiting"
    assert (await sender.get(f"{JOBS}/{begun['job_id']}"))["kind"].endswith("preview")

    found = await sender.until(sent.headers["location"], "previewed")
    assert (found["counts"]["new"], found["counts"]["faults"]) == (2, 1)
    assert (found["file_rows"], found["as_of"]) == (3, "2024-06-17")
    assert found["la_codes"] == ["940"]
    changes = await sender.get(f"{sent.headers['location']}/changes?kind=new&limit=1")
    assert [c["urn"] for c in changes["items"]] == [145001]
    assert changes["next"]
    none = await sender.get(f"{sent.headers['location']}/changes?kind=closed")
    assert none["items"] == []
    faults = await sender.get(f"{sent.headers['location']}/faults")
    assert [(f["line"], f["column_title"]) for f in faults["items"]] == [(4, "URN")]

    applied = await sender.change(found, "apply")
    assert applied.status_code == 202, applied.text
    assert applied.json()["state"] == "applying"
    done = await sender.until(sent.headers["location"], "applied")
    job = await sender.get(f"{JOBS}/{done['job_id']}")
    assert (job["state"], job["result"]) == ("done", {"schools": 2})
    assert (await sender.get("/api/directory/v1/schools/145002"))[
        "name"
    ] == "New 145002"


async def test_a_links_file_and_a_bare_body_are_taken_as_well(
    sender: Sender, at_work: None
) -> None:
    del at_work
    links = links_text((145011, 145012, "Successor", "01-09-2024"))
    both = await sender.previewed(register(145011), links=links)
    bare = await sender.ask(
        "POST", f"{IMPORTS}?name=20240617.csv", content=register(145011)
    )

    assert both["counts"]["faults"] == 0
    assert bare.status_code == 202
    assert bare.json()["file_name"] == "20240617.csv"


async def test_the_file_can_be_saved_as_it_was_sent(sender: Sender) -> None:
    content = register(145021)
    begun = (await sender.send(content, name='caf\u00e9 "x".csv')).json()

    saved = await sender.ask("GET", f"{IMPORTS}/{begun['import_id']}/file")

    assert saved.content == content
    assert saved.headers["content-disposition"].startswith("attachment; ")
    assert saved.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert saved.headers["x-content-type-options"] == "nosniff"


async def test_broken_rows_are_saved_as_a_spreadsheet_that_runs_nothing(
    sender: Sender, at_work: None
) -> None:
    del at_work
    rows = [row(12, la="940"), row(145031, la="940", pupils="many")]
    found = await sender.previewed(text(*rows), name="=cmd.csv")

    saved = await sender.ask("GET", f"{IMPORTS}/{found['import_id']}/faults.csv")

    lines = saved.text.splitlines()
    assert saved.headers["content-type"].startswith("text/csv")
    assert lines[0] == "File,Line,Column,What is wrong"
    assert lines[1].startswith("register,2,URN,")
    assert lines[2].startswith("register,3,NumberOfPupils,")


@pytest.mark.parametrize(
    ("content", "slug", "said"),
    [
        (b"", "file-empty", "The file is empty"),
        (b"%PDF-1.7", "file-unreadable", "The file is a PDF document"),
        (b"PK\x03\x04", "file-unreadable", "ZIP archive or a spreadsheet"),
        (b"<!doctype html>", "file-unreadable", "a web page or XML"),
        (b"a\x00b", "file-unreadable", "The file is not text"),
    ],
)
async def test_what_is_no_file_of_the_register_is_refused_at_once(
    sender: Sender, content: bytes, slug: str, said: str
) -> None:
    answer = await sender.send(content)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith(f"#{slug}")
    assert said in answer.json()["detail"]
    assert (await sender.get(IMPORTS))["items"] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name,Colour\nAsh,red\n", "In its first line"),
        (b"\x1f\x8b\x08\x00broken", "damaged"),
        (gzip.compress(b"%PDF-1.7"), "a PDF document"),
        (gzip.compress(b" \n"), "empty"),
    ],
    ids=["another table", "damaged", "packed wrong kind", "packed nothing"],
)
async def test_what_only_reading_shows_fails_the_import_and_says_why(
    sender: Sender, at_work: None, content: bytes, said: str
) -> None:
    del at_work
    begun = (await sender.send(content)).json()

    found = await sender.until(f"{IMPORTS}/{begun['import_id']}", "failed")
    job = await sender.until(f"{JOBS}/{begun['job_id']}", "failed")

    assert said in found["problem"]
    assert job["problem"]["type"].endswith("#file-unreadable")
    assert job["problem"]["detail"] == found["problem"]


async def test_a_form_without_a_file_is_refused_by_its_field(sender: Sender) -> None:
    answer = await sender.ask("POST", IMPORTS, files={"other": ("x", b"y")})

    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == ["/file"]


async def test_yesterdays_file_is_applied_only_when_it_is_meant(
    sender: Sender, at_work: None
) -> None:
    del at_work
    today = await sender.previewed(register(145041), name="edubase20240617.csv")
    await sender.change(
        today, "apply", overrides=[c["name"] for c in today["concerns"]]
    )
    await sender.until(f"{IMPORTS}/{today['import_id']}", "applied")
    older = await sender.previewed(register(145041), name="edubase20240616.csv")

    assert older["concerns"] == [
        {
            "name": "older-file",
            "detail": "the file is of 16 June 2024; one of 17 June 2024 was imported"
            " already",
        }
    ]
    refused = await sender.change(older, "apply")
    meant = await sender.change(older, "apply", overrides=["older-file"])

    assert refused.status_code == 409
    assert refused.json()["concerns"] == older["concerns"]
    assert meant.status_code == 202


async def test_a_change_names_its_version(sender: Sender, at_work: None) -> None:
    del at_work
    found = await sender.previewed(register(145051))
    where = f"{IMPORTS}/{found['import_id']}/apply"

    assert (await sender.ask("POST", where, json={})).status_code == 428
    assert (await sender.change(found, "apply", version=99)).status_code == 412
    assert (await sender.change(found, "apply", overrides=["luck"])).status_code == 422


async def test_an_import_is_given_up_before_and_after_its_preview(
    sender: Sender, at_work: None
) -> None:
    del at_work
    found = await sender.previewed(register(145061))

    gone = await sender.change(found, "cancel")
    again = await sender.change(gone.json(), "cancel")
    late = await sender.change(gone.json(), "apply")

    assert gone.json()["state"] == "cancelled"
    assert (again.status_code, late.status_code) == (409, 409)


async def test_giving_up_what_waits_ends_its_job(sender: Sender, stand: Stand) -> None:
    begun = (await sender.send(register(145071))).json()

    gone = await sender.change(begun, "cancel")

    assert gone.json()["state"] == "cancelled"
    job = await sender.get(f"{JOBS}/{begun['job_id']}")
    assert job["cancel_asked_at"] is not None
    del stand


@pytest.mark.parametrize("name", ["technician", "teacher", "analyst"])
async def test_others_send_nothing_and_see_nothing(
    stand: Stand, sender: Sender, browser: Browser, csrf: Any, name: str
) -> None:
    begun = (await sender.send(register(145091))).json()
    stand.issuer.subject = f"subject-{name}"
    await browser.sign_in()
    other = Sender(browser, {"origin": stand.url, "x-csrf-token": csrf(browser)})

    assert (await other.send(register(145091))).status_code == 403
    assert (await other.get(IMPORTS))["items"] == []
    where = f"{IMPORTS}/{begun['import_id']}"
    for path in (where, f"{where}/changes", f"{where}/faults", f"{where}/faults.csv"):
        assert (await other.ask("GET", path)).status_code == 404
    assert (await other.ask("GET", f"{where}/file")).status_code == 404
    assert (await other.ask("GET", f"{JOBS}/{begun['job_id']}")).status_code == 404
    assert (await other.change(begun, "cancel")).status_code == 404
    assert (await other.change(begun, "apply")).status_code == 404


async def test_imports_are_listed_the_newest_first(sender: Sender) -> None:
    sent = [
        (await sender.send(register(145101), name=f"{n}.csv")).json() for n in range(3)
    ]

    first = await sender.get(f"{IMPORTS}?limit=2")
    rest = await sender.ask("GET", IMPORTS, params={"after": first["next"]})

    listed = [i["import_id"] for i in (*first["items"], *rest.json()["items"])]
    assert listed == [each["import_id"] for each in reversed(sent)]
