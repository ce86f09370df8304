"""The operator's `joinedup schools import`: what is unlikely is passed over by name."""

import os
import subprocess
import sys
from pathlib import Path

from tests.gateway.register.files import row, text
from tests.stack import Stack


def imported(stack: Stack, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local_stack", "schools", "import", *words],
        env=os.environ | stack.environment | {"COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_concern_is_passed_over_by_name_and_no_other(
    stack: Stack, tmp_path: Path
) -> None:
    file = tmp_path / "edubasealldata20220420.csv"
    file.write_bytes(text(row(136123, la="850")))

    first = imported(stack, str(file))
    second = imported(stack, str(file), "--override", "row-count")

    assert "--override row-count allows it" in first.stdout, first
    assert "--override older-file allows it" in first.stdout, first
    assert "the last one had" in second.stdout, second
    assert "(overridden)" in second.stdout, second
    assert "--override older-file allows it" in second.stdout, second
    assert "Nothing was changed." in second.stderr, second
    assert first.returncode == second.returncode == 1


def test_nothing_is_changed_where_nobody_is_there_to_say_yes(
    stack: Stack, tmp_path: Path
) -> None:
    file = tmp_path / "edubasealldata20220420.csv"
    file.write_bytes(text(row(136123, la="850")))
    overrides = ("--override", "row-count", "--override", "older-file")

    answer = imported(stack, str(file), *overrides)

    assert "Apply this?" in answer.stdout, answer
    assert "Nothing was changed." in answer.stderr, answer
    assert "Traceback" not in answer.stderr, answer
    assert answer.returncode == 1


def test_a_concern_that_there_is_not_is_told_with_those_that_there_are(
    stack: Stack, tmp_path: Path
) -> None:
    file = tmp_path / "edubasealldata20220420.csv"
    file.write_bytes(text(row(136123, la="850")))

    answer = imported(stack, str(file), "--override", "rows")

    assert answer.returncode == 1
    assert "row-count" in answer.stderr
