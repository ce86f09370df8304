"""The post of the demonstration: what is sent is kept, shown, and does no harm."""

import asyncio
import smtplib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from chassis.embedded import child
from local_stack.mail import folder, model, routes
from tests.gateway.conftest import serving


@dataclass(frozen=True, slots=True)
class Office:
    """A running catcher: where it takes messages, and where it shows them."""

    smtp_port: int
    url: str
    where: Path

    async def send(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._send, message)

    def _send(self, message: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20) as server:
            server.send_message(message)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncGenerator[Office]:
    smtp_port, page_port = child.free_port(), child.free_port()
    made = Office(smtp_port, f"http://127.0.0.1:{page_port}", tmp_path / "mail")
    async with serving(routes.create_app(made.where, smtp_port), page_port):
        yield made


def written(to: str, subject: str = "Welcome") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Joinedup <no-reply@joinedup.example>"
    message["To"] = to
    message["Subject"] = subject
    message.set_content("Sign in at http://127.0.0.1:8000/ and choose a café.")
    message.add_alternative("<p onclick='x()'>Sign in</p>", subtype="html")
    return message


async def test_what_is_sent_is_read_by_whom_it_was_sent_to(office: Office) -> None:
    await office.send(written("ann@school.example", "Welcome, Ann"))
    await office.send(written("bob@school.example", "<b>Welcome</b>, Bob"))

    async with httpx.AsyncClient(base_url=office.url) as http:
        sent = (await http.get("/messages.json", params={"to": "ANN@"})).json()["items"]
        everything = (await http.get("/")).text
        page = (await http.get(f"/messages/{sent[0]['message_id']}")).text

    assert [each["subject"] for each in sent] == ["Welcome, Ann"]
    assert "&lt;b&gt;Welcome&lt;/b&gt;, Bob" in everything
    assert everything.index("Bob") < everything.index("Ann")
    assert 'href="http://127.0.0.1:8000/"' in page
    assert "choose a café" in page


async def test_a_letter_is_drawn_without_any_right(office: Office) -> None:
    await office.send(written("ann@school.example"))

    async with httpx.AsyncClient(base_url=office.url) as http:
        [sent] = (await http.get("/messages.json")).json()["items"]
        letter = await http.get(f"/messages/{sent['message_id']}/html")
        lost = await http.get("/messages/..%2f..%2fsecrets")

    assert "sandbox" in letter.headers["content-security-policy"]
    assert lost.status_code == 404


async def test_an_address_elsewhere_can_go_wrong(office: Office) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        await office.send(written(f"gone@{model.REFUSED_DOMAIN}"))
    with pytest.raises(smtplib.SMTPRecipientsRefused) as busy:
        await office.send(written(f"later@{model.BUSY_DOMAIN}"))

    said = [
        code for error in (refused, busy) for code, _ in error.value.recipients.values()
    ]
    assert said == [550, 451]
    assert folder.newest(office.where) == []


async def test_what_is_thrown_away_is_gone(office: Office) -> None:
    await office.send(written("ann@school.example"))

    async with httpx.AsyncClient(base_url=office.url) as http:
        cleared = await http.post("/clear")
        page = (await http.get("/")).text

    assert cleared.status_code == 303
    assert "Nothing was sent yet" in page


def test_the_newest_are_kept_and_what_cannot_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST", 3)
    odd = b"Subject: Odd\r\nContent-Type: text/plain; charset=klingon\r\n\r\nnuqneH"
    ids = [folder.keep(tmp_path, odd) for _ in range(5)]

    found = folder.newest(tmp_path)

    assert [each.message_id for each in found] == ids[:1:-1]
    assert "nobody here can read" in found[0].text
