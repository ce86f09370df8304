"""What is written of a calendar, one by one: whose it is, added, and taken away."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis import errors
from gateway.portal.calendars.model import words
from gateway.portal.calendars.schemas import Calendar, Day, Layer, Part, Period

Said = dict[str, Any]
"""A calendar as the service takes it: `periods`, `parts` and `hours`."""
_PLACE = re.compile(r"/(periods|parts)/([0-9]+)")
_POINTER = re.compile(r"/(periods|parts)/([0-9]+)(?:/([a-z]+))?")
_FIELDS = {"day": "first"}
OWN, INHERITED, LAW = "own", "inherited", "law"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is written; `key` finds it again in its calendar."""

    key: str
    kind: str
    name: str
    first: date
    last: date
    times: str = ""
    whose: str = OWN

    @property
    def text(self) -> str:
        """What it is: INSET day: Safeguarding."""
        kind = words.ENTRIES.get(self.kind, self.kind)
        is_told = self.name and self.name.lower() != kind.lower()
        return f"{kind}: {self.name}" if is_told else kind

    @property
    def days(self) -> str:
        told = words.days(self.first, self.last)
        return f"{told}, {self.times}" if self.times else told


def of_layer(layer: Layer, whose: str = OWN) -> Iterator[Entry]:
    """Tell all that a layer says of days."""
    for each in layer.periods:
        yield _of_period(each, whose)
    for each in layer.parts:
        yield _of_part(each, whose)


def of_year(calendar: Calendar, days: Sequence[Day], year: int) -> list[Entry]:
    """List what governs in a school year, by day, with whose word each is."""
    own = list(of_layer(calendar))
    left = list(own)
    found: list[Entry] = []
    for each in of_layer(calendar.effective, INHERITED):
        same = next((one for one in left if _alike(one, each)), None)
        if same is not None:
            left.remove(same)
        found.append(same or each)
    if not has_terms(calendar.effective, year):
        days = ()
    found += (
        Entry("", "bank-holiday", day.name, day.day, day.day, whose=LAW)
        for day in days
        if day.kind == "bank-holiday"
    )
    first, last = words.year_bounds(year)
    within = (each for each in found if each.first <= last and first <= each.last)
    return sorted(within, key=lambda each: (each.first, each.last))


def has_terms(layer: Layer, year: int) -> bool:
    """Say whether terms are written of a school year: without, nothing is known."""
    return any(
        each.kind == "term" and words.school_year(each.first) == year
        for each in layer.periods
    )


def find(calendar: Calendar, key: str) -> Entry:
    """Find what a place wrote itself.

    Raises:
        errors.NotFound: it is not there, or not any more.
    """
    for each in of_layer(calendar):
        if each.key == key:
            return each
    raise errors.NotFound


def without(calendar: Calendar, key: str) -> Said:
    """Take one thing away from what a place says."""
    said = calendar.body()
    said["periods"] = [
        raw
        for raw, each in zip(said["periods"], calendar.periods, strict=True)
        if _of_period(each, OWN).key != key
    ]
    said["parts"] = [
        raw
        for raw, each in zip(said["parts"], calendar.parts, strict=True)
        if _of_part(each, OWN).key != key
    ]
    return said


def added(calendar: Calendar, entry: Mapping[str, str]) -> Said:
    """Add a period or a part of a day to what a place says, after all others."""
    said = calendar.body()
    said[list_of(entry)].append(dict(entry))
    return said


def list_of(entry: Mapping[str, str]) -> str:
    return "parts" if entry["kind"] in words.PARTS else "periods"


def new_of(before: Layer, after: Layer) -> list[Entry]:
    """List what a layer says that it did not say before, by day."""
    left = list(of_layer(before))
    found: list[Entry] = []
    for each in of_layer(after):
        if each in left:
            left.remove(each)
        else:
            found.append(each)
    return sorted(found, key=lambda each: (each.first, each.last))


def at_fields(refusal: errors.Invalid, said: Said, fresh: str = "") -> errors.Invalid:
    """Point each fault of a calendar at the form: `fresh` is the list added to.

    What is wrong with something else says what that is, beside the first field.
    """
    faults = [_at_field(fault, said, fresh) for fault in refusal.faults]
    return errors.Invalid(refusal.detail, faults)


def _at_field(fault: errors.Fault, said: Said, fresh: str) -> errors.Fault:
    detail = _PLACE.sub(lambda place: _named(place, said), fault.detail)
    found = _POINTER.fullmatch(fault.pointer)
    if found is None:
        return errors.Fault(fault.pointer, detail)
    if found[1] == fresh and int(found[2]) == len(said[fresh]) - 1:
        field = found[3] or "first"
        return errors.Fault(f"/{_FIELDS.get(field, field)}", detail)
    return errors.Fault("/first", f"{_named(found, said)}: {detail}")


def _named(place: re.Match[str], said: Said) -> str:
    """Say which entry a pointer means, in words."""
    entries: list[dict[str, str]] = said[place[1]]
    number = int(place[2])
    if number >= len(entries):
        return "another of them"
    each = of_said(entries[number])
    return f"{each.text} ({each.days})"


def of_said(entry: Mapping[str, str]) -> Entry:
    """Tell what an entry in plain form is."""
    if entry["kind"] in words.PARTS:
        return _of_part(Part.model_validate(entry), OWN)
    return _of_period(Period.model_validate(entry), OWN)


def _of_period(each: Period, whose: str) -> Entry:
    key = f"{each.kind}.{each.first}"
    return Entry(key, each.kind, each.name, each.first, each.last, whose=whose)


def _of_part(each: Part, whose: str) -> Entry:
    times = words.span(each.opens, each.closes)
    key = f"{each.kind}.{each.day}"
    return Entry(key, each.kind, each.name, each.day, each.day, times, whose)


def _alike(one: Entry, other: Entry) -> bool:
    return (one.key, one.last, one.name, one.times) == (
        *(other.key, other.last, other.name),
        other.times,
    )
