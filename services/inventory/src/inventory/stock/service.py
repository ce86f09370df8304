"""The use cases of stock: each opens the one transaction it needs.

Whoever changes the stock of a consumable holds its row first, so that what is decided
from what is there holds when it is stored.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from chassis import conditional, db, idempotency, outbox
from chassis.auth import SERVICE_ACCESS, Actor
from chassis.paging import Page, PageRequest
from contracts import inventory as facts
from contracts.event import Event
from inventory.assets import service as assets
from inventory.assets.model import ACCESS, AssetNotFound
from inventory.consumables import service as consumables
from inventory.consumables.model import reorder
from inventory.consumables.model.reorder import Told
from inventory.consumables.model.things import Consumable
from inventory.stock import schemas, store
from inventory.stock.model import entries, fifo
from inventory.stock.model.entries import Line, Use
from inventory.stock.model.fifo import Draw

_BATCH = 500
_FIRST = UUID(int=0)
Entry = TypeVar("Entry", Line, Use)


@dataclass(frozen=True, slots=True)
class Where:
    """Who asks for the stock of which consumable, and on which day in England."""

    database: db.Database
    actor: Actor
    consumable_id: UUID
    today: date


async def list_lines(here: Where, page: PageRequest) -> Page[Line]:
    async with here.database.read(here.actor, ACCESS) as tx:
        await consumables.consumable_of(tx, here.consumable_id)
        return await store.list_lines(tx, here.consumable_id, page)


async def list_uses(here: Where, page: PageRequest) -> Page[Use]:
    async with here.database.read(here.actor, ACCESS) as tx:
        await consumables.consumable_of(tx, here.consumable_id)
        return await store.list_uses(tx, here.consumable_id, page)


async def record_line(
    here: Where, command: schemas.RecordLine, key: str | None
) -> Line:
    """Write down what was ordered; it is on order unless it came.

    Raises:
        ConsumableNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        DayImpossible: a day is yet to come, or it came before it was ordered.
        StockFull: that would be more than is kept account of.
    """
    entries.require_day(command.ordered_on, here.today, "/ordered_on")
    if command.received_on is not None:
        days = (command.ordered_on, command.received_on, here.today)
        entries.require_receipt(*days)
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await consumables.hold(tx, here.actor, here.consumable_id)
        repeatable = (here.consumable_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Line):
            return earlier
        entries.require_room(held.on_hand + held.on_order, command.quantity)
        values = {**command.model_dump(), "kind": "order"}
        line = await _insert_line(tx, held, values)
        await idempotency.keep(tx, key, line)
    return line


async def receive_line(
    here: Where, line_id: UUID, command: schemas.ReceiveLine
) -> Line:
    """Say that a line came; of one that came in part the rest stays on order.

    Raises:
        ConsumableNotFound, LineNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        LineReceived, LineCancelled: it is on order no more.
        DayImpossible: the day is yet to come, or before the order.
        MoreThanOrdered: more came than was ordered.
    """
    async with here.database.begin(here.actor, ACCESS) as tx:
        held, line = await _held_line(tx, here, line_id)
        entries.require_open(line)
        entries.require_receipt(line.ordered_on, command.received_on, here.today)
        quantity = command.quantity or line.quantity
        entries.require_part(line, quantity)
        came = await store.receive_line(tx, line_id, quantity, command.received_on)
        await outbox.enqueue(tx, entries.line_said(facts.StockLineReceived, came))
        await consumables.record(tx, "stock.received", held, entries.line_entry(came))
        held = await consumables.restock(tx, held, quantity, -line.quantity)
        if quantity < line.quantity:
            await _insert_line(tx, held, entries.rest_of(line, quantity))
    return came


async def cancel_line(here: Where, line_id: UUID) -> Line:
    """Cancel what does not come, or was written down by mistake.

    Raises:
        ConsumableNotFound, LineNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        LineCancelled: it was cancelled already.
        LineDrawn: some of it was taken.
    """
    async with here.database.begin(here.actor, ACCESS) as tx:
        held, line = await _held_line(tx, here, line_id)
        entries.require_whole(line)
        gone = await store.cancel_line(tx, line_id)
        await outbox.enqueue(tx, entries.line_said(facts.StockLineCancelled, gone))
        await consumables.record(tx, "stock.cancelled", held, entries.line_entry(gone))
        is_there = line.received_on is not None
        came, coming = (-line.quantity, 0) if is_there else (0, -line.quantity)
        await consumables.restock(tx, held, came, coming)
    return gone


async def record_use(here: Where, command: schemas.RecordUse, key: str | None) -> Use:
    """Take some of a consumable out of its oldest lines.

    Raises:
        ConsumableNotFound, AssetNotFound: it is not within the scope, or the asset is
            another school's.
        errors.Forbidden: the actor may not write there.
        DayImpossible: the day is yet to come.
        StockShort: there is less; nothing is taken.
    """
    entries.require_day(command.used_on, here.today, "/used_on")
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await consumables.hold(tx, here.actor, here.consumable_id)
        repeatable = (here.consumable_id, command)
        if earlier := await idempotency.earlier(tx, key, repeatable, Use):
            return earlier
        values: dict[str, object] = {**command.model_dump(), "asset_tag": None}
        if command.asset_id is not None:
            asset = await assets.asset_of(tx, command.asset_id)
            if asset.school_id != held.school_id:
                raise AssetNotFound
            values["asset_tag"] = asset.tag
        use = await _take(tx, held, "used", values)
        await consumables.restock(tx, held, -use.quantity, 0)
        await idempotency.keep(tx, key, use)
    return use


async def undo_use(here: Where, use_id: UUID) -> Use:
    """Take a use back by an entry of its own: it goes where it came from.

    Raises:
        ConsumableNotFound, UseNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        UseUndone: it was taken back already, or takes back another.
    """
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await consumables.hold(tx, here.actor, here.consumable_id)
        use = await store.get_use(tx, here.consumable_id, use_id)
        if use is None:
            raise entries.UseNotFound
        entries.require_standing(use)
        drawn = fifo.put_back(await store.list_draws(tx, use_id))
        values = {
            "used_on": use.used_on,
            "quantity": -use.quantity,
            "asset_id": use.asset_id,
            "asset_tag": use.asset_tag,
            "used_for": None,
            "note": None,
            "reverses": use_id,
        }
        back = await _insert_use(tx, held, use.kind, values, drawn)
        await consumables.restock(tx, held, use.quantity, 0)
    return back


async def take_stock(here: Where, command: schemas.TakeStock, version: int) -> Told:
    """Say how many were counted: what is missing is lost, what is more was found.

    Raises:
        ConsumableNotFound: it is not within the scope.
        errors.Forbidden: the actor may not write there.
        errors.Stale: its stock is another by now.
        DayImpossible: the day is yet to come.
    """
    entries.require_day(command.counted_on, here.today, "/counted_on")
    async with here.database.begin(here.actor, ACCESS) as tx:
        held = await consumables.hold(tx, here.actor, here.consumable_id)
        conditional.check(version, held.version)
        more = command.counted - held.on_hand
        if more < 0:
            lost = {"used_on": command.counted_on, "quantity": -more}
            unnamed = {"asset_id": None, "asset_tag": None, "used_for": None}
            values = {**lost, **unnamed, "note": command.note}
            await _take(tx, held, "lost", values)
        if more > 0:
            price = command.unit_price_pence
            found = {
                **dict.fromkeys(("supplier", "order_number", "cfr_code")),
                "kind": "found",
                "ordered_on": command.counted_on,
                "received_on": command.counted_on,
                "quantity": more,
                "unit_price_pence": price
                if price is not None
                else held.price_pence or 0,
                "note": command.note,
            }
            await _write_line(tx, held, found)
        counted = await consumables.restock(tx, held, more, 0, command.counted_on)
        after = {"counted_on": command.counted_on, "before": held.on_hand}
        said = {**after, "counted": command.counted}
        await consumables.record(tx, "stock.counted", held, said)
    return reorder.told(counted, here.today)


async def restate_stock(database: db.Database, actor: Actor) -> int:
    """Say every line and use of the actor's LAs again, as events."""
    return await _restate(
        database, actor, store.restate_lines, entries.line_restated
    ) + await _restate(database, actor, store.restate_uses, entries.use_restated)


