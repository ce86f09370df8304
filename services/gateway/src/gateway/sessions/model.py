"""A session's values and the rules of its life: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from chassis import errors

COOKIE = "__Host-joinedup"
TOUCH_AFTER = timedelta(minutes=1)
RETRY_AFTER = timedelta(seconds=30)


class SignInNeeded(errors.Unauthenticated):
    """There is no live session."""

    slug = "sign-in-needed"
    title = "Sign in first"


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lives unused, at most, and without an answering Keycloak."""

    idle: timedelta
    absolute: timedelta
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Viewing:
    """As whom a session's person looks, in which LAs' records, and until when."""

    person_id: UUID
    la_codes: list[str]
    until: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    session_hash: bytes
    keycloak_sid: str
    principal: str
    display_name: str
    tokens: bytes
    created_at: datetime
    last_seen_at: datetime
    refresh_at: datetime
    unreachable_since_at: datetime | None
    viewing_as: UUID | None = None
    viewing_las: list[str] | None = None
    viewing_until: datetime | None = None
    device: str = ""
    """What they signed in with, in words; "" where nothing told."""
    authenticated_at: datetime | None = None
    """When they last proved at Keycloak who they are."""

    @property
    def viewing(self) -> Viewing | None:
        if self.viewing_as is None or self.viewing_until is None:
            return None
        return Viewing(self.viewing_as, self.viewing_las or [], self.viewing_until)


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that is no more, and as whom its person looked, if they did."""

    principal: str
    viewing_as: UUID | None
    viewing_las: list[str] | None


@dataclass(frozen=True, slots=True)
class Seat:
    """One of somebody's sessions, as they see it."""

    session_hash: bytes
    created_at: datetime
    last_seen_at: datetime
    device: str


def hash_of(cookie: str) -> bytes:
    return sha256(cookie.encode("utf-8", "replace")).digest()


def is_over(session: Session, lifetimes: Lifetimes, now: datetime) -> bool:
    waited = session.unreachable_since_at
    return (
        now - session.last_seen_at > lifetimes.idle
        or now - session.created_at > lifetimes.absolute
        or (waited is not None and now - waited > lifetimes.grace)
    )
