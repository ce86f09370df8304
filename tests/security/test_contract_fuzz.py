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

import httpx
import pytest

from tests.stack import Stack

EXAMPLES = int(os.environ.get("JOINEDUP_FUZZ_EXAMPLES", "25"))
SEED = os.environ.get("JOINEDUP_FUZZ_SEED", "3")
CONFIG = Path(__file__).with_name("schemathesis.toml")
THROUGH = {200, 201, 202, 409}
FUZZER = Path(sys.executable).with_name("schemathesis")
ROOT = Path(__file__).parents[2]


def fuzz(
    stack: Stack, folder: Path, document: dict[str, Any], headers: dict[str, str]
) -> tuple[subprocess.CompletedProcess[str], dict[str, Counter[int]]]:
    """Run the fuzzer; say what it said, and how each operation answered."""
    noted, described = folder / "answered.tsv", folder / "openapi.json"
    described.write_text(json.dumps(document), "utf-8")
    given = [
        word for name, value in headers.items() for word in ("-H", f"{name}:{value}")
    ]
    ran = subprocess.run(
        [
            *(str(FUZZER), "--no-color", "--config-file", str(CONFIG)),
            *("run", str(described), "--url", stack.url),
            *("-n", str(EXAMPLES), "--seed", SEED, *given),
        ],
        cwd=folder,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "JOINEDUP_FUZZ_ANSWERED": str(noted),
            "JOINEDUP_FUZZ_URNS": ",".join(map(str, urns(stack, headers))),
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
    found = httpx.get(f"{stack.url}/api/directory/v1/schools", headers=headers)
    return [school["urn"] for school in found.raise_for_status().json()["items"]]


def document_of(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{stack.url}/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in item
    }


def test_a_client_meets_nothing_that_the_document_does_not_say(
    stack: Stack, tmp_path: Path
) -> None:
    with stack.client() as client:
        token = client.headers["authorization"]

    document = document_of(stack)
    ran, answered = fuzz(stack, tmp_path, document, {"Authorization": token})

    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = operations(document)
    assert found <= set(answered)
    # It came to the rules of the operations, and did not only rattle at the door. What
    # is stored feeds it, so one change of a thing in the right state may be missed.
    missed = [name for name in found if not THROUGH & set(answered[name])]
    assert len(missed) <= len(found) // 10, missed
    assert sum(sum(each.values()) for each in answered.values()) > 50 * len(found)


def test_a_person_meets_nothing_that_the_document_does_not_say(
    stack: Stack, tmp_path: Path
) -> None:
    with closing(stack.signed_in("school-technician")) as browser:
        page = browser.get("/", headers={"accept": "text/html"})
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert token is not None, page.text
        headers = {
            "Cookie": browser.headers["cookie"],
            "Origin": stack.url,
            "X-CSRF-Token": token[1],
        }

    document = document_of(stack)
    # What the token is for is the session's here.
    del document["security"], document["components"]["securitySchemes"]
    ran, _ = fuzz(stack, tmp_path, document, headers)

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", ["/openapi.json", "/asyncapi.json"])
def test_the_documents_are_for_everyone(stack: Stack, path: str) -> None:
    assert httpx.get(stack.url + path).status_code == 200
