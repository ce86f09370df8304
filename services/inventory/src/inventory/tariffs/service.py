"""The use cases of electricity prices: each opens the one transaction it needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis import db
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from inventory.kinds import service as kinds
from inventory.tariffs import model, schemas, store
from inventory.tariffs.model import ACCESS, AUTHORITY_WRITERS, Price, Span, Tariff

Place = tuple[str | None, int | None]
"""Of which LA, or of which school by its URN."""


async def get_tariff(
    database: db.Database, actor: Actor, today: date, place: Place
) -> Tariff:
    """Say what electricity costs a school or an LA.

    Raises:
        PlaceUnclear: neither is named, or both are.
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, ACCESS) as tx:
        la_code, school_id = await kinds.place_of(tx, actor, *place)
        prices = await _prices(tx, la_code, school_id)
    return model.told(prices, school_id, today)


async def set_price(
    database: db.Database, actor: Actor, today: date, command: schemas.SetPrice
) -> Tariff:
    """Say what electricity costs a school or an LA from a day on.

    Raises:
        PlaceUnclear: neither is named, or both are.
        AuthorityNotFound, SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
        PriceDayUnlikely: no price begins on that day.
        TooManyPrices: the place has all that are kept of one.
    """
    model.require_likely(command.starts_on)
    place = (command.la_code, command.school_urn)
    starts_on, pence = command.starts_on, command.pence_per_mwh
    async with database.begin(actor, ACCESS) as tx:
        la_code, school_id = await kinds.place_of(tx, actor, *place)
        roles = ACCESS.write if school_id else AUTHORITY_WRITERS
        actor.require(roles, la_code, school_id)
        prices = await _prices(tx, la_code, school_id)
        before = model.at(prices, school_id, starts_on)
        if not model.changed(before, pence):
            return model.told(prices, school_id, today)
        model.require_room(prices, school_id, before, pence)
        price = Price(la_code, school_id, starts_on, pence or 0)
        if pence is None:
            await store.forget_price(tx, price)
        else:
            await store.set_price(tx, price)
        await _record(tx, price, before, pence)
        prices = await _prices(tx, la_code, school_id)
    return model.told(prices, school_id, today)


async def spans_of(tx: db.Tx, where: Mapping[str, object]) -> list[Span]:
    """Say which price holds when, at the places of the scope or at those named."""
    return model.spans(await store.list_prices(tx, where))


async def _record(
    tx: db.Tx, price: Price, before: Price | None, pence: int | None
) -> None:
    target = Target("tariff", str(price.starts_on), price.la_code, price.school_id)
    was = {"pence_per_mwh": before.pence_per_mwh if before else None}
    await audit.record(tx, "tariff.price-set", target, was, {"pence_per_mwh": pence})


async def _prices(tx: db.Tx, la_code: str, school_id: UUID | None) -> Sequence[Price]:
    own = [school_id] if school_id else []
    return await store.list_prices(tx, {"la_code": la_code, "school_ids": own})
