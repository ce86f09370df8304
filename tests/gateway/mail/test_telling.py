"""Who is told what by e-mail, how often, and what becomes of a message."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

from chassis.auth import Actor
from chassis.testing import identities
from gateway.mail import model, post, service
from gateway.mail.model import Refusal
from local_stack.mail.model import BUSY_DOMAIN, REFUSED_DOMAIN
from tests.gateway.mail.conftest import URL, Office, now


async def test_whose_ticket_is_resolved_is_told_once(office: Office) -> None:
    teacher = office.person("teacher")
    fact = office.resolved(teacher, now())

    await office.hear(fact)
    await office.hear(fact)
    await office.deliver(now())
    await office.deliver(now())

    [message] = office.sent_to("teacher@example.org")
    assert message.subject == "Ticket 1001 at School 140001 is resolved"
    assert "Hello Teacher," in message.text
    link = f"{URL}/schools/140001/tickets/{fact.event.entity_id}"
    assert link in message.text
    assert link in message.html
    assert f"{URL}/stop/{teacher}/ticket-resolved" in message.text
    assert office.states() == [("sent", 1, office.states()[0][2])]


async def test_systems_strangers_and_old_news_are_told_nothing(office: Office) -> None:
    day_before = now() - timedelta(days=2)
    await office.hear(
        office.resolved(None, now()),
        office.resolved(uuid4(), now()),
        office.resolved(office.person("teacher"), day_before),
    )
    await office.deliver(now())

    assert office.sent_to("") == []
    assert office.asked("SELECT count(*) FROM mail_item") == [(0,)]


async def test_what_is_due_together_is_one_message(office: Office) -> None:
    teacher, manager = office.person("teacher"), office.person("manager")
    await office.hear(
        *(office.resolved(teacher, now()) for _ in range(3)),
        office.resolved(manager, now()),
    )
    await office.deliver(now())

    [message] = office.sent_to("teacher@example.org")
    assert message.subject == "3 of your tickets are resolved"
    assert [str(n) in message.text for n in (1001, 1002, 1003, 1004)] == [
        True,
        True,
        True,
        False,
    ]
    assert len(office.sent_to("manager@example.org")) == 1


async def test_a_day_s_post_waits_for_the_morning(office: Office) -> None:
    teacher = office.person("teacher")
    await choose(office, teacher_of(office), "daily")
    await office.hear(office.resolved(teacher, now()), office.resolved(teacher, now()))

    await office.deliver(now())
    before = office.sent_to("teacher@example.org")
    await office.deliver(model.next_digest(now()) + timedelta(seconds=1))

    assert before == []
    [message] = office.sent_to("teacher@example.org")
    assert message.subject == "2 of your tickets are resolved"


async def test_who_wants_nothing_gets_nothing_and_may_change_their_mind(
    office: Office,
) -> None:
    teacher = teacher_of(office)
    await choose(office, teacher, "never")
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver(now())
    silent = office.sent_to("teacher@example.org")
    await choose(office, teacher, "at-once")
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver(now())

    assert silent == []
    assert len(office.sent_to("teacher@example.org")) == 1


async def test_a_broken_address_holds_up_nobody_and_is_noted(office: Office) -> None:
    office.moved("teacher", f"gone@{REFUSED_DOMAIN}")
    for name in ("teacher", "manager"):
        await office.hear(office.resolved(office.person(name), now()))
    await office.deliver(now())
    await office.deliver(now() + timedelta(days=3))

    states = office.states()
    assert sorted((state, attempts) for state, attempts, _ in states) == [
        ("refused", 1),
        ("sent", 1),
    ]
    assert any("550" in reply for _, _, reply in states)


async def test_who_sees_somebody_sees_that_their_address_takes_nothing(
    office: Office,
) -> None:
    teacher = office.person("teacher")
    office.moved("teacher", f"gone@{REFUSED_DOMAIN}")
    await office.hear(office.resolved(teacher, now()))
    await office.deliver(now())

    async def seen(by: Actor) -> Refusal | None:
        return await service.get_refusal(office.app, by, teacher)

    refusal = await seen(identities.at_la("la-manager", "940"))
    themselves = await seen(Actor(str(teacher), "person"))
    elsewhere = await seen(identities.at_la("la-manager", "941"))
    office.moved("teacher", "teacher@example.org")
    mended = await seen(identities.at_la("la-manager", "940"))

    assert refusal is not None
    assert (refusal.state, refusal.reply[:3]) == ("refused", "550")
    assert themselves == refusal
    assert (elsewhere, mended) == (None, None)


async def test_a_busy_server_is_tried_again_until_it_takes_it(office: Office) -> None:
    office.moved("teacher", f"later@{BUSY_DOMAIN}")
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver(now())
    await office.deliver(now())
    early = office.states()
    office.asked("UPDATE mail_message SET address = 'teacher@example.org'")
    await office.deliver(now() + model.PAUSES[0] + timedelta(seconds=1))

    assert [(state, attempts) for state, attempts, _ in early] == [("queued", 1)]
    assert [(state, attempts) for state, attempts, _ in office.states()] == [
        ("sent", 2)
    ]


async def test_a_server_that_is_away_loses_nothing(office: Office) -> None:
    await office.hear(office.resolved(office.person("teacher"), now()))
    there = office.server
    office.server = type(there)(there.host, 1, there.sender)
    at = now()
    for _ in range(len(model.PAUSES) + 2):
        await office.deliver(at)
        at = due(office) or at

    assert [(state, attempts) for state, attempts, _ in office.states()] == [
        ("given-up", len(model.PAUSES) + 1)
    ]


async def test_a_server_that_will_not_have_us_says_nothing_of_an_address(
    office: Office,
) -> None:
    async def turn_away(
        _reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"554 5.7.1 Not from you\r\n")
        await writer.drain()
        writer.close()

    await office.hear(office.resolved(office.person("teacher"), now()))
    there = office.server
    async with await asyncio.start_server(turn_away, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        office.server = type(there)("127.0.0.1", port, there.sender)
        await office.deliver(now())

    [(state, attempts, reply)] = office.states()
    assert (state, attempts, reply[:3]) == ("queued", 1, "554")


async def test_a_mail_program_can_read_the_link_that_stops_messages(
    office: Office,
) -> None:
    link = f"{URL}/mail/stop/one-click?token={'Aa0-_' * 60}="
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver_with(
        lambda queued: post.send(office.server, queued, link), now()
    )

    [written] = [path.read_bytes() for path in office.where.iterdir()]
    lines = written.splitlines()
    assert f"List-Unsubscribe: <{link}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert b"To: teacher@example.org" in lines


async def test_what_was_waiting_is_not_sent_to_who_wants_it_no_more(
    office: Office,
) -> None:
    teacher = office.person("teacher")
    themselves = Actor(str(teacher), "person")
    await choose(office, themselves, "daily")
    await office.hear(office.resolved(teacher, now()))
    office.moved("teacher", f"later@{BUSY_DOMAIN}")
    await choose(office, themselves, "at-once")
    await office.hear(office.resolved(teacher, now()))
    await office.deliver(now())
    waiting = office.states()
    await choose(office, themselves, "never")
    office.asked("UPDATE mail_message SET address = 'teacher@example.org'")
    await office.deliver(now() + timedelta(days=2))

    assert [state for state, _, _ in waiting] == ["queued"]
    assert office.states() == []
    assert office.asked("SELECT count(*) FROM mail_item") == [(0,)]
    assert office.sent_to("teacher@example.org") == []


async def test_a_message_that_nobody_ends_is_given_up(office: Office) -> None:
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver_with(postponed, now())
    office.asked("UPDATE mail_message SET attempts = 50, next_attempt_at = now()")
    await office.deliver(now())

    assert [state for state, _, _ in office.states()] == ["given-up"]
    assert office.sent_to("teacher@example.org") == []


async def postponed(_message: model.Queued) -> model.Outcome:
    return model.Outcome("", next_attempt_at=now())


async def test_a_dead_worker_s_message_is_taken_up_again(office: Office) -> None:
    await office.hear(office.resolved(office.person("teacher"), now()))

    async def die(_message: model.Queued) -> model.Outcome:
        raise TimeoutError

    died = False
    try:
        await office.deliver_with(die, now())
    except TimeoutError:
        died = True
    await office.deliver(now())
    meanwhile = office.sent_to("teacher@example.org")
    await office.deliver(now() + model.LEASE + timedelta(seconds=1))

    assert died
    assert meanwhile == []
    assert len(office.sent_to("teacher@example.org")) == 1


async def test_what_was_sent_long_ago_is_forgotten(office: Office) -> None:
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver(now())

    kept = await service.forget_old(office.worker, now())
    forgotten = await service.forget_old(
        office.worker, now() + model.KEPT + timedelta(days=1)
    )

    assert (kept, forgotten) == (0, 1)
    assert office.asked("SELECT count(*) FROM mail_item") == [(0,)]


def due(office: Office) -> datetime | None:
    found = office.asked(
        "SELECT next_attempt_at FROM mail_message WHERE state = 'queued'"
    )
    return found[0][0] if found else None


def teacher_of(office: Office) -> Actor:
    return Actor(str(office.person("teacher")), "person")


async def choose(office: Office, who: Actor, frequency: model.Frequency) -> None:
    await service.choose(office.app, who, "ticket-resolved", frequency)
