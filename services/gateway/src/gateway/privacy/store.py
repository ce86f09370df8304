"""The tables of privacy: one function per query."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import orjson

from chassis import sql
from chassis.db import Tx
from chassis.privacy.model import Row, Subject
from gateway.privacy.model import (
    Erasure,
    ErasureAsked,
    Home,
    Kept,
    Kind,
    Named,
    Run,
)

QUERIES = sql.load("gateway.privacy")
INSERT_ERASURE = QUERIES.scalar("insert_erasure", UUID)
LIST_ERASURES = QUERIES.rows("list_erasures", Erasure, planned_anew=True)
GET_ERASURE = QUERIES.rows("get_erasure", Erasure)
CLAIM_ERASURE = QUERIES.rows("claim_erasure", Erasure)
NOTE_ERASED = QUERIES.command("note_erased")
NOTE_PROBLEM = QUERIES.command("note_problem")
NOTE_DONE = QUERIES.command("note_done")
LIST_NAMES = QUERIES.rows("list_names", Named, planned_anew=True)
OF_THE_LA = {
    name: QUERIES.command(f"erase_{name}", planned_anew=True)
    for name in ("notices", "clients", "views", "unplaced")
}
"""Where the directory itself has words that somebody wrote."""
ERASE_ROLES = QUERIES.command("erase_roles")
LIST_OTHER_PLACES = QUERIES.rows("list_other_places", str)
LOCK_PERSON = QUERIES.rows("lock_person", Home)
IS_IN_OFFICE = QUERIES.scalar("is_in_office", bool)
WITHDRAW = QUERIES.command("withdraw")
IS_ANYBODY_DUE = QUERIES.scalar("is_anybody_due", bool)
HAND_OVER = QUERIES.command("hand_over")
OF_THE_PERSON = tuple(
    QUERIES.command(name)
    for name in (
        *("forget_giver", "forget_maker", "delete_sessions", "delete_memories"),
        *("delete_default_views", "delete_own_views", "delete_put_away"),
        *("delete_repeats", "erase_unplaced_record", "delete_person"),
    )
)
"""All that goes with a person: the person comes last."""
TELL_ROLES = QUERIES.rows("tell_roles", Row)
OF_THEIRS = {
    name: QUERIES.rows(f"tell_{name}", Row)
    for name in (
        *("person", "sessions", "messages", "choices", "views"),
        "record_of_no_la",
    )
}
"""What is somebody's and no LA's: for themselves, and for the LA that keeps them."""
LIST_RULES = QUERIES.rows("list_rules", Kept)
KEEP_RULE = QUERIES.command("keep_rule")
LIST_RUNS = QUERIES.rows("list_runs", Run)
LIST_LAS_TO_TIDY = QUERIES.scalar("list_las_to_tidy", str)
INSERT_RUN = QUERIES.command("insert_run")
ASK_FOR_THOSE_LONG_GONE = QUERIES.command("ask_for_those_long_gone")


async def insert_erasure(
    tx: Tx, la_code: str, person_id: UUID, *, with_texts: bool
) -> UUID:
    """Ask for an erasure.

    Raises:
        ErasureAsked: somebody has.
    """
    said = {"la_code": la_code, "person_id": person_id, "with_texts": with_texts}
    return await tx.one(INSERT_ERASURE, said, {"erasure_open_unique": ErasureAsked()})


async def list_erasures(
    tx: Tx, la_code: str | None, after: UUID | None, page_size: int
) -> list[Erasure]:
    asked = {"la_code": la_code, "after": after, "page_size": page_size}
    return await tx.all(LIST_ERASURES, asked)


async def get_erasure(tx: Tx, la_code: str, person_id: UUID) -> Erasure | None:
    return await tx.maybe(GET_ERASURE, {"la_code": la_code, "person_id": person_id})


async def claim_erasure(tx: Tx, lease: timedelta) -> Erasure | None:
    return await tx.maybe(CLAIM_ERASURE, {"lease": lease})


async def note_erased(
    tx: Tx, erasure_id: UUID, holder: str, counts: Mapping[str, int]
) -> None:
    said = orjson.dumps(dict(counts)).decode()
    of = {"erasure_id": erasure_id, "holder": holder, "counts": said}
    await tx.run(NOTE_ERASED, of)


async def note_problem(
    tx: Tx, erasure_id: UUID, problem: str, pause: timedelta
) -> None:
    said = {"erasure_id": erasure_id, "problem": problem, "pause": pause}
    await tx.run(NOTE_PROBLEM, said)


async def note_done(tx: Tx, erasure_id: UUID) -> None:
    await tx.run(NOTE_DONE, {"erasure_id": erasure_id})


async def list_names(tx: Tx, person_id: UUID, la_code: str) -> list[Named]:
    return await tx.all(LIST_NAMES, {"person_id": person_id, "la_code": la_code})


async def erase_words(tx: Tx, la_code: str, subject: Subject) -> dict[str, int]:
    """Take somebody's name out of what an LA wrote here; say out of how much."""
    if subject.pattern is None:
        return {}
    asked = {"la_code": la_code, "pattern": subject.pattern}
    return {name: await tx.run(query, asked) for name, query in OF_THE_LA.items()}


