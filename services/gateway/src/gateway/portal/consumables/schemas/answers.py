"""What inventory answers of consumables and their stock."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gateway.portal.templates import formats
from gateway.portal.visit.schemas import Answer


class Forecast(Answer):
    """How a consumable stands today, and how that was reckoned."""

    state: str
    used: int
    over_days: int
    basis: str
    lead_time_use: int
    reorder_point: int
    runs_out_on: date | None = None


class Consumable(Answer):
    """Something that a school uses up."""

    consumable_id: UUID
    school_urn: int
    school_name: str
    name: str
    site: str | None = None
    code: str | None = None
    category: str
    unit: str
    fits: list[str]
    lead_time_days: int
    minimum: int
    is_stocked: bool
    on_hand: int
    on_order: int
    counted_on: date | None = None
    version: int
    value_pence: int
    price_pence: int | None = None
    supplier: str | None = None
    ordered_on: date | None = None
    forecast: Forecast

    @property
    def value(self) -> Decimal:
        """Say in pounds what is there."""
        return formats.pence(self.value_pence)

    @property
    def price(self) -> Decimal | None:
        """Say in pounds what one cost at the last order."""
        return None if self.price_pence is None else formats.pence(self.price_pence)


class Line(Answer):
    """Some that was ordered or found, at one price."""

    line_id: UUID
    kind: str
    ordered_on: date
    received_on: date | None = None
    quantity: int
    remaining: int
    unit_price_pence: int
    supplier: str | None = None
    order_number: str | None = None
    cfr_code: str | None = None
    note: str | None = None
    cancelled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.received_on is None and self.cancelled_at is None

    @property
    def may_cancel(self) -> bool:
        """Whether nothing of it was taken."""
        is_whole = self.received_on is None or self.remaining == self.quantity
        return self.cancelled_at is None and is_whole

    @property
    def price(self) -> Decimal:
        return formats.pence(self.unit_price_pence)

    @property
    def cost(self) -> Decimal:
        return formats.pence(self.unit_price_pence * self.quantity)


class Use(Answer):
    """What was taken or was missing, or what takes that back."""

    use_id: UUID
    kind: str
    used_on: date
    quantity: int
    cost_pence: int
    asset_id: UUID | None = None
    asset_tag: str | None = None
    used_for: str | None = None
    note: str | None = None
    reverses: UUID | None = None
    reversed_by: UUID | None = None

    @property
    def cost(self) -> Decimal:
        return formats.pence(self.cost_pence)

    @property
    def stands(self) -> bool:
        """Whether it can be taken back."""
        return self.reverses is None and self.reversed_by is None


class Suggestion(Answer):
    """How much of one to order, as a sum."""

    consumable_id: UUID
    name: str
    site: str | None = None
    code: str | None = None
    unit: str
    supplier: str | None = None
    state: str
    months_use: int
    lead_time_use: int
    minimum: int
    on_hand: int
    on_order: int
    quantity: int
    price_pence: int | None = None
    cost_pence: int | None = None

    @property
    def price(self) -> Decimal | None:
        return None if self.price_pence is None else formats.pence(self.price_pence)

    @property
    def cost(self) -> Decimal | None:
        return None if self.cost_pence is None else formats.pence(self.cost_pence)


class NextOrder(Answer):
    """What a school should order now."""

    as_of: date
    months: int
    items: list[Suggestion]
    cost_pence: int
    unpriced: int

    @property
    def cost(self) -> Decimal:
        return formats.pence(self.cost_pence)
