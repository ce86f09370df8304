"""What a request says of its caller, and whether it came from our own pages: pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis import errors
from chassis.auth import Actor
from gateway.viewing import model as viewing

RawHeaders = Sequence[tuple[bytes, bytes]]
SAFE_METHODS = viewing.SAFE_METHODS
LONGEST_COOKIE = 256
UNATTENDED = b"joinedup-unattended"
WHO = "joinedup.who"
"""Under this name a request's scope keeps its caller, once they are known."""
VIEWING = "joinedup.viewing"
"""Under this name it keeps whether they look as somebody else."""
LIMIT = "joinedup.limit"
"""Under this name it keeps the header fields that say what a client has left."""


class ForeignSite(errors.Forbidden):
    """The browser says that another site's page sent this."""

    slug = "foreign-site"
    title = "This did not come from a page of Joinedup"


class FormExpired(errors.Forbidden):
    """The form's token is missing or belongs to another session."""

    slug = "form-expired"
    title = "This form is no longer valid; open the page again"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person, with what a page needs to speak for them.

    Where they look as somebody else, `actor` and `display_name` are that person's.
    """

    actor: Actor
    display_name: str
    csrf_token: str
    session_id: bytes
    administrator: Actor | None = None
    """Who really looks, where it is not the person that the page is drawn for."""

    @property
    def themselves(self) -> Actor:
        """Whose name stands in the record."""
        return self.administrator or self.actor


def signed(session_hash: bytes, is_viewing: bool) -> bytes:
    """Say what a form's token signs: one that was drawn for another is no form of ours.

    It would otherwise do, once that is over, in one's own name what it offered to them.
    """
    return session_hash + b"viewing" if is_viewing else session_hash


def header_of(headers: RawHeaders, name: bytes) -> str | None:
    return next((v.decode("latin-1") for n, v in headers if n == name), None)


def cookie_of(headers: RawHeaders, name: str) -> str | None:
    """Read one cookie; a name that is sent twice counts as not sent."""
    pairs = (
        pair.strip().partition("=")
        for n, value in headers
        if n == b"cookie"
        for pair in value.decode("latin-1").split(";")
    )
    found = [value for key, _, value in pairs if key == name]
    if len(found) != 1 or not 0 < len(found[0]) <= LONGEST_COOKIE:
        return None
    return found[0]


def is_unattended(headers: RawHeaders) -> bool:
    """Say whether a page of ours asks by itself, with nobody at it."""
    return header_of(headers, UNATTENDED) is not None


def bearer_of(headers: RawHeaders) -> str | None:
    """Read the bearer token; None where no Authorization was sent at all.

    Raises:
        errors.Unauthenticated: another scheme, or no token behind it.
    """
    sent = header_of(headers, b"authorization")
    if sent is None:
        return None
    scheme, _, token = sent.partition(" ")
    if scheme.lower() != "bearer" or not token or not token.isascii():
        raise errors.Unauthenticated
    return token


def require_own_site(method: str, headers: RawHeaders, origin: str) -> None:
    """Refuse a change that a browser with our cookie was made to send from elsewhere.

    Raises:
        ForeignSite: neither Sec-Fetch-Site nor Origin says that it is ours.
    """
    if method in SAFE_METHODS:
        return
    sent_origin = header_of(headers, b"origin")
    site = header_of(headers, b"sec-fetch-site")
    if sent_origin is not None and sent_origin != origin:
        raise ForeignSite
    if site is None and sent_origin is None:
        raise ForeignSite
    if site is not None and site not in {"same-origin", "none"}:
        raise ForeignSite
