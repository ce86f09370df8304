"""What electricity costs, on the wire."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from chassis.wire import Answer, Body, Day, LaCode, Urn, whole
from inventory.tariffs.model import MOST_PENCE_PER_MWH

Pence = Annotated[
    int, Field(ge=0, le=MOST_PENCE_PER_MWH, strict=True), BeforeValidator(whole)
]


class SetPrice(Body):
    """What electricity costs a school, or an LA's schools, from a day on."""

    school_urn: Urn | None = None
    la_code: LaCode | None = None
    starts_on: Day
    pence_per_mwh: Pence | None = Field(
        description="A megawatt-hour, in pence: 27.35p for a kilowatt-hour is 27350."
        " Null: nothing is said from that day on any more."
    )


class PriceAnswer(Answer):
    """What a megawatt-hour costs from a day on, in pence."""

    starts_on: date
    pence_per_mwh: int


class TariffAnswer(Answer):
    """What electricity costs the school or LA that was named, the newest first."""

    own: list[PriceAnswer]
    authority: list[PriceAnswer] = Field(
        description="Of a school: what its LA says, which holds before its own begin."
    )
    pence_per_mwh: int | None = Field(description="What holds today.")
