"""What a person sees of a start, on a terminal and in a log alike."""

import time

from rich.console import Console
from rich.table import Table

from local_stack import logs, signins, state
from local_stack.place import Place
from local_stack.state import PartState, State

LINES = {
    "ready": "[green]ready[/green]",
    "done": "[green]done[/green]",
    "restarting": "[yellow]starts again[/yellow]",
    "failed": "[red]failed[/red]",
}
SUPERVISOR = "supervisor"
SAYS_HOW_FAR = "county"
MEBIBYTE = 1024 * 1024


class Progress:
    """Prints a line for each part as it gets ready, and what is under way."""

    def __init__(self, console: Console, place: Place) -> None:
        """Begin to tell."""
        self.console = console
        self.place = place
        self.began = time.monotonic()
        self.told: dict[str, str] = {}
        self.status = console.status("starting")

    def show(self, known: State) -> None:
        """Tell what is new in the state."""
        for name, part in known.parts.items():
            if part.phase in LINES and self.told.get(name) != part.phase:
                self.told[name] = part.phase
                self._line(name, part)
        under_way = [
            self._word(name)
            for name, part in known.parts.items()
            if part.phase == "starting"
        ]
        self.status.update(" · ".join(under_way) or "waiting")

    def _line(self, name: str, part: PartState) -> None:
        seconds = time.monotonic() - self.began
        detail = f" ({part.detail})" if part.detail else ""
        self.console.print(f"{seconds:6.1f} s  {name:20} {LINES[part.phase]}{detail}")

    def _word(self, name: str) -> str:
        if name != SAYS_HOW_FAR:
            return name
        lines = logs.tail(logs.path(self.place, name), 300).splitlines()
        return lines[-1] if lines else name


def status_table(place: Place, known: State) -> Table:
    """Return each process with its state, age, restarts and memory."""
    table = Table(title=f"Joinedup at {place.public_url}", title_justify="left")
    for heading in ("process", "state", "age", "restarts", "pid", "MiB"):
        table.add_column(heading, no_wrap=True)
    table.add_column("note")
    total = 0
    rows = {SUPERVISOR: PartState("ready", known.supervisor), **known.parts}
    for name, part in rows.items():
        memory = resident_bytes(part, with_children=name != SUPERVISOR)
        total += memory
        table.add_row(
            name,
            LINES.get(part.phase, part.phase),
            age(part),
            str(part.restarts),
            str(part.process.pid) if memory and part.process else "",
            f"{memory // MEBIBYTE}" if memory else "",
            part.detail,
        )
    table.caption = f"{total // MEBIBYTE} MiB in all"
    return table


def resident_bytes(part: PartState, *, with_children: bool) -> int:
    """Return the memory that a part holds, pages that it shares in fair parts."""
    process = state.find(part.process)
    if process is None:
        return 0
    family = [process, *(process.children(recursive=True) if with_children else [])]
    return sum(_private_and_shared(one.pid) for one in family)


def age(part: PartState) -> str:
    """Return how long a process has run, in the largest fitting unit."""
    process = state.find(part.process)
    if process is None:
        return ""
    seconds = time.time() - process.create_time()
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def print_ready(console: Console, place: Place) -> None:
    """Print how to come in: the sign-ins of a demonstration, or who is invited."""
    if place.installation is None:
        print_signins(console, place)
    else:
        name = place.installation.manager_name
        email = place.installation.manager_email
        console.print(
            f"{name} is invited at {email}, to choose a password and set up a second "
            "step. Then: Register, and bring your schools in.",
            markup=False,
            soft_wrap=True,
        )
    if place.sends_nothing:
        console.print(f"What is sent by e-mail: {place.mail_url}")
    console.print(f"Joinedup is ready: [bold]{place.public_url}[/bold]")


def print_signins(console: Console, place: Place) -> None:
    """Print the address and one sign-in for each role."""
    known = signins.read(place)
    table = Table(title="Sign in as", title_justify="left")
    for heading in ("role", "username", "password"):
        table.add_column(heading, no_wrap=True, overflow="ignore")
    table.add_column("code")
    for role in signins.PRINTED:
        if told := known.get(role):
            asked = "asked for" if told["totp_secret"] else ""
            table.add_row(role, told["username"], told["password"], asked)
    console.print(table)
    console.print("The code: .venv/bin/joinedup code USERNAME")
    console.print(f"More in {place.signins_file}")


def _private_and_shared(pid: int) -> int:
    """PostgreSQL's processes share their buffers: a sum of RSS counts them often."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123 - not a file of ours
            line = next(line for line in rollup if line.startswith("Pss:"))
    except OSError:
        return 0
    return int(line.split()[1]) * 1024
