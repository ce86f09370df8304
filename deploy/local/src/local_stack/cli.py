"""The operator's command: the stack on this machine, and the services' events."""

import asyncio
import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import stamina
import typer
from rich.console import Console

from local_stack import (
    checks,
    first_start,
    keycloak_server,
    load,
    logs,
    place,
    progress,
    realm,
    services,
    signins,
    stack,
    state,
    totp,
)
from local_stack.installation import Security
from local_stack.mail import routes as mail
from local_stack.place import SERVICES, Place
from local_stack.refusal import StackRefused

app = typer.Typer(no_args_is_help=True, add_completion=False)
events = typer.Typer(no_args_is_help=True, help="The events of a service.")
app.add_typer(events, name="events")
schools = typer.Typer(no_args_is_help=True, help="The register of schools.")
app.add_typer(schools, name="schools")
audit = typer.Typer(no_args_is_help=True, help="The record of who did what.")
app.add_typer(audit, name="audit")
people = typer.Typer(no_args_is_help=True, help="The people of the directory.")
app.add_typer(people, name="people")
lifecycles = typer.Typer(
    no_args_is_help=True, help="Until when products are supported."
)
app.add_typer(lifecycles, name="lifecycles")
console = Console()
complaint = Console(stderr=True, style="red")
LOG_POLL_SECONDS = 0.3

