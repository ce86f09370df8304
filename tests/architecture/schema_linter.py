"""What a service's schema must hold so that no tenant sees another's rows.

`faults` reads the catalogue of one database as a superuser and says, a sentence each,
what is wrong. Every exception is listed here, with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.architecture import catalogue
from tests.architecture.catalogue import Connection

GROUPS = ("joinedup_app", "joinedup_worker")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
ADDED_TO_ONLY = ("audit_entry", "audit_link")
"""What no role of a service rewrites."""
ERASED = {"audit_entry": frozenset({"salt", "details"})}
"""What of it is erased: set to nothing, and to nothing else."""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a service's schema may do otherwise: the name, and the reason."""

    public_tables: Mapping[str, str] = field(default_factory=dict[str, str])
    worker_policies: Mapping[str, str] = field(default_factory=dict[str, str])
    """Policies that open tenants' rows to the worker role, and to it alone."""
    read_to_write: Mapping[str, str] = field(default_factory=dict[str, str])
    """Policies that let a row be changed that is only within the read scope."""
    unruled: Mapping[tuple[str, str], str] = field(
        default_factory=dict[tuple[str, str], str]
    )
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    definers: Mapping[str, str] = field(default_factory=dict[str, str])
    app_deletes: Mapping[str, str] = field(default_factory=dict[str, str])
    restrictive: frozenset[tuple[str, str]] = frozenset()
    """Policies that narrow what others allow: losing one would widen it."""


def faults(connection: Connection, service: str, allowed: Exceptions) -> list[str]:
    """Say everything that is wrong with a service's schema; nothing when it is safe."""
    tables = catalogue.rows(connection, catalogue.Table, catalogue.TABLES)
    policies = catalogue.rows(connection, catalogue.Policy, catalogue.POLICIES)
    roles = [*GROUPS, f"{service}_app", f"{service}_worker"]
    return [
        *_open_tables(tables, allowed),
        *_missing_policies(tables, policies, allowed),
        *_open_policies(policies, allowed),
        *_erasures(policies),
        *_keys(connection, tables, allowed),
        *_mighty(connection, service, roles),
        *_ways_round(connection, roles, allowed),
        *_grants(connection, allowed),
    ]


def tenant_tables(connection: Connection, allowed: Exceptions) -> list[str]:
    return [
        table.name
        for table in catalogue.rows(connection, catalogue.Table, catalogue.TABLES)
        if table.is_tenant and table.name not in allowed.public_tables
    ]


def policies_of(connection: Connection) -> list[catalogue.Policy]:
    return catalogue.rows(connection, catalogue.Policy, catalogue.POLICIES)


def _open_tables(tables: list[catalogue.Table], allowed: Exceptions) -> Iterator[str]:
    for table in tables:
        is_bound = table.enabled and table.forced
        if table.enabled and not table.forced:
            yield f"{table.name}: row security does not bind the table's owner"
        if table.is_tenant and not is_bound and table.name not in allowed.public_tables:
            yield f"{table.name}: holds tenants' rows without forced row security"


def _missing_policies(
    tables: list[catalogue.Table], policies: list[catalogue.Policy], allowed: Exceptions
) -> Iterator[str]:
    for table in tables:
        own = [policy for policy in policies if policy.table == table.name]
        for command in COMMANDS:
            is_ruled = any(policy.covers(command) for policy in own)
            is_excused = (table.name, command) in allowed.unruled
            if table.enabled and not is_ruled and not is_excused:
                yield f"{table.name}: no policy for {command}"
    narrowing = {(p.table, p.name) for p in policies if not p.is_permissive}
    for missing in sorted(allowed.restrictive - narrowing):
        yield f"{missing[0]}: no restrictive policy {missing[1]}"


