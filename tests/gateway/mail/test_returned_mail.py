"""What comes back over a real dialogue, and what it does to a person's post."""

import asyncio
import smtplib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import aiosmtplib
import pytest
from cryptography.fernet import Fernet

from chassis.auth import Actor
from chassis.db import Database
from chassis.embedded import child
from chassis.testing import identities
from gateway.mail import listening, model, post, report, service, verp
from gateway.mail.listening import Place, Returns
from gateway.people.refusals import KeptElsewhere, PersonNotFound
from gateway.sessions.seal import Seal
from tests.gateway.mail import reports
from tests.gateway.mail.conftest import Office, now

BASE = "bounces@ict.example.org"
MANAGER = identities.at_la("la-manager", "940")


@dataclass
class Way:
    """The way back: where it is, and the address at which a message returns."""

    office: Office
    seal: Seal
    place: Place

    def address(self, message_id: UUID) -> str:
        return verp.address(BASE, message_id, self.seal.signature(message_id.bytes))

    async def bring(self, recipient: str, content: bytes) -> str:
        """Bring a message as a mail host does; return the last answer."""
        async with aiosmtplib.SMTP(
            hostname=self.place.host, port=self.place.port
        ) as host:
            _, said = await host.sendmail("", [recipient], content)
        return said

    async def come_back(self, content: bytes) -> None:
        """Bring a report of the newest message."""
        await self.bring(self.address(self.newest()), content)

    def newest(self) -> UUID:
        message_id: UUID
        [(message_id,)] = self.office.asked(
            "SELECT message_id FROM mail_message ORDER BY message_id DESC LIMIT 1"
        )
        return message_id


def is_ours(seal: Seal) -> listening.IsOurs:
    return lambda said: seal.is_signature(said.message_id.bytes, said.signature)


@pytest.fixture
async def way(office: Office) -> AsyncGenerator[Way]:
    seal = Seal([Fernet.generate_key()])
    place = Place("127.0.0.1", child.free_port(), "smtp", BASE)
    returns = Returns(office.worker, BASE, is_ours(seal))
    async with listening.listening(place, returns):
        yield Way(office, seal, place)
    office.asked("TRUNCATE mail_hold")


async def told(office: Office, *names: str) -> None:
    """Have people told of a resolved ticket, and their messages sent."""
    for name in names:
        await office.hear(office.resolved(office.person(name), now()))
    await office.deliver(now())


def recorded(office: Office, action: str) -> list[tuple[str, str | None]]:
    return office.asked(
        "SELECT target_id, la_code FROM audit_entry WHERE action = %s"
        " ORDER BY entry_id",
        action,
    )


async def seen(office: Office, by: Actor = MANAGER) -> model.Refusal | None:
    return await service.get_refusal(office.app, by, office.person("teacher"))


@pytest.mark.parametrize(
    "content",
    [reports.postfix(), reports.exchange(), reports.gmail()],
    ids=["postfix", "exchange", "gmail"],
)
async def test_an_address_that_takes_nothing_gets_nothing_more(
    office: Office, way: Way, content: bytes
) -> None:
    await told(office, "teacher")
    before = len(recorded(office, "mail.bounced"))

    await way.come_back(content)
    await told(office, "teacher", "manager")

    [(state, _, reply)] = office.asked(
        "SELECT m.state, m.attempts, m.reply FROM mail_message AS m"
        " JOIN person AS p USING (person_id) WHERE p.username = 'teacher'"
    )
    refusal = await seen(office)
    assert (state, reply[:3]) == ("bounced", "550")
    assert refusal is not None
    assert (refusal.state, refusal.is_held, refusal.reply[:3]) == (
        "bounced",
        True,
        "550",
    )
    assert len(office.sent_to("teacher@example.org")) == 1
    assert len(office.sent_to("manager@example.org")) == 1
    teacher = str(office.person("teacher"))
    assert recorded(office, "mail.bounced")[before:] == [(teacher, "940")]


async def test_whoever_keeps_the_address_says_try_again_and_all_goes_as_one(
    office: Office, way: Way
) -> None:
    await told(office, "teacher")
    await way.come_back(reports.postfix())
    await told(office, "teacher", "teacher")
    teacher = office.person("teacher")

    await service.try_again(office.app, MANAGER, teacher, now())
    await service.try_again(office.app, MANAGER, teacher, now())
    await office.deliver(now())
    # The same report once more is of before.
    earlier = office.asked("SELECT min(message_id::text) FROM mail_message")[0][0]
    await way.bring(way.address(UUID(earlier)), reports.postfix())
    await told(office, "teacher")

    subjects = [each.subject for each in office.sent_to("teacher@example.org")]
    assert subjects[1] == "2 of your tickets are resolved"
    assert len(subjects) == 3
    assert await seen(office) is None
    assert recorded(office, "mail.tried-again")[-1] == (str(teacher), "940")


