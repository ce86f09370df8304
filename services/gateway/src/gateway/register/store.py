"""One function per statement on imports of the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import errors, sql
from chassis.db import Tx
from gateway.directory.model import Recorded
from gateway.register.model.facts import Known
from gateway.register.model.imports import Import, KeptChange, KeptFault, WideRole
from gateway.register.model.plausibility import Before


@dataclass(frozen=True, slots=True)
class EarlierUrn:
    urn: int
    school_id: UUID


@dataclass(frozen=True, slots=True)
class LinkedUrns:
    urn: int
    other_urn: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some changes of an import, by their places."""

    import_id: UUID
    first: int
    last: int


QUERIES = sql.load("gateway.register")
LIST_AUTHORITY_CODES = QUERIES.scalar("list_authority_codes", str)
LOOK_ROWS_UP = QUERIES.scalar("look_rows_up", str)
LIST_KNOWN_SCHOOLS = QUERIES.rows("list_known_schools", Known)
LIST_EARLIER_URNS = QUERIES.rows("list_earlier_urns", EarlierUrn, planned_anew=True)
LIST_LINKED_URNS = QUERIES.rows("list_linked_urns", LinkedUrns)
GET_SCHOOLS_DIGEST = QUERIES.scalar("get_schools_digest", str)
COUNT_WIDE_ROLES = QUERIES.rows("count_wide_roles", WideRole)
INSERT_IMPORT = QUERIES.scalar("insert_import", UUID)
KEEP_PREVIEW = QUERIES.command("keep_preview")
INSERT_CHANGES = QUERIES.command("insert_changes")
INSERT_FAULTS = QUERIES.command("insert_faults")
GET_IMPORT = QUERIES.rows("get_import", Import)
LOCK_IMPORT = QUERIES.rows("lock_import", Import)
LIST_IMPORTS = QUERIES.rows("list_imports", Import)
FIND_IMPORT_OF_FILES = QUERIES.rows("find_import_of_files", Import)
GET_LAST_APPLIED = QUERIES.rows("get_last_applied", Before)
LIST_CHANGES = QUERIES.rows("list_changes", KeptChange, planned_anew=True)
LIST_FAULTS = QUERIES.rows("list_faults", KeptFault)
HAND_IMPORT = QUERIES.command("hand_import")
MOVE_IMPORT = QUERIES.command("move_import")
INSERT_REGIONS = QUERIES.command("insert_regions")
INSERT_AUTHORITIES = QUERIES.command("insert_authorities")
INSERT_NEW_SCHOOLS = QUERIES.scalar("insert_new_schools", UUID)
# An import fills tables that may be empty when it begins, and that the statistics know
# as empty until it ends. So these look each school of a part up in an index, and leave
# the planner no join to choose; and no plan that was made for the empty is kept.
UPDATE_SCHOOLS = QUERIES.rows("update_schools", Recorded, planned_anew=True)
UPSERT_IDENTITIES = QUERIES.command("upsert_identities", planned_anew=True)
INSERT_PAST = QUERIES.command("insert_past", planned_anew=True)
INSERT_LINKS = QUERIES.command("insert_links", planned_anew=True)


async def list_authority_codes(tx: Tx) -> list[str]:
    return await tx.all(LIST_AUTHORITY_CODES)


async def look_rows_up(tx: Tx) -> None:
    """Let what follows find rows by index, not by reading tables that seem small."""
    await tx.one(LOOK_ROWS_UP)


async def list_known_schools(
    tx: Tx, la_codes: Sequence[str], urns: Sequence[int]
) -> list[Known]:
    asked = {"la_codes": list(la_codes), "urns": list(urns)}
    return await tx.all(LIST_KNOWN_SCHOOLS, asked)


async def list_earlier_urns(tx: Tx, la_codes: Sequence[str]) -> list[EarlierUrn]:
    return await tx.all(LIST_EARLIER_URNS, {"la_codes": list(la_codes)})


async def list_linked_urns(tx: Tx, la_codes: Sequence[str]) -> list[LinkedUrns]:
    return await tx.all(LIST_LINKED_URNS, {"la_codes": list(la_codes)})


