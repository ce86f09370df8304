"""The operator's verb: a file in, what was taken and what was not out."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chassis.testing.databases import ServiceDatabase

GOOD = {"releaseCycle": "155", "releaseDate": "2026-11-17", "eol": "2026-12-15"}
WRONG = {"releaseCycle": "156", "eol": "soon"}
DOCUMENT = {"chrome": {"releases": [GOOD, WRONG]}, "toaster": {"releases": []}}


@pytest.fixture
def environment(rows: ServiceDatabase, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "JOINEDUP_DATABASE_URL": rows.app,
        "JOINEDUP_INTERNAL_JWKS_FILE": str(tmp_path / "none.json"),
    }


def run(environment: dict[str, str], file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inventory", "lifecycles", str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_right_is_taken_and_what_is_not_is_named(
    environment: dict[str, str], tmp_path: Path, *, packed: bool
) -> None:
    text = json.dumps(DOCUMENT).encode()
    file = tmp_path / "releases"
    file.write_bytes(gzip.compress(text) if packed else text)

    done = run(environment, file)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Not taken: chrome 156: eol is no day: soon",
        "1 releases read, 1 new or changed; 1 products are not looked at.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file or directory."),
        (b"{", "is neither JSON nor CSV, plain or gzip."),
        (b"\x1f\x8bxx", "is neither JSON nor CSV, plain or gzip."),
        (b"\xff\xfe", "is neither JSON nor CSV, plain or gzip."),
        (b"[]", "is neither one of products and releases nor of Chromebooks."),
        (b"<xml/>", "neither one of products and releases nor of Chromebooks."),
        (b"", "neither one of products and releases nor of Chromebooks."),
    ],
)
def test_what_is_no_such_file_is_said_in_a_sentence(
    environment: dict[str, str], tmp_path: Path, text: Any, said: str
) -> None:
    file = tmp_path / "releases"
    if text is not None:
        file.write_bytes(text)

    done = run(environment, file)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
