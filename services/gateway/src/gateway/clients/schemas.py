"""API clients on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints
from typing_extensions import TypedDict

from chassis import wire
from chassis.wire import Answer, Body, LaCode, Line, Urn, partial
from gateway.clients import model
from gateway.clients.model import Known, Made, State
from gateway.principals.model import MOST_PER_MINUTE, USUAL_PER_MINUTE, Scope

Name = Annotated[Line, StringConstraints(min_length=1, max_length=120)]
Contact = Annotated[
    Line,
    StringConstraints(min_length=1, max_length=200),
    Field(description="Whom to ask about it: a team and its address, say."),
]
Scopes = Annotated[
    list[Scope],
    Field(min_length=1, max_length=20, description="`write` of a part reads it, too."),
]
Urns = Annotated[
    list[Urn] | None,
    Field(
        max_length=500,
        description="Null: every school of the LA. An empty list: none.",
    ),
]
PerMinute = Annotated[
    int,
    Field(
        strict=True,
        ge=1,
        le=MOST_PER_MINUTE,
        description="Requests that it may make a minute.",
    ),
    BeforeValidator(wire.whole),
]
Hours = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=720,
        description="For how long the present secret stays good.",
    ),
    BeforeValidator(wire.whole),
]


class MakeClient(Body):
    """A system that is to be let in."""

    la_code: LaCode
    name: Name
    contact: Contact
    scopes: Scopes
    school_urns: Urns = None
    is_sandbox: Annotated[
        bool,
        Field(strict=True, description="To try the API in a school with nothing real."),
    ] = False
    requests_per_minute: PerMinute = USUAL_PER_MINUTE


@partial
class ChangeClient(TypedDict, total=False):
    """New values of a client; what is left out stays."""

    name: Name
    contact: Contact
    scopes: Scopes
    school_urns: Urns
    requests_per_minute: PerMinute


class RotateSecret(Body):
    """A new client id and secret; the present ones end after the overlap."""

    overlap_hours: Hours = 168


class CredentialAnswer(Answer):
    """A client id. Its secret is said once, to whoever made it."""

    client_id: str
    state: Annotated[
        State, Field(description="`waiting`: good within seconds, once Keycloak has it")
    ]
    made_at: datetime
    ends_at: datetime | None
    last_used_at: datetime | None


class ClientAnswer(Answer):
    """A system that an LA lets in."""

    api_client_id: UUID
    la_code: LaCode
    la_name: str
    name: str
    contact: str
    scopes: list[Scope]
    school_urns: Annotated[
        list[Urn] | None,
        Field(description="Null: every school of the LA, those of later days, too."),
    ]
    is_sandbox: bool
    requests_per_minute: int
    made_at: datetime
    made_by: str | None
    withdrawn_at: datetime | None
    last_used_at: datetime | None
    version: int
    credentials: list[CredentialAnswer]


class FreshAnswer(Answer):
    """A client id with its secret."""

    client_id: str
    client_secret: str
    token_url: str


class MadeAnswer(ClientAnswer):
    """A client whose secret was just made."""

    fresh: Annotated[
        FreshAnswer | None,
        Field(description="Said this once; a repeat of the request says null."),
    ]


class ClientsAnswer(Answer):
    """A page of clients."""

    items: list[ClientAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


_OF_CLIENT = tuple(n for n in ClientAnswer.model_fields if n != "credentials")
_OF_CREDENTIAL = tuple(n for n in CredentialAnswer.model_fields if n != "state")


def shown(known: Known, now: datetime) -> dict[str, object]:
    said: dict[str, object] = {n: getattr(known.client, n) for n in _OF_CLIENT}
    credentials = [
        {n: getattr(each, n) for n in _OF_CREDENTIAL} | {"state": each.state(now)}
        for each in known.credentials
    ]
    if known.client.is_sandbox:
        said["school_urns"] = [model.sandbox_urn(known.client.la_code)]
    return said | {"credentials": credentials}


def shown_made(made: Made, now: datetime, token_url: str) -> dict[str, object]:
    fresh = made.fresh and {
        "client_id": made.fresh.client_id,
        "client_secret": made.fresh.secret,
        "token_url": token_url,
    }
    return shown(made.known, now) | {"fresh": fresh}
