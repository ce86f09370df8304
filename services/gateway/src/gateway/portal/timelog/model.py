"""What the pages of a ticket's time know: the words of its kinds, and its sums."""

from collections.abc import Iterable, Mapping
from typing import Protocol

KINDS = {
    "reactive": "Reactive: something was wrong",
    "proactive": "Proactive: so that nothing goes wrong",
    "project": "Project",
    "extra": "Beside ICT, such as sound at a play",
}
KIND_NAMES = {
    "reactive": "Reactive",
    "proactive": "Proactive",
    "project": "Project",
    "extra": "Beside ICT",
}


class Timed(Protocol):
    """Minutes of a kind that count, unless they were taken back."""

    @property
    def kind(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def counts(self) -> bool: ...


def sums(entries: Iterable[Timed]) -> Mapping[str, int]:
    """Sum the seconds of each kind, in the order of the kinds."""
    found = dict.fromkeys(KINDS, 0)
    for entry in entries:
        if entry.counts:
            found[entry.kind] = found.get(entry.kind, 0) + entry.minutes * 60
    return {kind: seconds for kind, seconds in found.items() if seconds}
