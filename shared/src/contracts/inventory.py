"""What the inventory says: of assets, consumables, circuits and licences.

Without serial, room, free text or anything personal.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.event import Event, Word, fact

CfrCode = Annotated[str, StringConstraints(pattern=r"^E20[A-G]$")]
"""What was bought, by the DfE's Consistent Financial Reporting framework."""


class AssetFact(Event, frozen=True):
    """The publishable state of an asset; money is pence.

    What came later is None where an older version of this service said it.
    """

    school_id: UUID
    tag: str
    category: Word
    manufacturer: str
    model: str
    status: Word
    purchased_on: date | None
    price_pence: int | None = None
    cfr_code: CfrCode | None = None
    warranty_until: date | None = None
    support_until: date | None = None
    disposed_on: date | None = None
    operating_system: str | None = None
    os_version: str | None = None
    processor: str | None = None
    memory_gib: float | None = None
    storage_gb: float | None = None
    pages_printed: int | None = None
    merged_into: UUID | None = None
    """Of a duplicate, said as cancelled: the asset that counts in its place."""


@fact("inventory.asset.registered")
class AssetRegistered(AssetFact, frozen=True):
    """A school has a new piece of kit."""


@fact("inventory.asset.changed")
class AssetChanged(AssetFact, frozen=True):
    """What is known of an asset was changed."""


@fact("inventory.asset.moved")
class AssetMoved(AssetFact, frozen=True):
    """An asset stands elsewhere; the state names the school it stands in now."""


@fact("inventory.departure.recorded")
class AssetDeparted(AssetFact, frozen=True):
    """An asset left for another LA; the state names the school and LA that it left.

    It moved to a school there, or went with its own school. Said to the old LA beside
    `moved` to the new one, with the same version: who hears one LA only would never
    learn of it otherwise. It is no state of the asset, hence not among its own facts.
    """


@fact("inventory.asset.retired")
class AssetRetired(AssetFact, frozen=True):
    """An asset is out of use."""


@fact("inventory.asset.disposed")
class AssetDisposed(AssetFact, frozen=True):
    """An asset has left for good: recycled, sold, given away or written off."""


@fact("inventory.asset.withdrawn")
class AssetWithdrawn(AssetFact, frozen=True):
    """An asset that was registered by mistake is no more; it is said as cancelled."""


@fact("inventory.asset.reinstated")
class AssetReinstated(AssetFact, frozen=True):
    """An asset that was out of use is back as it was before."""


@fact("inventory.asset.merged")
class AssetMerged(AssetFact, frozen=True):
    """An asset turned out to be another one, and counts as that one only."""


@fact("inventory.asset.split")
class AssetSplit(AssetFact, frozen=True):
    """An asset that was merged into another is one of its own again."""


@fact("inventory.asset.restated")
class AssetRestated(AssetFact, frozen=True):
    """An asset's present state, said again so that readers can be rebuilt."""


ASSET_FACTS = (
    AssetRegistered,
    AssetChanged,
    AssetMoved,
    AssetRetired,
    AssetDisposed,
    AssetWithdrawn,
    AssetReinstated,
    AssetMerged,
    AssetSplit,
    AssetRestated,
)
"""Every fact that states an asset as it is now."""


class LifeFact(Event, frozen=True):
    """How long a kind of kit is to last at a school, or at all schools of an LA.

    Years are those of that place's own policy, None where it has none: a school then
    goes by its LA, and an LA by custom.
    """

    category: Word
    years: int | None


@fact("inventory.life.set")
class LifeSet(LifeFact, frozen=True):
    """A school or an LA said how long a kind of kit is to last, or took it back."""


@fact("inventory.life.restated")
class LifeRestated(LifeFact, frozen=True):
    """A policy as it is, said again so that readers can be rebuilt."""


class RepairFact(Event, frozen=True):
    """A repair of an asset, without what was wrong; money is pence.

    The school is that which its asset stood at when this was said: where the asset went
    since, or that it is another one by now, is said of the asset.
    """

    school_id: UUID
    asset_id: UUID
    is_under_warranty: bool
    sent_on: date
    returned_on: date | None
    outcome: Word | None
    cost_pence: int | None


