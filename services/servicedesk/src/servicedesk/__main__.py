"""Its verbs: `python -m servicedesk api|worker|migrate|replay|restate`, and two more.

`agree` reads from standard input, as JSON, a list of LAs (`la_code`) with their
`agreements`, each as the API takes one: for all schools of the LA, or with the
`school_urn` of one. What is known by its name is passed over, as often as one likes.
`calendars` reads what LAs (`authorities`: `la_code`) and schools (`schools`: `la_code`,
`school_urn`) say of their calendars (`said`, as the API takes it), as often as one
likes: where something is written already, it stays.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from chassis import db, errors, process
from chassis.settings import ServiceSettings
from chassis.wire import Body, LaCode, Urn
from servicedesk.agreements import many
from servicedesk.agreements.schemas import AddAgreement
from servicedesk.calendar import service as calendars
from servicedesk.calendar.model.plain import Plain
from servicedesk.calendar.schemas import WriteCalendar
from servicedesk.work import SERVICE


class Told(Body):
    """What an LA and its schools agreed."""

    la_code: LaCode
    agreements: Annotated[list[AddAgreement], Field(max_length=500)]


class Said(Body):
    """What an LA says of its calendar, or a school of it."""

    la_code: LaCode
    school_urn: Urn | None = None
    said: WriteCalendar


class Calendars(Body):
    """What LAs and schools say of their calendars."""

    authorities: list[Said]
    schools: list[Said]


_TOLD = TypeAdapter(list[Told])


@asynccontextmanager
async def _opened(settings: ServiceSettings, name: str) -> AsyncGenerator[db.Database]:
    database = db.Database(settings.database_url, 1, name)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def _agree(settings: ServiceSettings, told: list[Told]) -> int:
    async with _opened(settings, "servicedesk-agree") as database:
        added = [await many.take_in(database, t.la_code, t.agreements) for t in told]
    return sum(added)


async def _begin(settings: ServiceSettings, told: Calendars) -> int:
    by_la: dict[str, dict[int | None, Plain]] = {}
    for each in (*told.authorities, *told.schools):
        said = each.said.model_dump(mode="json")
        by_la.setdefault(each.la_code, {})[each.school_urn] = said
    async with _opened(settings, "servicedesk-calendars") as database:
        written = [
            await calendars.begin_calendars(database, la_code, said)
            for la_code, said in by_la.items()
        ]
    return sum(written)


def _agreed() -> None:
    settings = ServiceSettings()  # pyright: ignore[reportCallIssue] - from environment
    try:
        told = _TOLD.validate_json(sys.stdin.buffer.read())
        added = asyncio.run(_agree(settings, told))
    except ValidationError as wrong:
        sys.exit(f"This tells of no agreements. {wrong}")
    except errors.Refusal as refusal:
        sys.exit(f"The agreements were not written down. {refusal.detail}")
    sys.stdout.write(f"{added} agreements written down\n")


def _calendars() -> None:
    settings = ServiceSettings()  # pyright: ignore[reportCallIssue] - from environment
    try:
        told = Calendars.model_validate_json(sys.stdin.buffer.read())
        written = asyncio.run(_begin(settings, told))
    except ValidationError as wrong:
        sys.exit(f"This tells of no calendars. {wrong}")
    except errors.Refusal as refusal:
        sys.exit(f"The calendars were not written. {refusal.detail}")
    sys.stdout.write(f"{written} calendars written.\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["agree"]:
            _agreed()
        case ["calendars"]:
            _calendars()
        case _:
            process.main(SERVICE)
