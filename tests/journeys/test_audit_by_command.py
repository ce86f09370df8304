"""`joinedup audit verify` of a whole product, and of one with a word changed."""

import os
import subprocess
import sys
from uuid import UUID

import psycopg

from local_stack import services
from tests.stack import Stack, eventually


def verified(stack: Stack, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local_stack", "audit", "verify", *words],
        env=os.environ | stack.environment | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def linked(admin: psycopg.Connection) -> tuple[str, int, UUID, str] | None:
    found = admin.execute(
        "SELECT chain, number, entry_id, action FROM audit_link"
        " JOIN audit_entry USING (entry_id) LIMIT 1"
    ).fetchone()
    admin.commit()
    return found


def test_one_word_that_a_superuser_changes_is_told_where_it_stands(
    stack: Stack,
) -> None:
    whole = verified(stack)
    with psycopg.connect(services.cluster(stack.place).dsn("inventory")) as admin:
        # What was recorded waits a moment for its link.
        chain, number, entry_id, action = eventually(lambda: linked(admin))
        change = "UPDATE audit_entry SET action = %s WHERE entry_id = %s"
        admin.execute(change, ["asset.seen", entry_id])
        admin.commit()
        try:
            spoilt = verified(stack, "inventory", "strategy")
        finally:
            admin.execute(change, [action, entry_id])
            admin.commit()
    again = verified(stack)

    assert whole.returncode == 0, whole.stdout
    assert whole.stdout.count("as it was recorded") == 4
    assert spoilt.returncode == 1
    where = f"inventory: chain {chain} number {number}: entry {entry_id} is not as"
    assert where in spoilt.stdout, spoilt.stdout
    assert "The audit is not as it was recorded: inventory." in spoilt.stderr
    assert again.returncode == 0, again.stdout
