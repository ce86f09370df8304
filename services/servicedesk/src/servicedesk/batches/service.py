"""Changing many tickets in one transaction, and taking such a change back."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from chassis import db, idempotency, outbox
from chassis.audit import service as audit
from chassis.audit.model import Entry
from chassis.auth import Actor
from contracts.servicedesk import TicketFact
from servicedesk.batches import model, schemas, store
from servicedesk.batches.model import Batch, Change, Kept, Outcome, Result
from servicedesk.tickets import model as tickets
from servicedesk.tickets import service as tickets_service
from servicedesk.tickets.model import Happened, Ticket

Asked = Sequence[tuple[UUID, int, Change | None]]


async def change_tickets(
    database: db.Database, actor: Actor, command: schemas.ChangeTickets, key: str | None
) -> Batch:
    """Change those that may be changed and say of each other one why it is not.

    A repeat with the same key changes nothing.
    """
    change = _change(command)
    asked = [(each.ticket_id, each.version, change) for each in command.tickets]
    async with database.begin(actor, tickets.ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Batch):
            return earlier
        batch = await _carry_out(tx, actor, asked)
        await idempotency.keep(tx, key, batch)
        return batch


async def take_back(database: db.Database, actor: Actor, batch_id: UUID) -> Batch:
    """Put back what a change of many of one's own changed and nobody has since.

    Raises:
        model.BatchNotFound: there is none, or somebody else's.
    """
    async with database.begin(actor, tickets.ACCESS) as tx:
        entries = await store.list_batch(tx, batch_id, model.MOST)
        if not entries:
            raise model.BatchNotFound
        asked = [(e.ticket_id, e.version, model.back(e)) for e in entries]
        return await _carry_out(tx, actor, asked)


def _change(command: schemas.ChangeTickets) -> Change:
    match command.change:
        case schemas.Resolve():
            return Change("resolved")
        case schemas.Close():
            return Change("closed")
        case schemas.SetPriority(impact=impact, urgency=urgency):
            return Change("changed", {"impact": impact, "urgency": urgency})
        case schemas.Assign(assignee_id=assignee_id):
            return Change("changed", {"assignee_id": assignee_id})


async def _carry_out(tx: db.Tx, actor: Actor, asked: Asked) -> Batch:
    """Judge each, then store, keep and say it all, with one statement each."""
    present = await store.get_tickets(tx, [ticket_id for ticket_id, _, _ in asked])
    wanted: dict[UUID, tuple[Ticket, Happened]] = {}
    judged: dict[UUID, Result] = {}
    for ticket_id, version, change in asked:
        ticket = present.get(ticket_id)
        new = model.decided(actor, ticket, version, change)
        if isinstance(new, Ticket) and change:
            wanted[ticket_id] = new, change.happened
        elif not isinstance(new, Ticket):
            judged[ticket_id] = new
    changed = await store.update_tickets(tx, [new for new, _ in wanted.values()])
    moved = [
        (tickets_service.move_of(actor, present[ticket_id], new), new)
        for ticket_id, new in changed.items()
    ]
    followed = await tickets_service.follow(tx, moved) if moved else []
    stored = {ticket.ticket_id: ticket for ticket in followed}
    batch_id = uuid4()
    entries: list[Kept] = []
    said: list[TicketFact] = []
    recorded: list[Entry] = []
    for ticket_id, new in stored.items():
        happened = wanted[ticket_id][1]
        entries.append(model.kept(present[ticket_id], new, happened))
        recorded.append(tickets.recorded(new, happened, entries[-1].changes))
        said.append(tickets_service.said_of(new, happened))
    await store.insert_history(tx, entries, batch_id)
    await audit.record_many(tx, recorded)
    await outbox.enqueue_many(tx, said)
    return Batch(batch_id, _outcomes(asked, stored, judged))


def _outcomes(
    asked: Asked, stored: Mapping[UUID, Ticket], judged: Mapping[UUID, Result]
) -> list[Outcome]:
    """Answer for each in its place; one that is named twice is done once."""
    found: list[Outcome] = []
    met: set[UUID] = set()
    for at, (ticket_id, _, _) in enumerate(asked):
        pointer = f"/tickets/{at}"
        if ticket_id in met:
            found.append(Outcome(pointer, "repeated"))
        elif ticket_id in stored:
            found.append(Outcome(pointer, "done", stored[ticket_id].version))
        else:
            # What was to be changed and is not: another change came first.
            found.append(Outcome(pointer, judged.get(ticket_id, "stale")))
        met.add(ticket_id)
    return found
