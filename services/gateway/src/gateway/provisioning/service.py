"""Whoever is due is brought to the sign-on; what fails is tried again, alone."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import structlog
from keycloak import KeycloakError

from chassis import auth
from chassis.auth import Actor
from chassis.db import Database
from gateway.people.model import PEOPLE_ACCESS
from gateway.provisioning import accounts, desk, model, store
from gateway.provisioning.desk import Desk, Door
from gateway.provisioning.model import CannotProvision, Due, Invitation, Repair

BATCH = 40
_LOG = structlog.stdlib.get_logger("gateway.provisioning")


@dataclass(frozen=True, slots=True)
class Way:
    """Between the directory and the sign-on, on a day."""

    db: Database
    actor: Actor
    desk: Desk
    today: date
    adopts: bool = False
    """Accounts that were not made for somebody are taken over by their address."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done for somebody, or why it could not be.

    `fault` is what nobody foresaw: an answer that nobody can read, or an error of ours.
    """

    due: Due
    done: Sequence[Repair]
    problem: str | None = None
    fault: Exception | None = None


async def provision_due(db: Database, door: Door, day: Callable[[], date]) -> int:
    """Bring everybody who is due to the sign-on; say how many got there.

    While the sign-on is away nobody is taken up, and so nobody waits the longer.

    Raises:
        ExceptionGroup: what nobody foresaw, once everybody else was brought.
    """
    actor = await everywhere(db)
    async with db.read(actor, auth.SERVICE_ACCESS) as tx:
        if not await store.is_anybody_due(tx):
            return 0
    done = 0
    faults: list[Exception] = []
    try:
        async with desk.opened(door) as here:
            while people := await _claim(way := Way(db, actor, here, day())):
                outcomes = await bring_all(way, people)
                done += sum(each.problem is None for each in outcomes)
                faults += [each.fault for each in outcomes if each.fault]
    except KeycloakError as error:
        _LOG.warning("the sign-on is away", status=error.response_code)
    if faults:
        raise ExceptionGroup("people could not be brought to the sign-on", faults)
    return done


async def turn_days(db: Database, today: date) -> None:
    """Ask for those whose role has begun or ended with a day."""
    async with db.begin(await everywhere(db), auth.SERVICE_ACCESS) as tx:
        await store.turn_days(tx, today)


async def get_invitation(
    db: Database, actor: Actor, person_id: UUID
) -> Invitation | None:
    """Say what became of the invitation of somebody whom the caller may see."""
    async with db.read(actor, PEOPLE_ACCESS) as tx:
        return await store.get_invitation(tx, person_id)


async def forget(db: Database, door: Door, person_id: UUID, today: date) -> None:
    """Delete somebody's account at the sign-on; an account of another's stays.

    Raises:
        KeycloakError: the sign-on is away, or refuses it.
    """
    async with desk.opened(door) as here:
        way = Way(db, await everywhere(db), here, today)
        for due in await _read(way, person_id):
            await accounts.delete(here, due)


async def everywhere(db: Database) -> Actor:
    """Be the gateway itself, in every LA."""
    nobody = auth.service_actor("gateway", [])
    async with db.read(nobody, auth.SERVICE_ACCESS) as tx:
        return auth.service_actor("gateway", await store.list_authorities(tx))


async def bring_all(way: Way, people: Sequence[UUID]) -> list[Outcome]:
    """Bring people to the sign-on, a few at a time; nobody waits for who fails.

    Each is read right before: what was read of them earlier may be over. Whatever one
    of them brings up, the others are brought; it is told in that one's outcome.
    """
    gate = asyncio.Semaphore(accounts.AT_ONCE)

    async def one(person_id: UUID) -> list[Outcome]:
        async with gate:
            return [await _try(way, due) for due in await _read(way, person_id)]

    brought = await asyncio.gather(*map(one, people), return_exceptions=True)
    outcomes: list[Outcome] = []
    for person_id, found in zip(people, brought, strict=True):
        if isinstance(found, Exception):
            outcomes += await _set_aside(way, person_id, found)
        elif isinstance(found, BaseException):
            # Nobody's fault: we are told to stop.
            raise found
        else:
            outcomes += found
    return outcomes


async def _claim(way: Way) -> list[UUID]:
    async with way.db.begin(way.actor, auth.SERVICE_ACCESS) as tx:
        return await store.claim_due(tx, BATCH)


async def _read(way: Way, person_id: UUID) -> list[Due]:
    async with way.db.read(way.actor, auth.SERVICE_ACCESS) as tx:
        return await store.list_due(tx, [person_id], way.today)


async def _try(way: Way, due: Due) -> Outcome:
    try:
        done = await _bring(way, due)
    except CannotProvision as error:
        problem = str(error)
    except KeycloakError as error:
        # What it says may name a person: its status alone is kept.
        problem = f"The sign-on refused or was away ({error.response_code or '-'})."
    else:
        is_invited = any(repair.word == "invite" for repair in done)
        async with way.db.begin(way.actor, auth.SERVICE_ACCESS) as tx:
            await store.settle(tx, due, way.today, is_invited=is_invited)
        return Outcome(due, done)
    _LOG.warning("not provisioned", person=str(due.person_id), problem=problem)
    await _keep_problem(way, due, problem)
    return Outcome(due, [], problem)


async def _set_aside(way: Way, person_id: UUID, fault: Exception) -> Sequence[Outcome]:
    """Note what nobody foresaw, so that it is tried again later and shown meanwhile.

    What it says may name a person: its kind alone is kept.
    """
    problem = f"Something unforeseen came up ({type(fault).__name__})."
    _LOG.error("not provisioned", person=str(person_id), problem=problem)
    outcomes = [Outcome(due, [], problem, fault) for due in await _read(way, person_id)]
    for each in outcomes:
        await _keep_problem(way, each.due, problem)
    return outcomes


async def _keep_problem(way: Way, due: Due, problem: str) -> None:
    async with way.db.begin(way.actor, auth.SERVICE_ACCESS) as tx:
        await store.keep_problem(tx, due, problem)


async def _bring(way: Way, due: Due) -> Sequence[Repair]:
    found = await accounts.find(way.desk, due, adopts=way.adopts)
    repairs = model.plan(due, found, datetime.now(UTC))
    if not repairs:
        return repairs
    if found is None:
        subject = await accounts.create(way.desk, due)
    else:
        subject = found.subject
    if subject != due.subject:
        # Before anything is changed: the account may be another person's.
        async with way.db.begin(way.actor, auth.SERVICE_ACCESS) as tx:
            await store.keep_subject(tx, due.person_id, subject)
    await accounts.mend(way.desk, due, subject, repairs)
    if any(repair.word == "invite" for repair in repairs):
        await accounts.invite(way.desk, subject)
    return repairs
