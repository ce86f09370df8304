"""The licensed data beside the checkout: where it is, and what becomes without it.

Tests that ask for `real_data` are marked so. Where the data is missing they fail in CI,
since CI has it; elsewhere they are left out, and a line at the start says so.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def folder() -> Path:
    told = os.environ.get("JOINEDUP_REAL_DATA")
    return Path(told) if told else ROOT.parent / "shared" / "data"


def _left_out() -> bool:
    return not folder().is_dir() and os.environ.get("CI") != "true"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of the data."""
    where = folder()
    if not where.is_dir():
        pytest.fail(f"the real data is not at {where}: set JOINEDUP_REAL_DATA")
    return where


def pytest_report_header() -> str | None:
    if _left_out():
        return f"real data: none at {folder()}, its tests are left out"
    return None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    asking = [i for i in items if "real_data" in getattr(i, "fixturenames", ())]
    for item in asking:
        item.add_marker(pytest.mark.real_data)
    if asking and _left_out():
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in set(asking)]
