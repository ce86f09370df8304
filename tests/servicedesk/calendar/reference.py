"""School time as anybody would say it: look at the wall clock, step by step.

Nothing is shared with the engine but the words in which a calendar is written.
"""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

from servicedesk.calendar.model.hours import Kind, Span
from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import DayPart, Part, Period, Stretch

LONDON = ZoneInfo("Europe/London")
STEP = timedelta(minutes=15)
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2029))
CHANGES = [
    *(date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25)),
    *(date(2027, 3, 28), date(2027, 10, 31)),
]


def kind_of(layer: Layer, day: date) -> Kind:
    def within(kind: Stretch) -> bool:
        return any(p.kind == kind and p.first <= day <= p.last for p in layer.periods)

    if within(Stretch.CLOSURE):
        return Kind.CLOSED
    if day in BANK_HOLIDAYS:
        return Kind.BANK_HOLIDAY
    if day.isoweekday() in {6, 7}:
        return Kind.WEEKEND
    if within(Stretch.INSET):
        return Kind.INSET
    if within(Stretch.HALF_TERM):
        return Kind.HALF_TERM
    return Kind.SCHOOL_DAY if within(Stretch.TERM) else Kind.HOLIDAY


def is_open(layer: Layer, instant: datetime) -> bool:
    shown = instant.astimezone(LONDON)
    minute = shown.hour * 60 + shown.minute
    kind = kind_of(layer, shown.date())
    if kind not in layer.hours:
        return False
    spans = layer.hours[kind][shown.weekday()]
    if not any(span.opens <= minute < span.closes for span in spans):
        return False
    if kind != Kind.SCHOOL_DAY:
        return True
    halves = [
        part.span
        for part in layer.parts
        if part.kind == Part.HALF_DAY and part.day == shown.date()
    ]
    return all(span.opens <= minute < span.closes for span in halves)


def steps(layer: Layer, start: datetime, count: int) -> list[bool]:
    """Say of each quarter of an hour from an instant on whether it is worked."""
    return [is_open(layer, start + number * STEP) for number in range(count)]


def beginning(rng: random.Random) -> date:
    """Draw a day from 2025 to 2027; half of them shortly before a clock is changed."""
    if rng.random() < 0.5:
        return rng.choice(CHANGES) - timedelta(rng.randrange(1, 6))
    return date(2025, 1, 1) + timedelta(rng.randrange(1000))


def layer(rng: random.Random, first: date, days: int) -> Layer:
    """Draw a calendar: its periods lie anywhere, over each other, about some days."""
    kinds = rng.choices(list(Stretch), k=rng.randrange(1, 9))
    periods = [_period(rng, kind, first, days) for kind in kinds]
    halves = {first + timedelta(rng.randrange(days)) for _ in range(rng.randrange(3))}
    return Layer(
        (Period(Stretch.TERM, first, first + timedelta(days)), *periods),
        tuple(DayPart(Part.HALF_DAY, day, _spans(rng)[0]) for day in sorted(halves)),
        {kind: tuple(_hours(rng) for _ in range(7)) for kind in rng.sample([*Kind], 5)},
    )


def _period(rng: random.Random, kind: Stretch, first: date, days: int) -> Period:
    begins = first + timedelta(rng.randrange(days))
    return Period(kind, begins, begins + timedelta(rng.randrange(4)))


def _hours(rng: random.Random) -> tuple[Span, ...]:
    return () if rng.random() < 0.15 else _spans(rng)


def _spans(rng: random.Random) -> tuple[Span, ...]:
    """Draw one span or two, at quarters of an hour, now and then a whole day."""
    if rng.random() < 0.15:
        return (Span(0, 1440),)
    at = sorted(rng.sample(range(97), rng.choice((2, 4))))
    return tuple(Span(at[n] * 15, at[n + 1] * 15) for n in range(0, len(at), 2))


def instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
