"""What the services answer, as the portal reads it; more fields than these may come."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

Item = TypeVar("Item")


class Answer(BaseModel):
    """Anything read from a service: frozen, unknown fields are let pass."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FormBody(BaseModel):
    """A form as the browser sends it: all text, nothing required here."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class Listing(Answer, Generic[Item]):
    """One page of a collection."""

    items: list[Item]
    next: str | None = None


class ProblemFault(Answer):
    pointer: str = ""
    detail: str = ""


class Problem(Answer):
    """A refusal as RFC 9457 writes it."""

    title: str = ""
    detail: str = ""
    errors: list[ProblemFault] = []
