"""`make bench`: measure the whole product beside its limits, or compare two runs.

python -m tests.bench [--out FILE] [PART ...]
python -m tests.bench --compare OLDER NEWER
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import stamina

from chassis.embedded import child
from local_stack import place as places
from tests import stack as stacks
from tests.bench import (
    audit,
    comparing,
    estate,
    events,
    figures,
    intake,
    pages,
    people,
    quota,
    register,
    schools,
    starts,
    support,
    tables,
)
from tests.bench.figures import Figure

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / ".run" / "bench"
_ADOPTED = "JOINEDUP_ADOPT_STACK" in os.environ
PARTS: dict[str, Callable[[stacks.Stack, Callable[[str], None]], list[Figure]]] = {
    "starts": starts.measure,
    "pages": pages.measure,
    "events": events.measure,
    "register": register.measure,
    "audit": audit.measure,
    "people": people.measure,
    "quota": quota.measure,
    "intake": intake.measure,
    "schools": schools.measure,
    "estate": estate.measure,
    "support": support.measure,
}
"""In the order in which they are measured: the last three leave 20,000 schools and
60,000 assets behind."""
_STACK_IS_UP = (
    *("pages", "events", "people", "quota", "intake", "schools", "estate", "support"),
)
"""The parts that want a running stack; the first part starts it itself."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--out", type=Path, help="where the figures go, as JSON")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLDER", "NEWER"))
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if _ADOPTED and "starts" in (asked.parts or PARTS):
        parser.error("a stack that runs already cannot be started: name other parts")
    if asked.compare:
        older, newer = (json.loads(path.read_text("utf-8")) for path in asked.compare)
        sys.stdout.write(f"{comparing.comparison(older, newer)}\n")
        return
    # Awaiting a condition is no news.
    stamina.instrumentation.set_on_retry_hooks([])
    _measure([part for part in PARTS if part in (asked.parts or PARTS)], asked.out)


def _measure(parts: Sequence[str], out: Path | None) -> None:
    began, load = datetime.now(UTC), figures.load()
    found: list[Figure] = []
    with _stack() as stack:
        if not _ADOPTED and "starts" not in parts and {*parts} & {*_STACK_IS_UP}:
            stack.run("up")
        for part in parts:
            if part in _STACK_IS_UP:
                # Its client asks more often than any client may.
                stack.lift_limit()
            found += PARTS[part](stack, _say)
            if part == "starts":
                found += starts.memory(stack)
    took = (datetime.now(UTC) - began).total_seconds()
    run = {
        "measured_at": began.isoformat(timespec="seconds"),
        "revision": _revision(),
        "machine": figures.machine(),
        "load": [load, figures.load()],
        "seconds": round(took),
        "parts": parts,
        "figures": [asdict(figure) for figure in found],
    }
    path = out or _FOLDER / f"{began:%Y%m%dT%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{tables.of_run(run)}\n")
    _say(f"Written to {path}")


def _revision() -> str:
    """Say which commit was measured, and whether the tree had changed since."""
    git = shutil.which("git")
    if git is None:
        return "unknown"
    command = [git, "-C", str(_ROOT), "describe", "--always", "--dirty", "--abbrev=8"]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    return said.stdout.strip() or "unknown"


@contextmanager
def _stack() -> Generator[stacks.Stack]:
    """Give the place of a stack of our own, and delete it at the end.

    With JOINEDUP_ADOPT_STACK set, the stack that JOINEDUP_* speak of is measured as it
    runs, and keeps what was put into it.
    """
    if _ADOPTED:
        yield stacks.Stack(places.find(), {})
        return
    told = {
        "JOINEDUP_RUN_DIR": str(_FOLDER / f"stack-{os.getpid()}"),
        "JOINEDUP_PORT_BASE": os.environ.get("JOINEDUP_PORT_BASE")
        or str(stacks._free_base()),
        "JOINEDUP_PORT": os.environ.get("JOINEDUP_PORT") or str(child.free_port()),
    }
    stack = stacks.Stack(places.find(os.environ | told), told)
    stack.place.run_dir.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield stack
    finally:
        stack.run("reset", "--yes")


def _say(sentence: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {sentence}\n")


if __name__ == "__main__":
    main()
