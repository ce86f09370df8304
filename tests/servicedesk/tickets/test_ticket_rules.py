"""Priority and moves: pure decisions."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from servicedesk.tickets import model
from servicedesk.tickets.model import Level, Status, Ticket

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SOME_ID = UUID(int=7)


def ticket(status: str = "open", impact: str = "low", urgency: str = "low") -> Ticket:
    return Ticket(
        ticket_id=SOME_ID,
        number=1001,
        school_id=SOME_ID,
        school_urn=900001,
        la_code="940",
        kind="incident",
        summary="s",
        description="",
        impact=impact,
        urgency=urgency,
        priority=model.priority_of(impact, urgency),
        status=status,
        requester_id="p",
        assignee_id=None,
        asset_id=None,
        party="la",
        agreement_id=None,
        waits_for="requester" if status == "waiting" else None,
        due_at=None,
        due_for=None,
        version=1,
        opened_at=NOON,
        resolved_at=None,
        changed_at=NOON,
    )


LEVELS: tuple[Level, ...] = ("low", "medium", "high")
LEGAL = {
    ("open", "in-progress"),
    ("open", "waiting"),
    ("open", "resolved"),
    ("open", "closed"),
    ("in-progress", "open"),
    ("in-progress", "waiting"),
    ("in-progress", "resolved"),
    ("in-progress", "closed"),
    ("waiting", "open"),
    ("waiting", "in-progress"),
    ("waiting", "resolved"),
    ("waiting", "closed"),
    ("resolved", "open"),
    ("resolved", "closed"),
}
STATUSES: tuple[Status, ...] = ("open", "in-progress", "waiting", "resolved", "closed")


@pytest.mark.parametrize(
    ("impact", "priorities"),
    [("high", [3, 2, 1]), ("medium", [4, 3, 2]), ("low", [4, 4, 3])],
)
def test_priority_is_impact_by_urgency(impact: Level, priorities: list[int]) -> None:
    found = [model.priority_of(impact, urgency) for urgency in LEVELS]

    assert found == priorities


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_a_ticket_moves_only_as_allowed(before: Status, after: Status) -> None:
    if (before, after) in LEGAL:
        assert model.moved(ticket(before), after).status == after
        return
    with pytest.raises(model.TicketMoveRefused) as refused:
        model.moved(ticket(before), after)
    legal = [to for to in STATUSES if (before, to) in LEGAL]
    assert refused.value.members["allowed"] == legal


@pytest.mark.parametrize("status", ["open", "in-progress", "waiting", "closed"])
def test_only_a_resolved_ticket_is_reopened(status: str) -> None:
    with pytest.raises(model.TicketMoveRefused):
        model.reopened(ticket(status))


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_a_settled_ticket_is_not_revised(status: str) -> None:
    with pytest.raises(model.TicketSettled):
        model.revised(ticket(status), {"summary": "other"})


def test_priority_follows_impact_and_urgency() -> None:
    assert model.revised(ticket(), {"impact": "high"}).priority == 3


def test_changes_name_what_differs_and_nothing_else() -> None:
    old = ticket()
    new = model.revised(old, {"impact": "high", "summary": "s"})

    assert model.changes(old, new) == {
        "impact": {"before": "low", "after": "high"},
        "priority": {"before": 4, "after": 3},
    }
