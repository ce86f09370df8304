"""A release of a product, until when it is supported, and what that is on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Until = date | bool | None
"""The last day of something. True: it is over, and nobody says since when. False: no
end is announced. None: it is not known."""
State = Literal["supported", "no-end-announced", "security-only", "ended", "unknown"]
FREE_EXTENSIONS = frozenset({"debian"})
"""Of these the extended support costs nothing and needs no contract: it counts. That of
the others is bought by few schools, and is told beside the state."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release cycle of a product, as its maker supports it.

    `build` is what a system says of itself, where its name does not tell the release.
    """

    product: str
    cycle: str
    build: str | None = None
    released_on: date | None = None
    active_until: Until = None
    security_until: Until = None
    extended_until: Until = None
    is_lts: bool = False


Releases = Mapping[str, Mapping[str, Release]]
"""By product and cycle."""


@dataclass(frozen=True, slots=True)
class Support:
    """How a thing is supported on a day, and by what release that is known.

    Where it may be one of several releases the cycle is None, and the state is told if
    they agree. The day is None where none is announced or they differ.
    """

    product: str | None = None
    cycle: str | None = None
    state: State = "unknown"
    ends_on: date | None = None
    extended_until: date | None = None


UNKNOWN = Support()


def state_of(release: Release, day: date) -> State:
    """Say how a release is supported on a day; its last day is one of support."""
    if release.security_until is None:
        return "unknown"
    if _is_over(release.security_until, day):
        return "security-only" if _is_extended(release, day) else "ended"
    if _is_over(release.active_until, day):
        return "security-only"
    return "no-end-announced" if release.security_until is False else "supported"


def support_of(found: list[Release], day: date) -> Support:
    """Say how a thing is supported that has one of some releases of one product."""
    if not found:
        return UNKNOWN
    each = [_support(release, day) for release in found]
    first, *others = each
    if not others:
        return first
    states = {one.state for one in each}
    ends = {one.ends_on for one in each}
    extended = {one.extended_until for one in each}
    return Support(
        first.product,
        None,
        first.state if len(states) == 1 else "unknown",
        first.ends_on if len(states | ends) == 2 else None,  # noqa: PLR2004 - one each
        first.extended_until if len(extended) == 1 else None,
    )


def _support(release: Release, day: date) -> Support:
    last = release.extended_until if _counts(release) else release.security_until
    extended = None if _counts(release) else release.extended_until
    return Support(
        release.product,
        release.cycle,
        state_of(release, day),
        _day(last),
        _day(extended),
    )


def _is_extended(release: Release, day: date) -> bool:
    until = release.extended_until
    return _counts(release) and not _is_over(until, day)


def _counts(release: Release) -> bool:
    """Whether support goes on beyond its end, for everybody."""
    return release.product in FREE_EXTENSIONS and release.extended_until is not None


def _is_over(until: Until, day: date) -> bool:
    """Whether something has ended; what is not known to end has not."""
    if isinstance(until, bool) or until is None:
        return until is True
    return until < day


def _day(until: Until) -> date | None:
    return None if isinstance(until, bool) else until
