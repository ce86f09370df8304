"""What somebody who looks as another may see, and what is kept from them: pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from chassis import errors
from chassis.audit.model import Entry, Target, Values
from chassis.auth import Access, Actor, Grant
from contracts import roles
from gateway.sessions.model import Viewing

VIEWERS = frozenset({roles.LA_MANAGER})
ACCESS = Access(read=VIEWERS)
LASTING = timedelta(minutes=30)
STOP = "/viewing/stop"
LEAVING = frozenset({STOP, "/logout"})
"""The forms that may be sent while somebody looks as another: each ends it."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# One's own account, what is held of somebody, the record of who did what, and all that
# leaves as a file.
_WITHHELD = re.compile(
    r"/account(/.*)?"
    r"|/authorities/[^/]+/audit(\..*)?"
    r"|/api/directory/v1/me/.+"
    r"|/api/[^/]+/v1/audit"
    r"|.*/data(\.json)?"
    r"|.*\.(csv|xlsx)"
)

How = Literal["stopped", "over", "withdrawn", "session-ended"]
"""How looking as somebody ended: by the form, its time, a right, or with all."""


class NotToBeViewed(errors.Forbidden):
    """Nobody looks as themselves, nor as whom their LA has no part in."""

    slug = "not-to-be-viewed"
    title = "You cannot see what this person sees"


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody as an administrator looks as them, and the LAs that both are in."""

    actor: Actor
    display_name: str
    la_codes: list[str]


def narrowed(
    grants: Collection[Grant], las: Collection[str], schools: Collection[UUID]
) -> tuple[Grant, ...]:
    """Keep of each grant the LAs and schools that are the administrator's, too.

    A role that is held nowhere else falls away whole.
    """
    kept = (
        Grant(
            grant.role,
            tuple(la for la in grant.la_codes if la in las),
            tuple(school for school in grant.school_ids if school in schools),
        )
        for grant in grants
    )
    return tuple(grant for grant in kept if grant.la_codes or grant.school_ids)


def may_view(actor: Actor, person_id: UUID, la_codes: Collection[str | None]) -> bool:
    """Say whether somebody may look as a person of some LAs."""
    return (
        actor.behind is None
        and actor.principal != str(person_id)
        and not set(actor.las(VIEWERS)).isdisjoint(la_codes)
    )


def is_withheld(method: str, path: str) -> bool:
    """Say whether a request is none for who looks as somebody else."""
    if method not in SAFE_METHODS:
        return path not in LEAVING
    return _WITHHELD.fullmatch(path) is not None


def began(principal: str, viewing: Viewing) -> list[Entry]:
    said = {"until": viewing.until}
    return _recorded("began", principal, viewing.person_id, viewing.la_codes, said)


def ended(
    principal: str, person_id: UUID, la_codes: Sequence[str], how: How
) -> list[Entry]:
    return _recorded("ended", principal, person_id, la_codes, {"how": how})


def _recorded(
    happened: str,
    principal: str,
    person_id: UUID,
    la_codes: Sequence[str],
    said: Values,
) -> list[Entry]:
    """Say it in the record of each LA that both are in, as the administrator's."""
    return [
        Entry(
            f"viewing.{happened}",
            Target("person", person_id, la_code),
            after=said,
            principal=principal,
        )
        for la_code in la_codes
    ]
