"""Compares a file of the register with what the directory has."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gateway.register.model import changes, succession
from gateway.register.model import links as linking
from gateway.register.model.changes import Change, Difference, Relation
from gateway.register.model.facts import Facts, Known, Value, facts_of
from gateway.register.model.history import History
from gateway.register.model.links import Link, Links
from gateway.register.model.reading import Register, Row
from gateway.register.model.succession import Held, Succession


@dataclass(frozen=True, slots=True)
class Scope:
    """The LAs within which an import takes effect."""

    la_codes: frozenset[str]

    def holds(self, la_code: str) -> bool:
        return la_code in self.la_codes


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would change, and how many rows change nothing or are left out."""

    changes: Sequence[Change]
    unchanged: int
    left_out: Mapping[str, int]
    compared: int
    """Schools of the file that the directory has."""
    absent: int
    """Schools of the directory, not closed, that the file does not name."""


def compare(
    register: Register, links: Links, held: Held, scope: Scope, today: date
) -> Comparison:
    """Say what a file changes; rows are judged one by one, in the file's order."""
    rows = {row.urn: row for row in register.rows}
    decided = succession.decide(links.links.values(), rows, held)
    comparing = _Comparing(rows, held, decided, scope, today)
    found = [change for row in register.rows for change in comparing.change_of(row)]
    linked = comparing.with_relations(found)
    absent = sum(
        known.status != "closed" and scope.holds(known.la_code)
        for urn, known in held.schools.items()
        if urn not in rows and urn not in decided.taken
    )
    return Comparison(
        linked,
        comparing.unchanged - (len(linked) - len(found)),
        Counter(register.left_out) + comparing.left_out,
        comparing.compared,
        absent,
    )


