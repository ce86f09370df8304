"""A log for each process, kept small, and read by name."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

from local_stack.place import Place

LARGEST_LOG = 20 * 1024 * 1024
ROTATE_SECONDS = 15
TAIL_BYTES = 8000


def path(place: Place, name: str) -> Path:
    """Return the log of a process."""
    return place.logs_dir / f"{name}.log"


def names(place: Place) -> list[str]:
    """Return the processes that have a log."""
    return sorted(log.stem for log in place.logs_dir.glob("*.log"))


async def rotate_for_ever(place: Place) -> None:
    """Keep every log and one older piece of it below the largest size."""
    while True:
        await asyncio.sleep(ROTATE_SECONDS)
        await asyncio.to_thread(rotate, place)


def rotate(place: Place, largest: int = LARGEST_LOG) -> None:
    """Move what a log holds aside when it is too large; its writer goes on."""
    for name in names(place):
        log = path(place, name)
        if log.stat().st_size > largest:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            # The writers append, so the file may shrink under them.
            with log.open("r+b") as file:
                file.truncate(0)


def tail(log: Path, size: int = TAIL_BYTES) -> str:
    """Return the last whole lines of a log."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        start = max(0, log.stat().st_size - size)
        file.seek(start)
        text = file.read().decode(errors="replace")
    return text if start == 0 else text.partition("\n")[2]


def new_lines(place: Place, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what is written from now on, with an empty pair whenever all is read."""
    offsets = {name: _size(path(place, name)) for name in wanted}
    while True:
        for name in wanted:
            log = path(place, name)
            size = _size(log)
            if size < offsets[name]:
                offsets[name] = 0
            if size > offsets[name]:
                with log.open("rb") as file:
                    file.seek(offsets[name])
                    text = file.read()
                offsets[name] += len(text)
                yield name, text.decode(errors="replace")
        yield "", ""


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0
