"""What inventory answers of what consumables cost."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer


class Month(Answer):
    """What a calendar month moved."""

    month: date
    ordered_pence: int
    received_pence: int
    used_pence: int
    lost_pence: int

    @property
    def ordered(self) -> Decimal:
        return formats.pence(self.ordered_pence)

    @property
    def received(self) -> Decimal:
        return formats.pence(self.received_pence)

    @property
    def used(self) -> Decimal:
        return formats.pence(self.used_pence)

    @property
    def lost(self) -> Decimal:
        return formats.pence(self.lost_pence)


class SchoolSpend(Answer):
    """How the consumables of a school stand, and what they cost it."""

    school_urn: int
    school_name: str
    consumables: int
    out: int
    order_now: int
    value_pence: int
    received_pence: int
    used_pence: int


class Spend(Answer):
    """What consumables cost a place."""

    as_of: date
    months: list[Month] = Field(min_length=1)
    schools: list[SchoolSpend]

    @property
    def total(self) -> Month:
        """Sum the months, as one that begins with the first."""
        return Month(
            month=self.months[0].month,
            ordered_pence=sum(each.ordered_pence for each in self.months),
            received_pence=sum(each.received_pence for each in self.months),
            used_pence=sum(each.used_pence for each in self.months),
            lost_pence=sum(each.lost_pence for each in self.months),
        )
