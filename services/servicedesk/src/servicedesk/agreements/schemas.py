"""Agreements on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, Day, LaCode, Line, Prose, Urn, whole
from servicedesk.agreements.model import Kind
from servicedesk.agreements.model.rules import MOST_MINUTES, MOST_NOTICE
from servicedesk.agreements.model.things import Holder, Renews, State

Name = Annotated[Line, Field(min_length=1, max_length=120)]
Minutes = Annotated[
    int,
    Field(ge=1, le=MOST_MINUTES, strict=True, description="Of school time."),
    BeforeValidator(whole),
]
Priority = Annotated[
    int,
    Field(ge=1, le=4, strict=True, description="1 is the most pressing."),
    BeforeValidator(whole),
]
NoticeDays = Annotated[
    int,
    Field(
        ge=1,
        le=MOST_NOTICE,
        strict=True,
        description="So long before an end notice is given.",
    ),
    BeforeValidator(whole),
]


class SupplierBody(Body):
    """With whom it is agreed, and its service desk."""

    name: Name
    account_reference: Annotated[Line, Field(min_length=1, max_length=80)] | None = None
    email: (
        Annotated[
            Line,
            Field(
                min_length=1,
                max_length=254,
                description="Of its service desk, no person's.",
            ),
        ]
        | None
    ) = None
    phone: Annotated[Line, Field(min_length=1, max_length=40)] | None = None


class TargetBody(Body):
    """What is promised for tickets of one priority; a time left out is not promised."""

    priority: Priority
    response_minutes: Minutes | None = None
    update_minutes: Minutes | None = Field(
        None, description="From one word on it to the next, at the longest."
    )
    fix_minutes: Minutes | None = None


class ChangeAgreement(Body):
    """All that is said of an agreement: it takes the place of what was said.

    For whom it is, and of which kind, stays.
    """

    name: Name
    supplier: SupplierBody | None = Field(
        None, description="Of the kind `supplier` only, and always there."
    )
    starts_on: Day
    ends_on: Day | None = Field(
        None,
        description="The last day, or that of the first term where it renews. Null:"
        " until it is ended.",
    )
    notice_days: NoticeDays | None = None
    renews: Renews = Field(
        "none", description="Yearly: it goes on for a year at a time until it is ended."
    )
    service_credit: Annotated[
        Prose,
        Field(max_length=4000, description="What is owed where a promise is missed."),
    ] = ""
    is_managed_service: bool = False
    targets: Annotated[list[TargetBody], Field(max_length=4)] = Field(
        default_factory=list[TargetBody],
        description="One for each priority at most, none more pressing being slower.",
    )


class AddAgreement(ChangeAgreement):
    """What was agreed for one school, or for all of an LA's: name one of the two."""

    kind: Kind = Field(
        description="`school`: an LA to its schools; `internal`: a school's own team to"
        " its school; `supplier`: a supplier to a school or an LA."
    )
    la_code: LaCode | None = None
    school_urn: Urn | None = None


class EndAgreement(Body):
    """On which day an agreement ends."""

    ends_on: Day = Field(description="Today or later: its last day.")


class SupplierAnswer(Answer):
    """With whom it is agreed."""

    name: str
    account_reference: str | None
    email: str | None
    phone: str | None


class TargetAnswer(Answer):
    """Minutes of school time that are promised for tickets of one priority."""

    priority: int
    response_minutes: int | None
    update_minutes: int | None
    fix_minutes: int | None


class AgreementAnswer(Answer):
    """What was promised to whom, and how that stands today."""

    agreement_id: UUID
    la_code: LaCode
    school_urn: int | None = Field(description="Null: for all schools of the LA.")
    kind: Kind
    holder: Holder = Field(description="Whose it is, and who writes it.")
    name: str
    supplier: SupplierAnswer | None
    starts_on: date
    ends_on: date | None
    notice_days: int | None
    renews: Renews
    service_credit: str
    is_managed_service: bool
    targets: list[TargetAnswer] = Field(description="The most pressing first.")
    state: State
    next_end_on: date | None = Field(
        description="When it ends, or could at the earliest if notice is given from"
        " today on."
    )
    notice_on: date | None = Field(description="The last day of notice for that.")
    version: int
    added_at: datetime
    changed_at: datetime


class AgreementPage(Answer):
    """A page of agreements."""

    items: list[AgreementAnswer]
    next: str | None = Field(description="The `after` of the next page.")


class AgreementCount(Answer):
    """How many there are in all."""

    count: int
    is_exact: bool = Field(description="Always true here.")
