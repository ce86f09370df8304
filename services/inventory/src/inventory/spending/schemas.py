"""What consumables cost, on the wire."""

from datetime import date

from pydantic import Field

from chassis.wire import Answer


class MonthAnswer(Answer):
    """What a calendar month moved, in pence."""

    month: date = Field(description="Its first day.")
    ordered_pence: int = Field(description="By the day of the order.")
    received_pence: int = Field(description="By the day on which it came.")
    used_pence: int = Field(
        description="First in, first out; less what was taken back of that month."
    )
    lost_pence: int = Field(description="What was missing when it was counted.")


class SchoolSpendAnswer(Answer):
    """How the consumables of a school stand, and what they cost it in the months."""

    school_urn: int
    school_name: str
    consumables: int
    out: int = Field(description="Those of which none is left.")
    order_now: int
    value_pence: int = Field(description="What is there.")
    received_pence: int
    used_pence: int


class SpendAnswer(Answer):
    """What consumables cost a place: each month, that of the day last; each school."""

    as_of: date
    months: list[MonthAnswer]
    schools: list[SchoolSpendAnswer] = Field(
        description="Those first where most has run out."
    )
