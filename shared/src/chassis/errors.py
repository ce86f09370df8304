"""The families of refusals that the domain speaks in; no word of HTTP here.

A feature's own refusal is a child of one family, with a `slug` that never changes
(clients hang on it) and a `title` for people. `problems` maps family to status.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class Refusal(Exception):
    """Something that was asked for and is not done, with the reason.

    `detail` says what was wrong this time; `members` are extra machine-readable
    values of the problem (RFC 9457, section 3.2).
    """

    slug: ClassVar[str] = "refused"
    title: ClassVar[str] = "The request was refused"

    def __init__(self, detail: str = "", **members: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.members = members


class NotFound(Refusal):
    """There is no such thing within the caller's scope."""

    slug = "not-found"
    title = "Not found"


class Unreadable(Refusal):
    """What was sent is broken, whatever it was to say."""

    slug = "bad-request"
    title = "The request could not be read"


class Unsupported(Refusal):
    """What was sent is of a kind that is not taken."""

    slug = "unsupported-media-type"
    title = "This kind of content is not taken here"


class Conflict(Refusal):
    """The present state does not allow it."""

    slug = "conflict"
    title = "The present state does not allow this"


class Stale(Refusal):
    """The thing has changed since the caller read it."""

    slug = "stale"
    title = "It has changed since you read it"


class PreconditionRequired(Refusal):
    """A change must say which version it changes."""

    slug = "precondition-required"
    title = "Say which version you are changing, with If-Match"


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong value: where it is (an RFC 6901 pointer) and what is wrong."""

    pointer: str
    detail: str


class Invalid(Refusal):
    """The values given cannot be right, whatever the state."""

    slug = "invalid"
    title = "Some values are not valid"

    def __init__(
        self, detail: str = "", faults: Sequence[Fault] = (), **members: object
    ) -> None:
        if faults:
            members["errors"] = list(faults)
        super().__init__(detail, **members)
        self.faults = tuple(faults)


class Forbidden(Refusal):
    """The caller sees it, but holds no role there that may do this."""

    slug = "forbidden"
    title = "Your role does not allow this here"


class ViewingOnly(Forbidden):
    """The caller looks as somebody else: they see, and neither change nor take away."""

    slug = "viewing-only"
    title = "You are looking as somebody else, and can change nothing"


class Unauthenticated(Refusal):
    """The caller did not prove who they are."""

    slug = "unauthenticated"
    title = "Sign in first"
    challenge: ClassVar[str] = "Bearer"
    """How they may (RFC 9110, section 11.6.1)."""


class TooLarge(Refusal):
    """More was sent than is accepted."""

    slug = "too-large"
    title = "The request is too large"


class TooMany(Refusal):
    """The caller asks more often than it may; after `retry_after` seconds, again."""

    slug = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, retry_after: int, **members: object) -> None:
        super().__init__(detail, **members)
        self.retry_after = retry_after


class TimedOut(Refusal):
    """No answer came in time from a part that was needed."""

    slug = "timed-out"
    title = "This took too long"


class Unavailable(Refusal):
    """A part that is needed does not answer now; the same call may do later."""

    slug = "unavailable"
    title = "Not available just now"
    retry_after: ClassVar[int] = 2
