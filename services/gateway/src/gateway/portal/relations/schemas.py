"""What inventory answers of relations, and what the browser sends."""

from uuid import UUID

from gateway.portal.visit.schemas import Answer, FormBody


class Related(Answer):
    """An asset beside another."""

    relation_id: UUID
    kind: str
    depends: bool
    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    status: str


class RelatedList(Answer):
    items: list[Related]


class Affected(Answer):
    """An asset that a failure takes along."""

    asset_id: UUID
    tag: str
    category: str
    manufacturer: str
    model: str
    room: str | None = None
    steps: int
    kind: str
    via_tag: str


class Impact(Answer):
    items: list[Affected]


class Relation(Answer):
    """A relation that began."""

    relation_id: UUID


class RelateForm(FormBody):
    """What an asset hangs on, by its tag."""

    kind: str = ""
    other_tag: str = ""
    once: str = ""


class PartForm(FormBody):
    """Which relation ends; the page that it was seen on is the asset's."""

    relation_id: str = ""
