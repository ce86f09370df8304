"""Everybody is compared with the sign-on, and whatever differs is mended.

It is read in pages, not person by person; who differs is then looked at once more and
brought there as ever, so that a change meanwhile is not undone.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain

from chassis import auth
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.db import Database
from gateway.provisioning import accounts, desk, model, service, store
from gateway.provisioning.desk import Door
from gateway.provisioning.model import CannotProvision, Due, Known
from gateway.provisioning.service import Outcome, Way

PAGE = 1000


@dataclass(slots=True)
class Report:
    """What a comparison found, and did if it was to; `strangers` are usernames."""

    people: int = 0
    accounts: int = 0
    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    strangers: list[str] = field(default_factory=list[str])

    @property
    def counts(self) -> Counter[str]:
        done = chain.from_iterable(each.done for each in self.outcomes)
        return Counter(repair.word for repair in done)

    @property
    def failed(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.problem is not None]


async def sync(
    db: Database, door: Door, today: date, *, dry_run: bool, adopts: bool = False
) -> Report:
    """Mend what the sign-on has otherwise than the directory, or only say it.

    Accounts that are nobody's in the directory are named, and let be.

    Raises:
        KeycloakError: the sign-on is away.
    """
    report = Report()
    async with desk.opened(door) as here:
        way = Way(db, await service.everywhere(db), here, today, adopts)
        known = await accounts.read_all(here)
        strange = dict(known.by_subject)
        report.accounts = len(strange)
        async for page in _pages(way):
            report.people += len(page)
            found = [_compared(way, due, known, strange) for due in page]
            wrong = [each for each in found if each.done or each.problem]
            if not dry_run:
                people = [each.due.person_id for each in wrong]
                wrong = await service.bring_all(way, people)
                await _record(way, wrong)
            report.outcomes += wrong
    report.strangers = sorted(found.username for found in strange.values())
    return report


def _compared(
    way: Way, due: Due, known: Known, strange: dict[str, model.Found]
) -> Outcome:
    try:
        found = known.of(due, adopts=way.adopts)
    except CannotProvision as error:
        return Outcome(due, [], str(error))
    if found is not None:
        strange.pop(found.subject, None)
    return Outcome(due, model.plan(due, found, datetime.now(UTC)))


async def _pages(way: Way) -> AsyncGenerator[Sequence[Due]]:
    after = None
    while True:
        async with way.db.read(way.actor, auth.SERVICE_ACCESS) as tx:
            people = await store.list_people(tx, after, PAGE)
            if not people:
                return
            page = await store.list_due(tx, people, way.today)
        yield page
        after = people[-1]


async def _record(way: Way, outcomes: Iterable[Outcome]) -> None:
    entries = [_entry(each) for each in outcomes if each.done]
    async with way.db.begin(way.actor, auth.SERVICE_ACCESS) as tx:
        await audit.record_many(tx, entries)


def _entry(outcome: Outcome) -> Entry:
    due = outcome.due
    target = Target("person", due.person_id, due.home_la_code, due.home_school_id)
    done = [f"{repair.word} {repair.what}".strip() for repair in outcome.done]
    return Entry("person.account-mended", target, after={"done": done})
