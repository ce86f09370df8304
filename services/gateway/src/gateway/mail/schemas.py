"""Choices of post on the wire."""

from typing import Annotated

from pydantic import Field

from chassis.wire import Answer, Body
from gateway.mail.model import Frequency, Kind


class Choose(Body):
    """How to be told of a kind of thing from now on."""

    kind: Kind
    frequency: Frequency


class ChoiceAnswer(Answer):
    """How you are told of a kind of thing."""

    kind: Kind
    frequency: Annotated[
        Frequency, Field(description="`daily` is one message at seven in the morning.")
    ]


class ChoicesAnswer(Answer):
    """How you are told of each kind of thing."""

    items: list[ChoiceAnswer]
