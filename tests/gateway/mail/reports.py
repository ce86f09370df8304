"""Delivery reports as mail servers write them, in shapes of their own."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from textwrap import dedent

TO = "teacher@example.org"


def postfix(
    status: str = "5.1.1",
    action: str = "failed",
    said: str = f"550 5.1.1 <{TO}>: Recipient address rejected: User unknown",
) -> bytes:
    """A bounce (or a warning) of Postfix: its own fields, the message behind it."""
    return _written(f"""\
        Return-Path: <>
        Received: by mail.example.net (Postfix) id 4F00A1; Sat, 28 Nov 2026 12:00:00 GMT
        Date: Sat, 28 Nov 2026 12:00:00 +0000 (GMT)
        From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: bounces@ict.example.org
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4F00A1.1795867200/mail.example.net"
        Message-Id: <20261128120000.4F00A2@mail.example.net>

        This is a MIME-encapsulated message.

        --4F00A1.1795867200/mail.example.net
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mail.example.net.
        I'm sorry to have to inform you that your message could not be delivered.

        --4F00A1.1795867200/mail.example.net
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.net
        X-Postfix-Queue-ID: 4F00A1
        X-Postfix-Sender: rfc822; bounces@ict.example.org
        Arrival-Date: Sat, 28 Nov 2026 11:59:58 +0000 (GMT)

        Final-Recipient: rfc822; {TO}
        Original-Recipient: rfc822;{TO}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.example.org
        Diagnostic-Code: smtp; {said}

        --4F00A1.1795867200/mail.example.net
        Content-Description: Undelivered Message
        Content-Type: message/rfc822

        From: Joinedup <no-reply@joinedup.example>
        To: {TO}
        Subject: Ticket 1001 is resolved

        Hello Teacher,
        Status: 2.0.0 is a line of the text, and no field.

        --4F00A1.1795867200/mail.example.net--
        """)


def exchange() -> bytes:
    """One of Exchange Online: pages of words, then the fields, then headers alone."""
    return _written(f"""\
        From: <postmaster@contoso.example>
        To: <bounces@ict.example.org>
        Date: Sat, 28 Nov 2026 12:00:00 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="9e2d3f-contoso"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-GB
        Message-ID: <d8f1b2@contoso.example>
        In-Reply-To: <0@joinedup>
        Subject: Undeliverable: Ticket 1001 is resolved
        Auto-Submitted: auto-replied
        MIME-Version: 1.0

        --9e2d3f-contoso
        Content-Type: multipart/alternative; differences=Content-Type;
        \tboundary="1c2a-contoso"

        --1c2a-contoso
        Content-Type: text/plain; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        Your message to {TO} couldn't be delivered.=20

        --1c2a-contoso
        Content-Type: text/html; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        <html><body><p>Your message couldn't be delivered.</p></body></html>

        --1c2a-contoso--

        --9e2d3f-contoso
        Content-Type: message/delivery-status

        Reporting-MTA: dns;LO2P123MB0001.GBRP123.PROD.OUTLOOK.EXAMPLE
        Received-From-MTA: dns;mail.example.net
        Arrival-Date: Sat, 28 Nov 2026 11:59:59 +0000

        Original-Recipient: rfc822;{TO}
        Final-Recipient: rfc822;{TO}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
        \t{TO} not found by SMTP address lookup

        --9e2d3f-contoso
        Content-Type: text/rfc822-headers

        From: Joinedup <no-reply@joinedup.example>
        To: {TO}

        --9e2d3f-contoso--
        """)


def gmail() -> bytes:
    """One of Gmail: a picture beside its words, a diagnostic over several lines."""
    return _written(f"""\
        Return-Path: <>
        Content-Type: multipart/report; boundary="00000000000b42";
         report-type=delivery-status
        To: bounces@ict.example.org
        Received: by 2002:a05:600c with SMTP id x1; Sat, 28 Nov 2026 12:00:00 -0800
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        X-Failed-Recipients: {TO}
        Message-ID: <656.b42@mx.google.example>
        Date: Sat, 28 Nov 2026 12:00:00 -0800 (PST)

        --00000000000b42
        Content-Type: multipart/related; boundary="00000000000b43"

        --00000000000b43
        Content-Type: multipart/alternative; boundary="00000000000b44"

        --00000000000b44
        Content-Type: text/plain; charset="UTF-8"

        ** Address not found **

        --00000000000b44--
        --00000000000b43
        Content-Type: image/png; name="icon.png"
        Content-Transfer-Encoding: base64

        iVBORw0KGgo=
        --00000000000b43--
        --00000000000b42
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.example
        Arrival-Date: Sat, 28 Nov 2026 12:00:00 -0800 (PST)
        X-Original-Message-ID: <0@joinedup>

        Final-Recipient: rfc822; {TO}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; aspmx.l.google.example. (2a00:1450::1b, for example.org.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does
         not exist. Please try double-checking the recipient's email address for typos.
        Last-Attempt-Date: Sat, 28 Nov 2026 12:00:00 -0800 (PST)

        --00000000000b42
        Content-Type: message/rfc822

        From: Joinedup <no-reply@joinedup.example>
        To: {TO}
        Subject: Ticket 1001 is resolved

        Hello.
        --00000000000b42--
        """)


def global_report() -> bytes:
    """One for an address in another script (RFC 6533)."""
    return _written("""\
        From: postmaster@example.net
        To: bounces@ict.example.org
        Subject: Delivery Notification
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=global-delivery-status;
         boundary="g1"

        --g1
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Nobody here is called jürgen.

        --g1
        Content-Type: message/global-delivery-status
        Content-Transfer-Encoding: 8bit

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: utf-8; jürgen@example.org
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 no such user

        --g1--
        """)


def of_several(*actions: tuple[str, str]) -> bytes:
    """One address behind which there are others: an action and a status for each."""
    made = MIMEMultipart("report")
    made.set_param("report-type", "delivery-status")
    made["From"] = "MAILER-DAEMON@mail.example.net"
    made.attach(MIMEText("Some of them got it."))
    blocks = ["Reporting-MTA: dns; mail.example.net\n"] + [
        f"Final-Recipient: rfc822; {nth}@example.org\n"
        f"Action: {action}\nStatus: {code}\n"
        for nth, (action, code) in enumerate(actions)
    ]
    parsed = BytesParser().parsebytes(
        b"Content-Type: message/delivery-status\n\n" + "\n".join(blocks).encode()
    )
    made.attach(parsed)
    return made.as_bytes()


def away() -> bytes:
    """Somebody's program answers that they are away."""
    made = EmailMessage()
    made["From"], made["To"] = TO, "bounces@ict.example.org"
    made["Subject"] = "Out of office: Ticket 1001 is resolved"
    made["Auto-Submitted"] = "auto-replied (vacation)"
    made.set_content("I am away till Monday.\nAction: failed\nStatus: 5.1.1\n")
    return made.as_bytes()


def read_receipt() -> bytes:
    """A receipt (RFC 8098), which is a report of another kind."""
    return _written(f"""\
        From: {TO}
        To: bounces@ict.example.org
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=disposition-notification;
        \tboundary="m1"

        --m1
        Content-Type: text/plain

        It was read.

        --m1
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822;{TO}
        Disposition: manual-action/MDN-sent-manually; displayed
        Action: failed
        Status: 5.1.1

        --m1--
        """)


def about_another_report() -> bytes:
    """An answer that has a delivery report in tow, as a message within it."""
    inner = postfix().decode()
    head = "From: x@example.org\nTo: bounces@ict.example.org\nMIME-Version: 1.0\n"
    kind = 'Content-Type: multipart/mixed; boundary="zz"\n\n'
    part = "--zz\nContent-Type: message/rfc822\n\n"
    return f"{head}{kind}{part}{inner}\n--zz--\n".encode()


def _written(text: str) -> bytes:
    return dedent(text).replace("\n", "\r\n").encode("utf-8")
