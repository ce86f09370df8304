"""What inventory answers of doubtful machines."""

from datetime import datetime
from uuid import UUID

from gateway.portal.devices import model
from gateway.portal.visit.schemas import Answer


class Doubt(Answer):
    """A machine that may be one asset or another."""

    doubt_id: UUID
    device_id: UUID
    school_urn: int
    reason: str
    candidates: list[UUID]
    name: str | None = None
    serial: str | None = None
    made_at: datetime
    resolution: str | None = None
    resolved_at: datetime | None = None
    version: int

    @property
    def title(self) -> str:
        return model.title(self.name, self.serial, "unknown")
