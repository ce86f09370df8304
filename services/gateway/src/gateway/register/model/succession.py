"""Decides whose record goes on under which URN: conversions, mergers and splits.

A school's record goes on in one successor at most, and a successor carries on one
record at most:
- a plain successor takes over its predecessor's record, however many times in a row;
- of several predecessors the largest goes on (by pupils, then the one that is stored,
  then the lower URN); the others close and point at it;
- a successor that is closed and leads nowhere takes nothing over;
- of several successors one that is open, then the one at the same postcode goes on,
  else the first to be linked, else the lower URN; the others are new.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gateway.register.model import england
from gateway.register.model.facts import Known
from gateway.register.model.links import Link
from gateway.register.model.reading import Row


@dataclass(frozen=True, slots=True)
class Held:
    """What the directory has: schools by their present URN, and their earlier URNs."""

    schools: Mapping[int, Known]
    earlier: Mapping[int, Known]
    linked: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Succession:
    """`takes`: successor to the link by which it carries a record on."""

    takes: Mapping[int, Link]
    taken: frozenset[int]
    awaited: frozenset[int]
    """Proposed establishments whose predecessor still has the record."""
    links: Iterable[Link] = field(default=())
    """Links between schools that stay two."""

    def chain(self, urn: int) -> Iterator[Link]:
        """Walk from an establishment back to the first one of its record."""
        seen = {urn}
        link = self.takes.get(urn)
        while link is not None and link.predecessor not in seen:
            seen.add(link.predecessor)
            yield link
            link = self.takes.get(link.predecessor)


def decide(links: Iterable[Link], rows: Mapping[int, Row], held: Held) -> Succession:
    """Match predecessors with successors."""
    known = [link for link in links if _meets(link, rows, held)]
    onward: defaultdict[int, set[int]] = defaultdict(set)
    for link in known:
        onward[link.predecessor].add(link.successor)
    able = [
        link
        for link in known
        if _hands_over(link, rows, held) and _lives_on(link, rows, onward)
    ]
    chosen = _one_each(able, rows, held)
    takes = {link.successor: link for link in chosen}
    return Succession(
        takes,
        frozenset(link.predecessor for link in chosen),
        frozenset(link.successor for link in known if _waits(link, rows, held)),
        [link for link in known if takes.get(link.successor) is not link],
    )


def _meets(link: Link, rows: Mapping[int, Row], held: Held) -> bool:
    """Both ends are schools that we have or read."""
    return all(
        urn in rows or urn in held.schools or urn in held.earlier
        for urn in (link.predecessor, link.successor)
    )


def _hands_over(link: Link, rows: Mapping[int, Row], held: Held) -> bool:
    """The predecessor is over, and the successor is here and has no record yet."""
    after, before = rows.get(link.successor), rows.get(link.predecessor)
    if after is None or after.is_proposed:
        return False
    has_record = link.successor in held.schools or link.successor in held.earlier
    is_over = before.is_closed if before else link.predecessor in held.schools
    return (
        is_over
        and not has_record
        and link.predecessor not in held.earlier
        and _stays_at_home(link, rows, held)
    )


def _stays_at_home(link: Link, rows: Mapping[int, Row], held: Held) -> bool:
    """Say whether both ends are of one LA, or of one that the other's became.

    The register links some schools across the country by mistake; a record must never
    pass to a stranger by one.
    """
    before, known = rows.get(link.predecessor), held.schools.get(link.predecessor)
    homes = {school.la_code for school in (before, known) if school is not None}
    became = {
        la_code
        for home in homes
        if home in england.AUTHORITIES
        for la_code in england.AUTHORITIES[home].successors
    }
    return rows[link.successor].la_code in homes | became


def _lives_on(
    link: Link, rows: Mapping[int, Row], onward: Mapping[int, set[int]]
) -> bool:
    """A successor that closed and leads nowhere carries no record on."""
    after = onward.get(link.successor, set())
    return not rows[link.successor].is_closed or bool(after - {link.predecessor})


def _waits(link: Link, rows: Mapping[int, Row], held: Held) -> bool:
    after = rows.get(link.successor)
    return (
        after is not None
        and after.is_proposed
        and link.successor not in held.schools
        and link.predecessor not in held.earlier
    )


def _one_each(links: list[Link], rows: Mapping[int, Row], held: Held) -> list[Link]:
    onward: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        onward[link.predecessor].append(link)
    back: defaultdict[int, list[Link]] = defaultdict(list)
    for several in onward.values():
        best = min(several, key=lambda link: _as_successor(link, rows, held))
        back[best.successor].append(best)
    return [
        max(several, key=lambda link: _as_predecessor(link, rows, held))
        for several in back.values()
    ]


def _as_successor(
    link: Link, rows: Mapping[int, Row], held: Held
) -> tuple[bool, bool, date, int]:
    here = _value(link.predecessor, "postcode", rows, held)
    there = _value(link.successor, "postcode", rows, held)
    same_site = here is not None and here == there
    is_over = rows[link.successor].is_closed
    return (is_over, not same_site, link.linked_on or date.max, link.successor)


def _as_predecessor(
    link: Link, rows: Mapping[int, Row], held: Held
) -> tuple[int, bool, int]:
    pupils = _value(link.predecessor, "pupils", rows, held)
    is_stored = link.predecessor in held.schools
    size = pupils if isinstance(pupils, int) else 0
    return (size, is_stored, -link.predecessor)


def _value(urn: int, name: str, rows: Mapping[int, Row], held: Held) -> object:
    known = held.schools.get(urn)
    told = rows[urn].values.get(name) if urn in rows else None
    return told if told is not None else getattr(known, name, None)
