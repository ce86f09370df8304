"""Fixture of the broker: a NATS server of this worker's own."""

from collections.abc import Iterator

import pytest

from chassis.embedded import child, nats


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nats.Broker]:
    """A running NATS server with JetStream, its store in a folder of its own."""
    folder = tmp_path_factory.mktemp("nats")
    made = nats.Broker(folder / "store", child.free_port(), child.free_port())
    with nats.running(made, folder / "nats.log"):
        yield made