Names = Annotated[list[str] | None, typer.Argument(help="Processes; none means all.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on as it grows.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Service = Annotated[str, typer.Argument(help=f"One of: {', '.join(SERVICES)}.")]

RegisterFile = Annotated[Path, typer.Argument(help="CSV, plain or gzip.")]
LifecycleFile = Annotated[
    Path, typer.Argument(help="JSON in endoflife.date's form, plain or gzip.")
]
LinksFile = Annotated[
    Path | None, typer.Option("--links", help="The register's links of schools.")
]
Override = Annotated[
    list[str] | None,
    typer.Option("--override", help="A concern to pass over, by name."),
]
Username = Annotated[str, typer.Argument(help="As `make up` lists it.")]
Anchors = Annotated[
    Path | None,
    typer.Option("--anchors", help="A folder with a copy of the anchors."),
]
Services = Annotated[list[str] | None, typer.Argument(help="None means all.")]
LaCodes = Annotated[list[str], typer.Argument(help="LA codes, like 940.")]


LaCode = Annotated[
    str, typer.Option("--la", prompt="Code of your local authority, like 940")
]
ManagerName = Annotated[
    str, typer.Option("--name", prompt="Name of its first technical manager")
]
ManagerEmail = Annotated[
    str, typer.Option("--email", prompt="Their e-mail address, for the invitation")
]
PortalAddress = Annotated[
    str | None,
    typer.Option("--address", help="Of the portal, like https://ict.example.org."),
]
SignOnAddress = Annotated[
    str | None,
    typer.Option("--sign-on", help="Of the sign-on, like https://login.example.org."),
]
SmtpHost = Annotated[
    str | None,
    typer.Option(help="Takes what is sent by e-mail; without it nothing leaves."),
]
SmtpPort = Annotated[int, typer.Option(help="Where it listens.")]
SmtpFrom = Annotated[
    str, typer.Option(help="In whose name, like Joinedup <ict@example.org>.")
]
SmtpSecurity = Annotated[Security, typer.Option(help="How the way there is kept.")]
SmtpUser = Annotated[str | None, typer.Option(help="The account there.")]
SmtpReturn = Annotated[
    str | None,
    typer.Option(help="Where undelivered mail comes back, like bounces@example.org."),
]
SmtpPasswordFile = Annotated[Path | None, typer.Option(help="A file, for you alone.")]


def main() -> None:
    """Run the command; a refusal is one sentence and status 1."""
    try:
        app()
    except StackRefused as refused:
        complaint.print(str(refused), markup=False, highlight=False)
        raise SystemExit(1) from refused


@app.command()
def init(  # noqa: PLR0913 - one option for each thing that is asked
    *,
    la_code: LaCode,
    manager_name: ManagerName,
    manager_email: ManagerEmail,
    address: PortalAddress = None,
    sign_on: SignOnAddress = None,
    smtp_host: SmtpHost = None,
    smtp_port: SmtpPort = 587,
    smtp_from: SmtpFrom = "",
    smtp_security: SmtpSecurity = "starttls",
    smtp_user: SmtpUser = None,
    smtp_password_file: SmtpPasswordFile = None,
    smtp_return: SmtpReturn = None,
) -> None:
    """Set up a real LA here, without demonstration data; `up` then starts it."""
    where = place.find()
    mail = None
    if smtp_host is not None:
        mail = {
            "host": smtp_host,
            "port": smtp_port,
            "sender": smtp_from or f"Joinedup <{manager_email}>",
            "security": smtp_security,
            "user": smtp_user,
            "password_file": smtp_password_file and smtp_password_file.resolve(),
            "return_address": smtp_return,
        }
    told = {
        "la_code": la_code,
        "manager_name": manager_name,
        "manager_email": manager_email,
        "address": address,
        "sign_on_address": sign_on,
        "mail": mail,
    }
    name = first_start.set_up(where, told)
    console.print(f"{name} is set up in {where.run_dir}.", soft_wrap=True)
    # What runs was told at its start what it is.
    end = "" if state.running(where) is None else "`make down`, then "
    console.print(f"Start it: {end}`make up`.")


@app.command()
def up() -> None:
    """Start everything and return when it is ready."""
    where = place.find()
    process = stack.start(where, console.print)
    telling = progress.Progress(console, where)
    with telling.status:
        for known in stack.follow(where, process):
            telling.show(known)
    progress.print_ready(console, where)


@app.command()
def down() -> None:
    """Stop everything; what was stored stays."""
    where = place.find()
    with console.status("stopping"):
        stopped = stack.stop(where)
    console.print("Stopped." if stopped else "Nothing was running.")


@app.command()
def status() -> None:
    """Show each process with its age, restarts and memory."""
    where = place.find()
    known = state.running(where)
    if known is None:
        console.print("Not running: start it with `make up`.")
        raise typer.Exit(1)
    console.print(progress.status_table(where, known))


@app.command("logs")
def show_logs(names: Names = None, *, follow: Follow = False) -> None:
    """Show what the processes say."""
    where = place.find()
    wanted = names or logs.names(where)
    unknown = set(wanted) - set(logs.names(where))
    if unknown:
        known = ", ".join(logs.names(where)) or "none"
        msg = f"No log of {', '.join(sorted(unknown))}: there are {known}."
        raise StackRefused(msg)
    for name in wanted:
        _print_log(name, logs.tail(logs.path(where, name)))
    if follow:
        with contextlib.suppress(KeyboardInterrupt):
            _follow_logs(logs.new_lines(where, wanted))


@app.command()
def reset(*, yes: Yes = False) -> None:
    """Stop everything and delete what was stored."""
    where = place.find()
    if not where.run_dir.exists():
        console.print(f"There is nothing at {where.run_dir}.")
        return
    if not yes:
        typer.confirm(f"Delete everything in {where.run_dir}?", abort=True)
    stack.reset(where)
    console.print("Everything is deleted; `make up` makes it anew.")


@app.command()
def doctor() -> None:
    """Say what this machine lacks for a start."""
    where = place.find()
    is_running = state.running(where) is not None
    found = list(checks.complaints(where, with_ports=not is_running))
    for sentence in found:
        complaint.print(sentence, markup=False, highlight=False)
    if found:
        raise typer.Exit(1)
    console.print("Nothing is missing.")


@app.command()
def fetch() -> None:
    """Fetch and build Keycloak, so that a start need not."""
    keycloak_server.ensure_built(place.find(), console.print)


@app.command()
def seed() -> None:
    """Post the demonstration county's kit and tickets; a second run adds nothing."""
    stamina.instrumentation.set_on_retry_hooks([])
    try:
        asyncio.run(load.load(place.find(), typer.echo))
    except load.NotYet as late:
        raise StackRefused(f"The county could not be loaded in time: {late}") from late


@app.command()
def code(username: Username) -> None:
    """Show what the authenticator app of a demonstration's sign-in shows now."""
    told = signins.read(place.find()).get(username, {})
    if not told.get("totp_secret"):
        msg = f"There is no sign-in {username} that takes a second step."
        raise StackRefused(msg)
    console.print(totp.code(told["totp_secret"]), highlight=False)


@app.command()
def migrate() -> None:
    """Bring every service's database to its newest migration."""
    where = _running_place()
    for service in SERVICES:
        console.print(f"migrating {service}")
        _run_verb(where, service, "migrate")


@app.command(hidden=True)
def supervise() -> None:
    """Be the supervisor."""
    stack.supervise(place.find())


@app.command(hidden=True)
def catch_mail() -> None:
    """Take in whatever is sent by e-mail."""
    where = place.find()
    folder, ports = where.run_dir / "mail", where.ports
    mail.run(folder, ports["mail-smtp"], ports["mail"])


@app.command(hidden=True)
def provision_realm() -> None:
    """Bring the realm at Keycloak to what is wanted."""
    realm.ensure(place.find())


@app.command()
def run(service: Service, verb: Annotated[str, typer.Argument()] = "api") -> None:
    """Run one verb of a service in the foreground, as the stack would."""
    _run_verb(_running_place(), _known(service), verb)


@events.command()
def replay(service: Service) -> None:
    """Put the dead letters of a service back in."""
    _run_verb(_running_place(), _known(service), "replay")


@events.command()
def restate(service: Service, la_codes: LaCodes) -> None:
    """Publish a service's present state again, for those who rebuild from it."""
    _run_verb(_running_place(), _known(service), "restate", *la_codes)


@schools.command("import")
def import_schools(
    file: RegisterFile,
    *,
    links: LinksFile = None,
    yes: Yes = False,
    override: Override = None,
) -> None:
    """Bring a file of the national register (GIAS) in: look, confirm, apply."""
    words = [str(file.resolve())]
    words += [] if links is None else ["--links", str(links.resolve())]
    words += ["--yes"] if yes else []
    for name in override or ():
        words += ["--override", name]
    _run_verb(_running_place(), "gateway", "schools-import", *words)


@lifecycles.command("import")
def import_lifecycles(file: LifecycleFile) -> None:
    """Take newer ends of support in; what the file does not tell of stays."""
    _run_verb(_running_place(), "inventory", "lifecycles", str(file.resolve()))


@audit.command()
def verify(services: Services = None, *, anchors: Anchors = None) -> None:
    """Prove that the audit is as it was recorded, or say what is wrong and where."""
    where, tampered = _running_place(), list[str]()
    words = [] if anchors is None else ["--anchors", str(anchors.resolve())]
    for service in [_known(name) for name in services or SERVICES]:
        if _verb_status(where, service, "verify-audit", *words) != 0:
            tampered.append(service)
    if tampered:
        msg = f"The audit is not as it was recorded: {', '.join(tampered)}."
        raise StackRefused(msg)


@people.command("sync")
def sync_people(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Take over accounts by their address.")
    ] = False,
) -> None:
    """Mend what Keycloak has otherwise than the directory, and say what it was."""
    asked = {"--dry-run": dry_run, "--adopt": adopt}
    words = [word for word, is_asked in asked.items() if is_asked]
    _run_verb(_running_place(), "gateway", "people-sync", *words)


def _running_place() -> Place:
    where = place.find()
    if state.running(where) is None:
        msg = "The stack is not running: start it with `make up`."
        raise StackRefused(msg)
    return where


def _known(service: str) -> str:
    if service not in SERVICES:
        msg = f"There is no service {service}: there are {', '.join(SERVICES)}."
        raise StackRefused(msg)
    return service


def _run_verb(where: Place, service: str, verb: str, *words: str) -> None:
    status = _verb_status(where, service, verb, *words)
    if status != 0:
        msg = f"{service} {verb} ended with status {status}."
        raise StackRefused(msg)


def _verb_status(where: Place, service: str, verb: str, *words: str) -> int:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JOINEDUP_")}
    done = subprocess.run(  # noqa: S603 - a service of ours
        services.service_command(service, verb, *words),
        env=environment | services.service_environment(where, service, verb),
        check=False,
    )
    return done.returncode


def _print_log(name: str, text: str) -> None:
    for line in text.splitlines():
        console.print(
            f"{name:18} {line}", markup=False, highlight=False, soft_wrap=True
        )


def _follow_logs(news: Iterator[tuple[str, str]]) -> None:
    for name, text in news:
        if name:
            _print_log(name, text)
        else:
            time.sleep(LOG_POLL_SECONDS)
