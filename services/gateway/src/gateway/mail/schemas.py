"""Choices of post on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from chassis.wire import Answer, Body
from gateway.mail.model import Frequency, Kind


class ChooseOfTickets(Body):
    """How to be told of your resolved tickets from now on."""

    kind: Literal["ticket-resolved"]
    frequency: Literal["at-once", "daily", "never"]


class ChooseOfKit(Body):
    """Whether to be told each week how the kit stands that you look after."""

    kind: Literal["kit-week"]
    frequency: Literal["weekly", "never"]


Choose = Annotated[ChooseOfTickets | ChooseOfKit, Field(discriminator="kind")]


class ChoiceAnswer(Answer):
    """How you are told of a kind of thing."""

    kind: Kind
    frequency: Annotated[
        Frequency,
        Field(description="`daily` and `weekly` (Mondays) are one message at seven."),
    ]


class ChoicesAnswer(Answer):
    """How you are told of each kind of thing."""

    items: list[ChoiceAnswer]