@fact("inventory.repair.opened")
class RepairOpened(RepairFact, frozen=True):
    """An asset was sent for repair."""


@fact("inventory.repair.closed")
class RepairClosed(RepairFact, frozen=True):
    """It is known what came of a repair, and what it cost."""


@fact("inventory.repair.restated")
class RepairRestated(RepairFact, frozen=True):
    """A repair as it is, said again so that readers can be rebuilt."""


class CustodyFact(Event, frozen=True):
    """That a thing is or was given out, without whose it is; times are UTC."""

    school_id: UUID
    asset_id: UUID
    holder_kind: Word
    purpose: Word
    issued_at: datetime
    due_on: date | None
    returned_at: datetime | None


@fact("inventory.custody.issued")
class CustodyIssued(CustodyFact, frozen=True):
    """An asset was given out."""


@fact("inventory.custody.renewed")
class CustodyRenewed(CustodyFact, frozen=True):
    """Another day was said on which an asset is to come back, or none."""


@fact("inventory.custody.returned")
class CustodyReturned(CustodyFact, frozen=True):
    """An asset came back."""


@fact("inventory.custody.restated")
class CustodyRestated(CustodyFact, frozen=True):
    """A custody as it is, said again so that readers can be rebuilt."""


class ConsumableFact(Event, frozen=True):
    """The publishable state of something that a school uses up; money is pence.

    Without its name, which somebody typed.
    """

    school_id: UUID
    category: Word
    on_hand: int
    on_order: int
    value_pence: int
    """What is there, each at the price of the line that it came in."""
    minimum: int
    lead_time_days: int
    is_stocked: bool


@fact("inventory.consumable.added")
class ConsumableAdded(ConsumableFact, frozen=True):
    """A school keeps something more that it uses up."""


@fact("inventory.consumable.changed")
class ConsumableChanged(ConsumableFact, frozen=True):
    """What is said of a consumable was changed."""


@fact("inventory.consumable.stocked")
class ConsumableStocked(ConsumableFact, frozen=True):
    """Something of a consumable was ordered, came, was taken or was counted."""


@fact("inventory.consumable.restated")
class ConsumableRestated(ConsumableFact, frozen=True):
    """A consumable as it is, said again so that readers can be rebuilt."""


class StockLineFact(Event, frozen=True):
    """Some of a consumable that was ordered or found, at one price; money is pence."""

    school_id: UUID
    consumable_id: UUID
    kind: Word
    ordered_on: date
    received_on: date | None
    quantity: int
    unit_price_pence: int
    cfr_code: CfrCode | None
    is_cancelled: bool


@fact("inventory.stock-line.recorded")
class StockLineRecorded(StockLineFact, frozen=True):
    """Something was ordered, came or was found."""


@fact("inventory.stock-line.received")
class StockLineReceived(StockLineFact, frozen=True):
    """Something that was ordered came: all of it, or what the line now says."""


@fact("inventory.stock-line.cancelled")
class StockLineCancelled(StockLineFact, frozen=True):
    """What was ordered does not come, or was written down by mistake."""


@fact("inventory.stock-line.restated")
class StockLineRestated(StockLineFact, frozen=True):
    """A line as it is, said again so that readers can be rebuilt."""


class StockUseFact(Event, frozen=True):
    """Something of a consumable that was taken or was missing; money is pence.

    Without whom it was for. What takes another back says which, in numbers below zero.
    """

    school_id: UUID
    consumable_id: UUID
    kind: Word
    used_on: date
    quantity: int
    cost_pence: int
    asset_id: UUID | None
    reverses: UUID | None


@fact("inventory.stock-use.recorded")
class StockUseRecorded(StockUseFact, frozen=True):
    """Something was taken, was missing, or was taken back."""


@fact("inventory.stock-use.restated")
class StockUseRestated(StockUseFact, frozen=True):
    """A use as it is, said again so that readers can be rebuilt."""


class CircuitFact(Event, frozen=True):
    """The publishable state of a line to the internet; money is pence.

    Speeds are whole kbit/s as the contract has them. Without its reference and
    provider, which somebody typed.
    """

    school_id: UUID
    role: Word
    backs: UUID | None
    """Of a back-up line: the main line that it takes over from."""
    technology: Word
    state: Word
    down_kbps: int
    up_kbps: int
    is_contended: bool | None
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    live_on: date | None
    ceased_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode


