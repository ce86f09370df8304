"""What ends of kit and of contracts: one function per query."""

from collections.abc import Mapping
from datetime import date

from chassis import db, sql
from inventory.endings.model import ContractEnding, KitEnding

_QUERIES = sql.load("inventory.endings")
# Without its values it would go through all that the caller may see.
_KIT = _QUERIES.rows("count_kit_endings", KitEnding, planned_anew=True)
_CONTRACTS = _QUERIES.rows("list_contract_endings", ContractEnding, planned_anew=True)
Place = Mapping[str, object]


async def count_kit_endings(
    tx: db.Tx, where: Place, today: date, until: date
) -> list[KitEnding]:
    return await tx.all(_KIT, {**where, "today": today, "until": until})


async def list_contract_endings(
    tx: db.Tx, where: Place, today: date, until: date
) -> list[ContractEnding]:
    return await tx.all(_CONTRACTS, {**where, "today": today, "until": until})
