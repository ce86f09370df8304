"""Processor time and memory of the parts of a stack, from the kernel's own books."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil

Family = Iterable[psutil.Process]
Seconds = Mapping[int, float]


def seconds(family: Family) -> Seconds:
    """Say how much processor time each process has used so far, by its number."""
    return {process.pid: _used(process) for process in family}


def spent(before: Seconds, after: Seconds) -> float:
    """Sum up what was used between; a process that came meanwhile began at nothing."""
    return sum(used - before.get(pid, 0) for pid, used in after.items())


def backends(postmaster: psutil.Process, database: str) -> list[psutil.Process]:
    """Find the sessions of one database by the titles that PostgreSQL gives them."""
    found = postmaster.children(recursive=True)
    return [each for each in found if f" {database} 127.0.0.1(" in _title(each)]


def megabytes(family: Family) -> tuple[float, float]:
    """Say what a family holds: shared pages in fair parts, and counted in full."""
    shares = [_rollup(process.pid) for process in family]
    return (
        sum(share.get("Pss", 0) for share in shares) / 1024,
        sum(share.get("Rss", 0) for share in shares) / 1024,
    )


def _used(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0
    return times.user + times.system


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def _rollup(pid: int) -> dict[str, int]:
    """Read a process's sums of memory, in KiB; an ended process holds nothing."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    except OSError:
        return {}
    pairs = (line.split()[:2] for line in lines)
    return {name.rstrip(":"): int(amount) for name, amount in pairs}
