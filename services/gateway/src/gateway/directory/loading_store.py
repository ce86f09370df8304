"""One function per set-wise statement of loading the directory."""

from collections.abc import Sequence

from chassis import errors
from chassis.db import Tx
from gateway.directory import store
from gateway.directory.model import Recorded
from gateway.directory.store import QUERIES


class UnknownHolder(errors.Invalid):
    """An assignment names a person, client or school that the directory has not."""

    slug = "unknown-holder"
    title = "An assignment names someone or somewhere that is not in the directory"


class AddressTwice(errors.Invalid):
    """Two people of a document, or one and somebody known, have one address."""

    slug = "address-twice"
    title = "An e-mail address is one person's only"


UPSERT_REGIONS = QUERIES.command("upsert_regions")
UPSERT_AUTHORITIES = QUERIES.command("upsert_authorities")
UPSERT_SCHOOLS = QUERIES.rows("upsert_schools", Recorded)
INSERT_IDENTITIES = QUERIES.command("insert_identities")
UPSERT_PEOPLE = QUERIES.command("upsert_people")
UPSERT_CLIENTS = QUERIES.command("upsert_clients")
UPSERT_ASSIGNMENTS = QUERIES.command("upsert_assignments")
AWAIT_CHANGES = QUERIES.command("await_changes")


async def upsert_regions(tx: Tx, rows: str) -> None:
    await tx.run(UPSERT_REGIONS, {"entries": rows})


async def upsert_authorities(tx: Tx, rows: str) -> None:
    await tx.run(UPSERT_AUTHORITIES, {"entries": rows})


async def upsert_schools(tx: Tx, rows: str) -> list[Recorded]:
    return await tx.all(UPSERT_SCHOOLS, {"entries": rows})


async def insert_identities(tx: Tx) -> None:
    await tx.run(INSERT_IDENTITIES)


async def upsert_people(tx: Tx, rows: str) -> None:
    """Keep people.

    Raises:
        AddressTwice: two have one address.
    """
    twice = {"person_email_unique": AddressTwice()}
    await tx.run(UPSERT_PEOPLE, {"entries": rows}, refusals=twice)


async def upsert_clients(tx: Tx, rows: str) -> None:
    await tx.run(UPSERT_CLIENTS, {"entries": rows})


async def upsert_assignments(tx: Tx, rows: str) -> None:
    """Keep assignments.

    Raises:
        UnknownHolder: one names a person, client or school that is not there.
    """
    unknown = UnknownHolder()
    await tx.run(
        UPSERT_ASSIGNMENTS,
        {"entries": rows},
        refusals={
            "assignment_principal_check": unknown,
            "assignment_scope_check": unknown,
            "assignment_role_check": errors.Invalid("A role is held in a wrong scope"),
        },
    )


async def settle_homes(tx: Tx, usernames: Sequence[str]) -> None:
    await store.settle_homes(tx, usernames=usernames)


async def await_changes(tx: Tx, usernames: Sequence[str]) -> None:
    """Have people who were never invited wait until somebody changes them."""
    await tx.run(AWAIT_CHANGES, {"usernames": list(usernames)})
