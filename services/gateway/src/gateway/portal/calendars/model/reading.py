"""What somebody typed of a calendar, read as the English write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.calendars.model import words
from gateway.portal.calendars.schemas import EntryForm, HoursForm, Span

_CLOCK = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?\s*(am|pm)?", re.ASCII | re.IGNORECASE
)
_NAMED = {"midday": "12:00", "noon": "12:00", "midnight": "24:00"}
_AND = re.compile(r"\s+and\s+|[,;]", re.IGNORECASE)
_TO = re.compile(r"\s+to\s+|\s*[-\u2013]\s*", re.IGNORECASE)
_NOON, _HOURS = 12, 24
CLOCK_ASKED = "Enter a time, like 8:30 or 3:30pm"
HOURS_ASKED = "Enter times like 8:00 to 16:00, or leave it empty"


@dataclass(frozen=True, slots=True)
class Asked:
    """A form for one thing that people write down."""

    heading: str
    kinds: Sequence[str]
    """What it may be; of several one is chosen."""
    last: str = ""
    """What the last day is called, where there may be several."""
    name_hint: str = ""
    button: str = "Add it"

    @property
    def has_times(self) -> bool:
        return self.kinds[0] in words.PARTS


FORMS: Mapping[str, Asked] = {
    "closure": Asked(
        *("Close for a day or more", ("closure",)),
        last="Last day, if it lasts longer (optional)",
        name_hint="Why, for example Snow",
        button="Write it down",
    ),
    "inset": Asked(
        *("Add an INSET day", ("inset",)),
        last="Last day, if there are several (optional)",
        name_hint="For example, Safeguarding",
    ),
    "half-day": Asked(
        *("Add a half day", ("half-day",)),
        name_hint="For example, Last day of term",
    ),
    "twilight": Asked(
        *("Add twilight training", ("twilight",)),
        name_hint="For example, Phonics",
    ),
    "period": Asked(
        "Add a term, half-term, exams, census or inspection",
        ("term", "half-term", "exams", "census", "inspection"),
        last="Last day",
        name_hint="For example, Autumn term or GCSE exams",
    ),
}


def entry(form: EntryForm, kinds: Sequence[str]) -> dict[str, str]:
    """Read a period or part of a day; without a last day it is the first alone.

    Raises:
        errors.Invalid: a field is missing, or no day or time.
    """
    faults: list[errors.Fault] = []
    kind = kinds[0] if len(kinds) == 1 else form.kind
    if kind not in kinds:
        faults.append(errors.Fault("/kind", "Choose what it is"))
    first = _day(form.first, "first", faults)
    if not form.first:
        faults.append(errors.Fault("/first", "Enter the day"))
    told = {"kind": kind, "name": form.name}
    if kind in words.PARTS:
        told |= {"day": first}
        for field in ("opens", "closes"):
            told[field] = _clock(getattr(form, field), field, faults)
    else:
        told |= {"first": first, "last": _day(form.last, "last", faults) or first}
    if faults:
        raise errors.Invalid(faults=faults)
    return told


def week(form: HoursForm) -> list[list[dict[str, str]]]:
    """Read a week: each day like 8:00 to 12:00 and 13:00 to 16:30, or nothing.

    Raises:
        errors.Invalid: a day is not like that.
    """
    faults: list[errors.Fault] = []
    told: list[list[dict[str, str]]] = []
    for field, text in form.week.items():
        pieces = [each for each in _AND.split(text) if each.strip()]
        spans = [_span(piece) for piece in pieces]
        told.append([each for each in spans if each])
        if None in spans:
            faults.append(errors.Fault(f"/{field}", HOURS_ASKED))
    if faults:
        raise errors.Invalid(faults=faults)
    return told


def as_typed(spans: Sequence[Span]) -> str:
    """Write when somebody is there on a day as it is typed."""
    return " and ".join(
        f"{each.opens.removeprefix('0')} to {each.closes.removeprefix('0')}"
        for each in spans
    )


def clock(text: str) -> str | None:
    """Read a time of the day, like 8:30, 3.30pm or midday, as 08:30."""
    plain = text.strip().lower()
    if plain in _NAMED:
        return _NAMED[plain]
    found = _CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour, minute, half = int(found[1]), found[2] or "00", found[3]
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    if (hour, minute) == (_HOURS, "00"):
        return "24:00"
    return f"{hour:02}:{minute}" if hour < _HOURS else None


def _span(text: str) -> dict[str, str] | None:
    ends = [clock(each) for each in _TO.split(text.strip())]
    match ends:
        case [str(opens), str(closes)]:
            # Midnight that closes a day is its end; that opens it, its beginning.
            return {"opens": "00:00" if opens == "24:00" else opens, "closes": closes}
        case _:
            return None


def _clock(text: str, field: str, faults: list[errors.Fault]) -> str:
    found = clock(text)
    if found is None:
        faults.append(errors.Fault(f"/{field}", CLOCK_ASKED))
    return found or ""


def _day(text: str, field: str, faults: list[errors.Fault]) -> str:
    try:
        found = reading.read_day(text, field)
    except errors.Invalid as wrong:
        faults.extend(wrong.faults)
        return ""
    return found.isoformat() if found else ""
