"""The use cases of post: note what is to be told, write it, send it, choose."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from chassis import auth
from chassis.audit import service as audit
from chassis.auth import Access, Actor
from chassis.db import Database, Tx
from contracts.servicedesk import TicketResolved
from gateway.days import day_in_england
from gateway.mail import model, store
from gateway.mail.model import (
    Choice,
    Due,
    Frequency,
    Happening,
    Kind,
    Letter,
    Outcome,
    Queued,
    Reader,
    Refusal,
)
from gateway.mail.report import Report
from gateway.people import service as people
from gateway.people.model import CHANGE_ACCESS, PEOPLE_ACCESS
from gateway.sessions.seal import Seal

_OWN = Access(read=frozenset())
_ITEMS, _MESSAGES = 500, 20

Write = Callable[[Sequence[Due]], Letter]
Send = Callable[[Queued], Awaitable[Outcome]]


async def note_resolved(tx: Tx, facts: Sequence[TicketResolved], now: datetime) -> None:
    """Keep who is to be told of resolved tickets; systems are told by their events."""
    news = [
        Happening(
            fact.requester_id,
            fact.la_code,
            fact.school_id,
            fact.entity_id,
            fact.number,
            fact.resolved_at,
        )
        for fact in facts
        if fact.requester_id is not None
        and fact.resolved_at is not None
        and model.is_news(fact.resolved_at, now)
    ]
    if news:
        digest_at = model.next_digest(now)
        await store.insert_items(tx, "ticket-resolved", news, now, digest_at)


async def write_due(db: Database, write: Write, now: datetime) -> int:
    """Write one message of a kind to each person of all that is due; count them."""
    async with db.begin(await _worker(db), auth.SERVICE_ACCESS) as tx:
        await store.drop_unwanted(tx)
        theirs: defaultdict[tuple[UUID, str], list[Due]] = defaultdict(list)
        for item in await store.take_due_items(tx, now, _ITEMS):
            theirs[item.person_id, item.kind].append(item)
        for due in theirs.values():
            made = await store.insert_message(tx, due[0], due[0].kind, write(due), now)
            await store.mark_told(tx, [item.item_id for item in due], made)
    return len(theirs)


async def list_readers(db: Database, kind: Kind, week: date) -> list[Reader]:
    """List who is still to be told of a week, and whose address takes messages."""
    async with db.begin(await _worker(db), auth.SERVICE_ACCESS) as tx:
        return await store.list_readers(tx, kind, week)


async def tell(
    db: Database,
    reader: Reader,
    kind: Kind,
    when: tuple[date, datetime],
    letter: Letter | None,
) -> bool:
    """Queue somebody's message of a week (and now), once; None is nothing to tell."""
    week, now = when
    async with db.begin(await _worker(db), auth.SERVICE_ACCESS) as tx:
        if not await store.note_week(tx, reader.person_id, kind, week):
            return False
        if letter is not None:
            await store.insert_message(tx, reader, kind, letter, now)
    return letter is not None


async def send_due(db: Database, send: Send, now: datetime) -> int:
    """Try messages that are due once each; one that fails holds up no other.

    One is taken in hand at a time, so that its lease outlives the attempt. A worker
    that dies between sending and noting it sends the same again, under the same
    `Message-ID`; one that nobody ever comes to an end with is given up.
    """
    worker = await _worker(db)
    for number in range(_MESSAGES):
        async with db.begin(worker, auth.SERVICE_ACCESS) as tx:
            message = await store.take_due_message(tx, now, model.LEASE)
        if message is None:
            return number
        outcome = (
            model.Outcome("", "given-up")
            if model.is_beyond(message.attempts)
            else await send(message)
        )
        async with db.begin(worker, auth.SERVICE_ACCESS) as tx:
            await store.end_attempt(tx, message.message_id, outcome)
    return _MESSAGES


async def forget_old(db: Database, now: datetime) -> int:
    """Delete what was sent, or given up, long ago; return how many messages."""
    async with db.begin(await _worker(db), auth.SERVICE_ACCESS) as tx:
        return await store.prune(tx, now - model.KEPT, now - 2 * model.KEPT)


async def note_returned(
    db: Database, message_id: UUID, report: Report, now: datetime
) -> None:
    """Note what was said afterwards of a message; the same said again changes nothing.

    One that came back for good holds up whatever else would go to that address. What
    is not known (any more) is nobody's.
    """
    async with db.begin(await _worker(db), auth.SERVICE_ACCESS) as tx:
        if not report.is_for_good:
            await store.note_delayed(tx, message_id, report, now)
            return
        whose = await store.note_bounced(tx, message_id, report, now)
        if whose and await store.hold(tx, message_id, report, now):
            await audit.record_many(tx, [model.bounced(whose, report.status)])


async def try_again(db: Database, actor: Actor, person_id: UUID, now: datetime) -> None:
    """Let messages go to somebody's address again; nothing changes where they do.

    Raises:
        people.refusals.KeptElsewhere: another home keeps their address.
        people.refusals.PersonNotFound: there is nobody whom the caller may see.
    """
    async with db.begin(actor, CHANGE_ACCESS) as tx:
        home = await people.home_kept(tx, actor, person_id)
        if hold := await store.lift_hold(tx, person_id, now):
            entry = model.tried_again(person_id, home, hold)
            await audit.record_many(tx, [entry])


async def get_refusal(db: Database, actor: Actor, person_id: UUID) -> Refusal | None:
    """Say why messages to somebody whom the caller may see do not arrive, if so."""
    async with db.read(actor, PEOPLE_ACCESS) as tx:
        return await store.get_refusal(tx, person_id)


async def list_choices(db: Database, actor: Actor) -> dict[Kind, Frequency]:
    """Say how somebody is told of each kind of thing."""
    async with db.read(actor, _OWN) as tx:
        return _said(await store.list_choices(tx, model.person_of(actor)))


async def choose(
    db: Database, actor: Actor, kind: Kind, frequency: Frequency
) -> dict[Kind, Frequency]:
    """Keep how somebody wants to be told; the first week to be told of is the next."""
    person_id, today = model.person_of(actor), day_in_england(datetime.now(UTC))
    async with db.begin(actor, _OWN) as tx:
        before = _said(await store.list_choices(tx, person_id))
        await store.keep_choice(tx, person_id, kind, frequency, today)
        after: dict[Kind, Frequency] = {**before, kind: frequency}
        await audit.record_many(tx, model.recorded(person_id, before, after))
    return after


def unsubscribe_token(seal: Seal, person_id: UUID, kind: str) -> str:
    """Make what a message's link bears: whoever has the message may stop its like."""
    return seal.close({"person_id": str(person_id), "kind": kind}).decode("ascii")


async def unsubscribe(db: Database, seal: Seal, token: str) -> None:
    """Stop one kind of post to the person whom a message was written to.

    Raises:
        model.LinkUnknown: we wrote no such link.
    """
    said = seal.open(token.encode("utf-8", "replace")) or {}
    if said.keys() != {"person_id", "kind"}:
        raise model.LinkUnknown
    person = Actor(said["person_id"], "person")
    await choose(db, person, model.kind_of(said["kind"]), "never")


def _said(choices: Sequence[Choice]) -> dict[Kind, Frequency]:
    said = {choice.kind: choice.frequency for choice in choices}
    return {kind: model.frequency_of(kind, said.get(kind)) for kind in model.KINDS}


async def _worker(db: Database) -> Actor:
    async with db.system() as tx:
        return auth.service_actor("gateway", await store.list_la_codes(tx))
