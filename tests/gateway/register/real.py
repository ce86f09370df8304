"""The real registers as plain rows, and what they let one expect, worked out anew.

Nothing of the product is used here: a second opinion, by the csv module alone.
"""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

OPEN = {"Open", "Open, but proposed to close"}
Rows = dict[int, dict[str, str]]


def rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", errors="replace", newline="") as text:
        yield from csv.DictReader(text)


class Files:
    """England's schools of April 2022, its register of June 2024, and the links."""

    def __init__(self, folder: Path) -> None:
        schools = folder / "schools_england"
        self.first = schools / "gias_schools_2022-04-25.csv.gz"
        self.second = schools / "gias_register_2024-06-17.csv.gz"
        self.links = schools / "gias_links_2025-04-22.csv.gz"
        self.raw = schools / "gias_rawformat_surrey_hampshire_2022-04-20.csv.gz"
        self.before: Rows = {int(row["urn"]): row for row in rows(self.first)}
        self.after: Rows = {int(row["urn"]): row for row in rows(self.second)}
        for row in self.after.values():
            row["name"] = as_meant(row["name"])
        self.onward: defaultdict[int, set[int]] = defaultdict(set)
        self.back: defaultdict[int, set[int]] = defaultdict(set)
        self.merged: set[tuple[int, int]] = set()
        self._read_links()
        with (schools / "la_lookup.csv").open(encoding="utf-8-sig") as text:
            self.names = {
                row["la_code_dfe"]: row["local_authority"]
                for row in csv.DictReader(text)
            }

    def _read_links(self) -> None:
        for row in rows(self.links):
            kind = row["link_type"].casefold()
            first, second = int(row["urn"]), int(row["link_urn"])
            if kind.startswith(("predecessor", "result of")):
                first, second = second, first
            elif not kind.startswith("successor"):
                continue
            self.onward[first].add(second)
            self.back[second].add(first)
            if "merged" in kind or "amalgam" in kind:
                self.merged.add((first, second))

    def conversions(self) -> dict[int, int]:
        """Those beyond doubt: one closed school, one open successor, in one LA."""
        return {
            urn: successor
            for urn, row in self.before.items()
            if len(self.onward[urn]) == 1
            for successor in self.onward[urn]
            if self.back[successor] == {urn}
            and successor not in self.before
            and self.status(urn) == "Closed"
            and self.status(successor) in OPEN
            and self.names[row["la_code"]]
            == self.after[successor]["local_authority_name"]
        }

    def mergers(self) -> set[tuple[int, int]]:
        """Two schools of 2022 that became one of them, and have no other links."""
        return {
            (urn, successor)
            for urn, successor in self.merged
            if urn in self.before
            and successor in self.before
            and self.onward[urn] == {successor}
            and self.back[successor] == {urn}
            and self.status(urn) == "Closed"
            and self.status(successor) in OPEN
        }

    def status(self, urn: int) -> str | None:
        return self.after[urn]["status"] if urn in self.after else None


def as_meant(name: str) -> str:
    """Read as Windows-1252 what the file holds as controls: its apostrophes."""
    return re.sub(
        "[\x80-\x9f]", lambda found: found[0].encode("latin-1").decode("cp1252"), name
    )
