"""Hears of schools and their calendars: tickets follow their school, dues its days."""

from collections.abc import Sequence

from chassis import db
from contracts.event import Event
from contracts.gateway import SchoolRecorded
from contracts.servicedesk import CalendarWritten
from servicedesk.schools import service as schools
from servicedesk.tickets import service


async def record_schools(tx: db.Tx, events: Sequence[Event]) -> None:
    """Keep the copy of the schools of one LA, and what is theirs with them."""
    facts = [event for event in events if isinstance(event, SchoolRecorded)]
    await service.follow_schools(tx, await schools.record_schools(tx, facts))


async def judge_anew(tx: db.Tx, events: Sequence[Event]) -> None:
    """Work out anew what is due where a calendar of one LA is another than it was."""
    facts = [event for event in events if isinstance(event, CalendarWritten)]
    for la_code in sorted({fact.la_code for fact in facts}):
        of_it = [fact.school_id for fact in facts if fact.la_code == la_code]
        schools_of_it = [each for each in of_it if each is not None]
        whole = len(schools_of_it) < len(of_it)
        await service.judge_anew(tx, la_code, None if whole else schools_of_it)
