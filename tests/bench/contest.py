"""Subjects that answer the same question, asked in turns: ours, and their limits.

The limit is `tests/bench/bare.py`, served beside the stack as a service would be.
"""

import contextlib
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from chassis.embedded import child
from local_stack import services
from tests import stack as stacks
from tests.bench import figures, generator, processor
from tests.bench.figures import Figure, Limit

ROUNDS, SECONDS, WARM_SECONDS = 3, 3, 3
AT_ONCE = (1, 16)
_SERVER = (
    *("-m", "uvicorn", "tests.bench.bare:app", "--loop", "uvloop"),
    *("--http", "httptools", "--no-access-log", "--log-level", "warning"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that answers; its headers are made anew per burst.

    `limit` names the subject that it is held against, with the ratio aimed at.
    """

    url: str
    headers: Callable[[], Mapping[str, str]]
    paths: Sequence[str] = ()
    limit: str = ""
    aim: float = 0.0


Subjects = Mapping[str, Subject]
Processor = Callable[[], Mapping[str, processor.Seconds]]


@dataclass(frozen=True, slots=True)
class Round:
    """One burst, with the processor time per request of each part, in µs."""

    burst: generator.Burst
    micros: Mapping[str, float]

    @property
    def spent(self) -> float:
        return sum(self.micros.values())


Rounds = Mapping[tuple[str, int], list[Round]]


@dataclass(frozen=True, slots=True)
class Bare:
    """The server of the limits."""

    process: psutil.Process
    url: str


@contextlib.contextmanager
def bare(stack: stacks.Stack) -> Generator[Bare]:
    """Serve the bare file as uvicorn serves a service: one process, no access log."""
    port = child.free_port()
    cluster = services.cluster(stack.place)
    told = {
        f"BENCH_{name.upper()}_URL": cluster.dsn(name)
        for name in ("inventory", "gateway", "strategy")
    }
    with (stack.place.logs_dir / "bare.log").open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *_SERVER, "--port", str(port)],
            cwd=Path(__file__).parents[2],
            env=os.environ | told,
            stdout=file,
            stderr=file,
        )
    try:
        stacks.eventually(lambda: not stacks._is_free(port))
        yield Bare(psutil.Process(process.pid), f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


def hold(
    part: str,
    subjects: Subjects,
    spent: Processor,
    say: Callable[[str], None],
    seconds: int = SECONDS,
) -> list[Figure]:
    """Ask every subject in turn, round by round, for so many seconds each time."""
    rounds: defaultdict[tuple[str, int], list[Round]] = defaultdict(list)
    for subject in subjects.values():
        _burst(subject, AT_ONCE[-1], max(WARM_SECONDS, seconds))
    for number in range(ROUNDS):
        for many in AT_ONCE:
            for name, subject in subjects.items():
                rounds[name, many].append(_round(subject, spent, many, seconds))
        say(f"{part}: round {number + 1} of {ROUNDS}, load {figures.load()}")
    return [*_ratios(subjects, rounds), *_rates(rounds), *_costs(rounds)]


def bearer(stack: stacks.Stack) -> dict[str, str]:
    """Make a token of the API's client anew."""
    with stack.client() as client:
        return {"authorization": client.headers["authorization"]}


def processes(stack: stacks.Stack, *names: str) -> dict[str, processor.Seconds]:
    """Say what parts of the stack have used of the processor so far."""
    return {
        name: processor.seconds([psutil.Process(stack.pid(name))]) for name in names
    }


def sessions(stack: stacks.Stack, *databases: str) -> dict[str, processor.Seconds]:
    """Say the same of PostgreSQL's sessions in some databases."""
    postmaster = psutil.Process(stack.pid("postgres"))
    return {
        "postgres": processor.seconds(
            each
            for database in databases
            for each in processor.backends(postmaster, database)
        )
    }


def _burst(subject: Subject, at_once: int, seconds: int) -> generator.Burst:
    headers = subject.headers()
    return generator.burst(subject.url, headers, at_once, seconds, subject.paths)


def _round(subject: Subject, spent: Processor, at_once: int, seconds: int) -> Round:
    before = spent()
    seen = _burst(subject, at_once, seconds)
    after = spent()
    micros = {
        part: processor.spent(before[part], after[part]) / seen.requests * 1e6
        for part in after
    }
    return Round(seen, micros)


def _ratios(subjects: Subjects, rounds: Rounds) -> list[Figure]:
    """Compare rates, and processor time, which other work on the machine moves less."""
    found: list[Figure] = []
    for (name, at_once), ours in rounds.items():
        subject = subjects[name]
        if not subject.limit:
            continue
        limit = rounds[subject.limit, at_once]
        what = f"{name}, {at_once} at a time"
        rate = Limit(subject.limit, "requests/s", [each.burst.rate for each in limit])
        spent = Limit(subject.limit, "µs", [each.spent for each in limit])
        found += [
            figures.ratio(what, [each.burst.rate for each in ours], rate, subject.aim),
            figures.ratio(
                f"{what}, processor time", [each.spent for each in ours], spent
            ),
        ]
    return found


def _rates(rounds: Rounds) -> list[Figure]:
    return [
        figures.of_rounds(f"{name}, {at_once} at a time: {what}", values, unit)
        for (name, at_once), found in rounds.items()
        for what, unit, values in (
            ("rate", "requests/s", [each.burst.rate for each in found]),
            ("p50", "ms", [each.burst.p50 for each in found]),
            ("p99", "ms", [each.burst.p99 for each in found]),
        )
    ]


def _costs(rounds: Rounds) -> list[Figure]:
    return [
        figures.of_rounds(
            f"{name}, {at_once} at a time: processor, {part}", spent, "µs"
        )
        for (name, at_once), found in rounds.items()
        for part in found[0].micros
        if max(spent := [each.micros[part] for each in found]) > 20
    ]
