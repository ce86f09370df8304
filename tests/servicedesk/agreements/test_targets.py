"""What a party promised a school, for whom a ticket is opened and on which day."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from chassis.auth import Actor
from chassis.testing.identities import at_school
from servicedesk.agreements import service
from servicedesk.agreements.model import Party, Targets
from servicedesk.schools.model import School
from servicedesk.tickets.model import ACCESS
from tests.servicedesk.agreements.agreeing import (
    agreed,
    day,
    for_all,
    internal,
    of_school,
    with_supplier,
)
from tests.servicedesk.world import (
    HERE,
    LEADER,
    MANAGER,
    NEXT_DOOR,
    PUPIL,
    TEACHER,
    TECHNICIAN,
    Call,
    Known,
)

TODAY = datetime.now(UTC).date()
HOUR = 3600
Ask = Callable[..., Awaitable[Targets | None]]


@pytest.fixture
def promised(app: FastAPI) -> Ask:
    """Ask as somebody who opens a ticket would."""

    async def ask(
        actor: Actor,
        party: Party,
        priority: int = 1,
        on: date = TODAY,
        agreement_id: UUID | None = None,
        at: Known = HERE,
    ) -> Targets | None:
        school = School(at.school_id, at.la_code, at.urn)
        asked = (school, party, priority, on, agreement_id)
        async with app.state.db.read(actor, ACCESS) as tx:
            return await service.targets_of(tx, *asked)

    return ask


def fix(hours: int) -> list[dict[str, Any]]:
    return [{"priority": 1, "response_minutes": 30, "fix_minutes": hours * 60}]


def of(made: dict[str, Any], hours: int) -> Targets:
    return Targets(UUID(made["agreement_id"]), HOUR // 2, None, hours * HOUR)


@pytest.mark.parametrize(
    "actor",
    [MANAGER, TECHNICIAN, LEADER, TEACHER, PUPIL],
    ids=lambda actor: actor.principal,
)
async def test_whoever_opens_a_ticket_hears_what_was_promised(
    by: Call, promised: Ask, actor: Actor
) -> None:
    las = await agreed(by(MANAGER), for_all(targets=fix(4)))
    own = await agreed(by(TECHNICIAN), internal(targets=fix(2)))
    rbc = await agreed(by(MANAGER), with_supplier(targets=fix(8)))
    printers = await agreed(by(LEADER), of_school(targets=fix(16)))
    ids = [UUID(each["agreement_id"]) for each in (rbc, printers)]

    assert await promised(actor, "la") == of(las, 4)
    assert await promised(actor, "school") == of(own, 2)
    assert await promised(actor, "supplier", agreement_id=ids[0]) == of(rbc, 8)
    assert await promised(actor, "supplier", agreement_id=ids[1]) == of(printers, 16)


async def test_what_is_for_the_school_alone_comes_first(
    by: Call, promised: Ask
) -> None:
    everywhere = await agreed(by(MANAGER), for_all(targets=fix(8)))
    special = await agreed(
        by(MANAGER),
        for_all(la_code=None, school_urn=HERE.urn, targets=fix(4), ends_on=day(10)),
    )

    assert await promised(MANAGER, "la") == of(special, 4)
    assert await promised(MANAGER, "la", at=NEXT_DOOR) == of(everywhere, 8)
    later = TODAY + timedelta(11)
    assert await promised(MANAGER, "la", on=later) == of(everywhere, 8)


async def test_nothing_was_promised(by: Call, promised: Ask) -> None:
    las = await agreed(by(MANAGER), for_all(targets=fix(4), ends_on=day(5)))
    printers = await agreed(by(LEADER), of_school())
    other = await agreed(by(MANAGER), of_school(school_urn=NEXT_DOOR.urn))

    assert await promised(TEACHER, "la", 2) is None
    for away in (-101, 6):
        assert await promised(TEACHER, "la", on=TODAY + timedelta(away)) is None
    assert await promised(TEACHER, "school") is None
    for id_ in (None, uuid4(), UUID(las["agreement_id"]), UUID(other["agreement_id"])):
        assert await promised(MANAGER, "supplier", agreement_id=id_) is None
    theirs = UUID(printers["agreement_id"])
    asked = {"agreement_id": theirs, "at": NEXT_DOOR}
    assert await promised(MANAGER, "supplier", **asked) is None


async def test_what_renews_holds_until_it_is_ended(by: Call, promised: Ask) -> None:
    made = await agreed(
        by(MANAGER), for_all(targets=fix(4), ends_on=day(-50), renews="yearly")
    )

    assert await promised(TEACHER, "la", on=TODAY + timedelta(4000)) == of(made, 4)


async def test_another_schools_people_hear_nothing_of_its_promises(
    by: Call, promised: Ask
) -> None:
    await agreed(by(TECHNICIAN), internal(targets=fix(2)))
    from_next_door = at_school("learner", NEXT_DOOR.school_id)

    assert await promised(from_next_door, "school") is None