async def erase_roles(tx: Tx, la_code: str, person_id: UUID) -> int:
    return await tx.run(ERASE_ROLES, {"la_code": la_code, "person_id": person_id})


async def list_other_places(tx: Tx, person_id: UUID, la_code: str) -> list[str | None]:
    asked = {"person_id": person_id, "la_code": la_code}
    return [*await tx.all(LIST_OTHER_PLACES, asked)]


async def lock_person(tx: Tx, person_id: UUID) -> Home | None:
    return await tx.maybe(LOCK_PERSON, {"person_id": person_id})


async def is_in_office(tx: Tx, person_id: UUID, la_code: str, today: date) -> bool:
    asked = {"person_id": person_id, "la_code": la_code, "today": today}
    return await tx.one(IS_IN_OFFICE, asked)


async def withdraw(tx: Tx, erasure_id: UUID) -> None:
    await tx.run(WITHDRAW, {"erasure_id": erasure_id})


async def is_anybody_due(tx: Tx) -> bool:
    return await tx.one(IS_ANYBODY_DUE)


async def hand_over(tx: Tx, person_id: UUID, home: Home) -> None:
    given = {"la_code": home.home_la_code, "school_id": home.home_school_id}
    await tx.run(HAND_OVER, {"person_id": person_id, **given})


async def delete_person(tx: Tx, person_id: UUID) -> None:
    """Delete somebody with all that is theirs alone."""
    asked = {"person_id": person_id, "principal": str(person_id)}
    for query in OF_THE_PERSON:
        await tx.run(query, asked)


async def tell_roles(
    tx: Tx, person_id: UUID, la_codes: Sequence[str], *, is_whole: bool
) -> list[Row]:
    """Tell the roles in some LAs, and those of regions where all is to be told."""
    asked = {
        "person_id": person_id,
        "la_codes": list(la_codes),
        "is_whole": is_whole,
    }
    return await tx.all(TELL_ROLES, asked)


async def tell_theirs(tx: Tx, person_id: UUID) -> dict[str, list[Row]]:
    asked = {"person_id": person_id, "principal": str(person_id)}
    return {name: await tx.all(query, asked) for name, query in OF_THEIRS.items()}


async def list_rules(tx: Tx, la_code: str) -> list[Kept]:
    return await tx.all(LIST_RULES, {"la_code": la_code})


async def keep_rule(tx: Tx, la_code: str, kind: Kind, months: int) -> None:
    await tx.run(KEEP_RULE, {"la_code": la_code, "kind": kind, "months": months})


async def list_runs(tx: Tx, la_code: str, page_size: int) -> list[Run]:
    return await tx.all(LIST_RUNS, {"la_code": la_code, "page_size": page_size})


async def list_las_to_tidy(tx: Tx, since: datetime) -> list[str]:
    return await tx.all(LIST_LAS_TO_TIDY, {"since": since})


async def insert_run(
    tx: Tx,
    la_code: str,
    began_at: datetime,
    erased: Mapping[str, Mapping[str, int]],
    problem: str | None,
) -> None:
    said = {
        "la_code": la_code,
        "began_at": began_at,
        "erased": orjson.dumps(erased).decode(),
        "problem": problem,
    }
    await tx.run(INSERT_RUN, said)


async def ask_for_those_long_gone(tx: Tx, la_code: str, before: datetime) -> int:
    asked = {"la_code": la_code, "before": before}
    return await tx.run(ASK_FOR_THOSE_LONG_GONE, asked)
