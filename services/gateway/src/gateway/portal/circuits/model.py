"""Circuits and the broadband standard in words, and as a chart; no I/O."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from statistics import median_low

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.charts.model import Columns, Part
from gateway.portal.templates import formats

ROLES: Mapping[str, str] = {"main": "Main line", "back-up": "Back-up line"}
STATES: Mapping[str, str] = {"planned": "Planned", "live": "Live", "ceased": "Ceased"}
STATE_TONES: Mapping[str, str] = {"planned": "note", "live": "good"}
TECHNOLOGIES: Mapping[str, str] = {
    "full-fibre": "Full fibre (FTTP)",
    "leased-line": "Leased line",
    "cable": "Cable",
    "g-fast": "G.fast",
    "fttc": "Fibre to the cabinet (FTTC)",
    "adsl": "ADSL",
    "fixed-wireless": "Fixed wireless",
    "5g": "5G",
    "4g": "4G",
    "satellite": "Satellite",
    "other": "Other",
}
ENDS: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "year": "Within a year",
    "past": "Has ended",
}
OUTCOMES: Mapping[str, str] = {"passed": "Took over", "failed": "Did not take over"}
METHODS: Mapping[str, str] = {
    "probe": "Probe",
    "speed-test": "Speed test by hand",
    "provider": "The provider",
}
STANDINGS: Mapping[str, str] = {
    "not-met": "Not met",
    "not-known": "Not known",
    "met": "Met",
}
TONES: Mapping[str, str] = {"not-met": "bad", "not-known": "warn", "met": "good"}
LACKS: Mapping[str, str] = {
    "nothing-recorded": "No line is written down",
    "no-main-line": "No main line is in use",
    "phase-not-named": "The standard does not name this phase",
    "down": "Download too slow",
    "up": "Upload too slow",
    "technology": "Not full fibre",
    "no-back-up-line": "No back-up line",
    "back-up-alike": "The back-up line is of the same type",
    "failover-not-tested": "Failover not tested within a year",
    "failover-failed": "The last failover test failed",
}
CONTRADICTIONS: Mapping[str, str] = {
    "measured-down": "Measured download below the standard, contracted download not",
    "measured-up": "Measured upload below the standard, contracted upload not",
}
CONTRADICTED: Mapping[str, str] = {
    "true": "Measurements contradict it",
    "false": "Nothing contradicts it",
}
SHARED: Mapping[str, str] = {"": "Not known", "yes": "Yes, contended", "no": "No"}
DRAWN_DAYS = 14
_DOWN, _UP = "Download", "Upload"
_SPEED = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,3}))?")
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
"""A time of day, as forms take it."""
_KBPS_OF_GBPS, _KBPS_OF_MBPS = 1_000_000, 1_000


def speed(kbps: int | None) -> str:
    """Write a speed like 100 Mbit/s or 1 Gbit/s."""
    if kbps is None:
        return formats.ABSENT
    if kbps >= _KBPS_OF_GBPS:
        return f"{_plain(kbps, _KBPS_OF_GBPS)} Gbit/s"
    return f"{_plain(kbps, _KBPS_OF_MBPS)} Mbit/s"


def speeds(down: int | None, up: int | None) -> str:
    """Write both speeds of a line, the download first."""
    if down is None or up is None:
        return formats.ABSENT
    return f"{speed(down)} down, {speed(up)} up"


def summary(technology: str, down: int, up: int) -> str:
    """Write in short what a line is."""
    return f"{TECHNOLOGIES.get(technology, technology)}, {speeds(down, up)}"


def typed(kbps: int | None) -> str:
    """Write a speed as a form takes it: in Mbit/s."""
    return "" if kbps is None else _plain(kbps, _KBPS_OF_MBPS).replace(",", "")


def read_speed(text: str, field: str) -> int | None:
    """Read a speed in Mbit/s, like 100 or 0.5, as whole kbit/s; nothing is none.

    Raises:
        errors.Invalid: the text is no speed.
    """
    plain = text.replace(",", "").strip()
    if not plain:
        return None
    if found := _SPEED.fullmatch(plain):
        return int(found[1]) * _KBPS_OF_MBPS + int((found[2] or "").ljust(3, "0"))
    detail = "Enter a speed in Mbit/s, such as 100 or 1000"
    raise errors.Invalid(faults=[errors.Fault(f"/{field}", detail)])


def drawn(measured: Sequence[tuple[datetime, int, int]]) -> Columns | None:
    """Draw what was measured on the latest days: moments with kbit/s down and up.

    Of a day the one in the middle is drawn. None where nothing was measured.
    """
    days: dict[date, list[tuple[int, int]]] = {}
    for moment, down, up in measured:
        days.setdefault(day_in_england(moment), []).append((down, up))
    rows = [(day, *_middle(days[day])) for day in sorted(days)[-DRAWN_DAYS:]]
    if not rows:
        return None
    said = "; ".join(
        f"{formats.day(day)}: {speeds(down, up)}" for day, down, up in rows
    )
    title = "Measured speed by day"
    return Columns(
        title=title,
        text=f"Column chart: {title.lower()}. {said}. The table says the same.",
        column_title="Day",
        value_title="Mbit/s",
        parts=[
            Part(f"{day.day} {day:%b}", series, kbps / _KBPS_OF_MBPS)
            for day, down, up in rows
            for series, kbps in ((_DOWN, down), (_UP, up))
        ],
        series=[_DOWN, _UP],
        stacked=False,
    )


def _middle(found: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return median_low([down for down, _ in found]), median_low([up for _, up in found])


def _plain(kbps: int, unit: int) -> str:
    written = formats.number(kbps / unit, 3)
    return written.rstrip("0").removesuffix(".")
