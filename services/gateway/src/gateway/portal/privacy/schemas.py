"""Forms about privacy, as they are typed."""

import re

from gateway.portal.visit.schemas import FormBody
from gateway.privacy.model import RULES, Kind


class EraseForm(FormBody):
    """Whom to erase: sure of it, and whether with what they wrote."""

    texts: str = ""
    sure: str = ""
    la_code: str = ""


class KeptForm(FormBody):
    """For how many months things are kept."""

    people: str = ""
    tickets: str = ""
    record: str = ""
    imports: str = ""

    def typed(self) -> dict[Kind, str]:
        return {
            "people": self.people,
            "tickets": self.tickets,
            "record": self.record,
            "imports": self.imports,
        }

    def months(self) -> dict[Kind, int]:
        """Read the numbers; what is none is a time that cannot be."""
        return {kind: _number(text) for kind, text in self.typed().items()}


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,4}", text.strip()) else 0


def faults(months: dict[Kind, int]) -> dict[str, str]:
    """Say which times cannot be, by field."""
    return {
        kind: f"Enter a number of months from {RULES[kind].least} to {RULES[kind].most}"
        for kind, said in months.items()
        if not RULES[kind].least <= said <= RULES[kind].most
    }
