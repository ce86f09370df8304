"""What is planned for an account: all that differs, nothing that does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gateway.provisioning import model
from gateway.provisioning.model import (
    CannotProvision,
    Due,
    Found,
    Invitation,
    Known,
    Repair,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
NORA = Due(
    person_id=UUID(int=1),
    subject="s-1",
    username="nora@example.org",
    display_name="Nora Mary Ng",
    email="Nora@example.org",
    home_la_code="940",
    home_school_id=None,
    invited_at=EARLIER,
    joined_at=NOW,
    invitation_sent_at=EARLIER,
    wanted_version=1,
    done_version=0,
    held=["staff"],
    aliases=["urn-140001"],
    places=["School 140001"],
    la_codes=["940"],
    is_awaited=True,
)
ACCOUNT = Found(
    subject="s-1",
    username="nora@example.org",
    email="nora@example.org",
    first_name="Nora Mary",
    last_name="Ng",
    is_enabled=True,
    is_verified=True,
    actions=frozenset(),
    made_at=EARLIER,
    made_for=None,
    held=frozenset({"staff", "default-roles-joinedup"}),
    aliases=frozenset({"urn-140001", "club"}),
    shut=frozenset(),
)
UNCLAIMED = replace(ACCOUNT, is_verified=False, actions=frozenset({"UPDATE_PASSWORD"}))
GONE = replace(NORA, held=[], aliases=[], places=[], la_codes=[], is_awaited=False)


def planned(due: Due, found: Found | None) -> list[str]:
    repairs = model.plan(due, found, NOW)
    return [f"{each.word} {each.what}".strip() for each in repairs]


def test_an_account_that_is_right_is_let_be() -> None:
    assert planned(NORA, ACCOUNT) == []


@pytest.mark.parametrize(
    ("spoilt", "repairs"),
    [
        ({"subject": "s-2"}, ["adopt"]),
        ({"username": "nng"}, ["username"]),
        ({"first_name": "Nora"}, ["name"]),
        ({"email": "n@example.org"}, ["email"]),
        ({"is_enabled": False}, ["enable"]),
        ({"held": frozenset()}, ["give-role staff"]),
        ({"held": frozenset({"staff", "auditor"})}, ["take-role auditor"]),
        ({"aliases": frozenset()}, ["join urn-140001"]),
        ({"aliases": frozenset({"urn-140001", "la-940"})}, ["leave la-940"]),
        ({"shut": frozenset({"urn-140001", "club"})}, ["join urn-140001"]),
        (
            # It may be opened for others, with all who are in it.
            {
                "aliases": frozenset({"urn-140001", "urn-140002"}),
                "shut": frozenset({"urn-140002"}),
            },
            ["leave urn-140002"],
        ),
    ],
    ids=lambda said: said[0] if isinstance(said, list) else "",
)
def test_what_differs_is_mended(spoilt: dict[str, Any], repairs: list[str]) -> None:
    assert planned(NORA, replace(ACCOUNT, **spoilt)) == repairs


def test_a_missing_account_is_made_with_all_that_belongs_to_it() -> None:
    new = replace(NORA, subject=None, joined_at=None, invitation_sent_at=None)

    assert planned(new, None) == [
        "create",
        "give-role staff",
        "join urn-140001",
        "invite",
    ]


def test_who_lost_their_account_is_sent_a_mail_again() -> None:
    assert planned(NORA, None)[-1] == "invite"


def test_who_was_never_invited_or_left_gets_no_account() -> None:
    assert planned(replace(NORA, invited_at=None), None) == []
    assert planned(GONE, None) == []


def test_who_left_is_shut_out_and_holds_nothing() -> None:
    assert planned(GONE, ACCOUNT) == [
        "disable",
        "take-role staff",
        "leave urn-140001",
        "end-sessions",
    ]


def test_a_first_role_with_a_second_step_ends_sessions() -> None:
    raised = replace(NORA, held=["staff", "auditor"])

    assert planned(raised, ACCOUNT) == ["give-role auditor", "end-sessions"]


@pytest.mark.parametrize(
    ("sent_at", "repairs"),
    [(None, ["invite"]), (EARLIER - timedelta(hours=1), ["invite"]), (LATER, [])],
    ids=["never sent", "sent before asked again", "sent"],
)
def test_an_invitation_is_sent_once_for_each_time_it_is_asked_for(
    sent_at: datetime | None, repairs: list[str]
) -> None:
    waiting = replace(NORA, joined_at=None, invitation_sent_at=sent_at)

    assert planned(waiting, UNCLAIMED) == repairs


def test_who_has_yet_to_come_must_choose_a_password() -> None:
    waiting = replace(NORA, joined_at=None)

    assert planned(waiting, replace(UNCLAIMED, actions=frozenset())) == ["require"]
    assert planned(waiting, ACCOUNT) == []


def known_of(*there: Found) -> Known:
    known = Known()
    for each in there:
        known.add(each)
    return known


OTHERS = replace(ACCOUNT, subject="s-2", username="root")
"""Has Nora's address, and may be able to do anything."""


