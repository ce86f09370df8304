"""What makes everything at a school press more: an inspection, exams, a census."""

from datetime import date
from typing import Literal

from servicedesk.calendar.model.layers import Layer
from servicedesk.calendar.model.periods import Stretch

Lift = Literal["inspection", "exams", "census"]
_LIFTS: dict[Stretch, Lift] = {
    Stretch.INSPECTION: "inspection",
    Stretch.EXAMS: "exams",
    Stretch.CENSUS: "census",
}
"""Of several at once the first is told."""


def lift_on(layer: Layer, day: date) -> Lift | None:
    """Say what lifts the priority of whatever is reported on a day."""
    there = {each.kind for each in layer.periods if each.holds(day)}
    return next((lift for kind, lift in _LIFTS.items() if kind in there), None)