async def test_a_message_on_its_way_when_it_was_tried_again_holds_nothing(
    office: Office, way: Way
) -> None:
    await told(office, "teacher")
    first = way.newest()
    await told(office, "teacher")
    await way.come_back(reports.postfix())
    await service.try_again(office.app, MANAGER, office.person("teacher"), now())

    await way.bring(way.address(first), reports.postfix())
    old = await seen(office)
    await told(office, "teacher")
    await way.come_back(reports.postfix())
    new = await seen(office)

    assert old is None
    assert new is not None
    assert new.is_held


async def test_another_address_gets_what_waited(office: Office, way: Way) -> None:
    await told(office, "teacher")
    # One that is queued already, and one that is not written yet.
    await office.hear(office.resolved(office.person("teacher"), now()))
    await office.deliver_with(_later, now())
    await way.bring(way.address(_first(office)), reports.postfix())
    await told(office, "teacher")
    at = now() + timedelta(hours=1)
    await office.deliver(at)
    held = office.sent_to("teacher@example.org")

    office.moved("teacher", "new@example.org")
    await office.deliver(at)
    office.moved("teacher", "teacher@example.org")

    assert len(held) == 1
    assert len(office.sent_to("new@example.org")) == 2
    assert len(office.sent_to("teacher@example.org")) == 1


async def _later(queued: model.Queued) -> model.Outcome:
    return model.after_failure("451 later", queued.attempts, now())


def _first(office: Office) -> UUID:
    found: UUID = office.asked(
        "SELECT message_id FROM mail_message ORDER BY message_id LIMIT 1"
    )[0][0]
    return found


@pytest.mark.parametrize(
    "content",
    [
        reports.postfix("4.4.1", "delayed", "connect timed out"),
        reports.postfix("4.7.0", "failed", "451 4.7.0 greylisted"),
    ],
    ids=["delayed", "given-up-for-now"],
)
async def test_what_may_pass_is_noted_and_holds_nothing(
    office: Office, way: Way, content: bytes
) -> None:
    await told(office, "teacher")
    await way.come_back(content)
    await told(office, "teacher")

    noted = office.asked(
        "SELECT state, left(returned_status, 1) FROM mail_message ORDER BY message_id"
    )
    assert noted == [("sent", "4"), ("sent", None)]
    assert await seen(office) is None
    assert len(office.sent_to("teacher@example.org")) == 2


@pytest.mark.parametrize(
    "content",
    [
        *(reports.away(), reports.read_receipt(), reports.about_another_report()),
        *(
            b"",
            b"\x00\xff garbage \r\n" * 2000,
            reports.postfix() + (b"a" * 998 + b"\r\n") * 1500,
        ),
    ],
    ids=["away", "read-receipt", "report-in-tow", "empty", "garbage", "long-tail"],
)
async def test_whatever_comes_back_is_taken_and_answered_by_nothing(
    office: Office, way: Way, content: bytes, request: pytest.FixtureRequest
) -> None:
    await told(office, "teacher")
    post_before = len(office.sent_to(""))

    await way.come_back(content)

    bounced = "long-tail" in request.node.name
    assert [state for state, *_ in office.states()] == [
        "bounced" if bounced else "sent"
    ]
    assert len(office.sent_to("")) == post_before


async def test_nobody_forges_a_report_of_anothers_message(
    office: Office, way: Way
) -> None:
    await told(office, "teacher")
    message_id = way.newest()
    other = Seal([Fernet.generate_key()])
    forged = [
        verp.address(BASE, message_id, other.signature(message_id.bytes)),
        verp.address(BASE, message_id, way.seal.signature(uuid4().bytes)),
        verp.address("bounces@elsewhere.example", message_id, b"x" * 32),
        *(BASE, "bounces+x@ict.example.org", "postmaster@ict.example.org"),
    ]

    for recipient in forged:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await way.bring(recipient, reports.postfix())
        assert refused.value.recipients[0].code == 550
    assert [state for state, *_ in office.states()] == ["sent"]


