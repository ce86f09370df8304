"""Every test may ask for the real parts that the chassis' plugin starts."""

import pytest

pytest_plugins = ["chassis.testing", "tests.stack", "tests.chromium"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of the whole product together on one worker."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("stack"))
            item.add_marker(pytest.mark.timeout(900))
