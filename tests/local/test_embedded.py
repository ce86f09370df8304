import asyncio
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import nats as nats_client
import psycopg
import pytest

from chassis import provision
from chassis.embedded import account, child, nats, postgres

PASSWORDS = provision.Passwords(owner="o'wner", app="a%s\\", worker='w"{}')


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Generator[postgres.Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    made = postgres.Cluster(folder / "postgres", child.free_port(), "it's secret")
    with postgres.running(made, folder / "postgres.log"):
        for _ in range(2):
            provision.provision_database(made.dsn(), "inventory", PASSWORDS)
            provision.provision_database(made.dsn(), "strategy", PASSWORDS)
        yield made


def connect(cluster: postgres.Cluster, database: str, role: str, password: str) -> str:
    dsn = postgres.dsn(cluster.port, database, role, password)
    with psycopg.connect(dsn, connect_timeout=5) as connection:
        found = connection.execute("SELECT current_user::text").fetchone()
    assert found is not None
    return str(found[0])


def test_a_program_behind_a_closed_folder_is_found_by_its_own_account(
    tmp_path: Path,
) -> None:
    """PostgreSQL looks for its neighbours by access(2): so a private clone works."""
    tmp_path.chmod(0o700)
    program = tmp_path / "postgres"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    look = "import os, sys; sys.exit(not os.access(sys.argv[1], os.X_OK))"
    words = account.prefix([program, Path(sys.executable)])

    done = subprocess.run([*words, sys.executable, "-c", look, program], check=False)

    assert done.returncode == 0


def test_each_role_enters_its_own_database(cluster: postgres.Cluster) -> None:
    for role, password in (
        ("inventory_owner", PASSWORDS.owner),
        ("inventory_app", PASSWORDS.app),
        ("inventory_worker", PASSWORDS.worker),
    ):
        assert connect(cluster, "inventory", role, password) == role


@pytest.mark.parametrize(
    ("database", "role", "password"),
    [
        pytest.param("inventory", "strategy_app", PASSWORDS.app, id="other-service"),
        pytest.param("strategy", "inventory_worker", PASSWORDS.worker, id="worker"),
        pytest.param("inventory", "inventory_app", "wrong", id="wrong-password"),
    ],
)
def test_nobody_enters_a_foreign_database(
    cluster: postgres.Cluster, database: str, role: str, password: str
) -> None:
    with pytest.raises(psycopg.OperationalError):
        connect(cluster, database, role, password)


def test_no_role_of_a_service_is_above_the_row_policies(
    cluster: postgres.Cluster,
) -> None:
    with psycopg.connect(cluster.dsn()) as admin:
        above = admin.execute(
            "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls"
            " OR rolcreaterole OR rolcreatedb) AND rolname <> 'postgres'"
            " AND rolname NOT LIKE 'pg\\_%'"
        ).fetchall()

    assert above == []


def test_acknowledged_writes_are_on_disk(cluster: postgres.Cluster) -> None:
    with psycopg.connect(cluster.dsn()) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            found = admin.execute("SELECT current_setting(%s)", [setting]).fetchone()
            assert found == ("on",)


def test_a_cluster_outlives_a_kill(tmp_path: Path) -> None:
    cluster = postgres.Cluster(tmp_path / "postgres", child.free_port(), "secret")
    log = tmp_path / "postgres.log"
    with postgres.running(cluster, log) as process:
        with psycopg.connect(cluster.dsn()) as admin:
            admin.execute("CREATE TABLE kept AS SELECT 1 AS one")
        process.kill()
        process.wait()
    with postgres.running(cluster, log), psycopg.connect(cluster.dsn()) as admin:
        assert admin.execute("SELECT one FROM kept").fetchone() == (1,)


def test_an_early_death_is_told_in_the_servers_words(tmp_path: Path) -> None:
    cluster = postgres.Cluster(
        tmp_path / "postgres", child.free_port(), "secret", {"no_such_setting": "on"}
    )
    with (
        pytest.raises(child.NotReady, match="no_such_setting"),
        postgres.running(cluster, tmp_path / "log"),
    ):
        pass


async def test_a_service_may_not_publish_the_facts_of_another(tmp_path: Path) -> None:
    user = nats.BrokerUser("inventory", "secret", ("joinedup.strategy.>",))
    broker = nats.Broker(
        tmp_path / "nats", child.free_port(), child.free_port(), (user,)
    )
    heard: list[str] = []
    refused = asyncio.Event()

    async def refusal(error: Exception) -> None:
        if "permissions violation" in str(error).lower():
            refused.set()

    with nats.running(broker, tmp_path / "nats.log"):
        client = await nats_client.connect(broker.url(user), error_cb=refusal)
        subscription = await client.subscribe("joinedup.>")
        await client.publish("joinedup.strategy.plan.made.v1.940", b"")
        await client.publish("joinedup.inventory.asset.registered.v1.940", b"")
        message = await subscription.next_msg(timeout=5)
        heard.append(message.subject)
        await asyncio.wait_for(refused.wait(), 5)
        await client.close()

    assert heard == ["joinedup.inventory.asset.registered.v1.940"]


async def test_nobody_connects_to_the_broker_without_a_password(tmp_path: Path) -> None:
    user = nats.BrokerUser("inventory", "secret")
    broker = nats.Broker(
        tmp_path / "nats", child.free_port(), child.free_port(), (user,)
    )
    with nats.running(broker, tmp_path / "nats.log"):
        reader, writer = await asyncio.open_connection("127.0.0.1", broker.port)
        await reader.readline()
        writer.write(b'CONNECT {"verbose":false}\r\nPING\r\n')
        answer = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        await writer.wait_closed()

    assert answer.startswith(b"-ERR 'Authorization Violation'")
