"""What an agreement can be: all that speaks against one is told at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from chassis.errors import Fault
from servicedesk.agreements.model import Kind
from servicedesk.agreements.model.refusals import AgreementEnded, AgreementImpossible
from servicedesk.agreements.model.things import MEASURES, Agreement, Said, state_of

EARLIEST, LATEST = date(1980, 1, 1), date(2199, 12, 31)
"""Days that an agreement may name."""
MOST_MINUTES = 100_000
MOST_NOTICE = 1_095
"""Days of notice: three years."""


def require_sound(kind: Kind, said: Said) -> None:
    """Refuse what contradicts itself.

    Raises:
        AgreementImpossible: something does; each field that is wrong is named.
    """
    faults = [*_supplier(kind, said), *_days(said), *_term(said), *_targets(said)]
    if faults:
        raise AgreementImpossible(faults=faults)


def require_end(held: Agreement, ends_on: date, today: date) -> None:
    """Refuse to end an agreement then.

    Raises:
        AgreementEnded: it has ended.
        AgreementImpossible: the day is past, before it begins, or after it ends anyhow.
    """
    if state_of(held, today) == "ended":
        raise AgreementEnded
    first = max(today, held.starts_on)
    last = held.ends_on if held.renews == "none" and held.ends_on else LATEST
    if not first <= ends_on <= last:
        within = f"{first.isoformat()} to {last.isoformat()}"
        raise AgreementImpossible(
            faults=[Fault("/ends_on", f"Give a day from {within}")]
        )


def require_of_school(kind: Kind, urn: int | None) -> None:
    """Refuse what a school's own team would promise to all schools of an LA.

    Raises:
        AgreementImpossible: it would.
    """
    if kind == "internal" and urn is None:
        detail = "Name the school whose own team promises this"
        raise AgreementImpossible(faults=[Fault("/school_urn", detail)])


def _supplier(kind: Kind, said: Said) -> Iterator[Fault]:
    if kind == "supplier":
        if said["supplier"] is None:
            yield Fault("/supplier", "Say with whom this was agreed")
        return
    if said["supplier"] is not None:
        yield Fault("/supplier", "This is agreed with no supplier")
    if said["is_managed_service"]:
        detail = "A managed service is agreed with a supplier"
        yield Fault("/is_managed_service", detail)


def _days(said: Said) -> Iterator[Fault]:
    begins, ends, notice = (
        said[name] for name in ("starts_on", "ends_on", "notice_days")
    )
    outside = [
        name
        for name, day in (("starts_on", begins), ("ends_on", ends))
        if day is not None and not EARLIEST <= day <= LATEST
    ]
    for name in outside:
        within = f"{EARLIEST.isoformat()} to {LATEST.isoformat()}"
        yield Fault(f"/{name}", f"Give a day from {within}")
    if outside or ends is None:
        return
    if ends < begins:
        yield Fault("/ends_on", f"This is before it begins, {begins.isoformat()}")
    elif notice is not None and ends - timedelta(notice) < begins:
        detail = "Notice would have to be given before it begins"
        yield Fault("/notice_days", detail)


def _term(said: Said) -> Iterator[Fault]:
    if said["renews"] == "yearly" and said["ends_on"] is None:
        yield Fault("/ends_on", "Say on which day its first term ends")


def _targets(said: Said) -> Iterator[Fault]:
    places: dict[int, int] = {}
    for number, each in enumerate(said["targets"]):
        priority, where = each["priority"], f"/targets/{number}"
        other = places.setdefault(priority, number)
        if other != number:
            detail = f"Priority {priority} is at /targets/{other}"
            yield Fault(f"{where}/priority", detail)
        answer, fix = each["response_minutes"], each["fix_minutes"]
        if answer is not None and fix is not None and answer > fix:
            detail = f"An answer comes no later than the fix, {fix} minutes"
            yield Fault(f"{where}/response_minutes", detail)
    for measure in MEASURES:
        promised = [
            (priority, number, minutes)
            for priority, number in sorted(places.items())
            if (minutes := said["targets"][number][measure]) is not None
        ]
        for (_, number, minutes), (next_, _, more) in pairwise(promised):
            if minutes > more:
                detail = f"This is slower than priority {next_}, {more} minutes"
                yield Fault(f"/targets/{number}/{measure}", detail)
