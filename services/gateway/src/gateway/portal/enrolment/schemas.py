"""What inventory answers of enrolment keys and refusals, and what the browser sends."""

from datetime import date, datetime
from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class Key(Answer):
    """An enrolment key, without its letters."""

    key_id: UUID
    school_urn: int
    name: str
    hint: str
    made_at: datetime
    earlier_ends_at: datetime | None = None
    last_used_at: datetime | None = None
    withdrawn_at: datetime | None = None
    version: int


class Made(Key):
    """A key with its letters, which are said once."""

    enrolment_key: str | None = None


class Refused(Answer):
    """How often agents were refused on a day, and why."""

    on_day: date
    reason: str
    times: int
    last_at: datetime


class KeyForm(FormBody):
    """What a new key is for."""

    name: str = ""
    once: str = ""


class VersionForm(FormBody):
    """The version that was looked at."""

    version: int = 0
