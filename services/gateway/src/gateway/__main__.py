"""Its verbs: `python -m gateway api|worker|migrate|replay|restate`, and five more.

`load` reads the directory document from standard input, as often as one likes;
`schools-import FILE` brings a file of the national register in; `people-sync` mends
what Keycloak has otherwise than the directory; `open-authority` reads an LA and its
first manager from standard input, `--check` looks at them alone and says the LA's name;
`returned-mail` takes in, over LMTP or SMTP, what could not be delivered.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError
from rich.console import Console

from chassis import errors, process, telemetry
from gateway import days, work
from gateway.directory import loading
from gateway.opening import command as opening
from gateway.opening import model as openings
from gateway.provisioning import command as provisioning
from gateway.provisioning import desk
from gateway.register import command
from gateway.settings import GatewaySettings


def _configured(name: str) -> GatewaySettings:
    """Read the settings of the environment; what is logged bears the verb's name."""
    settings = GatewaySettings()  # pyright: ignore[reportCallIssue] - from environment
    telemetry.configure(name, settings.log_level, settings.otlp_endpoint)
    return settings


def _load() -> None:
    settings = _configured("gateway-load")
    try:
        changed = asyncio.run(
            loading.load_from_text(settings.database_url, sys.stdin.buffer.read())
        )
    except ValidationError as wrong:
        sys.exit(f"The directory document is not accepted. {_first_fault(wrong)}")
    except errors.Refusal as refusal:
        sys.exit(f"The directory was not loaded. {refusal.detail}")
    sys.stdout.write(f"{changed} schools recorded\n")


def _import_schools(words: Sequence[str]) -> None:
    settings = _configured("gateway-import")
    try:
        command.run(settings.database_url, words, Console())
    except command.CommandRefused as refused:
        sys.exit(str(refused))


def _open_authority(*, is_check: bool) -> None:
    try:
        asked = opening.read(sys.stdin.buffer.read())
        if is_check:
            said = openings.authority_of(asked.la_code).name
        else:
            url = _configured("gateway-open-authority").database_url
            said = opening.run(url, asked, days.day_in_england(datetime.now(UTC)))
    except opening.CommandRefused as refused:
        sys.exit(str(refused))
    sys.stdout.write(f"{said}\n")


def _sync_people(words: Sequence[str]) -> None:
    settings = _configured("gateway-people")
    door = desk.door_of(settings)
    if door is None:
        sys.exit("Nobody is kept at Keycloak: JOINEDUP_PEOPLE_CLIENT_SECRET_FILE.")
    today = days.day_in_england(datetime.now(UTC))
    url = settings.worker_database_url
    try:
        provisioning.run(url, door, today, words, Console())
    except provisioning.CommandRefused as refused:
        sys.exit(str(refused))


def _take_returned_mail() -> None:
    settings = _configured("gateway-returns")

    async def take() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, stop.set)
        await work.take_returned_mail(settings, stop)

    try:
        asyncio.run(take())
    except ValueError as wrong:
        sys.exit(f"Nothing can come back: JOINEDUP_SMTP_RETURN. {wrong}")


def _first_fault(wrong: ValidationError) -> str:
    """Say where the first fault is; the value may be a person's and is not shown."""
    fault = wrong.errors(include_input=False, include_url=False)[0]
    return f"At /{'/'.join(map(str, fault['loc']))}: {fault['msg']}."


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load"]:
            _load()
        case ["schools-import", *words]:
            _import_schools(words)
        case ["open-authority"]:
            _open_authority(is_check=False)
        case ["open-authority", "--check"]:
            _open_authority(is_check=True)
        case ["returned-mail"]:
            _take_returned_mail()
        case ["people-sync", *words]:
            _sync_people(words)
        case _:
            process.main(work.SERVICE)
