"""What inventory answers of machines that report."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field, JsonValue

from gateway.portal.devices import model
from gateway.portal.visit.schemas import Answer, FormBody


class Device(Answer):
    """A machine that an agent tells of."""

    device_id: UUID
    school_urn: int
    kind: str
    name: str | None = None
    serial: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    agent: str | None = None
    asset_id: UUID | None = None
    asset_tag: str | None = None
    asset_status: str | None = None
    matched_by: str | None = None
    doubt_id: UUID | None = None
    standing: str
    first_seen_at: datetime
    last_seen_at: datetime
    taken_at: datetime | None = None
    version: int

    @property
    def title(self) -> str:
        return model.title(self.name, self.serial, self.kind)

    @property
    def make(self) -> str:
        """Say its make and model, as far as they are known; the make is said once."""
        maker, called = self.manufacturer or "", self.model or ""
        if called.casefold().startswith(maker.casefold()):
            return called
        return f"{maker} {called}".rstrip()


class Detail(Device):
    """A machine, and all that is known of it by section."""

    sections: dict[str, Any] = Field(default_factory=dict)


class Changed(Answer):
    """What one section of a machine was, and what it became."""

    change_id: UUID
    section: str
    before: JsonValue = None
    after: JsonValue = None
    heard_at: datetime

    @property
    def told(self) -> list[str]:
        return model.told(self.section, self.before, self.after)


class IdentifyForm(FormBody):
    """What somebody says a machine is: `asset` by its id, or `tag` by its tag."""

    said: str = ""
    asset_id: str = ""
    tag: str = ""
    version: int = 0
