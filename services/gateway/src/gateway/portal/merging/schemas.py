"""What inventory answers of names that are one, and what the browser sends."""

from datetime import datetime
from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class Make(Answer):
    """A make as inventory answers it."""

    make_id: UUID
    make: str
    models: int
    devices: int


class Merge(Answer):
    """Two makes or models that are one."""

    merge_id: UUID
    kind: str
    from_make: str
    from_model: str
    into_make: str
    into_model: str
    made_at: datetime

    @property
    def start(self) -> str:
        return f"{self.from_make} {self.from_model}".strip()

    @property
    def into(self) -> str:
        return f"{self.into_make} {self.into_model}".strip()


class MergeForm(FormBody):
    """Into which make or model another is merged."""

    kind: str = "model"
    from_id: str = ""
    into_id: str = ""
