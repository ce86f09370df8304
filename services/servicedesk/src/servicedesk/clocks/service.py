"""Keeps the turns and promises of tickets beside what becomes of the tickets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from chassis import db
from servicedesk.agreements import service as agreements
from servicedesk.agreements.model import Targets
from servicedesk.calendar import service as calendar
from servicedesk.calendar.model.asking import UNWRITTEN, Times
from servicedesk.calendar.model.openings import LONDON
from servicedesk.clocks import store
from servicedesk.clocks.model import following, telling
from servicedesk.clocks.model.dues import due
from servicedesk.clocks.model.following import Followed, Move
from servicedesk.clocks.model.states import Due, Promise, Standing, Turn
from servicedesk.clocks.model.telling import Clocks


async def follow(tx: db.Tx, moves: Sequence[Move]) -> dict[UUID, Due]:
    """Keep what each move makes of its ticket's clocks; say what is due next of each.

    The tickets are stored by now, each as the move has it.
    """
    known = [move.new.ticket_id for move in moves if move.old is not None]
    turns = _by_ticket(await store.list_turns(tx, known)) if known else {}
    promises = _by_ticket(await store.list_promises(tx, known)) if known else {}
    asking = [
        move.new
        for move in moves
        if following.asks_anew(
            move,
            turns.get(move.new.ticket_id, []),
            promises.get(move.new.ticket_id, []),
        )
    ]
    targets = await _targets(tx, asking)
    # Where nothing ran and nothing is promised, nothing is counted.
    is_counted = bool(turns) or any(targets.values())
    standings = [move.new for move in moves]
    times = await _times(tx, standings, turns) if is_counted else {}
    followed = [
        (
            move,
            following.follow(
                move,
                turns.get(move.new.ticket_id, []),
                promises.get(move.new.ticket_id, []),
                targets.get(move.new.ticket_id),
                times.get(move.new.school.school_id, UNWRITTEN),
            ),
        )
        for move in moves
    ]
    await _store(tx, followed)
    return {move.new.ticket_id: each.due for move, each in followed}


async def get_clocks(tx: db.Tx, standing: Standing, now: datetime) -> Clocks:
    """Say whose turn a ticket was and is, and how each clock stands."""
    turns = await store.list_turns(tx, [standing.ticket_id])
    promises = await store.list_promises(tx, [standing.ticket_id])
    times = await _times(tx, [standing], {standing.ticket_id: turns})
    told = telling.clocks(promises, turns, times[standing.school.school_id], now)
    return Clocks(turns, told)


async def record_past(
    tx: db.Tx, tickets: Sequence[tuple[Standing, datetime | None]]
) -> None:
    """Put down one turn of each ticket of the past, with the moment it was settled at.

    What was promised for it then is not known, so nothing is.
    """
    times = await _times(tx, [standing for standing, _ in tickets], {})
    begun: list[dict[str, Any]] = []
    ended: list[dict[str, Any]] = []
    for standing, settled_at in tickets:
        turn = following.first_turn(standing)
        begun.append(_owned(standing) | asdict(turn))
        if settled_at is not None:
            ended.append(
                asdict(
                    replace(
                        turn,
                        ended_at=settled_at,
                        worked_seconds=times[standing.school.school_id].elapsed(
                            turn.began_at, settled_at
                        ),
                    )
                )
            )
    await store.keep_clocks(tx, begun, [], [])
    await store.end_turns(tx, ended)


async def judge_anew(
    tx: db.Tx, tickets: Sequence[tuple[Standing, int, datetime | None]]
) -> None:
    """Work out anew what is due next, where the calendar is another than it was.

    Each with its version and what was due. Whoever changes a ticket meanwhile puts
    down what is due by the calendar that they read, and that stays.
    """
    standings = [standing for standing, _, _ in tickets]
    ids = [standing.ticket_id for standing in standings]
    turns = _by_ticket(await store.list_turns(tx, ids))
    promises = _by_ticket(await store.list_promises(tx, ids))
    times = await _times(tx, standings, turns)
    dues: list[dict[str, Any]] = []
    for standing, version, was_due_at in tickets:
        held = _held(standing, promises.get(standing.ticket_id, []))
        passed = turns.get(standing.ticket_id, [])
        if held is not None and passed:
            said = due(held, passed, times[standing.school.school_id])
            known = {"version": version, "was_due_at": was_due_at}
            dues.append(_due(standing.ticket_id, said) | known)
    await store.renew_dues(tx, dues)


def _held(standing: Standing, promises: Sequence[Promise]) -> Promise | None:
    here = (standing.party, standing.agreement_id)
    return next((e for e in promises if (e.party, e.agreement_id) == here), None)


async def _times(
    tx: db.Tx, standings: Sequence[Standing], turns: Mapping[UUID, Sequence[Turn]]
) -> dict[UUID, Times]:
    """Read by what the schools of some tickets count, as far back as their turns go."""
    places: dict[str, set[UUID]] = {}
    for standing in standings:
        places.setdefault(standing.school.la_code, set()).add(standing.school.school_id)
    began = [turn.began_at for passed in turns.values() for turn in passed]
    since = min([*began, *(standing.at for standing in standings)])
    return await calendar.times_of(tx, places, since)


async def _targets(tx: db.Tx, asking: Sequence[Standing]) -> dict[UUID, Targets | None]:
    """Read what is promised now for some tickets; what is the same is read once."""
    read: dict[tuple[object, ...], Targets | None] = {}
    found: dict[UUID, Targets | None] = {}
    for new in asking:
        asked = (new.school.school_id, new.party, new.priority, new.agreement_id)
        if asked not in read:
            day = new.at.astimezone(LONDON).date()
            read[asked] = await agreements.targets_of(
                tx, new.school, new.party, new.priority, day, new.agreement_id
            )
        found[new.ticket_id] = read[asked]
    return found


async def _store(tx: db.Tx, followed: Sequence[tuple[Move, Followed]]) -> None:
    ended = [asdict(each.ended) for _, each in followed if each.ended is not None]
    begun = [
        _owned(move.new) | asdict(each.begun)
        for move, each in followed
        if each.begun is not None
    ]
    promises = [
        _owned(move.new) | asdict(promise)
        for move, each in followed
        for promise in each.promises
    ]
    # Of what is new nothing is due until it is said.
    dues = [
        _due(move.new.ticket_id, each.due)
        for move, each in followed
        if move.old is not None or each.due.at is not None
    ]
    await store.end_turns(tx, ended)
    await store.keep_clocks(tx, begun, promises, dues)


def _owned(standing: Standing) -> dict[str, Any]:
    """Say whose a row of a ticket is."""
    return {
        "la_code": standing.school.la_code,
        "school_id": standing.school.school_id,
        "requester_id": standing.requester_id,
    }


def _due(ticket_id: UUID, said: Due) -> dict[str, Any]:
    return {"ticket_id": ticket_id, "due_at": said.at, "due_for": said.measure}


Row = TypeVar("Row", Turn, Promise)


def _by_ticket(rows: Collection[Row]) -> dict[UUID, list[Row]]:
    grouped = groupby(rows, key=lambda each: each.ticket_id)
    return {ticket_id: list(of_it) for ticket_id, of_it in grouped}
