"""What a move of a ticket makes of its turns, its promises and what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from servicedesk.agreements.model import Party, Targets
from servicedesk.clocks.model.dues import due
from servicedesk.clocks.model.states import (
    Due,
    Promise,
    SchoolTimes,
    Standing,
    Turn,
    banked,
    is_turned,
)


@dataclass(frozen=True, slots=True)
class Move:
    """How a ticket stood, if it was there, and stands now, and what was done."""

    old: Standing | None
    new: Standing
    actor_id: str
    reason: str = ""
    answers: bool = False
    """Somebody who works on it did this: whose turn it was has responded."""
    tells: bool = False
    """It tells its requester something."""

    @property
    def begins(self) -> bool:
        """Say whether a turn begins."""
        return (
            self.old is None or is_turned(self.old, self.new)
        ) and not self.new.is_settled


@dataclass(frozen=True, slots=True)
class Followed:
    """What a move makes of turns and promises; of each, what is to be stored."""

    ended: Turn | None
    begun: Turn | None
    promises: list[Promise]
    due: Due


def asks_anew(move: Move, turns: Sequence[Turn], promises: Sequence[Promise]) -> bool:
    """Say whether a move asks what is promised: by the agreement of that day.

    It does where a party gets a ticket for the first time, and where the priority is
    another than the promise was made for. A later agreement changes nothing else.
    """
    new = move.new
    if new.is_settled:
        return False
    here = (new.party, new.agreement_id)
    held = next((e for e in promises if (e.party, e.agreement_id) == here), None)
    if held is not None:
        return held.priority != new.priority
    is_first = all(_holder(turn) != here for turn in turns)
    return is_first or (move.old is not None and move.old.priority != new.priority)


def follow(
    move: Move,
    turns: Sequence[Turn],
    promises: Sequence[Promise],
    targets: Targets | None,
    times: SchoolTimes,
) -> Followed:
    """Say what a move makes of a ticket's turns, promises and next due moment.

    `targets` is what its party promises now, where the move asks anew.
    """
    new, now_turns = move.new, list(turns)
    kept = {(each.party, each.agreement_id): each for each in promises}
    present = now_turns[-1] if now_turns and now_turns[-1].ended_at is None else None
    if present is not None and (answered := kept.get(_holder(present))):
        kept[_holder(present)] = _answered(answered, move, now_turns, times)
    ended: Turn | None = None
    turned = move.old is None or is_turned(move.old, new)
    if turned and present is not None:
        # A clock of a machine that goes back does not end a turn before it began.
        end = max(new.at, present.began_at)
        worked = times.elapsed(present.began_at, end)
        ended = now_turns[-1] = replace(present, ended_at=end, worked_seconds=worked)
    if turned and new.is_settled:
        kept = {
            holder: replace(each, fixed_in=banked(each, now_turns))
            for holder, each in kept.items()
        }
    begun: Turn | None = None
    if move.begins:
        begun = _begun(move, now_turns)
        now_turns.append(begun)
        kept = {holder: replace(each, fixed_in=None) for holder, each in kept.items()}
    here = (new.party, new.agreement_id)
    if asks_anew(move, turns, promises) and (targets is not None or here in kept):
        kept[here] = _renewed(kept.get(here), new, targets)
    changed = [each for each in kept.values() if each not in promises]
    held = kept.get(here)
    next_due = due(held, now_turns, times) if held and now_turns else Due()
    return Followed(ended, begun, changed, next_due)


def _holder(turn: Turn) -> tuple[Party, UUID | None]:
    return (turn.party, turn.agreement_id)


def first_turn(new: Standing, actor_id: str = "", reason: str = "") -> Turn:
    """Say with which turn a ticket begins."""
    return Turn(
        new.ticket_id,
        1,
        new.party,
        new.agreement_id,
        new.waits_for,
        reason,
        actor_id,
        new.at,
        None,
        None,
    )


def _begun(move: Move, turns: Sequence[Turn]) -> Turn:
    turn = first_turn(move.new, move.actor_id, move.reason)
    if not turns:
        return turn
    # One turn begins where the last has ended, to the microsecond.
    since = max(turn.began_at, turns[-1].ended_at or turn.began_at)
    return replace(turn, number=turns[-1].number + 1, began_at=since)


def _answered(
    promise: Promise, move: Move, turns: Sequence[Turn], times: SchoolTimes
) -> Promise:
    """Put down the first answer of a party, and that its requester was told."""
    turn, at = turns[-1], move.new.at
    if move.answers and promise.responded_at is None:
        ran = times.elapsed(turn.began_at, max(at, turn.began_at)) if turn.ran else 0
        taken = None if ran is None else banked(promise, turns) + ran
        promise = replace(promise, responded_at=at, responded_in=taken)
    return replace(promise, told_at=at) if move.tells else promise


def _renewed(held: Promise | None, new: Standing, targets: Targets | None) -> Promise:
    """Take what is promised at a priority, or nothing; what was kept of it stays."""
    return Promise(
        new.ticket_id,
        new.party,
        new.agreement_id,
        new.priority,
        targets.response if targets else None,
        targets.update if targets else None,
        targets.fix if targets else None,
        held.responded_at if held else None,
        held.responded_in if held else None,
        held.told_at if held else None,
    )