async def get_schools_digest(tx: Tx, la_codes: Sequence[str]) -> str:
    return await tx.one(GET_SCHOOLS_DIGEST, {"la_codes": list(la_codes)})


async def count_wide_roles(tx: Tx, la_codes: Sequence[str]) -> list[WideRole]:
    return await tx.all(COUNT_WIDE_ROLES, {"la_codes": list(la_codes)})


async def insert_import(tx: Tx, values: dict[str, object]) -> UUID:
    return await tx.one(INSERT_IMPORT, values)


async def keep_preview(tx: Tx, values: dict[str, object]) -> int:
    return await tx.run(KEEP_PREVIEW, values)


async def insert_changes(tx: Tx, values: dict[str, object]) -> None:
    await tx.run(INSERT_CHANGES, values)


async def insert_faults(tx: Tx, values: dict[str, object]) -> None:
    await tx.run(INSERT_FAULTS, values)


async def get_import(tx: Tx, import_id: UUID) -> Import | None:
    return await tx.maybe(GET_IMPORT, {"import_id": import_id})


async def lock_import(tx: Tx, import_id: UUID) -> Import | None:
    return await tx.maybe(LOCK_IMPORT, {"import_id": import_id})


async def list_imports(tx: Tx, after: UUID | None, page_size: int) -> list[Import]:
    return await tx.all(LIST_IMPORTS, {"after": after, "page_size": page_size})


async def find_import_of_files(
    tx: Tx, sha256: str, links_sha256: str | None, la_codes: Sequence[str]
) -> Import | None:
    asked = {
        "sha256": sha256,
        "links_sha256": links_sha256,
        "la_codes": list(la_codes),
    }
    return await tx.maybe(FIND_IMPORT_OF_FILES, asked)


async def get_last_applied(tx: Tx, la_codes: Sequence[str]) -> Before | None:
    return await tx.maybe(GET_LAST_APPLIED, {"la_codes": list(la_codes)})


async def list_changes(
    tx: Tx, import_id: UUID, kind: str | None, after: int, page_size: int
) -> list[KeptChange]:
    asked = {
        "import_id": import_id,
        "kind": kind,
        "after": after,
        "page_size": page_size,
    }
    return await tx.all(LIST_CHANGES, asked)


async def list_faults(
    tx: Tx, import_id: UUID, after: int, page_size: int
) -> list[KeptFault]:
    asked = {"import_id": import_id, "after": after, "page_size": page_size}
    return await tx.all(LIST_FAULTS, asked)


async def hand_import(tx: Tx, import_id: UUID, job_id: UUID, state: str) -> None:
    handed = {"import_id": import_id, "job_id": job_id, "state": state}
    await tx.run(HAND_IMPORT, handed)


async def move_import(
    tx: Tx, import_id: UUID, state: str, problem: str | None = None
) -> None:
    moved = {"import_id": import_id, "state": state, "problem": problem}
    await tx.run(MOVE_IMPORT, moved)


async def insert_regions(tx: Tx, entries: str) -> None:
    await tx.run(INSERT_REGIONS, {"entries": entries})


async def insert_authorities(tx: Tx, entries: str) -> None:
    await tx.run(INSERT_AUTHORITIES, {"entries": entries})


_TAKEN = errors.Conflict("Another school took one of the URNs meanwhile")


async def insert_new_schools(tx: Tx, part: Part) -> list[UUID]:
    return await tx.all(INSERT_NEW_SCHOOLS, part, {"school_urn_unique": _TAKEN})


async def update_schools(tx: Tx, part: Part) -> list[Recorded]:
    return await tx.all(UPDATE_SCHOOLS, part, {"school_urn_unique": _TAKEN})


async def keep_history(tx: Tx, part: Part) -> None:
    """Keep the URNs, earlier names and relations of a part of an import."""
    await tx.run(UPSERT_IDENTITIES, part)
    await tx.run(INSERT_PAST, part)
    await tx.run(INSERT_LINKS, part)
