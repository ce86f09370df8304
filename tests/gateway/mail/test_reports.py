"""What is read in a delivery report, and in all that is none."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.mail import report, verp
from gateway.mail.report import LONGEST_REPLY, Report
from gateway.mail.verp import Returned
from tests.gateway.mail import reports

BASE = "bounces@ict.example.org"
NESTED = (
    b"Content-Type: multipart/report; boundary=x\n\n"
    + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000
)


@pytest.mark.parametrize(
    ("content", "status", "reply"),
    [
        (reports.postfix(), "5.1.1", "550 5.1.1 <teacher@example.org>: Recipient"),
        (reports.exchange(), "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound;"),
        (reports.gmail(), "5.1.1", "550-5.1.1 The email account that you tried to"),
        (reports.global_report(), "5.1.1", "550 5.1.1 no such user"),
        (reports.postfix(status="5.2.2"), "5.2.2", "550"),
        (reports.postfix(status="", said="550 no such user"), "5.0.0", "550 no such"),
        (reports.of_several(("failed", "5.1.1"), ("delayed", "4.4.1")), "5.1.1", "5."),
    ],
    ids=[
        *("postfix", "exchange", "gmail", "other-script", "mailbox-full"),
        *("no-status", "of-several"),
    ],
)
def test_an_address_that_takes_nothing_is_known(
    content: bytes, status: str, reply: str
) -> None:
    found = report.read(content)

    assert found is not None
    assert (found.is_for_good, found.status) == (True, status)
    assert found.reply.startswith(reply)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (reports.postfix("4.4.1", "delayed", "connect timed out"), "delayed"),
        (reports.postfix("4.7.0", "failed", "451 4.7.0 greylisted"), "failed"),
        (reports.postfix("", "failed", "unheard of"), "failed"),
    ],
    ids=["delayed", "given-up-for-now", "nobody-knows-why"],
)
def test_what_may_pass_is_not_for_good(content: bytes, what: str) -> None:
    found = report.read(content)

    assert found is not None
    assert (found.is_for_good, found.what) == (False, what)


@pytest.mark.parametrize(
    "content",
    [
        *(reports.away(), reports.read_receipt(), reports.about_another_report()),
        reports.postfix("2.0.0", "delivered", "250 ok"),
        reports.postfix("2.0.0", "relayed", "250 ok"),
        reports.of_several(("failed", "5.1.1"), ("delivered", "2.0.0")),
        reports.postfix(action="exploded"),
        *(b"", b"\r\n", b"\x00\xff\xfe" * 1000, b"Content-Type: multipart/report\n\n"),
        b"Content-Type: message/delivery-status\n\n",
        NESTED,
        # What would be a report comes only after all that anybody reads.
        b"Subject: x\n" * 60_000 + reports.postfix(),
    ],
    ids=[
        *("away", "read-receipt", "report-in-tow", "delivered", "relayed"),
        *("one-of-several-got-it", "no-known-action", "empty", "blank", "garbage"),
        *("no-boundary", "empty-status", "nested", "long-head"),
    ],
)
def test_whatever_else_comes_back_says_nothing(content: bytes) -> None:
    assert report.read(content) is None


def _spoilt(content: bytes, at: float, cut: int, put: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + put + content[place + cut :]


WHOLE = [
    *(reports.postfix(), reports.exchange(), reports.gmail()),
    *(reports.global_report(), reports.of_several(("failed", "5.1.1"))),
]


@given(
    st.sampled_from(WHOLE),
    st.floats(0, 1),
    st.integers(0, 400),
    st.binary(max_size=60),
)
def test_a_spoilt_report_is_read_or_is_none(
    content: bytes, at: float, cut: int, put: bytes
) -> None:
    _is_sound(report.read(_spoilt(content, at, cut, put)))


@given(st.binary(max_size=4000))
def test_garbage_is_none(content: bytes) -> None:
    head = b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n"
    status = b"Content-Type: message/delivery-status\r\n\r\n"
    for each in (content, head + content, head + status + content, status + content):
        _is_sound(report.read(each))


def _is_sound(found: Report | None) -> None:
    if found is not None:
        assert len(found.reply) <= LONGEST_REPLY
        assert found.reply.isprintable()
        assert len(found.status) <= len("5.123.123")


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_a_return_address_names_its_message_however_it_is_spelt(
    message_id: UUID, signature: bytes
) -> None:
    made = verp.address(BASE, message_id, signature)
    wanted = Returned(message_id, signature[: verp.SIGNATURE_BYTES])

    assert len(made.partition("@")[0]) <= 64
    for spelt in (made, made.upper(), f"<{made}>", made.title()):
        assert verp.read(BASE, spelt) == wanted


@given(st.text(max_size=80))
def test_no_other_address_is_read_as_one(text: str) -> None:
    for spelt in (text, f"bounces+{text}@ict.example.org", f"{text}@ict.example.org"):
        found = verp.read(BASE, spelt)
        assert found is None or len(found.signature) == verp.SIGNATURE_BYTES
    assert verp.read(BASE, f"bounces+{'a' * 45}@elsewhere.example") is None
    assert verp.read(BASE, f"others+{'a' * 45}@ict.example.org") is None


@pytest.mark.parametrize(
    "base", ["", "bounces", "@host", "a+b@host", f"{'a' * 19}@host", "a@"]
)
def test_what_can_take_nothing_back_is_said_at_once(base: str) -> None:
    with pytest.raises(ValueError, match="cannot take mail back"):
        verp.address(base, UUID(int=0), b"")
