"""`make bench`: measure the whole product beside its limits, or compare two runs.

python -m tests.bench [--out FILE] [starts|pages|events ...]
python -m tests.bench --compare OLDER NEWER
"""

import argparse
import json
import os
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
from tests.bench import events, figures, pages, starts, tables
from tests.bench.figures import Figure

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / ".run" / "bench"
PARTS: dict[str, Callable[[stacks.Stack, Callable[[str], None]], list[Figure]]] = {
    "starts": starts.measure,
    "pages": pages.measure,
    "events": events.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--out", type=Path, help="where the figures go, as JSON")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLDER", "NEWER"))
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if asked.compare:
        older, newer = (json.loads(path.read_text("utf-8")) for path in asked.compare)
        sys.stdout.write(f"{tables.comparison(older, newer)}\n")
        return
    # Awaiting a condition is no news.
    stamina.instrumentation.set_on_retry_hooks([])
    _measure(asked.parts or list(PARTS), asked.out)


def _measure(parts: Sequence[str], out: Path | None) -> None:
    began, load = datetime.now(UTC), figures.load()
    found: list[Figure] = []
    with _stack() as stack:
        if "starts" not in parts:
            stack.run("up")
        for part in parts:
            found += PARTS[part](stack, _say)
        found += starts.memory(stack)
    took = (datetime.now(UTC) - began).total_seconds()
    run = {
        "measured_at": began.isoformat(timespec="seconds"),
        "machine": figures.machine(),
        "load": [load, figures.load()],
        "seconds": round(took),
        "figures": [asdict(figure) for figure in found],
    }
    path = out or _FOLDER / f"{began:%Y%m%dT%H%M%S}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{tables.of_run(run)}\n")
    _say(f"Written to {path}")


@contextmanager
def _stack() -> Generator[stacks.Stack]:
    """Give the place of a stack of our own, and delete it at the end."""
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
