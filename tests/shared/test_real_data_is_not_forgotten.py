"""Without the licensed data its tests fail in CI, and are left out aloud elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import real_data

NEEDS_IT = "tests/gateway/register/test_authorities.py"


def run(folder: Path, ci: str) -> subprocess.CompletedProcess[str]:
    told = {"JOINEDUP_REAL_DATA": str(folder), "CI": ci}
    environment = {k: v for k, v in os.environ.items() if "XDIST" not in k} | told
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", NEEDS_IT],
        cwd=real_data.ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )


def test_elsewhere_they_are_left_out_and_a_line_says_so(tmp_path: Path) -> None:
    found = run(tmp_path / "none", "")

    lines = [line for line in found.stdout.splitlines() if "real data" in line]
    assert lines == [f"real data: none at {tmp_path / 'none'}, its tests are left out"]
    assert found.returncode in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    assert "deselected" in found.stdout


def test_in_ci_they_fail(tmp_path: Path) -> None:
    found = run(tmp_path / "none", "true")

    assert found.returncode == pytest.ExitCode.TESTS_FAILED
    assert "set JOINEDUP_REAL_DATA" in found.stdout