def _open_policies(
    policies: list[catalogue.Policy], allowed: Exceptions
) -> Iterator[str]:
    """A permissive policy without a scope function lets everybody's rows through."""
    for policy in policies:
        label = f"{policy.table}: policy {policy.name}"
        if policy.name in allowed.worker_policies:
            if policy.roles != ["joinedup_worker"]:
                yield f"{label} is open to more than the worker"
        elif policy.is_permissive:
            if any(_is_open(expression) for expression in policy.expressions()):
                yield f"{label} does not ask for the scope"
            if policy.reads_to_write() and policy.name not in allowed.read_to_write:
                yield f"{label} lets a row of the read scope be changed"


def _is_open(expression: str) -> bool:
    return "scope_" not in expression or " OR true" in expression


def _keys(
    connection: Connection, tables: list[catalogue.Table], allowed: Exceptions
) -> Iterator[str]:
    tenants = {table.name for table in tables if table.is_tenant}
    for key in catalogue.rows(connection, catalogue.Key, catalogue.KEYS):
        is_led = key.first_column in {"la_code", "school_id"}
        if key.table in tenants and not is_led and key.name not in allowed.keys:
            yield f"{key.table}: unique key {key.name} does not lead with the tenant"


def _mighty(connection: Connection, service: str, names: list[str]) -> Iterator[str]:
    for role in catalogue.rows(
        connection, catalogue.Role, catalogue.ROLES, [*names, f"{service}_owner"]
    ):
        if role.is_mighty:
            yield f"{role.name}: a role above row security, or that could make one"
        if role.is_owner and role.name in names:
            yield f"{role.name}: owns what it should only use"
    for name in catalogue.names_of(connection, catalogue.MAKERS, names):
        yield f"{name}: may create objects of its own"


def _ways_round(
    connection: Connection, names: list[str], allowed: Exceptions
) -> Iterator[str]:
    for name in catalogue.names_of(connection, catalogue.MATERIALISED, names):
        yield f"{name}: a materialised view holds every tenant's rows"
    for name in catalogue.names_of(connection, catalogue.OWNERS_VIEWS, names):
        yield f"{name}: a view reads with its owner's rights"
    for name in catalogue.names_of(connection, catalogue.DEFINERS, names):
        if name not in allowed.definers:
            yield f"{name}: a function runs with its owner's rights"


def _grants(connection: Connection, allowed: Exceptions) -> Iterator[str]:
    for grant in catalogue.rows(connection, catalogue.Grant, catalogue.GRANTS):
        if grant.grantee not in GROUPS:
            yield f"{grant.table}: {grant.privilege} is granted to {grant.grantee}"
        if grant.privilege in {"TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}:
            yield f"{grant.table}: {grant.privilege} is granted to {grant.grantee}"
        if grant.grantee == "joinedup_app" and not _app_may(grant, allowed):
            yield f"{grant.table}: the app may {grant.privilege}"
        if _rewrites(grant):
            yield f"{grant.table}: {grant.privilege} is granted to {grant.grantee}"


def _rewrites(grant: catalogue.Grant) -> bool:
    if grant.table not in ADDED_TO_ONLY:
        return False
    erased = ERASED.get(grant.table, frozenset())
    is_erasing = grant.privilege == "UPDATE" and grant.column in erased
    return grant.privilege in {"UPDATE", "DELETE"} and not is_erasing


def _erasures(policies: list[catalogue.Policy]) -> Iterator[str]:
    """What is erased becomes nothing, and only by a service in its own name."""
    for policy in policies:
        if policy.table not in ERASED or not policy.covers("UPDATE"):
            continue
        wanted = [f"({column} IS NULL)" for column in ERASED[policy.table]]
        check = policy.check or ""
        if not all(each in check for each in wanted) or " OR true" in check:
            yield f"{policy.table}: policy {policy.name} lets values be rewritten"
        if "service:%" not in (policy.using or "") or "service:%" not in check:
            yield f"{policy.table}: policy {policy.name} lets anybody erase"


def _app_may(grant: catalogue.Grant, allowed: Exceptions) -> bool:
    if grant.table in {"inbox", "dead_letter"}:
        return False
    if grant.table in {"outbox", "audit_waiting"}:
        return grant.privilege == "INSERT"
    if grant.table == "audit_link":
        return False
    return grant.privilege != "DELETE" or grant.table in allowed.app_deletes
