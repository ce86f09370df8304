"""Forms about API clients, as they are typed."""

import re
from typing import Any

from pydantic import Field

from gateway.clients.model import USUAL_PER_MINUTE, ApiClient
from gateway.portal.clients import model
from gateway.portal.visit.schemas import FormBody

MOST_URNS = 501
"""One more than is taken: too many are told of, not cut off."""


class ClientForm(FormBody):
    """A system: what it is called, what it may do, where and how often."""

    name: str = ""
    contact: str = ""
    scopes: list[str] = Field(default_factory=list[str])
    schools: str = ""
    sandbox: str = ""
    per_minute: str = str(USUAL_PER_MINUTE)
    version: int = 0
    once: str = ""

    def values(self) -> dict[str, Any]:
        """Say the values as the directory takes them; it judges them."""
        limit = self.per_minute.replace(",", "")
        return {
            "name": self.name,
            "contact": self.contact,
            "scopes": self.scopes,
            "school_urns": [
                int(urn) for urn in re.findall(r"[0-9]{1,9}", self.schools)[:MOST_URNS]
            ],
            "requests_per_minute": int(limit)
            if re.fullmatch("[0-9]{1,9}", limit)
            else 0,
        }


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
        schools=" ".join(str(urn) for urn in client.school_urns),
        per_minute=str(client.requests_per_minute),
        version=client.version,
    )
