"""Every test may ask for the real parts that the chassis' plugin starts."""

from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests.whole_product import WHOLE_PRODUCT

pytest_plugins = [
    "chassis.testing",
    "tests.stack",
    "tests.chromium",
    "tests.real_data",
]

TOGETHER = (*WHOLE_PRODUCT, "tests/security/", "tests/shared/events/")


class ByServer(LoadScopeScheduling):
    """Keeps together what shares a server: a module, or all of a folder."""

    def _split_scope(self, nodeid: str) -> str:
        for place in TOGETHER:
            if nodeid.startswith(place):
                return place
        return nodeid.partition("::")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Begin with what takes longest, so that all workers end at about one time."""
        for place in reversed(WHOLE_PRODUCT):
            if place in self.workqueue:
                self.workqueue.move_to_end(place, last=False)
        super()._assign_work_unit(node)


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
