"""The load generator: wrk, one and the same for whatever is compared."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_REPORT = Path(__file__).with_name("report.lua")
_ALLOWANCE_SECONDS = 30


class GeneratorFailed(Exception):
    """It is missing, or some request was not answered with success."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What one burst of requests saw; latencies in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def burst(
    url: str,
    headers: Mapping[str, str],
    at_once: int,
    seconds: int,
    paths: Sequence[str] = (),
) -> Burst:
    """Ask as fast as answers come, so many at once; of several paths, in turn.

    Raises:
        GeneratorFailed: an answer was not a success, or none came.
    """
    program = shutil.which("wrk")
    if program is None:
        raise GeneratorFailed("wrk is missing: run `apt-get install wrk`")
    command = [program, "-t1", f"-c{at_once}", f"-d{seconds}s", "--timeout", "10s"]
    command += [f"-H{name}: {value}" for name, value in headers.items()]
    said = subprocess.run(
        [*command, "-s", str(_REPORT), url, "--", *paths],
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + _ALLOWANCE_SECONDS,
    )
    told = json.loads(said.stdout.splitlines()[-1])
    if told.pop("failed") or not told["requests"]:
        raise GeneratorFailed(f"{url}: {said.stdout}")
    return Burst(**told)
