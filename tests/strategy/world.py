"""Two LAs whose schools, assets and tickets the other services tell of."""

import itertools
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from chassis import auth, consumer, db
from chassis.testing.identities import at_la, at_school
from contracts import event, inventory, servicedesk
from contracts.event import Event, Received
from contracts.gateway import SchoolRecorded
from strategy.work import SUBSCRIPTIONS

LA, OTHER_LA = "940", "941"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LA_NAMES = {LA: "North Ashire", OTHER_LA: "South Ashire"}


@dataclass(frozen=True, slots=True)
class Known:
    """A school that the directory tells of."""

    school_id: UUID
    urn: int
    la_code: str
    phase: str = "primary"


def schools(count: int, first_urn: int, la_code: str, phase: str) -> list[Known]:
    return [Known(uuid4(), first_urn + i, la_code, phase) for i in range(count)]


PRIMARIES = schools(8, 900100, LA, "primary")
SECONDARIES = schools(4, 900200, LA, "secondary")
FAR_AWAY = schools(3, 900300, OTHER_LA, "primary")
HERE, NEXT_DOOR = PRIMARIES[:2]

MANAGER = at_la("la-manager", LA)
ANALYST = at_la("regional-analyst", LA, OTHER_LA)
LEADER = at_school("school-leader", HERE.school_id)
TECHNICIAN = at_school("school-technician", HERE.school_id)
STAFF = at_school("staff", HERE.school_id)
FAR_LEADER = at_school("school-leader", FAR_AWAY[0].school_id)

Call = Callable[[auth.Actor], httpx.AsyncClient]
Tell = Callable[..., Awaitable[int]]

_DURABLES = {"gateway": 0, "inventory": 1, "servicedesk": 2}


def subscription_of(fact: Event) -> consumer.Subscription:
    return SUBSCRIPTIONS[_DURABLES[event.name_of(type(fact)).service]]


def arrived(fact: Event, event_id: UUID | None = None) -> Received:
    name = event.name_of(type(fact))
    return Received(event_id or uuid4(), name, NOW, None, fact)


async def apply(worker: db.Database, received: Iterable[Received]) -> int:
    """Apply one batch as the consumers would: by stream, then by LA."""
    groups: defaultdict[tuple[str, str], list[Received]] = defaultdict(list)
    for each in received:
        durable = subscription_of(each.event).durable
        groups[durable, each.event.la_code].append(each)
    new = 0
    for batch in groups.values():
        new += await consumer.apply(
            worker, "strategy", subscription_of(batch[0].event), batch
        )
    return new


def recorded(school: Known, version: int = 1, **changes: Any) -> SchoolRecorded:
    """Tell of an open school of 210 pupils, but for what a test says."""
    said = {
        "entity_id": school.school_id,
        "entity_version": version,
        "la_code": school.la_code,
        "school_id": school.school_id,
        "urn": school.urn,
        "la_name": LA_NAMES[school.la_code],
        "region_code": "E12000001",
        "name": f"School {school.urn}",
        "phase": school.phase,
        "status": "open",
        "pupils": 210,
        "free_school_meals_percent": None,
    }
    return SchoolRecorded.model_validate(said | changes)


def asset_said(
    school: Known,
    kind: type[inventory.AssetFact] = inventory.AssetRegistered,
    **changes: Any,
) -> inventory.AssetFact:
    """Tell of a laptop in use, but for what a test says."""
    said = {
        "entity_id": uuid4(),
        "entity_version": 1,
        "la_code": school.la_code,
        "school_id": school.school_id,
        "tag": "LT-1",
        "category": "laptop",
        "manufacturer": "Lenovo",
        "model": "L13",
        "status": "in-use",
        "purchased_on": date(2024, 9, 2),
    }
    return kind.model_validate(said | changes)


def ticket_said(
    school: Known,
    kind: type[servicedesk.TicketFact] = servicedesk.TicketOpened,
    **changes: Any,
) -> servicedesk.TicketFact:
    """Tell of an open incident, but for what a test says."""
    said = {
        "entity_id": uuid4(),
        "entity_version": 1,
        "la_code": school.la_code,
        "school_id": school.school_id,
        "number": next(_NUMBERS),
        "kind": "incident",
        "status": "open",
        "priority": 3,
        "asset_id": None,
        "opened_at": NOW,
        "resolved_at": None,
    }
    return kind.model_validate(said | changes)


_NUMBERS = itertools.count(1)


def laptops(school: Known, count: int) -> list[Event]:
    return [asset_said(school) for _ in range(count)]


def tickets(school: Known, count: int) -> list[Event]:
    return [ticket_said(school) for _ in range(count)]


def county() -> list[Event]:
    """Tell of both LAs: school i of 940 has 10 + i laptops and i open tickets."""
    facts: list[Event] = []
    for i, school in enumerate([*PRIMARIES, *SECONDARIES]):
        facts += [recorded(school), *laptops(school, 10 + i), *tickets(school, i)]
    for school in FAR_AWAY:
        facts += [recorded(school), *laptops(school, 5)]
    return facts
