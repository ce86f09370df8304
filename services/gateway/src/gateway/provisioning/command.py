"""The operator's comparison of the directory with Keycloak: run, and told in words."""

import argparse
import asyncio
from collections.abc import Sequence
from datetime import date

from keycloak import KeycloakError
from rich.console import Console

from chassis.db import Database
from gateway.provisioning import syncing
from gateway.provisioning.desk import Door
from gateway.provisioning.model import Word
from gateway.provisioning.syncing import Report

SHOWN = 20
WORDS: dict[Word, str] = {
    "create": "accounts made",
    "adopt": "accounts taken over",
    "username": "usernames set right",
    "name": "names set right",
    "email": "e-mail addresses set right",
    "enable": "accounts enabled",
    "disable": "accounts of people who left disabled",
    "require": "accounts that are to choose a password",
    "take-role": "roles taken",
    "give-role": "roles given",
    "leave": "memberships ended",
    "join": "memberships made",
    "end-sessions": "people whose sessions were ended",
    "invite": "invitations sent",
}


class CommandRefused(Exception):
    """There was no comparison, or not everything was mended; the text says why."""


def run(
    database_url: str, door: Door, today: date, words: Sequence[str], console: Console
) -> None:
    """Compare, mend unless it is a dry run, and say what was done.

    Raises:
        CommandRefused: Keycloak is away, or somebody could not be brought there.
    """
    parser = argparse.ArgumentParser(prog="joinedup people sync")
    parser.add_argument("--dry-run", action="store_true", help="Change nothing.")
    parser.add_argument(
        "--adopt",
        action="store_true",
        help="Take over accounts by their address: who has one becomes the person.",
    )
    asked = parser.parse_args(words)
    dry_run, adopts = bool(asked.dry_run), bool(asked.adopt)
    comparison = _run(database_url, door, today, dry_run=dry_run, adopts=adopts)
    try:
        report = asyncio.run(comparison)
    except KeycloakError as error:
        status = error.response_code or "no answer"
        msg = f"Keycloak refused or is away ({status}). Nothing more was changed."
        raise CommandRefused(msg) from error
    for line in told(report, dry_run=dry_run):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if report.failed:
        raise CommandRefused(f"{len(report.failed):,} people could not be brought.")


async def _run(
    database_url: str, door: Door, today: date, *, dry_run: bool, adopts: bool
) -> Report:
    database = Database(database_url, 4, "gateway-people-sync")
    await database.open()
    try:
        return await syncing.sync(database, door, today, dry_run=dry_run, adopts=adopts)
    finally:
        await database.close()


def told(report: Report, *, dry_run: bool) -> list[str]:
    """Say a report in lines: what was done by kind, who failed, who is unknown."""
    lines = [f"{report.people:,} people, {report.accounts:,} accounts at Keycloak."]
    if dry_run:
        lines.append("Nothing was changed. To be done:")
    counts = report.counts
    lines += [
        f"{counts[word]:7,} {said}" for word, said in WORDS.items() if counts[word]
    ]
    if not counts:
        lines.append("Nothing differs.")
    lines += [f"Not brought: {e.due.username}: {e.problem}" for e in report.failed]
    if report.strangers:
        shown = ", ".join(report.strangers[:SHOWN])
        more = len(report.strangers) - SHOWN
        rest = f" and {more:,} more" if more > 0 else ""
        lines.append(
            f"Accounts that are nobody's here, left as they are: {shown}{rest}."
        )
    return lines
