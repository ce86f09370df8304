"""Whose hands are full, as a wallboard says it."""

from gateway.portal.desk.model import named, nobodys
from gateway.portal.desk.schemas import OfPerson


def of(person: str | None, tickets: int) -> OfPerson:
    return OfPerson(tickets=tickets, waiting=1, late=0, soon=0, assignee_id=person)


def test_what_nobody_has_comes_first_and_who_is_not_listed_comes_as_one() -> None:
    people = [of("amy", 9), of("x", 5), of(None, 4), of("bob", 3), of("y", 1)]

    told = named(people, {"amy": "Amy Archer", "bob": "Bob Bell"})

    assert [(name, each.tickets, each.waiting) for name, each in told] == [
        ("Nobody", 4, 1),
        ("Amy Archer", 9, 1),
        ("Bob Bell", 3, 1),
        ("Others", 6, 2),
    ]


def test_of_nothing_in_nobodys_hands_there_is_none() -> None:
    assert nobodys([of("amy", 9)]).tickets == 0
    assert named([], {}) == []