def test_a_key_of_before_is_good_till_it_is_taken_away() -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    message_id = uuid4()
    signed = Seal([old]).signature(message_id.bytes)[: verp.SIGNATURE_BYTES]

    assert Seal([new, old]).is_signature(message_id.bytes, signed)
    assert not Seal([new]).is_signature(message_id.bytes, signed)


async def test_a_message_that_is_forgotten_is_nobodys(way: Way) -> None:
    assert (await way.bring(way.address(uuid4()), reports.postfix())).startswith(
        "2.0.0"
    )


async def test_too_much_is_refused_before_it_is_sent(way: Way) -> None:
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        await way.bring(way.address(uuid4()), b"x" * (listening.LARGEST + 1))

    assert refused.value.code == 552


async def test_one_recipient_at_a_time(way: Way) -> None:
    one, two = way.address(uuid4()), way.address(uuid4())
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=way.place.port) as host:
        refused, said = await host.sendmail("", [one, two], reports.away())

    assert list(refused) == [two]
    assert refused[two][0] == 452
    assert said.startswith("2.0.0")


async def test_while_the_database_is_away_the_mail_host_keeps_it(
    office: Office, way: Way
) -> None:
    await told(office, "teacher")
    away = Database(office.worker_url("127.0.0.1:1"), 1, "nobody")
    place = replace(way.place, port=child.free_port())
    async with listening.listening(place, Returns(away, BASE, is_ours(way.seal))):
        there = Way(office, way.seal, place)
        with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
            await there.come_back(reports.postfix())
        # What is none is taken: nothing is to be kept of it.
        await there.come_back(reports.away())
    await way.come_back(reports.postfix())

    assert refused.value.code == 451
    assert "Error" not in refused.value.message
    assert [state for state, *_ in office.states()] == ["bounced"]


async def test_it_comes_over_lmtp_as_well(office: Office, way: Way) -> None:
    await told(office, "teacher")
    place = replace(way.place, port=child.free_port(), protocol="lmtp")
    recipient = way.address(way.newest())

    def bring() -> dict[str, tuple[int, bytes]]:
        with smtplib.LMTP(place.host, place.port, timeout=30) as host:
            return host.sendmail("", [recipient], reports.gmail())

    returns = Returns(office.worker, BASE, is_ours(way.seal))
    async with listening.listening(place, returns):
        refused = await asyncio.to_thread(bring)

    assert refused == {}
    assert [state for state, *_ in office.states()] == ["bounced"]


async def test_who_may_not_change_the_address_tries_nothing(
    office: Office, way: Way
) -> None:
    await told(office, "teacher")
    await way.come_back(reports.postfix())
    teacher = office.person("teacher")

    for actor, refusal in (
        (identities.at_la("la-manager", "941"), PersonNotFound),
        (identities.at_la("la-technician", "940"), KeptElsewhere),
    ):
        with pytest.raises(refusal):
            await service.try_again(office.app, actor, teacher, now())
    found = await seen(office)

    assert found is not None
    assert found.is_held


async def test_what_leaves_bears_the_address_to_which_it_comes_back(
    office: Office, way: Way
) -> None:
    """The envelope's sender is the message's own; what is read bears our name."""
    await office.hear(office.resolved(office.person("teacher"), now()))
    senders: list[str] = []

    async def send(queued: model.Queued) -> model.Outcome:
        address = way.address(queued.message_id)
        senders.append(address)
        return await post.send(office.server, queued, "https://x.example/stop", address)

    await office.deliver_with(send, now())
    [message] = office.sent_to("teacher@example.org")
    await way.bring(senders[0], reports.exchange())

    assert "no-reply@joinedup.example" in message.sender
    assert senders[0] not in message.text
    assert [state for state, *_ in office.states()] == ["bounced"]


async def test_what_is_held_for_long_is_forgotten(office: Office, way: Way) -> None:
    await told(office, "teacher")
    await way.come_back(reports.postfix())
    await told(office, "teacher")

    await service.forget_old(office.worker, now() + 2 * model.KEPT + timedelta(days=1))

    assert office.asked("SELECT count(*) FROM mail_item") == [(0,)]
    assert office.states() == []


def test_what_a_report_says_is_as_long_as_is_kept() -> None:
    found = report.read(reports.postfix(said="550 " + "ä" * 5000))

    assert found is not None
    assert len(found.reply) == report.LONGEST_REPLY
