"""Its verbs: `python -m inventory api|worker|migrate|replay|restate`, and `enrol`.

`enrol` reads from standard input, as JSON, a school (`la_code`, `school_urn`) and a key
for its agents (`name`, `enrolment_key`), as often as one likes.
"""

import asyncio
import sys

import orjson

from chassis import db, errors, process
from chassis.settings import ServiceSettings
from inventory.enrolment import service as enrolment
from inventory.work import SERVICE


async def _enrol(settings: ServiceSettings, told: dict[str, str]) -> None:
    database = db.Database(settings.database_url, 1, "inventory-enrol")
    await database.open()
    try:
        place = (told["la_code"], int(told["school_urn"]))
        await enrolment.enrol(database, place, told["name"], told["enrolment_key"])
    finally:
        await database.close()


def _enrolled() -> None:
    settings = ServiceSettings()  # pyright: ignore[reportCallIssue] - from environment
    try:
        asyncio.run(_enrol(settings, orjson.loads(sys.stdin.buffer.read())))
    except (ValueError, KeyError, TypeError) as wrong:
        sys.exit(f"This tells of no school and its key. {wrong!r}")
    except errors.Refusal as refusal:
        sys.exit(f"The school was not enrolled. {refusal.detail}")


if __name__ == "__main__":
    if sys.argv[1:] == ["enrol"]:
        _enrolled()
    else:
        process.main(SERVICE)