def test_an_account_is_known_by_its_id() -> None:
    known = known_of(OTHERS, replace(ACCOUNT, email="other@example.org"))

    found = known.of(NORA, adopts=False)

    assert found is not None
    assert found.subject == "s-1"


@pytest.mark.parametrize(
    "made",
    [{"username": "nng"}, {"email": "other@example.org"}],
    ids=["her address", "her name"],
)
def test_an_account_that_was_made_for_somebody_is_theirs(made: dict[str, Any]) -> None:
    hers = replace(ACCOUNT, subject="s-2", made_for=str(NORA.person_id), **made)

    assert known_of(hers).of(NORA, adopts=False) == hers


@pytest.mark.parametrize("made_for", [None, str(UUID(int=2))])
def test_no_other_account_is_taken_by_its_address(made_for: str | None) -> None:
    known = known_of(replace(OTHERS, made_for=made_for))

    with pytest.raises(CannotProvision, match="--adopt"):
        known.of(NORA, adopts=False)


def test_the_operator_takes_an_account_over_by_its_address() -> None:
    assert known_of(OTHERS).of(NORA, adopts=True) == OTHERS


def test_who_is_to_have_no_account_is_in_nobodys_way() -> None:
    never = replace(NORA, subject=None, invited_at=None)

    assert known_of(OTHERS).of(never, adopts=False) is None


def test_the_username_of_another_address_is_nobodys_to_take() -> None:
    known = known_of(replace(ACCOUNT, subject="s-2", email="other@example.org"))

    with pytest.raises(CannotProvision, match="of that name"):
        known.of(NORA, adopts=True)


def test_an_organization_says_what_it_stands_for() -> None:
    school = NORA.organizations["urn-140001"]

    assert school.attributes == {
        "kind": ["school"],
        "urn": ["140001"],
        "la_code": ["940"],
    }


@pytest.mark.parametrize(
    ("sent_at", "is_due", "problem", "state"),
    [
        (None, True, None, "waiting"),
        (None, True, "The message could not be sent.", "failed"),
        (EARLIER, False, None, "sent"),
        (EARLIER, True, "away", "sent"),
        (EARLIER - timedelta(days=9), True, None, "waiting"),
        (None, False, None, "needless"),
    ],
    ids=str,
)
def test_the_state_of_an_invitation(
    *, sent_at: datetime | None, is_due: bool, problem: str | None, state: str
) -> None:
    assert Invitation(EARLIER, sent_at, is_due, problem).state(NOW) == state


def test_the_link_of_an_invitation_runs_out() -> None:
    sent = Invitation(EARLIER, EARLIER, is_due=False, problem=None)

    assert sent.state(EARLIER + model.GOOD_FOR) == "over"


def test_one_that_is_just_made_needs_no_repair_but_its_roles() -> None:
    new = replace(NORA, joined_at=None)
    made = model.made(new, "s-1", EARLIER)

    assert model.plan(new, made, NOW) == [
        Repair("give-role", "staff"),
        Repair("join", "urn-140001"),
    ]
