"""The plain form of a calendar: as it is kept, told and read back, in words of JSON.

Times are by the clock on the wall, as "08:30"; the end of a day is "24:00".
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from servicedesk.calendar.model.hours import Kind, Span, Week
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch

_HOUR = 60
Plain = dict[str, Any]


def plain(layer: Layer) -> Plain:
    """Say a calendar in its plain form; `layer_of` reads it back as the same."""
    return {
        "periods": [_period(each) for each in layer.periods],
        "parts": [_part(each) for each in layer.parts],
        "hours": {
            kind.value: [[span_told(span) for span in spans] for spans in week]
            for kind, week in layer.hours.items()
        },
    }


def layer_of(said: Mapping[str, Any]) -> Layer:
    """Read a calendar from its plain form; whether it can be is asked of `faults`."""
    return Layer(
        tuple(
            Period(
                Stretch(each["kind"]),
                date.fromisoformat(each["first"]),
                date.fromisoformat(each["last"]),
                each["name"],
            )
            for each in said["periods"]
        ),
        tuple(
            DayPart(
                Part(each["kind"]),
                date.fromisoformat(each["day"]),
                _span(each),
                each["name"],
            )
            for each in said["parts"]
        ),
        {Kind(kind): _week(week) for kind, week in said["hours"].items()},
    )


def span_told(span: Span) -> dict[str, str]:
    return {"opens": _clock(span.opens), "closes": _clock(span.closes)}


def _period(each: Period) -> Plain:
    days = {"first": each.first.isoformat(), "last": each.last.isoformat()}
    return {"kind": each.kind.value, **days, "name": each.name}


def _part(each: DayPart) -> Plain:
    when = {"day": each.day.isoformat(), **span_told(each.span)}
    return {"kind": each.kind.value, **when, "name": each.name}


def _week(week: Iterable[Iterable[Mapping[str, str]]]) -> Week:
    return tuple(tuple(_span(each) for each in spans) for spans in week)


def _span(said: Mapping[str, str]) -> Span:
    return Span(_minute(said["opens"]), _minute(said["closes"]))


def _clock(minute: int) -> str:
    hour, rest = divmod(minute, _HOUR)
    return f"{hour:02}:{rest:02}"


def _minute(clock: str) -> int:
    hour, rest = clock.split(":")
    return int(hour) * _HOUR + int(rest)
