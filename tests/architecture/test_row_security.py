"""The schema linter passes on every service, and catches every way to weaken one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from chassis.testing.databases import ServiceDatabase
from tests.architecture import schema_linter
from tests.architecture.catalogue import Connection, Policy
from tests.architecture.features import SERVICES
from tests.architecture.schema_linter import Exceptions

DatabaseOf = Callable[..., ServiceDatabase]

_RELAY = "the relay belongs to no tenant: it carries every row"
_FORGETFUL = "the worker forgets keys older than a day and reads none of their answers"
_LINKER = "who links and who verifies the audit belongs to no tenant"
_NEVER = "what was recorded is never rewritten"
_COPY = "a fact may move a row from one LA to another: the worker must find it"
# What a fact fetches from another LA it puts into its own LA only.
_FETCHED = frozenset(
    {("school", "school_home_insert"), ("school", "school_home_update")}
)

EVERYWHERE = Exceptions(
    worker_policies={
        "outbox_relay_select": _RELAY,
        "outbox_relay_update": _RELAY,
        "outbox_relay_delete": _RELAY,
        "idempotency_key_prune": _FORGETFUL,
        "idempotency_key_prune_look": _FORGETFUL,
        "audit_entry_worker_select": _LINKER,
        "audit_waiting_worker_select": _LINKER,
        "audit_waiting_worker_delete": _LINKER,
        "audit_link_worker_select": _LINKER,
        "audit_link_worker_insert": _LINKER,
    },
    unruled={
        ("audit_entry", "DELETE"): _NEVER,
        ("audit_link", "UPDATE"): _NEVER,
        ("audit_link", "DELETE"): _NEVER,
        ("audit_waiting", "UPDATE"): "an entry waits or waits no longer",
    },
    app_deletes={"file": "a file that its owner deletes is gone"},
    keys={
        "outbox_pkey": "an event's id is unique wherever it goes",
        "file_pkey": "a file may be one LA's, several LAs', or nobody's",
        "audit_entry_pkey": "an entry's id is unique, and some belong to no LA",
        "job_pkey": "a job may be of one LA, of several, or of nobody's",
    },
)
OF: dict[str, Exceptions] = {
    "inventory": replace(
        EVERYWHERE,
        keys={
            **EVERYWHERE.keys,
            "agent_device_binding_unique": "a device reports for one school at a time",
        },
        restrictive=_FETCHED
        | frozenset(
            {
                ("asset_history", "asset_history_signed"),
                ("asset_history", "asset_history_erased"),
                ("agent_change", "agent_change_erased"),
                ("agent_change", "agent_change_expired"),
                ("agent_refusal", "agent_refusal_expired"),
            }
        ),
        app_deletes={
            **EVERYWHERE.app_deletes,
            "catalogue_picture": "an LA may show no picture of a model any more",
            "catalogue_model": "an LA may know nothing more of a model",
            "asset_attachment": "a picture or document that is taken away is gone",
            "catalogue_merge": "what an LA said is one may be two again",
            "authority_tariff": "a price that was said by mistake is said no more",
            "school_tariff": "a price that was said by mistake is said no more",
            "licence_document": "a document that is taken away is gone",
            "licence": "a licence that nobody holds is kept no more; the audit has it",
            "agent_change": "kept for so long only: the service alone, by its policy",
            "agent_mac": "a network card that a device has no more leads nowhere",
            "agent_refusal": "kept for so long only: the service alone, by its policy",
        },
    ),
    "servicedesk": replace(
        EVERYWHERE,
        worker_policies={
            **EVERYWHERE.worker_policies,
            "asset_worker_select": _COPY,
            "asset_worker_update": _COPY,
        },
        keys={
            **EVERYWHERE.keys,
            "asset_pkey": "a copy is one row for ever, wherever the asset moves",
        },
        restrictive=_FETCHED
        | frozenset(
            {
                ("ticket_comment", "ticket_comment_signed"),
                ("ticket_comment", "ticket_comment_erased"),
                ("ticket_history", "ticket_history_signed"),
                ("ticket_history", "ticket_history_erased"),
                ("ticket_turn", "ticket_turn_signed"),
                ("time_entry", "time_entry_signed"),
                ("ticket_feedback", "ticket_feedback_signed"),
                ("ticket_feedback", "ticket_feedback_kept"),
            }
        ),
    ),
    "strategy": replace(
        EVERYWHERE,
        unruled={
            **EVERYWHERE.unruled,
            ("authority", "DELETE"): "figures of an LA are replaced, never deleted",
        },
    ),
    "gateway": replace(
        EVERYWHERE,
        public_tables={"local_authority": "which LAs exist is public knowledge"},
        keys={
            **EVERYWHERE.keys,
            "school_urn_unique": "the register gives a URN once in all of England",
            "school_identity_pkey": "the register gives a URN once in all of England",
            "school_import_pkey": "an import may be of one LA, of several, of England",
            "school_import_change_pkey": "a change belongs to its import",
            "school_import_fault_pkey": "a broken row belongs to its import",
            "saved_view_pkey": "a view is a person's, whomever it is shared with",
            "saved_view_name_unique": "a person's views have names of their own",
            "mail_item_pkey": "what a person is told is theirs, wherever it was",
            "assignment_pkey": "an assignment may be of an LA, a region or a school",
            "api_credential_client_id_unique": "a token names its client by this alone",
        },
        app_deletes={
            **EVERYWHERE.app_deletes,
            "session": "signing out deletes the session",
            "school_word": "the words of a school follow its name",
            "table_memory": "a person may have a table forget them",
            "saved_view": "a view is deleted by who made or shares it",
            "default_view": "a person may open a table with no view of theirs",
            "api_client_school": "a client's schools are set anew",
        },
    ),
}

MUTATIONS: dict[str, LiteralString] = {
    "read policy is always true": "ALTER POLICY tenant_read ON asset USING (true)",
    "read policy lets others in": (
        "ALTER POLICY tenant_read ON asset USING"
        " (school_id = ANY ((SELECT scope_read_schools())::uuid[]) OR true)"
    ),
    "write check is always true": (
        "ALTER POLICY tenant_insert ON asset WITH CHECK (true)"
    ),
    "update check is always true": (
        "ALTER POLICY tenant_update ON asset WITH CHECK (true)"
    ),
    "update of the read scope": (
        "ALTER POLICY tenant_update ON asset"
        " USING (la_code = ANY ((SELECT scope_read_las())::text[]))"
    ),
    "further policy is always true": "CREATE POLICY more ON asset USING (true)",
    "relay's policy is open": "ALTER POLICY outbox_relay_select ON outbox TO PUBLIC",
    "plain view": "CREATE VIEW everything AS SELECT tag FROM asset",
    "materialised view": "CREATE MATERIALIZED VIEW everything AS SELECT tag FROM asset",
    "definer function": (
        "CREATE FUNCTION everything() RETURNS SETOF asset LANGUAGE sql"
        " SECURITY DEFINER AS 'SELECT * FROM asset'"
    ),
    "definer procedure": (
        "CREATE PROCEDURE change() LANGUAGE sql"
        " SECURITY DEFINER AS 'UPDATE asset SET version = 2'"
    ),
    "app bypasses": "ALTER ROLE inventory_app BYPASSRLS",
    "group bypasses": "ALTER ROLE joinedup_app BYPASSRLS",
    "worker bypasses": "ALTER ROLE inventory_worker BYPASSRLS",
    "owner bypasses": "ALTER ROLE inventory_owner BYPASSRLS",
    "app is a superuser": "ALTER ROLE inventory_app SUPERUSER",
    "app makes roles": "ALTER ROLE inventory_app CREATEROLE",
    "app owns a table": "ALTER TABLE asset OWNER TO inventory_app",
    "app is the owner's member": "GRANT inventory_owner TO inventory_app",
    "worker is the owner's member": "GRANT inventory_owner TO inventory_worker",
    "app makes tables": "GRANT CREATE ON SCHEMA public TO joinedup_app",
    "everyone may read": "GRANT SELECT ON asset TO PUBLIC",
    "everyone may read a column": "GRANT SELECT (tag) ON asset TO PUBLIC",
    "login role has grants of its own": "GRANT SELECT ON asset TO inventory_app",
    "app reads the outbox": "GRANT SELECT ON outbox TO joinedup_app",
    "app reads a column of the outbox": "GRANT SELECT (data) ON outbox TO joinedup_app",
    "app reads dead letters": "GRANT SELECT ON dead_letter TO joinedup_app",
    "app deletes": "GRANT DELETE ON asset TO joinedup_app",
    "app truncates": "GRANT TRUNCATE ON asset TO joinedup_app",
    "app rewrites the audit": "GRANT UPDATE (seal) ON audit_entry TO joinedup_app",
    "app rewrites all the audit": "GRANT UPDATE ON audit_entry TO joinedup_app",
    "values of the audit are rewritten": (
        "ALTER POLICY audit_entry_erase ON audit_entry WITH CHECK"
        " ((SELECT scope_principal()) LIKE 'service:%' AND salt IS NULL)"
    ),
    "anyone erases values of the audit": (
        "ALTER POLICY audit_entry_erase ON audit_entry USING"
        " (la_code = ANY ((SELECT scope_write_las())::text[]))"
    ),
    "worker rewrites the audit": "GRANT DELETE ON audit_link TO joinedup_worker",
    "app reads what waits": "GRANT SELECT ON audit_waiting TO joinedup_app",
    "app links": "GRANT INSERT ON audit_link TO joinedup_app",
    "anyone signs for another": (
        "ALTER POLICY audit_entry_insert ON audit_entry WITH CHECK (true)"
    ),
    "key without the tenant": "CREATE UNIQUE INDEX tag_once ON asset (lower(tag))",
    "tenant second in the key": "CREATE UNIQUE INDEX once ON asset (serial, la_code)",
    "new table without security": "CREATE TABLE loan (la_code text, school_id uuid)",
    "new table by LA alone": "CREATE TABLE budget (la_code text, pence bigint)",
    "callers' keys unbound": "ALTER TABLE idempotency_key NO FORCE ROW LEVEL SECURITY",
}


@pytest.fixture
def connections(database_of: DatabaseOf) -> Iterator[Callable[[str], Connection]]:
    """Give a service's catalogue, to be spoilt and rolled back.

    Its tables are empty: a row of another test could stand in a mutation's way.
    """
    opened: list[Connection] = []

    def connect(service: str) -> Connection:
        connection = psycopg.connect(database_of(service, copy="linted").admin)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.rollback()
        connection.close()


def _faults(connection: Connection, service: str) -> list[str]:
    return schema_linter.faults(connection, service, OF[service])


@pytest.mark.parametrize("service", SERVICES)
def test_no_table_lets_a_tenant_see_anothers_rows(
    connections: Callable[[str], Connection], service: str
) -> None:
    connection = connections(service)

    assert _faults(connection, service) == []
    assert schema_linter.tenant_tables(connection, OF[service])


@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_weakened_schema_is_caught(
    connections: Callable[[str], Connection], mutation: LiteralString
) -> None:
    connection = connections("inventory")

    connection.execute(mutation)

    assert _faults(connection, "inventory") != []


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "mutation",
    [
        "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    ],
)
def test_every_table_whose_security_is_taken_off_is_caught(
    connections: Callable[[str], Connection], service: str, mutation: LiteralString
) -> None:
    connection = connections(service)

    survivors = [
        table
        for table in schema_linter.tenant_tables(connection, OF[service])
        if not _caught(connection, service, mutation, table)
    ]

    assert survivors == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_policy_that_is_dropped_is_caught(
    connections: Callable[[str], Connection], service: str
) -> None:
    connection = connections(service)
    policies = schema_linter.policies_of(connection)

    survivors = [
        f"{policy.table}.{policy.name}"
        for policy in policies
        if not _only_adds(policy, policies)
        and not _caught(
            connection, service, "DROP POLICY {} ON {}", policy.name, policy.table
        )
    ]

    assert survivors == []


def _only_adds(policy: Policy, policies: list[Policy]) -> bool:
    """Without it less is allowed, and another policy still rules each command."""
    others = [p for p in policies if p.table == policy.table and p != policy]
    return policy.is_permissive and all(
        any(other.covers(command) for other in others)
        for command in schema_linter.COMMANDS
        if policy.covers(command)
    )


def _caught(
    connection: Connection, service: str, mutation: LiteralString, *names: str
) -> bool:
    statement = sql.SQL(mutation).format(*(sql.Identifier(name) for name in names))
    connection.execute(statement)
    found = _faults(connection, service)
    connection.rollback()
    return found != []
