"""Its verbs: `python -m inventory api|worker|migrate|replay|restate`, and two more.

`enrol` reads from standard input, as JSON, a school (`la_code`, `school_urn`) and a key
for its agents (`name`, `enrolment_key`), as often as one likes. `lifecycles FILE` takes
in until when products are supported, from a file in endoflife.date's form (JSON) or one
of Chromebooks (CSV: `model,auto_update_expiry`), as often as one likes.
"""

import asyncio
import gzip
import sys
import zlib
from pathlib import Path

import orjson

from chassis import db, errors, process
from chassis.settings import ServiceSettings
from inventory.enrolment import service as enrolment
from inventory.lifecycle import service as lifecycle
from inventory.lifecycle.model import telling
from inventory.lifecycle.model.telling import Told
from inventory.work import SERVICE

_GZIP = b"\x1f\x8b"


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


def _read(text: bytes) -> Told:
    """Read a file of products (JSON) or of Chromebooks (CSV), plain or gzip."""
    plain = gzip.decompress(text) if text.startswith(_GZIP) else text
    if plain.lstrip()[:1] in {b"{", b"["}:
        return telling.read(orjson.loads(plain))
    return telling.read_series(plain.decode("utf-8-sig"))


async def _take_in(settings: ServiceSettings, told: Told) -> str:
    database = db.Database(settings.database_url, 1, "inventory-lifecycles")
    await database.open()
    try:
        changed = await lifecycle.take_in(database, told)
    finally:
        await database.close()
    lines = [f"Not taken: {each}" for each in told.wrong]
    lines.append(
        f"{len(told.releases)} releases read, {changed} new or changed;"
        f" {told.passed_over} products are not looked at."
    )
    return "\n".join(lines)


def _lifecycles(file: Path) -> None:
    settings = ServiceSettings()  # pyright: ignore[reportCallIssue] - from environment
    try:
        said = asyncio.run(_take_in(settings, _read(file.read_bytes())))
    except OSError as wrong:
        sys.exit(f"{file}: {wrong.strerror or wrong}.")
    except (ValueError, EOFError, zlib.error) as wrong:
        sys.exit(f"{file} is neither JSON nor CSV, plain or gzip. {wrong}")
    except telling.LifecyclesUnreadable:
        sys.exit(f"{file} is neither one of products and releases nor of Chromebooks.")
    sys.stdout.write(f"{said}\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["enrol"]:
            _enrolled()
        case ["lifecycles", file]:
            _lifecycles(Path(file))
        case _:
            process.main(SERVICE)