async def _restate(
    database: db.Database,
    actor: Actor,
    read: Callable[[db.Tx, UUID, int], Awaitable[Sequence[Entry]]],
    say: Callable[[Entry], Event],
) -> int:
    count, last = 0, _FIRST
    while True:
        async with database.begin(actor, SERVICE_ACCESS) as tx:
            found = await read(tx, last, _BATCH)
            if not found:
                return count
            await outbox.enqueue_many(tx, [say(each) for each in found])
            count, last = count + len(found), found[-1].entry_id


async def _held_line(tx: db.Tx, here: Where, line_id: UUID) -> tuple[Consumable, Line]:
    held = await consumables.hold(tx, here.actor, here.consumable_id)
    line = await store.get_line(tx, here.consumable_id, line_id)
    if line is None:
        raise entries.LineNotFound
    return held, line


async def _insert_line(
    tx: db.Tx, held: Consumable, values: Mapping[str, object]
) -> Line:
    """Store an order line, and count it as there or as on order."""
    line = await _write_line(tx, held, values)
    is_there = line.received_on is not None
    came, coming = (line.quantity, 0) if is_there else (0, line.quantity)
    await consumables.restock(tx, held, came, coming)
    return line


async def _write_line(
    tx: db.Tx, held: Consumable, values: Mapping[str, object]
) -> Line:
    is_there = values["received_on"] is not None
    remaining = values["quantity"] if is_there else 0
    line = await store.insert_line(
        tx, {**values, **_place(held), "remaining": remaining}
    )
    await outbox.enqueue(tx, entries.line_said(facts.StockLineRecorded, line))
    await consumables.record(tx, "stock.recorded", held, entries.line_entry(line))
    return line


async def _take(
    tx: db.Tx, held: Consumable, kind: entries.UseKind, values: Mapping[str, object]
) -> Use:
    lots = await store.list_lots(tx, held.consumable_id)
    drawn = fifo.draw(lots, int(str(values["quantity"])))
    return await _insert_use(tx, held, kind, {**values, "reverses": None}, drawn)


async def _insert_use(
    tx: db.Tx,
    held: Consumable,
    kind: entries.UseKind,
    values: Mapping[str, object],
    drawn: Sequence[Draw],
) -> Use:
    told = {**values, **_place(held), "kind": kind, "cost_pence": fifo.cost_of(drawn)}
    use = await store.insert_use(tx, told, drawn)
    await outbox.enqueue(tx, entries.use_said(facts.StockUseRecorded, use))
    action = "stock.used" if use.reverses is None else "stock.put-back"
    await consumables.record(tx, action, held, entries.use_entry(use))
    return use


def _place(held: Consumable) -> dict[str, object]:
    return {
        "la_code": held.la_code,
        "school_id": held.school_id,
        "consumable_id": held.consumable_id,
    }
