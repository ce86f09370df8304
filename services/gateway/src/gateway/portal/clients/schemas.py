"""Forms about API clients, as they are typed."""

import re
from typing import Any

from pydantic import Field

from gateway.clients.model import ApiClient
from gateway.portal.clients import model
from gateway.portal.visit.schemas import FormBody
from gateway.principals.model import USUAL_PER_MINUTE

PLACES = frozenset({"all", "some"})
MOST_URNS = 501
"""One more than is taken: too many are told of, not cut off."""


class ClientForm(FormBody):
    """A system: what it is called, what it may do, where and how often."""

    name: str = ""
    contact: str = ""
    scopes: list[str] = Field(default_factory=list[str])
    where: str = ""
    schools: str = ""
    sandbox: str = ""
    per_minute: str = str(USUAL_PER_MINUTE)
    version: int = 0
    once: str = ""

    def values(self) -> dict[str, Any]:
        """Say the values as the directory takes them; it judges them.

        Where it works is said only when it was chosen: see `left_open`.
        """
        limit = self.per_minute.replace(",", "")
        said: dict[str, Any] = {
            "name": self.name,
            "contact": self.contact,
            "scopes": self.scopes,
            "requests_per_minute": int(limit)
            if re.fullmatch("[0-9]{1,9}", limit)
            else 0,
        }
        if self.where in PLACES:
            said["school_urns"] = self._urns() if self.where == "some" else None
        return said

    def left_open(self) -> dict[str, str]:
        """Say what has to be chosen yet; nothing stands for every school by itself."""
        if self.where not in PLACES:
            return {"where": "Choose at which schools it may work"}
        if self.where == "some" and not self._urns():
            return {"school_urns": "Enter the URN of at least one school"}
        return {}

    def same_place(self, other: "ClientForm") -> bool:
        return (self.where, self.schools) == (other.where, other.schools)

    def _urns(self) -> list[int]:
        words = re.findall(r"[^\s,;]+", self.schools)[:MOST_URNS]
        return [int(word) if re.fullmatch("[0-9]{1,9}", word) else 0 for word in words]


class RotateForm(FormBody):
    """For how long the present secret stays good."""

    overlap: str = ""
    version: int = 0

    @property
    def hours(self) -> int | None:
        return int(self.overlap) if self.overlap in model.OVERLAPS else None


class WithdrawForm(FormBody):
    version: int = 0


def form_of(client: ApiClient) -> ClientForm:
    """Fill the form with what is saved."""
    return ClientForm(
        name=client.name,
        contact=client.contact,
        scopes=client.scopes,
        where="all" if client.school_urns is None else "some",
        schools=" ".join(str(urn) for urn in client.school_urns or ()),
        per_minute=str(client.requests_per_minute),
        version=client.version,
    )
