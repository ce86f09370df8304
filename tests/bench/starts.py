"""How long the whole product takes to be ready, and what it then holds of memory."""

import re
import time
from collections.abc import Callable

import psutil

from local_stack import state as states
from tests import stack as stacks
from tests.bench import figures, processor
from tests.bench.figures import Figure

WARM_ROUNDS = 2
WARM_AIM_SECONDS, COLD_AIM_SECONDS = 45, 240
COUNTY_AIM_SECONDS = 180
MEMORY_AIM_MB = 2560
_READY = re.compile(r"^ *([\d.]+) s +([\w-]+) +(?:ready|done)", re.MULTILINE)

_BEFORE_COUNTY = ("gateway", "people")
"""What is ready last before kit and tickets are loaded."""


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Start from an empty folder, then again from what was stored; leave it running."""
    cold = _start(stack)
    say(f"cold start: {cold['all']:.0f} s, load {figures.load()}")
    warm: list[dict[str, float]] = []
    for _ in range(WARM_ROUNDS):
        stack.run("down")
        warm.append(_start(stack))
        say(f"warm start: {warm[-1]['all']:.0f} s, load {figures.load()}")
    whole = [each["all"] for each in warm]
    return [
        figures.bounded("warm start, the better", whole, "s", WARM_AIM_SECONDS, "best"),
        figures.bounded(
            "cold start, nothing to fetch", [cold["all"]], "s", COLD_AIM_SECONDS
        ),
        figures.bounded(
            "demonstration county, load",
            [cold["county"] - max(cold[name] for name in _BEFORE_COUNTY)],
            "s",
            COUNTY_AIM_SECONDS,
        ),
        *_parts("cold start", [cold]),
        *_parts("warm start", warm),
    ]


def memory(stack: stacks.Stack) -> list[Figure]:
    """Sum up what every process holds: shared pages once, not once for each."""
    held = memory_held(stack)
    whole = sum(pss for pss, _ in held.values())
    resident = sum(rss for _, rss in held.values())
    return [
        figures.bounded("memory of the whole stack", [whole], "MiB", MEMORY_AIM_MB),
        figures.of_rounds("the same, as a sum of RSS", [resident], "MiB"),
        *(
            figures.of_rounds(f"memory, {name}", [pss], "MiB")
            for name, (pss, _) in sorted(held.items())
            if pss
        ),
    ]


def memory_held(stack: stacks.Stack) -> dict[str, tuple[float, float]]:
    """Say what each part holds in MiB: shared pages once, and as every process's."""
    state = stack.state()
    held = {
        name: processor.megabytes(_family(part.process))
        for name, part in state.parts.items()
    }
    held["supervisor"] = processor.megabytes(_family(state.supervisor, alone=True))
    return held


def _start(stack: stacks.Stack) -> dict[str, float]:
    """Start, and say after how many seconds each part was ready, and all of them."""
    began = time.monotonic()
    said = stack.run("up").stdout
    took = time.monotonic() - began
    return {name: float(after) for after, name in _READY.findall(said)} | {"all": took}


def _parts(what: str, starts: list[dict[str, float]]) -> list[Figure]:
    return [
        figures.of_rounds(f"{what}: {name} ready", [each[name] for each in starts], "s")
        for name in ("postgres", "keycloak", "gateway", "county")
        if all(name in each for each in starts)
    ]


def _family(
    told: states.Process | None, *, alone: bool = False
) -> list[psutil.Process]:
    process = states.find(told)
    if process is None:
        return []
    return [process] if alone else [process, *process.children(recursive=True)]