@fact("inventory.circuit.added")
class CircuitAdded(CircuitFact, frozen=True):
    """A school has, or is to have, another line to the internet."""


@fact("inventory.circuit.changed")
class CircuitChanged(CircuitFact, frozen=True):
    """What is said of a circuit was changed."""


@fact("inventory.circuit.went-live")
class CircuitWentLive(CircuitFact, frozen=True):
    """A circuit that was planned is used."""


@fact("inventory.circuit.ceased")
class CircuitCeased(CircuitFact, frozen=True):
    """A circuit is used no more, or never will be."""


@fact("inventory.circuit.restated")
class CircuitRestated(CircuitFact, frozen=True):
    """A circuit as it is, said again so that readers can be rebuilt."""


class NetworkServiceFact(Event, frozen=True):
    """The publishable state of a service over the network; money is pence a month.

    Without its name, reference and provider, which somebody typed.
    """

    school_id: UUID
    kind: Word
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    monthly_pence: int | None
    cfr_code: CfrCode
    live_on: date | None
    ceased_on: date | None


@fact("inventory.network-service.added")
class NetworkServiceAdded(NetworkServiceFact, frozen=True):
    """A school takes, or is to take, another service over the network."""


@fact("inventory.network-service.changed")
class NetworkServiceChanged(NetworkServiceFact, frozen=True):
    """What is said of a service was changed; that it is used, or ceased, too."""


@fact("inventory.network-service.restated")
class NetworkServiceRestated(NetworkServiceFact, frozen=True):
    """A service as it is, said again so that readers can be rebuilt."""


class CircuitMeasurementFact(Event, frozen=True):
    """What was measured on a circuit at a moment; it never changes.

    Speeds are whole kbit/s, the latency is milliseconds there and back.
    """

    school_id: UUID
    circuit_id: UUID
    measured_at: datetime
    down_kbps: int
    up_kbps: int
    latency_ms: int | None
    method: Word


@fact("inventory.circuit-measurement.recorded")
class CircuitMeasured(CircuitMeasurementFact, frozen=True):
    """A circuit was measured."""


@fact("inventory.circuit-measurement.restated")
class CircuitMeasurementRestated(CircuitMeasurementFact, frozen=True):
    """A measurement as it is, said again so that readers can be rebuilt."""


class FailoverTestFact(Event, frozen=True):
    """That the main line was taken away on a day; without its note, never changed."""

    school_id: UUID
    circuit_id: UUID
    """The line that was to take over."""
    tested_on: date
    outcome: Word
    switch_seconds: int | None


@fact("inventory.failover-test.recorded")
class FailoverTested(FailoverTestFact, frozen=True):
    """It was tested whether a back-up line takes over."""


@fact("inventory.failover-test.restated")
class FailoverTestRestated(FailoverTestFact, frozen=True):
    """A test as it is, said again so that readers can be rebuilt."""


class LicenceFact(Event, frozen=True):
    """The publishable state of a licence of software; money is pence.

    Of a school, or of an LA for all of its schools. The price is of the whole, or of a
    year of a subscription. Without its name and supplier, which somebody typed: the
    title has the id under which devices report it.
    """

    title_id: UUID
    measure: Word
    seats: int | None
    """None of a licence for a whole site."""
    term: Word
    starts_on: date | None
    ends_on: date | None
    notice_on: date | None
    price_pence: int | None
    cfr_code: CfrCode
    counted: int | None
    """Seats in use, as the maker's own console said on `counted_on`."""
    counted_on: date | None


@fact("inventory.licence.added")
class LicenceAdded(LicenceFact, frozen=True):
    """A school or an LA holds another licence."""


@fact("inventory.licence.changed")
class LicenceChanged(LicenceFact, frozen=True):
    """What is said of a licence was changed."""


@fact("inventory.licence.removed")
class LicenceRemoved(LicenceFact, frozen=True):
    """A licence is kept no more; the state is its last, at a version of its own."""


@fact("inventory.licence.restated")
class LicenceRestated(LicenceFact, frozen=True):
    """A licence as it is, said again so that readers can be rebuilt."""
