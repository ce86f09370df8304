"""What the Department for Education asks of a school's broadband, and what lacks.

"Broadband internet standards for schools and colleges", within "Meeting digital and
technology standards in schools and colleges": full fibre ("a leased line" or "fibre to
the premises (FTTP)"; "copper connections … do not meet this standard"); the speeds by
phase; "a backup broadband connection" by "multiple broadband connection services (of
different service types)" with "automatic failover".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from inventory.circuits.model.things import Circuit, Technology

Standing = Literal["met", "not-met", "not-known"]
Lack = Literal[
    "phase-not-named",
    "nothing-recorded",
    "no-main-line",
    "down",
    "up",
    "technology",
    "no-back-up-line",
    "back-up-alike",
    "failover-not-tested",
    "failover-failed",
]
"""What lacks. The first three say why it is not known whether the standard is met."""
Contradiction = Literal["measured-down", "measured-up"]
"""What was measured is below the standard, where the contract is not."""

SOURCE = (
    "https://www.gov.uk/guidance/meeting-digital-and-technology-standards-in-schools"
    "-and-colleges/broadband-internet-standards-for-schools-and-colleges"
)
FULL_FIBRE: frozenset[Technology] = frozenset({"full-fibre", "leased-line"})
TESTED_WITHIN = timedelta(days=365)
"""A back-up line that nobody tried for longer is taken for none: our own rule, since
the standard asks for an automatic failover and names no interval."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The speeds that are asked of some phases from a day on, in whole kbit/s."""

    phases: frozenset[str]
    since: date
    down_kbps: int
    up_kbps: int
    wording: str
    """As the standard has it."""


_PRIMARY = frozenset({"primary", "middle-deemed-primary"})
_SECONDARY = frozenset(
    {"secondary", "middle-deemed-secondary", "all-through", "16-plus"}
)
THRESHOLDS: Sequence[Threshold] = (
    Threshold(
        _PRIMARY,
        date(2022, 3, 23),
        100_000,
        30_000,
        "Primary schools should have a minimum 100Mbps download speed and a minimum of "
        "30Mbps upload speed.",
    ),
    Threshold(
        _SECONDARY,
        date(2022, 3, 23),
        1_000_000,
        1_000_000,
        "Secondary schools, all-through schools and further education colleges should "
        "have a connection with the capacity to deliver 1Gbps download and upload "
        "speed.",
    ),
)
"""Each is a fact with a day: where the standard changes, another row is added. Nursery,
special and alternative schools are not named in it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a school meets the standard on a day, by which line, and what lacks.

    What is contracted decides; what was measured stands beside it, and is listed where
    it contradicts that.
    """

    standing: Standing
    lacks: list[Lack]
    contradictions: list[Contradiction]
    threshold: Threshold | None
    main_id: UUID | None
    """The live main line that comes nearest to the standard."""
    back_up_id: UUID | None
    """The live back-up line that comes nearest to it."""


def threshold_of(phase: str | None, day: date) -> Threshold | None:
    """Say what is asked of a school of a phase on a day; None: it is not named."""
    named = [t for t in THRESHOLDS if phase in t.phases and t.since <= day]
    return max(named, key=lambda each: each.since, default=None)


def judge(phase: str | None, circuits: Iterable[Circuit], day: date) -> Verdict:
    """Judge a school of a phase by its circuits on a day."""
    threshold = threshold_of(phase, day)
    kept = [each for each in circuits if each.state != "ceased"]
    live = [each for each in kept if _is_live(each, day)]
    mains = [each for each in live if each.role == "main"]
    backs = [each for each in live if each.role == "back-up"]
    if threshold is None:
        unknown = list[Lack](["phase-not-named"])
        return Verdict("not-known", unknown, [], None, None, None)
    if not mains:
        lack: Lack = "no-main-line" if kept else "nothing-recorded"
        return Verdict("not-known", [lack], [], threshold, None, None)
    main = min(mains, key=lambda each: _shortfall(each, threshold))
    back_up = min(backs, key=lambda each: _doubt(each, main, day), default=None)
    lacks = _of_main(main, threshold) + _of_back_up(back_up, main, day)
    return Verdict(
        "not-met" if lacks else "met",
        lacks,
        _contradictions(main, threshold),
        threshold,
        main.circuit_id,
        back_up.circuit_id if back_up else None,
    )


def _is_live(each: Circuit, day: date) -> bool:
    return each.state == "live" and each.live_on is not None and each.live_on <= day


def _shortfall(main: Circuit, asked: Threshold) -> tuple[int, int, int, str]:
    """Order main lines: who lacks least, then who is fastest."""
    lacks = len(_of_main(main, asked))
    return lacks, -main.down_kbps, -main.up_kbps, str(main.circuit_id)


def _of_main(main: Circuit, asked: Threshold) -> list[Lack]:
    found: list[Lack] = []
    if main.down_kbps < asked.down_kbps:
        found.append("down")
    if main.up_kbps < asked.up_kbps:
        found.append("up")
    if main.technology not in FULL_FIBRE:
        found.append("technology")
    return found


def _doubt(back_up: Circuit, main: Circuit, day: date) -> tuple[int, int, str]:
    """Order back-up lines: who lacks least, then who is fastest."""
    lacks = len(_of_back_up(back_up, main, day))
    return lacks, -back_up.down_kbps, str(back_up.circuit_id)


def _of_back_up(back_up: Circuit | None, main: Circuit, day: date) -> list[Lack]:
    if back_up is None:
        return ["no-back-up-line"]
    found: list[Lack] = []
    if back_up.technology == main.technology:
        found.append("back-up-alike")
    if back_up.tested_on is None or back_up.tested_on < day - TESTED_WITHIN:
        found.append("failover-not-tested")
    elif back_up.test_outcome != "passed":
        found.append("failover-failed")
    return found


_MEASURED: Mapping[Contradiction, tuple[str, str]] = {
    "measured-down": ("down_kbps", "measured_down_kbps"),
    "measured-up": ("up_kbps", "measured_up_kbps"),
}


def _contradictions(main: Circuit, asked: Threshold) -> list[Contradiction]:
    found: list[Contradiction] = []
    for name, (contracted, measured) in _MEASURED.items():
        least: int = getattr(asked, contracted)
        seen: int | None = getattr(main, measured)
        if seen is not None and seen < least <= getattr(main, contracted):
            found.append(name)
    return found
