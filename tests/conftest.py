"""Every test may ask for the real parts that the chassis' plugin starts."""

from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

pytest_plugins = [
    "chassis.testing",
    "tests.stack",
    "tests.chromium",
    "tests.real_data",
]

WHOLE_PRODUCT = (
    "tests/browser/",
    "tests/journeys/",
    "tests/faults/",
    "tests/security/",
)
"""The folders whose tests may ask for the `stack`: all of them on one worker."""
EVENTS = "tests/shared/events/"


class ByServer(LoadScopeScheduling):
    """Keeps together what shares a server: a module, the events, the whole product."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(WHOLE_PRODUCT):
            return "the whole product"
        return EVENTS if nodeid.startswith(EVENTS) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByServer:
    """Share the tests out by what they need."""
    return ByServer(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the whole product, and let none of them stray."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            assert item.nodeid.startswith(WHOLE_PRODUCT), item.nodeid
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.timeout(900))
