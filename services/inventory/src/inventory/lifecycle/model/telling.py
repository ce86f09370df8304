"""How an end of support is written, in our own facts and in endoflife.date's form."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from inventory.lifecycle.model import chromebooks
from inventory.lifecycle.model.products import PRODUCTS
from inventory.lifecycle.model.releases import Release, Until

FIRST, LAST = date(1980, 1, 1), date(2100, 12, 31)
"""Between these is every day on which a product that anybody has begins or ends."""
_CYCLE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._ -]{0,39}")
_SERIES = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,/()+_ -]{0,99}")
_HEAD = ["model", "auto_update_expiry"]
_WORDS = {"yes": True, "no": False}
_LONGEST_BUILD = 40


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row of a file that cannot be, by its product and cycle, and why."""

    product: str
    cycle: str
    reason: str

    def __str__(self) -> str:
        """Say it as an operator reads it."""
        return f"{self.product} {self.cycle}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells of the products that are looked at; of others, how many."""

    releases: list[Release]
    wrong: list[Wrong]
    passed_over: int


class LifecyclesUnreadable(Exception):
    """A file is neither one of products and releases nor of Chromebooks."""


def until_of(text: str | None) -> Until:
    """Read how an end is kept: a day, "yes", "no" or nothing.

    Raises:
        ValueError: it is none of these.
    """
    if not text:
        return None
    return _WORDS[text] if text in _WORDS else date.fromisoformat(text)


def kept(until: Until) -> str | None:
    """Write an end as it is kept."""
    if isinstance(until, bool):
        return "yes" if until else "no"
    return None if until is None else until.isoformat()


def release_of(row: Mapping[str, str | None]) -> Release:
    """Read a release as it is kept."""
    return Release(
        product=str(row["product"]),
        cycle=str(row["cycle"]),
        build=row["build"] or None,
        released_on=_day_of(row["released_on"]),
        active_until=until_of(row["active_until"]),
        security_until=until_of(row["security_until"]),
        extended_until=until_of(row["extended_until"]),
        is_lts=row["lts"] == "yes",
    )


def columns(release: Release) -> dict[str, str | None]:
    """Write a release as it is kept."""
    on = release.released_on
    return {
        "product": release.product,
        "cycle": release.cycle,
        "build": release.build,
        "released_on": None if on is None else on.isoformat(),
        "active_until": kept(release.active_until),
        "security_until": kept(release.security_until),
        "extended_until": kept(release.extended_until),
        "lts": "yes" if release.is_lts else None,
    }


def read(document: object) -> Told:
    """Read products and their releases as endoflife.date has them.

    A row that is wrong is named, and the others are taken.

    Raises:
        LifecyclesUnreadable: it is no such document.
    """
    if not isinstance(document, dict):
        raise LifecyclesUnreadable
    found: dict[tuple[str, str], Release] = {}
    wrong: list[Wrong] = []
    others = 0
    for name, product in cast("dict[str, object]", document).items():
        if name not in PRODUCTS:
            others += 1
            continue
        for row in _rows(product):
            cycle = str(row.get("releaseCycle", ""))[:40] or "(no cycle)"
            try:
                release = _release(name, row)
            except ValueError as why:
                wrong.append(Wrong(name, cycle, str(why)))
                continue
            if (name, release.cycle) in found:
                wrong.append(Wrong(name, cycle, "it is there twice"))
            else:
                found[name, release.cycle] = release
    return Told(list(found.values()), wrong, others)


def read_series(text: str) -> Told:
    """Read the series of Chromebooks and until when each is updated: a CSV file.

    A row that is wrong is named, and the others are taken.

    Raises:
        LifecyclesUnreadable: it has not the columns `model` and `auto_update_expiry`.
    """
    head, *rows = [*csv.reader(text.splitlines()), []]
    if [cell.strip().lower() for cell in head] != _HEAD:
        raise LifecyclesUnreadable
    found: dict[str, Release] = {}
    wrong: list[Wrong] = []
    for row in rows:
        if not row:
            continue
        name = " ".join(row[0].split())
        try:
            release = _of_series(name, row)
        except ValueError as why:
            wrong.append(Wrong(chromebooks.PRODUCT, name[:100], str(why)))
            continue
        found.setdefault(name, release)
        if found[name] != release:
            wrong.append(Wrong(chromebooks.PRODUCT, name, "it is there twice"))
    return Told(list(found.values()), wrong, 0)


def _of_series(name: str, row: list[str]) -> Release:
    if not _SERIES.fullmatch(name):
        msg = "it is no name of a series"
        raise ValueError(msg)
    if len(row) != len(_HEAD):
        msg = f"it has {len(row)} cells"
        raise ValueError(msg)
    until = _until({"auto_update_expiry": row[1].strip()}, "auto_update_expiry")
    return Release(chromebooks.PRODUCT, name, security_until=until)


def _rows(product: object) -> Iterator[Mapping[str, object]]:
    rows: object = None
    if isinstance(product, dict):
        rows = cast("dict[str, object]", product).get("releases")
    if not isinstance(rows, list):
        raise LifecyclesUnreadable
    for row in cast("Iterable[object]", rows):
        if not isinstance(row, dict):
            raise LifecyclesUnreadable
        yield cast("dict[str, object]", row)


def _release(product: str, row: Mapping[str, object]) -> Release:
    cycle = row.get("releaseCycle")
    if not isinstance(cycle, str) or not _CYCLE.fullmatch(cycle):
        msg = "its cycle is no name"
        raise ValueError(msg)
    released_on = _until(row, "releaseDate")
    ends = _until(row, "eol")
    if isinstance(released_on, bool):
        msg = "releaseDate is no day"
        raise ValueError(msg)  # noqa: TRY004 - of the row, not of the code
    if released_on and isinstance(ends, date) and ends < released_on:
        msg = f"it ends on {ends}, before its release on {released_on}"
        raise ValueError(msg)
    build = row.get("latest")
    return Release(
        product=product,
        cycle=cycle,
        build=build[:_LONGEST_BUILD] if isinstance(build, str) else None,
        released_on=released_on,
        active_until=_until(row, "eoas"),
        security_until=ends,
        extended_until=_until(row, "eoes"),
        is_lts=row.get("lts") is True,
    )


def _until(row: Mapping[str, object], name: str) -> Until:
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return value
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        msg = f"{name} is no day: {str(value)[:40]}"
        raise ValueError(msg)
    return day


def _day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
