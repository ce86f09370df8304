"""Privacy on the wire."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, LaCode, whole
from gateway.privacy import model
from gateway.privacy.model import RULES, Copy, Kind

_MOST = 120
Months = Annotated[int, Field(ge=1, le=_MOST, strict=True), BeforeValidator(whole)]


class AskErasure(Body):
    """That an LA lets go of somebody, and whether of what they wrote as well."""

    la_code: LaCode
    with_texts: Annotated[
        bool, Field(description="Erase what they wrote, too, not their name alone.")
    ] = False


class ErasureAnswer(Answer):
    """Somebody whom an LA lets go of, and how far that is."""

    erasure_id: UUID
    la_code: LaCode
    person_id: Annotated[UUID, Field(description="Afterwards it is nobody's.")]
    with_texts: bool
    asked_by: Annotated[str, Field(description="Who asked, or `service:gateway`.")]
    asked_at: datetime
    erased: Annotated[
        dict[str, dict[str, int]],
        Field(description="By holder: of how many things something was erased."),
    ]
    attempts: int
    problem: Annotated[str | None, Field(description="What it waits for.")]
    done_at: datetime | None


class ErasuresAnswer(Answer):
    """A page of erasures, the newest first."""

    items: list[ErasureAnswer]
    next: Annotated[str | None, Field(description="Give this as `after`.")]


class PartAnswer(Answer):
    """What one part of Joinedup holds about somebody."""

    holder: Annotated[str, Field(description="`directory`, or a service.")]
    holdings: Annotated[
        dict[str, list[dict[str, Any]]],
        Field(description="By kind of thing: one object for each."),
    ]


class CopyAnswer(Answer):
    """All that is held about somebody in some LAs, at a moment."""

    person_id: UUID
    display_name: str
    told_at: datetime
    la_codes: list[LaCode]
    parts: list[PartAnswer]


class KeptFor(Body):
    """For how many months things are kept; what is left out stays as it is."""

    people_months: Annotated[
        Months | None, Field(description="From the end of somebody's last role.")
    ] = None
    tickets_months: Annotated[
        Months | None, Field(description="What was written, from when it was settled.")
    ] = None
    record_months: Annotated[
        Months | None, Field(description="Values and addresses of the audit.")
    ] = None
    imports_months: Annotated[
        Months | None, Field(description="Files of kit that were sent.")
    ] = None

    def said(self) -> dict[Kind, int]:
        found: dict[Kind, int] = {}
        for kind in RULES:
            months: int | None = getattr(self, model.field_of(kind))
            if months is not None:
                found[kind] = months
        return found


class RunAnswer(Answer):
    """What one night let go of."""

    run_id: UUID
    began_at: datetime
    ended_at: datetime
    erased: dict[str, dict[str, int]]
    problem: str | None


class RetentionAnswer(Answer):
    """For how many months an LA keeps things, and what the last nights let go of."""

    months: dict[str, int]
    runs: list[RunAnswer]


def shown(copy: Copy) -> dict[str, object]:
    parts = [{"holder": p.holder, "holdings": dict(p.holdings)} for p in copy.parts]
    return {
        "person_id": copy.person_id,
        "display_name": copy.display_name,
        "told_at": copy.told_at,
        "la_codes": list(copy.la_codes),
        "parts": parts,
    }
