"""Whatever the published document allows or forbids, the product answers as it says."""

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.inventory.attachments.samples import PDF
from tests.security.product import (
    MINE,
    agreement,
    api_client,
    asset,
    back_up_line,
    circuit,
    consumable,
    licence,
    network_service,
    notice,
    person,
    stock_line,
    stock_use,
    supplier,
    ticket,
    view,
)
from tests.stack import Stack, eventually

EXAMPLES = int(os.environ.get("JOINEDUP_FUZZ_EXAMPLES", "14"))
SEED = os.environ.get("JOINEDUP_FUZZ_SEED", "3")
CONFIG = Path(__file__).with_name("schemathesis.toml")
FEW = 4
CALLERS = {
    "client": ("examples,fuzzing", FEW),
    "school-technician": ("examples,fuzzing", EXAMPLES),
    "la-manager": ("examples,coverage,fuzzing,stateful", EXAMPLES),
}
"""Who asks, in which of the fuzzer's phases, and how often of each operation.

The edges of each field are for one of them to try: they are judged alike for all. A
client's own ways (its token, its scopes) are the same whatever it sends.
"""
MADE = 5
MAY_NOT = {403, 404}
UNAVAILABLE = 503
THROUGH = {200, 201, 202, 204, 409}
FUZZER = Path(sys.executable).with_name("schemathesis")
ROOT = Path(__file__).parents[2]


