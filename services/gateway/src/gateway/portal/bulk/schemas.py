"""What the forms of a list send, and what the services answer to a change of many."""

from uuid import UUID

from pydantic import Field

from chassis import errors
from gateway.portal.lists.schemas import Chosen
from gateway.portal.visit.schemas import Answer, FormBody


class Outcome(Answer):
    """What came of one of many."""

    pointer: str
    result: str


class Batch(Answer):
    """What came of many."""

    batch_id: UUID
    results: list[Outcome]


class BulkForm(FormBody):
    """Which of a list are chosen, and what is to happen to them."""

    pick: list[str] = Field(default_factory=list)
    chosen: str = ""
    every: str = ""
    action: str = ""
    query: str = ""
    once: str = ""
    school_urn: str = ""
    site: str = ""
    building: str = ""
    room: str = ""
    on: str = ""
    method: str = ""
    reference: str = ""
    sheet: str = ""
    symbols: str = ""
    first: str = ""
    wiped_on: str = ""
    verified: str = ""
    done_by: str = ""
    tool: str = ""
    certificate: str = ""
    note: str = ""
    impact: str = "medium"
    urgency: str = "medium"

    def things(self) -> list[Chosen]:
        """Read what is ticked, and what was on the pages before.

        Raises:
            errors.Invalid: it is none of what a page of ours sends.
        """
        lines = [*self.pick, *self.chosen.split("\n")] if self.chosen else self.pick
        return [_chosen(line.strip()) for line in lines]


class UndoForm(FormBody):
    """Which changes of many are to be taken back."""

    batches: str = ""
    query: str = ""

    def ids(self) -> list[UUID]:
        try:
            return [UUID(each) for each in self.batches.split(",") if each]
        except ValueError:
            raise errors.Invalid from None


def written(things: list[Chosen]) -> str:
    """Write what is chosen for the next page to carry along."""
    return "\n".join(f"{t.thing_id} {t.version} {t.name}" for t in things)


def _chosen(line: str) -> Chosen:
    thing_id, _, rest = line.partition(" ")
    version, _, name = rest.partition(" ")
    try:
        return Chosen(UUID(thing_id), int(version), name[:80])
    except ValueError:
        raise errors.Invalid from None
