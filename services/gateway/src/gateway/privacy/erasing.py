"""Whoever is to be erased is: by each service first, by the directory at the end.

What a service has done is noted at once and not asked of it again; one that is away is
waited for, and nobody is half known meanwhile: only the directory knows names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from keycloak import KeycloakError

from chassis import auth, errors
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.db import Database, Tx
from chassis.privacy import service as holding
from chassis.privacy.model import Subject
from gateway.privacy import model, store
from gateway.privacy.holders import Holders
from gateway.privacy.model import Erasure, Home
from gateway.provisioning import service as provisioning
from gateway.provisioning.desk import Door

BY_RULE = "service:gateway"
"""Asked for whoever left so long ago that their time is over."""
_LOG = structlog.stdlib.get_logger("gateway.privacy")


@dataclass(frozen=True, slots=True)
class Way:
    """Between the directory, the services and the sign-on, if there is one."""

    db: Database
    holders: Holders
    door: Door | None
    day: Callable[[], date]


async def is_anybody_due(db: Database) -> bool:
    async with db.read(await provisioning.everywhere(db), auth.SERVICE_ACCESS) as tx:
        return await store.is_anybody_due(tx)


async def erase_due(way: Way) -> int:
    """Erase everybody who is due, one after the other; say how many are gone."""
    done = 0
    while erasure := await _claim(way.db):
        done += await _try(way, erasure)
    return done


async def _claim(db: Database) -> Erasure | None:
    everywhere = await provisioning.everywhere(db)
    async with db.begin(everywhere, auth.SERVICE_ACCESS) as tx:
        return await store.claim_erasure(tx, model.LEASE)


async def _try(way: Way, erasure: Erasure) -> bool:
    try:
        await _erase(way, erasure)
    except model.InOffice:
        await _withdraw(way.db, erasure)
        return False
    except (errors.Unavailable, errors.TimedOut) as away:
        await _wait(way.db, erasure, away.detail)
        return False
    except KeycloakError as away:
        _LOG.warning("the sign-on is away", status=away.response_code)
        await _wait(way.db, erasure, "The sign-on does not answer")
        return False
    return True


async def _erase(way: Way, erasure: Erasure) -> None:
    subject, is_all = await _looked_up(way, erasure)
    for service in way.holders.names:
        if service not in erasure.erased:
            counts = await way.holders.erase(service, erasure, subject)
            await _note(way.db, erasure, service, counts)
    if way.door is not None and is_all:
        await provisioning.forget(way.db, way.door, erasure.person_id, way.day())
    await _let_go(way, erasure, subject)


async def _looked_up(way: Way, erasure: Erasure) -> tuple[Subject, bool]:
    """Say by which words somebody is found, and whether they are the LA's alone.

    Raises:
        InOffice: they hold a role there again.
    """
    person_id, la_code = erasure.person_id, erasure.la_code
    ourselves = model.in_own_name([la_code])
    async with way.db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        names = await store.list_names(tx, person_id, la_code)
    everywhere = await provisioning.everywhere(way.db)
    async with way.db.begin(everywhere, auth.SERVICE_ACCESS) as tx:
        home, others = await _held(tx, erasure, way.day())
    words = model.words_of(names, is_asked=erasure.asked_by != BY_RULE)
    is_all = home is not None and model.is_all(home, la_code, others)
    return Subject(person_id, words), is_all


async def _held(
    tx: Tx, erasure: Erasure, today: date
) -> tuple[Home | None, Sequence[str | None]]:
    """Hold somebody, and say who keeps them and where else they are known.

    Raises:
        InOffice: they hold a role in the LA.
    """
    home = await store.lock_person(tx, erasure.person_id)
    if await store.is_in_office(tx, erasure.person_id, erasure.la_code, today):
        raise model.InOffice
    others = await store.list_other_places(tx, erasure.person_id, erasure.la_code)
    return home, others


async def _let_go(way: Way, erasure: Erasure, subject: Subject) -> None:
    """Erase what the directory has of them in the LA, and them where that is all."""
    db, la_code, person_id = way.db, erasure.la_code, erasure.person_id
    recorded = await holding.erase_record(db, model.in_own_name([la_code]), subject)
    everywhere = await provisioning.everywhere(db)
    async with db.begin(everywhere, auth.SERVICE_ACCESS) as tx:
        home, others = await _held(tx, erasure, way.day())
        counts = await store.erase_words(tx, la_code, subject)
        counts["roles"] = await store.erase_roles(tx, la_code, person_id)
        counts[holding.RECORD] = recorded
        if home is not None and model.is_all(home, la_code, others):
            await store.delete_person(tx, person_id)
        elif home is not None:
            then = model.next_home(home, la_code, others)
            await store.hand_over(tx, person_id, then)
        found = {name: count for name, count in counts.items() if count}
        await store.note_erased(tx, erasure.erasure_id, model.DIRECTORY, found)
        await store.note_done(tx, erasure.erasure_id)
        target = Target("person", person_id, la_code)
        said = Entry("person.erased", target, after=found, principal=erasure.asked_by)
        await audit.record_many(tx, [said])


async def _withdraw(db: Database, erasure: Erasure) -> None:
    ourselves = model.in_own_name([erasure.la_code])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await store.withdraw(tx, erasure.erasure_id)
        await audit.record_many(tx, [model.withdrawn(erasure)])


async def _note(
    db: Database, erasure: Erasure, holder: str, counts: dict[str, int]
) -> None:
    ourselves = model.in_own_name([erasure.la_code])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await store.note_erased(tx, erasure.erasure_id, holder, counts)


async def _wait(db: Database, erasure: Erasure, why: str) -> None:
    _LOG.warning("an erasure waits", erasure_id=str(erasure.erasure_id), why=why)
    ourselves = model.in_own_name([erasure.la_code])
    async with db.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        pause = model.pause_after(erasure.attempts)
        await store.note_problem(tx, erasure.erasure_id, why, pause)
