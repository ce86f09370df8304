"""Its verbs: `python -m servicedesk api|worker|migrate|replay|restate`, and one more.

`agree` reads from standard input, as JSON, a list of LAs (`la_code`) with their
`agreements`, each as the API takes one: for all schools of the LA, or with the
`school_urn` of one. What is known by its name is passed over, as often as one likes.
"""

import asyncio
import sys
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from chassis import db, errors, process
from chassis.settings import ServiceSettings
from chassis.wire import Body, LaCode
from servicedesk.agreements import many
from servicedesk.agreements.schemas import AddAgreement
from servicedesk.work import SERVICE


class Told(Body):
    """What an LA and its schools agreed."""

    la_code: LaCode
    agreements: Annotated[list[AddAgreement], Field(max_length=500)]


_TOLD = TypeAdapter(list[Told])


async def _agree(settings: ServiceSettings, told: list[Told]) -> int:
    database = db.Database(settings.database_url, 1, "servicedesk-agree")
    await database.open()
    try:
        added = [await many.take_in(database, t.la_code, t.agreements) for t in told]
        return sum(added)
    finally:
        await database.close()


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


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["agree"]:
            _agreed()
        case _:
            process.main(SERVICE)
