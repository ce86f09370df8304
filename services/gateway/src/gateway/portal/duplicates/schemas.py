"""What inventory answers of merges, and the forms of their pages."""

from pydantic import JsonValue

from gateway.portal.assets.schemas import Asset
from gateway.portal.visit.schemas import Answer, FormBody


class Differing(Answer):
    """A field in which two assets differ."""

    name: str
    kept: JsonValue
    duplicate: JsonValue


class Belongings(Answer):
    """How much belongs to a duplicate."""

    devices: int
    attachments: int
    repairs: int
    relations: int


class Preview(Answer):
    """What a merge would do."""

    kept: Asset
    duplicate: Asset
    conflicts: list[Differing]
    filled: list[Differing]
    moves: Belongings


class MergeForm(FormBody):
    """What is right where two assets differ; `take` names what the duplicate has."""

    version: int = 0
    duplicate_version: int = 0


class SplitForm(FormBody):
    """Whether what has changed since stays where it is."""

    version: int = 0
    leave: str = ""