def fuzz(
    stack: Stack,
    folder: Path,
    document: dict[str, Any],
    headers: dict[str, str],
    manner: tuple[str, int],
) -> tuple[subprocess.CompletedProcess[str], dict[str, Counter[int]]]:
    """Run the fuzzer; say what it said, and how each operation answered."""
    phases, examples = manner
    noted, described = folder / "answered.tsv", folder / "openapi.json"
    described.write_text(json.dumps(document), "utf-8")
    given = [
        word for name, value in headers.items() for word in ("-H", f"{name}:{value}")
    ]
    ran = subprocess.run(
        [
            *(str(FUZZER), "--no-color", "--config-file", str(CONFIG)),
            *("run", str(described), "--url", stack.url),
            *("--phases", phases, "-n", str(examples), "--seed", SEED, *given),
        ],
        cwd=folder,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "JOINEDUP_FUZZ_ANSWERED": str(noted),
            "JOINEDUP_FUZZ_URNS": ",".join(map(str, urns(stack, headers))),
            "JOINEDUP_FUZZ_IDS": json.dumps(things(stack, headers)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    answered: defaultdict[str, Counter[int]] = defaultdict(Counter)
    assert noted.exists(), ran.stdout + ran.stderr
    for line in noted.read_text("utf-8").splitlines():
        operation, _, status = line.partition("\t")
        answered[operation][int(status)] += 1
    return ran, answered


def urns(stack: Stack, headers: dict[str, str]) -> list[int]:
    asked = f"{stack.url}/api/directory/v1/schools"
    found = httpx.get(asked, headers=headers, timeout=30)
    return [school["urn"] for school in found.raise_for_status().json()["items"]]


READ = {"model_id": "models", "make_id": "makes", "title_id": "titles"}
"""What is there without being made: by parameter, where its ids are listed."""


def document_of(stack: Stack) -> dict[str, Any]:
    asked = httpx.get(f"{stack.url}/openapi.json", timeout=30)
    found: dict[str, Any] = asked.json()
    return found


def operations(document: dict[str, Any]) -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
    }


def things(stack: Stack, headers: dict[str, str]) -> dict[str, list[str]]:
    """Make some of each thing that the caller may make; say their ids, by parameter."""
    urn = urns(stack, headers)[0]
    made: defaultdict[str, list[str]] = defaultdict(list)
    with httpx.Client(base_url=stack.url, headers=headers, timeout=30) as client:
        school = client.get(f"/api/directory/v1/schools/{urn}").json()
        made["la_code"].append(school["la_code"])
        for _ in range(MADE):
            for name, (path, body) in bodies(urn, school["la_code"]).items():
                answer = posted(client, path, body)
                if answer.status_code in MAY_NOT:
                    continue
                assert answer.is_success, answer.text
                made[name].append(answer.json()[name])
                if name == "key_id":
                    doubt = doubtful(client, urn, answer.json()["enrolment_key"])
                    made["doubt_id"].append(doubt["doubt_id"])
                    made["device_id"].append(doubt["device_id"])
                if name == "consumable_id":
                    _stock(client, f"{path}/{answer.json()[name]}", urn, made)
                if name == "circuit_id":
                    backing = back_up_line(urn, answer.json()[name])
                    spare = client.post(path, json=backing).raise_for_status()
                    made[name].append(spare.json()[name])
                if name == "person_id":
                    [held] = answer.json()["assignments"]
                    made["assignment_id"].append(held["assignment_id"])
            _send_files(client, urn, made)
            _merge(client, urn, made)
        for name, path in READ.items():
            listed = client.get(f"/api/inventory/v1/{path}", params={"limit": 20})
            made[name] += [each[name] for each in listed.json().get("items", ())]
        made["from_id"], made["into_id"] = made["model_id"][:10], made["model_id"][10:]
        if made["ticket_id"]:
            chosen = {"ticket_id": made["ticket_id"][0], "version": 1}
            many = client.post(
                "/api/servicedesk/v1/tickets/batch-changes",
                json={"tickets": [chosen], "change": {"kind": "resolve"}},
            )
            made["batch_id"].append(many.raise_for_status().json()["batch_id"])
    return made


def _stock(
    client: httpx.Client, where: str, urn: int, made: defaultdict[str, list[str]]
) -> None:
    """Let some of a consumable come and some be on order, and take one."""
    for received_on in ("2026-09-07", None):
        body = {**stock_line(urn), "received_on": received_on}
        line = client.post(f"{where}/lines", json=body).raise_for_status()
        made["line_id"].append(line.json()["line_id"])
    use = client.post(f"{where}/uses", json=stock_use(urn)).raise_for_status()
    made["use_id"].append(use.json()["use_id"])


def _send_files(
    client: httpx.Client, urn: int, made: defaultdict[str, list[str]]
) -> None:
    """Send a file of every kind that is a thing then; none where the caller may not."""
    name = uuid4().hex
    sent = client.post(
        "/api/directory/v1/schools/imports",
        params={"name": f"{name}.csv"},
        content=b"URN,EstablishmentName\n",
    )
    if sent.is_success:
        made["import_id"].append(sent.json()["import_id"])
        made["job_id"].append(sent.json()["job_id"])
    sheet = client.post(
        "/api/inventory/v1/assets/imports",
        params={"school_urn": urn, "name": f"{name}.csv"},
        content=b"Tag,Category,Make,Model\nFZ-1,laptop,Dell,L1\n",
    )
    if sheet.is_success:
        made["asset_import_id"].append(sheet.json()["import_id"])
    if made["asset_id"]:
        attached = client.post(
            f"/api/inventory/v1/assets/{made['asset_id'][-1]}/files",
            content=PDF,
        )
        if attached.is_success:
            made["attachment_id"].append(attached.json()["attachment_id"])
    if made["licence_id"]:
        where = f"/api/inventory/v1/licences/{made['licence_id'][-1]}/files"
        kept = client.post(where, content=PDF)
        if kept.is_success:
            made["document_id"].append(kept.json()["document_id"])


def _merge(client: httpx.Client, urn: int, made: defaultdict[str, list[str]]) -> None:
    """Merge two assets, and make a third that another might be; where one may."""
    kit = "/api/inventory/v1/assets"
    answers = [posted(client, kit, asset(urn, tag=uuid4().hex)) for _ in range(3)]
    if answers[0].status_code in MAY_NOT:
        return
    kept, duplicate, third = (each.raise_for_status().json() for each in answers)
    merged = client.post(
        f"{kit}/{kept['asset_id']}/merges",
        json={"duplicate_id": duplicate["asset_id"], "duplicate_version": 1},
        headers={"If-Match": '"1"'},
    )
    made["asset_merge_id"].append(merged.raise_for_status().json()["merge_id"])
    made["duplicate_id"].append(third["asset_id"])


def doubtful(client: httpx.Client, urn: int, key: str) -> dict[str, Any]:
    """Let an agent tell of what has a name alone; return what is doubtful of it."""
    name = uuid4().hex
    told = {"deviceid": name, "content": {"hardware": {"name": name}}}

    def answered() -> dict[str, Any] | None:
        # Without the caller's own cookie, which is no agent's.
        where = client.base_url.join("/agent")
        answer = httpx.post(where, json=told, auth=(str(urn), key), timeout=30)
        return None if answer.status_code == UNAVAILABLE else answer.json()

    assert eventually(answered)["status"] == "ok"
    path = "/api/inventory/v1/agent-doubts"
    items: list[dict[str, Any]] = client.get(path, params={"limit": 200}).json()[
        "items"
    ]
    return next(each for each in items if each["name"] == name)


def posted(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    """Send it until it is answered: a busy machine may say 503, come again."""
    key = {"Idempotency-Key": str(uuid4())}

    def answered() -> httpx.Response | None:
        answer = client.post(path, json=body, headers=key)
        return None if answer.status_code == UNAVAILABLE else answer

    told: httpx.Response = eventually(answered)
    return told


def bodies(urn: int, la_code: str) -> dict[str, tuple[str, dict[str, Any]]]:
    word = uuid4().hex
    return {
        "asset_id": ("/api/inventory/v1/assets", asset(urn, tag=word)),
        "circuit_id": ("/api/inventory/v1/circuits", circuit(urn)),
        "service_id": ("/api/inventory/v1/network-services", network_service(urn)),
        "supplier_id": ("/api/inventory/v1/suppliers", supplier(la_code)),
        "licence_id": ("/api/inventory/v1/licences", licence(urn)),
        "agreement_id": ("/api/servicedesk/v1/agreements", agreement(urn)),
        "stock_take_id": (
            "/api/inventory/v1/stock-takes",
            {"school_urn": urn, "room": word},
        ),
        "consumable_id": ("/api/inventory/v1/consumables", consumable(urn)),
        "key_id": (
            "/api/inventory/v1/enrolment-keys",
            {"school_urn": urn, "name": word},
        ),
        "ticket_id": ("/api/servicedesk/v1/tickets", ticket(urn)),
        "view_id": ("/api/directory/v1/views", view(word)),
        "person_id": (
            "/api/directory/v1/people",
            person({"role": "staff", "school_urn": urn}),
        ),
        "api_client_id": (
            "/api/directory/v1/clients",
            api_client(MINE, la_code=la_code, school_urns=[urn]),
        ),
        "notice_id": (
            "/api/directory/v1/notices",
            {**notice(MINE), "la_code": la_code, "school_urns": [urn]},
        ),
    }


def client_headers(stack: Stack) -> dict[str, str]:
    stack.lift_limit()
    with stack.client() as client:
        return {"Authorization": client.headers["authorization"]}


def person_headers(stack: Stack, who: str) -> dict[str, str]:
    with closing(stack.signed_in(who)) as browser:
        page = browser.get("/", headers={"accept": "text/html"})
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token is not None, page.text
        return {
            "Cookie": browser.headers["cookie"],
            "Origin": stack.url,
            "X-CSRF-Token": token[1],
        }


@pytest.mark.timeout(2700)
def test_callers_meet_nothing_that_the_document_does_not_say(
    stack: Stack, tmp_path: Path
) -> None:
    document = document_of(stack)
    found = operations(document)
    came: Counter[str] = Counter()
    through: set[str] = set()
    for who, manner in CALLERS.items():
        folder = tmp_path / who
        folder.mkdir()
        if who == "client":
            headers, asked = client_headers(stack), document
        else:
            headers, asked = person_headers(stack, who), without_tokens(document)
        ran, answered = fuzz(stack, folder, asked, headers, manner)

        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert found <= set(answered), who
        came.update({name: each.total() for name, each in answered.items()})
        through |= {name for name in found if THROUGH & set(answered[name])}
    # They came to the rules of the operations, and did not only rattle at the door.
    # What is stored feeds them: a change of a thing in the right state may be missed.
    missed = found - through
    assert len(missed) <= len(found) // 6, missed
    wanted = sum(examples for _, examples in CALLERS.values())
    assert came.total() > wanted * len(found)


def without_tokens(document: dict[str, Any]) -> dict[str, Any]:
    """The same for a person: what the token is for is the session's there."""
    components = {**document["components"]}
    del components["securitySchemes"]
    return {k: v for k, v in document.items() if k != "security"} | {
        "components": components
    }


@pytest.mark.parametrize("path", ["/openapi.json", "/asyncapi.json"])
def test_the_documents_are_for_everyone(stack: Stack, path: str) -> None:
    assert httpx.get(stack.url + path, timeout=30).status_code == 200
