"""The operator's opening of an LA, told as JSON: no name stands in a command line."""

import asyncio
from datetime import date

from pydantic import ValidationError

from chassis import errors
from chassis.db import Database
from gateway.opening import model, service
from gateway.opening.model import Opening

FIELDS = {
    "la_code": "An LA's code has three digits, like 940",
    "manager_name": "Say the manager's name, in up to 120 letters",
    "manager_email": "Say the manager's e-mail address, like name@example.org",
}


class CommandRefused(Exception):
    """The LA does not come in; the text says why."""


def read(text: bytes) -> Opening:
    """Read who comes in; an LA that there is, and somebody who can be invited.

    Raises:
        CommandRefused: it is not.
    """
    try:
        opening = Opening.model_validate_json(text)
        model.authority_of(opening.la_code)
    except ValidationError as wrong:
        # The value may be a person's and is not shown.
        fields = [str(each["loc"][0]) for each in wrong.errors() if each["loc"]]
        said = [FIELDS.get(field, f"There is no {field}") for field in fields]
        raise CommandRefused(". ".join(said or ["It is no JSON"]) + ".") from wrong
    except model.NoAuthority as unknown:
        raise CommandRefused(f"{unknown}.") from unknown
    return opening


def run(database_url: str, opening: Opening, today: date) -> str:
    """Let the LA in and invite its manager; say what was done. Again, it is nothing.

    Raises:
        CommandRefused: somebody else has the address.
    """
    try:
        is_new = asyncio.run(_run(database_url, opening, today))
    except errors.Refusal as refusal:
        raise CommandRefused(f"{refusal.detail}.") from refusal
    name = model.authority_of(opening.la_code).name
    return f"{name}: {'a manager is invited' if is_new else 'nothing is new'}"


async def _run(database_url: str, opening: Opening, today: date) -> bool:
    database = Database(database_url, 1, "gateway-open-authority")
    await database.open()
    try:
        return await service.open_authority(database, opening, today)
    finally:
        await database.close()
