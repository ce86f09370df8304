"""The tables of electricity prices: one function per query."""

from collections.abc import Mapping

from chassis import db, sql
from inventory.schools.model import SchoolOnItsWay
from inventory.tariffs.model import Price

_QUERIES = sql.load("inventory.tariffs")
# Without its values it would go through all that the caller may see.
_PRICES = _QUERIES.rows("list_prices", Price, planned_anew=True)
_SET_AUTHORITY = _QUERIES.command("upsert_authority_price")
_SET_SCHOOL = _QUERIES.command("upsert_school_price")
_FORGET_AUTHORITY = _QUERIES.command("delete_authority_price")
_FORGET_SCHOOL = _QUERIES.command("delete_school_price")


async def list_prices(tx: db.Tx, where: Mapping[str, object]) -> list[Price]:
    return await tx.all(_PRICES, where)


async def set_price(tx: db.Tx, price: Price) -> None:
    query = _SET_SCHOOL if price.school_id else _SET_AUTHORITY
    await tx.run(query, price, {"school_tariff_school_fkey": SchoolOnItsWay()})


async def forget_price(tx: db.Tx, price: Price) -> None:
    query = _FORGET_SCHOOL if price.school_id else _FORGET_AUTHORITY
    await tx.run(query, price)
