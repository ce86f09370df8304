"""Whoever is to be erased is: by each service first, by the directory at the end.

What a service has done is noted at once and not asked of it again; one that is away is
waited for, and nobody is half known meanwhile: only the directory knows names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog
from keycloak import KeycloakError

from chassis import auth, errors
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.db import Database
from chassis.privacy import service as holding
from chassis.privacy.model import Subject
from gateway.privacy import model, store
from gateway.privacy.holders import Holders
from gateway.privacy.model import Erasure
from gateway.provisioning import service as provisioning
from gateway.provisioning.desk import Door

_LOG = structlog.stdlib.get_logger("gateway.privacy")


@dataclass(frozen=True, slots=True)
class Way:
    """Between the directory, the services and the sign-on, if there is one."""

    db: Database
    holders: Holders
    door: Door | None
    day: Callable[[], date]


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
    except (errors.Unavailable, errors.TimedOut) as away:
        await _wait(way.db, erasure, away.detail)
        return False
    except KeycloakError as away:
        _LOG.warning("the sign-on is away", status=away.response_code)
        await _wait(way.db, erasure, "The sign-on does not answer")
        return False
    return True


async def _erase(way: Way, erasure: Erasure) -> None:
    subject = await _subject(way.db, erasure)
    for service in way.holders.names:
        if service not in erasure.erased:
            counts = await way.holders.erase(service, erasure, subject)
            await _note(way.db, erasure, service, counts)
    if way.door is not None and not await _is_known_elsewhere(way.db, erasure):
        await provisioning.forget(way.db, way.door, erasure.person_id, way.day())
    await _let_go(way.db, erasure, subject)


async def _subject(db: Database, erasure: Erasure) -> Subject:
    ourselves = model.in_own_name([erasure.la_code])
    async with db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        named = await store.name_person(tx, erasure.person_id, erasure.la_code)
    return Subject(erasure.person_id, model.words_of(named) if named else ())


async def _is_known_elsewhere(db: Database, erasure: Erasure) -> bool:
    everywhere = await provisioning.everywhere(db)
    async with db.read(everywhere, auth.SERVICE_ACCESS) as tx:
        return await store.is_known_elsewhere(tx, erasure.person_id, erasure.la_code)


async def _let_go(db: Database, erasure: Erasure, subject: Subject) -> None:
    """Erase what the directory has of them in the LA, and them where that is all."""
    ourselves = model.in_own_name([erasure.la_code])
    recorded = await holding.erase_record(db, ourselves, subject, with_unplaced=True)
    everywhere = await provisioning.everywhere(db)
    async with db.begin(everywhere, auth.SERVICE_ACCESS) as tx:
        counts = await store.erase_words(tx, erasure.la_code, subject)
        counts["roles"] = await store.erase_roles(
            tx, erasure.la_code, erasure.person_id
        )
        counts[holding.RECORD] = recorded
        home = await store.next_home(tx, erasure.person_id)
        if home is None:
            await store.delete_person(tx, erasure.person_id)
        else:
            await store.hand_over(tx, erasure.person_id, home.la_code)
        found = {name: count for name, count in counts.items() if count}
        await store.note_erased(tx, erasure.erasure_id, model.DIRECTORY, found)
        await store.note_done(tx, erasure.erasure_id)
        target = Target("person", erasure.person_id, erasure.la_code)
        said = Entry("person.erased", target, after=found, principal=erasure.asked_by)
        await audit.record_many(tx, [said])


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
