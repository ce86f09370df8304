"""Which answers are recorded, and how a flood of refusals stays a few entries; pure."""

import contextlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from chassis.audit.model import Entry, Outcome, Target, Values
from chassis.auth import Access, Actor
from contracts import roles

ACCESS = Access(read=roles.AUDIT_READERS)
NAMING = Access(read=roles.LA_WIDE | {roles.SCHOOL_LEADER})
"""Who knows the people of their scope by name."""
REFUSED = frozenset({401, 403})
NOT_FOUND = 404
SIGN_IN = "/login/callback"
NOBODY = "nobody"
MOST_PLACES = 3
"""Who holds roles in more LAs than this belongs to none of them."""
WINDOW_SECONDS = 60.0
MOST_TALLIES = 100
"""Callers told apart within a window; those beyond are counted together."""
MOST_MISSED = 1000
"""The same of those who asked for what is not there: each by the route as well."""
_ID = re.compile(
    r"(?<=/)(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{3,10})(?=/|\.|$)"
)
"""What names a single thing in an address: an id, a URN, an LA's code."""
_ASKED_FOR = re.compile(
    r"(?:^|&)(?:school|[a-z_]*urns?|la_code|[a-z_]+_ids?)=[0-9a-f-]{3,36}(?=&|,|$)"
)
"""The same in what is asked beside it."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Place:
    """An LA in whose record somebody belongs; and the school, where it is one."""

    la_code: str
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is told beside who did what: of what, and whence where that is not here."""

    before: Values = field(default_factory=dict[str, object])
    after: Values = field(default_factory=dict[str, object])
    source: str | None = None
    outcome: Outcome = "done"


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked: its method, path, and query without the `?`."""

    method: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was refused: whose, and what of.

    `route` is the address without what it names, and said only where that is not there
    for them: whether it is anybody's the gateway does not know, and must not tell.
    """

    actor: Actor | None
    source: str
    status: int
    method: str
    path: str
    trace_id: str | None
    times: int = 1
    route: str = ""

    @property
    def principal(self) -> str:
        return self.actor.principal if self.actor else NOBODY


@dataclass(slots=True)
class _Tally:
    last: Refused
    ends: float
    more: int = 0


@dataclass(slots=True)
class Tallies:
    """The first refusal of a caller is told at once, the rest of a minute as one."""

    most: int = MOST_TALLIES
    _kept: dict[tuple[str, str, int, str], _Tally] = field(
        default_factory=dict[tuple[str, str, int, str], _Tally]
    )

    def note(self, refused: Refused, now: float) -> Refused | None:
        """Count a refusal; return it when it is to be told at once."""
        # Signing in apart: what else was refused must not stand in its place.
        kind = SIGN_IN if refused.path == SIGN_IN else refused.route
        who = (refused.principal, refused.source, refused.status, kind)
        if who not in self._kept and len(self._kept) >= self.most:
            who = (NOBODY, "", refused.status, "")
            refused = replace(refused, actor=None, source="", path="", route="")
        tally = self._kept.get(who)
        if tally is None:
            self._kept[who] = _Tally(refused, now + WINDOW_SECONDS)
            return refused
        tally.last, tally.more = refused, tally.more + 1
        return None

    def over(self, now: float) -> list[Refused]:
        """Give out what was counted in windows that are over."""
        ended = [who for who, tally in self._kept.items() if tally.ends <= now]
        tallies = [self._kept.pop(who) for who in ended]
        return [replace(t.last, times=t.more) for t in tallies if t.more]


def missed_route(method: str, path: str, query: str) -> str | None:
    """Say, without what it names, the address at which something was not there.

    None: nothing was named by its id, so it was a slip in an address. What a change
    names it names in its body as well, and nobody mistypes where a form is sent.
    Nothing else that stands in an address is taken for a name: people type there.
    """
    route, named = _ID.subn("{id}", path[:_LONGEST_PATH])
    is_named = named or method not in _SAFE or _ASKED_FOR.search(query)
    return route if is_named else None


def refusal(refused: Refused, places: Sequence[Place]) -> list[Entry]:
    """Say a refusal in the record of each LA in which its caller belongs."""
    if refused.status == NOT_FOUND:
        action = "access.not-found"
    else:
        signing_in = refused.path == SIGN_IN
        action = "sign-in.refused" if signing_in else "access.refused"
    said: dict[str, object] = {"method": refused.method, "status": refused.status}
    if refused.route:
        said["route"] = refused.route
    return [
        Entry(
            action,
            _at("address", refused.path[:_LONGEST_PATH], place),
            after={**said, "times": refused.times},
            outcome="refused",
            principal=refused.principal,
            source=refused.source or None,
            trace_id=refused.trace_id,
        )
        for place in places or [None]
    ]


def event(
    action: str,
    principal: str,
    target: Target,
    places: Sequence[Place],
    said: Said = NOTHING_SAID,
) -> list[Entry]:
    """Say something in the record of each LA in which its principal belongs."""
    return [
        Entry(
            action,
            _at(target.kind, target.id, place),
            said.before,
            said.after,
            said.outcome,
            principal,
            said.source,
        )
        for place in places or [None]
    ]


def _at(kind: str, id_: object, place: Place | None) -> Target:
    if place is None:
        return Target(kind, id_)
    return Target(kind, id_, place.la_code, place.school_id)


def places_of(actor: Actor, la_of: Sequence[tuple[str, UUID]]) -> list[Place]:
    """Find the LAs in which somebody belongs; the school, where it is all they have.

    `la_of` holds each of their schools with its LA.
    """
    whole = {la for grant in actor.grants for la in grant.la_codes}
    schools: dict[str, list[UUID]] = {}
    for la_code, school_id in la_of:
        schools.setdefault(la_code, []).append(school_id)
    found = [Place(la, None) for la in sorted(whole)]
    found += [
        Place(la, ids[0] if len(ids) == 1 else None)
        for la, ids in sorted(schools.items())
        if la not in whole
    ]
    return found if len(found) <= MOST_PLACES else []


def sorted_out(
    principals: Collection[str],
) -> tuple[list[UUID], list[str], list[UUID]]:
    """Tell people, the operator's clients and those of LAs; a service has no name."""
    people: list[UUID] = []
    clients: list[str] = []
    of_las: list[UUID] = []
    for principal in sorted(principals):
        kind, _, name = principal.partition(":")
        if kind == "client":
            clients.append(name)
            with contextlib.suppress(ValueError):
                of_las.append(UUID(name))
        elif not name:
            with contextlib.suppress(ValueError):
                people.append(UUID(principal))
    return people, clients, of_las
