"""The operator's import: a file of the register read, shown, confirmed and applied."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.prompt import Confirm
from rich.table import Table

from chassis import errors
from chassis.db import Database
from chassis.paging import PageRequest
from gateway.register import service
from gateway.register.model import changes, plausibility
from gateway.register.model.imports import Import
from gateway.register.previewing import Files

SHOWN_FAULTS = 20
_WORDS = {
    "new": "new schools",
    "converted": "go on under another URN",
    "merged": "merged into another school",
    "moved": "moved to another local authority",
    "closed": "closed",
    "changed": "changed otherwise",
    "linked": "linked to another school",
    "crosses-border": "cross the border of the authorities (not changed)",
    "unchanged": "unchanged",
    "absent": "in the directory and not in the file (left as they are)",
    "faults": "rows that cannot be read",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says."""

    file: Path
    links: Path | None
    yes: bool
    overrides: Sequence[str]


class CommandRefused(Exception):
    """The import did not happen; the text says why."""


def parse(words: Sequence[str]) -> Asked:
    """Read the words behind `schools-import`."""
    parser = argparse.ArgumentParser(prog="joinedup schools import")
    parser.add_argument("file", type=Path)
    parser.add_argument("--links", type=Path)
    parser.add_argument("--yes", action="store_true", help="Do not ask.")
    parser.add_argument(
        "--override", action="append", default=[], choices=plausibility.NAMES
    )
    told = parser.parse_args(words)
    return Asked(told.file, told.links, told.yes, told.override)


def run(database_url: str, words: Sequence[str], console: Console) -> None:
    """Import as the operator, for all of England.

    Raises:
        CommandRefused: a file is not there or not right, or nobody said yes.
    """
    asked = parse(words)
    try:
        files = _files(asked)
        asyncio.run(_run(database_url, asked, files, console))
    except OSError as wrong:
        raise CommandRefused(f"{wrong.filename}: {wrong.strerror}.") from wrong
    except errors.Refusal as refusal:
        raise CommandRefused(f"{refusal.title}. {refusal.detail}.") from refusal


def _files(asked: Asked) -> Files:
    links = None if asked.links is None else asked.links.read_bytes()
    return Files(asked.file.read_bytes(), links)


async def _run(database_url: str, asked: Asked, files: Files, console: Console) -> None:
    database = Database(database_url, 2, "gateway-schools-import")
    await database.open()
    try:
        with _Bar(console) as bar:
            actor = await service.operator(database)
            begun = await service.begin_import(database, actor, asked.file.name)
            found = await service.preview_import(database, begun, files, bar.told)
        await _show(database, found, console)
        _confirm(found, asked, console)
        with _Bar(console) as bar:
            count = await service.apply_import(
                database, found, asked.overrides, bar.told
            )
        console.print(f"{count:,} schools recorded.")
    finally:
        await database.close()


class _Bar:
    """A progress bar that the use cases move."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._task = self._progress.add_task("Starting", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, raised: object, *_more: object) -> None:
        if raised is None:
            total = self._progress.tasks[self._task].completed
            self._progress.update(self._task, total=total, description="Done")
        self._progress.stop()

    async def told(self, done: int, total: int | None, note: str) -> None:
        self._progress.update(self._task, completed=done, total=total, description=note)


async def _show(database: Database, found: Import, console: Console) -> None:
    table = Table("What the file says", "Schools", box=None)
    for name in (*changes.KINDS, "unchanged", "absent", "faults"):
        if found.counts.get(name):
            table.add_row(_WORDS[name], f"{found.counts[name]:,}")
    for reason, count in found.left_out.items():
        table.add_row(f"left out: {reason.replace('-', ' ')}", f"{count:,}")
    console.print(f"{found.file_name}: {found.file_rows:,} rows")
    console.print(table)
    await _show_faults(database, found, console)
    for role in found.ended_roles:
        console.print(
            f"{role['holders']} still hold the role {role['role']} over"
            f" {role['la_code']}, which has ended: nothing widens it by itself."
        )


async def _show_faults(database: Database, found: Import, console: Console) -> None:
    actor = await service.operator(database)
    page = await service.list_faults(
        database, actor, found.import_id, PageRequest(SHOWN_FAULTS, None)
    )
    for fault in page.items:
        column = f", column {fault.column_title}" if fault.column_title else ""
        said = f"{fault.file}, line {fault.line}{column}: {fault.detail}"
        console.print(said, markup=False, highlight=False)
    if page.next is not None:
        more = found.counts["faults"] - SHOWN_FAULTS
        console.print(f"... and {more:,} more.")


def _confirm(found: Import, asked: Asked, console: Console) -> None:
    for concern in found.concerns:
        overridden = concern["name"] in asked.overrides
        said = "overridden" if overridden else f"--override {concern['name']} allows it"
        console.print(f"Unlikely: {concern['detail']} ({said}).", highlight=False)
    wanting = [c for c in found.concerns if c["name"] not in asked.overrides]
    if wanting:
        raise CommandRefused("Nothing was changed.")
    if not asked.yes and not _says_yes(console):
        raise CommandRefused("Nothing was changed.")


def _says_yes(console: Console) -> bool:
    """Ask; where nobody is there to answer, that is a no."""
    try:
        return Confirm.ask("Apply this?", console=console, default=False)
    except EOFError:
        return False
