"""What an enrolment key is, and what may become of it; no I/O."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target
from chassis.auth import Access, Actor
from contracts import roles

WRITERS = frozenset({roles.SCHOOL_TECHNICIAN, roles.LA_TECHNICIAN, roles.LA_MANAGER})
ACCESS = Access(read=WRITERS | {roles.AUDITOR}, write=WRITERS)
MAKING = Access(read=roles.NAMED_SCHOOLS, write=WRITERS)
"""Who may not make one is told so (403) where they know the school, else 404."""
FINDER = Actor("service:agents", "service")
"""As this the service finds whose a key is; its scope holds no LA and no school."""
MOST_KEYS = 500
"""In use, of one school: one for each room of a large one is far fewer."""
USUAL_OVERLAP_HOURS = 14 * 24
"""Time to put another key on every machine, and for those that are seldom on."""
MOST_OVERLAP_HOURS = 90 * 24
PREFIX = "jek-"
_RANDOM_BYTES = 20
_HINT = len(PREFIX) + 4
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class EnrolmentKey:
    """A school's key, as it stands at `version`; times are UTC.

    `hint` is how it begins. `earlier_ends_at` says until when the key before it is
    taken as well.
    """

    key_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    name: str
    hint: str
    made_by: str
    made_at: datetime
    earlier_ends_at: datetime | None
    last_used_at: datetime | None
    withdrawn_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Made:
    """A key, and its letters where they were just made."""

    known: EnrolmentKey
    key: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a key is."""

    key_id: UUID
    la_code: str
    school_id: UUID
    is_stale: bool
    """It is an hour since its use was noted."""


class EnrolmentKeyNotFound(errors.NotFound):
    """No such key, or none that the caller may know of: said alike."""

    slug = "enrolment-key-not-found"
    title = "There is no such enrolment key within your scope"


class EnrolmentKeyWithdrawn(errors.Conflict):
    """A key that was withdrawn is taken no more."""

    slug = "enrolment-key-withdrawn"
    title = "This enrolment key was withdrawn"


class TooManyEnrolmentKeys(errors.Conflict):
    """The school has as many keys in use as it may."""

    slug = "too-many-enrolment-keys"
    title = "The school has as many enrolment keys as it may: withdraw one"

    def __init__(self) -> None:
        super().__init__(most=MOST_KEYS)


class EnrolmentKeyRefused(errors.Unauthenticated):
    """The key is none, is withdrawn, or is another school's: said alike."""

    slug = "enrolment-key-refused"
    title = "Send the school's URN and its enrolment key by HTTP Basic"
    # The agents find the realm by a greedy pattern: nothing may follow it.
    challenge = 'Basic realm="Joinedup agents"'


def fresh_key() -> str:
    """Make the letters of a key: small ones and digits, so that they can be typed."""
    drawn = base64.b32encode(secrets.token_bytes(_RANDOM_BYTES)).decode("ascii")
    return PREFIX + drawn.lower()


def hash_of(key: str) -> bytes:
    return sha256(b"joinedup enrolment key\0" + key.encode()).digest()


def hint_of(key: str) -> str:
    return key[:_HINT]


def standing(key: EnrolmentKey) -> EnrolmentKey:
    """Vouch that a key is still taken.

    Raises:
        EnrolmentKeyWithdrawn: it is not.
    """
    if key.withdrawn_at is not None:
        raise EnrolmentKeyWithdrawn
    return key


def recorded(what: Literal["made", "rotated", "withdrawn"], key: EnrolmentKey) -> Entry:
    """Say as the audit has it what became of a key."""
    target = Target("enrolment-key", key.key_id, key.la_code, key.school_id)
    after = {
        "school_urn": key.school_urn,
        "name": key.name,
        "hint": key.hint,
        "earlier_ends_at": key.earlier_ends_at,
    }
    return Entry(f"enrolment-key.{what}", target, after=after)
