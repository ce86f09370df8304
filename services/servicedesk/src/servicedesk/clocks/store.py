"""The tables of turns and promises: one function per query."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from chassis import db, json, sql
from servicedesk.clocks.model.states import Promise, Turn
from servicedesk.schools.model import SchoolOnItsWay

_QUERIES = sql.load("servicedesk.clocks")
_TURNS = _QUERIES.rows("list_turns", Turn)
_PROMISES = _QUERIES.rows("list_promises", Promise)
_END = _QUERIES.command("end_turns")
_KEEP = _QUERIES.command("keep_clocks")
_RENEW = _QUERIES.command("renew_dues")
_MEANWHILE: db.Refusals = {
    "ticket_turn_ticket_fkey": SchoolOnItsWay(),
    "ticket_promise_ticket_fkey": SchoolOnItsWay(),
}
Rows = Sequence[Mapping[str, Any]]


async def list_turns(tx: db.Tx, ticket_ids: Collection[UUID]) -> list[Turn]:
    """Read the turns of some tickets, each ticket's in order."""
    return await tx.all(_TURNS, {"ticket_ids": list(ticket_ids)})


async def list_promises(tx: db.Tx, ticket_ids: Collection[UUID]) -> list[Promise]:
    """Read what was promised for some tickets."""
    return await tx.all(_PROMISES, {"ticket_ids": list(ticket_ids)})


async def end_turns(tx: db.Tx, turns: Rows) -> None:
    if turns:
        await tx.run(_END, {"turns": _json(turns)})


async def keep_clocks(tx: db.Tx, turns: Rows, promises: Rows, dues: Rows) -> None:
    """Begin turns, store promises, and put down what is due: in one round trip."""
    if turns or promises or dues:
        said = {"turns": turns, "promises": promises, "dues": dues}
        told = {name: _json(rows) for name, rows in said.items()}
        await tx.run(_KEEP, told, _MEANWHILE)


async def renew_dues(tx: db.Tx, dues: Rows) -> None:
    """Put down what is due by another calendar, where all stands as it was read."""
    if dues:
        await tx.run(_RENEW, {"dues": _json(dues)})


def _json(rows: Rows) -> str:
    return json.encode(rows).decode()