class _Comparing:
    def __init__(
        self,
        rows: Mapping[int, Row],
        held: Held,
        decided: Succession,
        scope: Scope,
        today: date,
    ) -> None:
        self._rows = rows
        self._held = held
        self._decided = decided
        self._scope = scope
        self._history = History(rows, today)
        self.unchanged = 0
        self.compared = 0
        self.left_out: Counter[str] = Counter()

    def change_of(self, row: Row) -> Iterator[Change]:
        """Yield the one change of a row, if there is any."""
        if row.urn in self._decided.taken:
            # Its successor's row speaks for it.
            return
        chain = list(self._decided.chain(row.urn))
        row = self._with_phase(row, chain)
        root = chain[-1].predecessor if chain else row.urn
        known = self._held.schools.get(root)
        reason = self._left_out(row, known)
        if reason is not None:
            self.left_out[reason] += 1
        elif known is None:
            yield self._new(row, chain)
        elif known.la_code != row.la_code and not self._within(known, row):
            self.left_out[changes.BORDER] += 1
            yield self._at_border(row, known)
        else:
            yield from self._known(row, known, chain)

    def _with_phase(self, row: Row, chain: Sequence[Link]) -> Row:
        """A successor whose phase the file does not tell has its predecessor's."""
        earlier = (self._rows.get(link.predecessor) for link in chain)
        phases = (each.phase for each in (row, *earlier) if each and each.phase)
        return replace(row, phase=next(phases, None))

    def _left_out(self, row: Row, known: Known | None) -> str | None:
        if row.urn in self._held.earlier:
            return changes.EARLIER
        concerned = {row.la_code, known.la_code if known else row.la_code}
        if not concerned & self._scope.la_codes:
            return changes.OUTSIDE
        if row.urn in self._decided.awaited:
            return changes.AWAITED
        return changes.NO_PHASE if not (known or row.phase) else None

    def _within(self, known: Known, row: Row) -> bool:
        return self._scope.holds(known.la_code) and self._scope.holds(row.la_code)

    def _at_border(self, row: Row, known: Known) -> Change:
        moved = Difference("la_code", known.la_code, row.la_code)
        la = next(c for c in (row.la_code, known.la_code) if self._scope.holds(c))
        return Change(
            changes.BORDER,
            row.urn,
            str(row.values["name"]),
            la,
            row.line,
            differences=[moved],
        )

    def _new(self, row: Row, chain: Sequence[Link]) -> Change:
        facts = _first_facts(row)
        return Change(
            changes.NEW,
            row.urn,
            facts.name,
            row.la_code,
            row.line,
            facts=facts,
            identities=self._history.identities(row, None, facts, chain),
            past=list(self._history.of_chain(None, chain)),
        )

    def _known(self, row: Row, known: Known, chain: Sequence[Link]) -> Iterator[Change]:
        self.compared += 1
        told = _told(row, known, chain)
        differences = [
            Difference(name, before, after)
            for name, after in told.items()
            if (before := getattr(known, name)) != after
        ]
        if not differences:
            self.unchanged += 1
            return
        facts = facts_of(known, told)
        moved = known.la_code != row.la_code
        yield Change(
            _kind(known, facts, chain),
            row.urn,
            facts.name,
            row.la_code,
            row.line,
            known.school_id,
            known.la_code if moved else None,
            differences,
            facts,
            self._history.identities(row, known, facts, chain),
            [
                *self._history.of_chain(known, chain),
                *self._history.renaming(known, facts, chain),
            ],
        )

    def with_relations(self, found: list[Change]) -> list[Change]:
        """Add the links between schools that stay two, where they are not stored."""
        ends = self._ends()
        for number, change in enumerate(found):
            relations = ends.pop(change.urn, ())
            if relations and change.kind != changes.BORDER:
                found[number] = _related(change, relations)
        more = [
            Change(
                changes.LINKED,
                urn,
                known.name,
                known.la_code,
                None,
                known.school_id,
                relations=relations,
            )
            for urn, relations in ends.items()
            if (known := self._held.schools.get(urn)) is not None
            and self._scope.holds(known.la_code)
        ]
        return [*found, *more]

    def _ends(self) -> dict[int, list[Relation]]:
        """Both ends of each link, by the URN under which the school is now read."""
        heads = {
            link.predecessor: urn
            for urn in self._decided.takes
            if urn not in self._decided.taken
            for link in self._decided.chain(urn)
        }
        ends: defaultdict[int, list[Relation]] = defaultdict(list)
        for link in self._decided.links:
            if self._now(link.predecessor, heads) == self._now(link.successor, heads):
                continue
            for urn, other, relation in (
                (link.predecessor, link.successor, "successor"),
                (link.successor, link.predecessor, "predecessor"),
            ):
                if (urn, other) in self._held.linked:
                    continue
                told = Relation(urn, other, relation, link.kind, link.linked_on)
                ends[self._now(urn, heads)].append(told)
        return ends

    def _now(self, urn: int, heads: Mapping[int, int]) -> int:
        """Follow a URN to that under which its school is read after the import."""
        known = self._held.earlier.get(urn)
        now = known.urn if known else urn
        return heads.get(now, now)


def _related(change: Change, relations: Sequence[Relation]) -> Change:
    into = any(
        relation.relation == "successor" and relation.kind != linking.SPLIT
        for relation in relations
    )
    kind = changes.MERGED if into and change.kind == changes.CLOSED else change.kind
    return replace(change, kind=kind, relations=relations)


def _first_facts(row: Row) -> Facts:
    values: dict[str, Any] = {**row.values, "phase": row.phase}
    return Facts(**values)


def _told(row: Row, known: Known, chain: Sequence[Link]) -> dict[str, Value]:
    """The values that replace what is stored, with what follows from them."""
    told = dict(row.values)
    is_moved = known.la_code != row.la_code or bool(chain)
    if is_moved and "laestab" not in told:
        # The old number was another authority's or establishment's.
        told["laestab"] = None
    if chain and "opened_on" not in told:
        told["opened_on"] = chain[0].linked_on
    if told["status"] != "closed":
        told["closed_on"] = told.get("closed_on")
    return told


def _kind(known: Known, facts: Facts, chain: Sequence[Link]) -> str:
    if chain:
        return changes.CONVERTED
    if known.la_code != facts.la_code:
        return changes.MOVED
    if facts.status == "closed" != known.status:
        return changes.CLOSED
    return changes.CHANGED
