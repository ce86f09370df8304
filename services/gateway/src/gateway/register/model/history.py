"""The history of a school's identity: its URNs, and what it was called before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gateway.register.model import england
from gateway.register.model.changes import Identity, Past
from gateway.register.model.facts import Facts, Known
from gateway.register.model.links import Link
from gateway.register.model.reading import Row


class History:
    """Dates a school's URNs by the file, else by the links, else by what is stored."""

    def __init__(self, rows: Mapping[int, Row], today: date) -> None:
        self._rows = rows
        self._today = today

    def identities(
        self, row: Row, known: Known | None, facts: Facts, chain: Sequence[Link]
    ) -> list[Identity]:
        """The present URN and those before it; the newest first."""
        ended = facts.closed_on if facts.status == "closed" else None
        found = [Identity(row.urn, facts.opened_on, ended)]
        for link in chain:
            began = self._told(link.predecessor, known, "opened_on")
            found.append(Identity(link.predecessor, began, self._over_on(link)))
        return found

    def _told(self, urn: int, known: Known | None, name: str) -> date | None:
        row = self._rows.get(urn)
        value = row.values.get(name) if row else None
        if value is None and known is not None and known.urn == urn:
            value = getattr(known, name)
        return value if isinstance(value, date) else None

    def _over_on(self, link: Link) -> date | None:
        closed_on = self._told(link.predecessor, None, "closed_on")
        return (
            closed_on or link.linked_on or self._told(link.successor, None, "opened_on")
        )

    def of_chain(self, known: Known | None, chain: Sequence[Link]) -> Iterator[Past]:
        """What the predecessors of a chain were called."""
        for link in chain:
            row = self._rows.get(link.predecessor)
            if known is not None and known.urn == link.predecessor:
                named = (known.laestab, known.la_code, known.name)
            elif row is not None:
                laestab = row.values.get("laestab")
                told = None if laestab is None else str(laestab)
                named = (told, row.la_code, str(row.values["name"]))
            else:
                continue
            yield Past(link.predecessor, *named, self._over_on(link), link.kind)

    def renaming(
        self, known: Known, facts: Facts, chain: Sequence[Link]
    ) -> Iterator[Past]:
        """What a school was called before this change of its name or LA."""
        if chain:
            return
        reason, until = None, self._today
        if known.la_code != facts.la_code:
            reason = "authority"
            began = england.AUTHORITIES.get(facts.la_code)
            until = (began.began_on if began else None) or until
        elif known.name != facts.name:
            reason = "renamed"
        elif known.laestab != facts.laestab and known.laestab is not None:
            reason = "renumbered"
        if reason is not None:
            yield Past(
                known.urn, known.laestab, known.la_code, known.name, until, reason
            )
