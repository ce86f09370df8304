"""Asks the services for lists, page by page."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from gateway.callers.upstream import Upstream
from gateway.days import day_in_england
from gateway.portal.agreements import model as agreement_words
from gateway.portal.agreements import service as agreements
from gateway.portal.agreements.schemas import Agreement
from gateway.portal.assets import model as asset_words
from gateway.portal.assets.schemas import Asset
from gateway.portal.catalogue import model as catalogue_words
from gateway.portal.catalogue.schemas import Model
from gateway.portal.circuits import model as circuit_words
from gateway.portal.circuits.schemas.answers import Circuit, SchoolBroadband
from gateway.portal.comparison import model as school_words
from gateway.portal.consumables import model as consumable_words
from gateway.portal.consumables.schemas.answers import Consumable
from gateway.portal.costs import model as cost_words
from gateway.portal.costs.schemas import ModelCost
from gateway.portal.custody import model as custody_words
from gateway.portal.custody.schemas import Custody
from gateway.portal.devices import model as device_words
from gateway.portal.devices.schemas import Device
from gateway.portal.disposals import model as disposal_words
from gateway.portal.disposals.schemas import Disposal
from gateway.portal.endings import model as ending_words
from gateway.portal.endings.schemas import Ending
from gateway.portal.estate import model as estate_words
from gateway.portal.estate.schemas import Kit, SchoolEstate
from gateway.portal.licences import model as licence_words
from gateway.portal.licences import service as licences
from gateway.portal.licences.schemas import Licence, Standing
from gateway.portal.lists import model
from gateway.portal.lists.model import Action
from gateway.portal.lists.schemas import Chosen, Count
from gateway.portal.network_services import model as service_words
from gateway.portal.network_services.schemas import NetworkService
from gateway.portal.suppliers.schemas import Supplier
from gateway.portal.support import model as support_words
from gateway.portal.support.schemas import Machine
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import State, Table
from gateway.portal.tickets import model as ticket_words
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.titles.schemas import Title
from gateway.portal.visit import service as visit
from gateway.portal.visit.schemas import Listing

Summed = Model | Title | SchoolEstate | SchoolBroadband | Supplier | ModelCost
Counted = Summed | Ending | Disposal | Standing
"""What is counted over things, and is none."""
Held = Asset | Ticket | Device | Kit | Custody | Consumable | Machine
Taken = Circuit | NetworkService | Licence | Agreement
Item = Held | Taken | Counted
Place = Mapping[str, str | int | None]
"""Where a list is of: a school's URN or an LA's code, as the services take it."""
Beside = Callable[[Upstream, Place], Awaitable[Mapping[str, object]]]
PAGE = 200
_COUNT = TypeAdapter(Count)


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the kinds of things that are listed; some can only be looked at."""

    table: Table
    service: str
    path: str
    shape: TypeAdapter[Any]
    actions: Mapping[str, Action]
    key: str
    chosen_of: Callable[[Any], Chosen]
    cells_of: Callable[[Any, Mapping[int, str]], dict[str, Cell]]
    live: str
    section: str = ""
    """The link of the navigation that leads there, where it has none of its own."""
    beside: Beside | None = None
    """Asks for what its page says above the list."""


async def read_page(
    upstream: Upstream, kind: Kind, place: Place, state: State, after: str
) -> tuple[Listing[Any], Count]:
    """Read one page, and how many there are in all."""
    asked = _asked(place, state)
    page = {**asked, "sort": state.sort, "limit": state.size, "after": after}
    return await asyncio.gather(
        visit.fetch(upstream, kind.service, kind.path, kind.shape, visit.given(page)),
        count(upstream, kind, place, state),
    )


async def count(upstream: Upstream, kind: Kind, place: Place, state: State) -> Count:
    path, asked = f"{kind.path}/count", visit.given(_asked(place, state))
    return await visit.fetch(upstream, kind.service, path, _COUNT, asked)


async def walk(
    upstream: Upstream, kind: Kind, place: Place, state: State
) -> AsyncGenerator[list[Any]]:
    """Read the whole of a list, page by page."""
    asked = {**_asked(place, state), "sort": state.sort, "limit": PAGE}
    after: str | None = ""
    while after is not None:
        page = visit.given({**asked, "after": after})
        found = await visit.fetch(upstream, kind.service, kind.path, kind.shape, page)
        yield found.items
        after = found.next


def _asked(place: Place, state: State) -> dict[str, str | int | None]:
    """Say a state's filters as the services take them; a school in place of its LA."""
    return {**place, **state.filters}


def _asset_cells(asset: Asset, schools: Mapping[int, str]) -> dict[str, Cell]:
    return {
        "tag": asset.tag,
        "school": schools.get(asset.school_urn, str(asset.school_urn)),
        "model": asset.called,
        "recorded": asset.recorded,
        "support": catalogue_words.SUPPORT[asset.known.support] if asset.known else "",
        "category": asset_words.CATEGORIES.get(asset.category, asset.category),
        "serial": asset.serial,
        "room": asset.room,
        "building": asset.building,
        "site": asset.site,
        "status": asset_words.STATUSES.get(asset.status, asset.status),
        "purchased_on": asset.purchased_on,
        "warranty_until": asset.warranty_until,
        "support_until": asset.support_until,
        "replace_on": asset.replace_on,
        "price": asset.price,
        "supplier": asset.supplier,
        "order_number": asset.order_number,
        "funding_line": asset.funding_line,
        "cfr_code": asset_words.CFR_CODES.get(asset.cfr_code or "", asset.cfr_code),
        "registered_at": asset.registered_at,
        "changed_at": asset.changed_at,
    }


def _ticket_cells(ticket: Ticket, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = ticket_words
    return {
        "summary": ticket.summary,
        "school": schools.get(ticket.school_urn, str(ticket.school_urn)),
        "status": words.STATUSES.get(ticket.status, ticket.status),
        "priority": words.PRIORITIES.get(ticket.priority, str(ticket.priority)),
        "kind": words.KIND_NAMES.get(ticket.kind, ticket.kind),
        "party": words.PARTIES.get(ticket.party, ticket.party),
        "due_at": ticket.due_at,
        "opened_at": ticket.opened_at,
        "resolved_at": ticket.resolved_at,
        "changed_at": ticket.changed_at,
    }


def _chosen_asset(asset: Asset) -> Chosen:
    return Chosen(asset.asset_id, asset.version, asset.tag)


def _chosen_ticket(ticket: Ticket) -> Chosen:
    name = f"{ticket.number} {ticket.summary}"
    return Chosen(ticket.ticket_id, ticket.version, name[:80])


def _model_cells(model: Model, schools: Mapping[int, str]) -> dict[str, Cell]:
    del schools
    return {
        "name": model.name,
        "category": asset_words.CATEGORIES.get(model.category or "", ""),
        "devices": model.devices,
        "support": catalogue_words.SUPPORT.get(model.support, model.support),
        "supported_until": model.supported_until,
        "sold_until": model.sold_until,
        "launched_on": model.launched_on,
        "oldest_on": model.oldest_on,
        "newest_on": model.newest_on,
        "source": model.source,
    }


def _title_cells(title: Title, schools: Mapping[int, str]) -> dict[str, Cell]:
    del schools
    return {
        "name": title.name,
        "publisher": title.publisher,
        "devices": title.devices,
        "kind": catalogue_words.KINDS.get(title.kind, title.kind),
    }


def _kit_cells(kit: Kit, schools: Mapping[int, str]) -> dict[str, Cell]:
    return {
        "tag": kit.tag,
        "school": schools.get(kit.school_urn, str(kit.school_urn)),
        "model": f"{kit.manufacturer} {kit.model}",
        "category": asset_words.CATEGORIES.get(kit.category, kit.category),
        "room": kit.room,
        "serial": kit.serial,
        "purchased_on": kit.purchased_on,
        "replace_on": kit.replace_on,
        "warranty_until": kit.warranty_until,
        "support_until": kit.support_until,
        "seen_at": kit.seen_at,
        "seen_on": kit.seen_on,
        "missed_on": kit.missed_on,
    }


def _custody_cells(custody: Custody, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = custody_words
    return {
        "tag": custody.tag,
        "school": schools.get(custody.school_urn, str(custody.school_urn)),
        "holder": custody.holder_name,
        "holder_kind": words.HOLDERS.get(custody.holder_kind, custody.holder_kind),
        "holder_reference": custody.holder_reference,
        "model": custody.called,
        "purpose": words.PURPOSES.get(custody.purpose, custody.purpose),
        "issued_at": custody.issued_at,
        "due_on": custody.due_on,
        "returned_at": custody.returned_at,
        "condition_out": custody.condition_out,
        "condition_in": custody.condition_in,
    }


def _health_cells(school: SchoolEstate, schools: Mapping[int, str]) -> dict[str, Cell]:
    del schools
    band = estate_words.BANDS.get(school.health.band, school.health.band)
    figure = school.health.figure
    return {
        "name": school.school_name,
        "health": band if figure is None else f"{band}, {figure}",
        "assets": school.assets,
        "median_age": school.median_age,
        "past_life": school.past_life,
        "out_of_warranty": school.out_of_warranty,
        "unseen": school.unseen,
        "gaps": school.gaps,
    }


def _consumable_cells(each: Consumable, schools: Mapping[int, str]) -> dict[str, Cell]:
    words, forecast = consumable_words, each.forecast
    return {
        "name": each.name,
        "school": schools.get(each.school_urn, each.school_name),
        "state": words.STATES.get(forecast.state, forecast.state),
        "on_hand": each.on_hand,
        "on_order": each.on_order,
        "reorder_point": forecast.reorder_point,
        "runs_out_on": forecast.runs_out_on,
        "used": forecast.used,
        "value": each.value,
        "category": words.CATEGORIES.get(each.category, each.category),
        "code": each.code,
        "site": each.site,
        "supplier": each.supplier,
        "ordered_on": each.ordered_on,
        "counted_on": each.counted_on,
    }


def _machine_cells(each: Machine, schools: Mapping[int, str]) -> dict[str, Cell]:
    return {
        "tag": each.tag,
        "school": schools.get(each.school_urn, str(each.school_urn)),
        "model": f"{each.manufacturer} {each.model}",
        "category": asset_words.CATEGORIES.get(each.category, each.category),
        "room": each.room,
        "runs": each.runs,
        "state": support_words.STATES.get(each.state, each.state),
        "ends_on": each.ends_on,
        "extended_until": each.extended_until,
        "windows_11": support_words.said(each.windows_11),
        "operating_system": each.operating_system,
        "os_version": each.os_version,
    }


def _circuit_cells(each: Circuit, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = circuit_words
    outcome = words.OUTCOMES.get(each.test_outcome or "", "")
    return {
        "reference": each.reference,
        "school": schools.get(each.school_urn, each.school_name),
        "provider": each.provider,
        "role": words.ROLES.get(each.role, each.role),
        "state": words.STATES.get(each.state, each.state),
        "technology": words.TECHNOLOGIES.get(each.technology, each.technology),
        "down": words.speed(each.down_kbps),
        "up": words.speed(each.up_kbps),
        "measured_down": words.speed(each.measured_down_kbps),
        "measured_up": words.speed(each.measured_up_kbps),
        "ends_on": each.ends_on,
        "notice_on": each.notice_on,
        "starts_on": each.starts_on,
        "live_on": each.live_on,
        "monthly": each.monthly,
        "cfr_code": asset_words.CFR_CODES.get(each.cfr_code, each.cfr_code),
        "tested": f"{outcome} {each.tested_on.isoformat()}" if each.tested_on else "",
    }


def _service_cells(each: NetworkService, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = service_words
    today = day_in_england(datetime.now(UTC))
    state = words.state_of(each.live_on, each.ceased_on, today)
    return {
        "name": each.name,
        "school": schools.get(each.school_urn, each.school_name),
        "kind": words.KINDS.get(each.kind, each.kind),
        "provider": each.provider,
        "state": words.STATES[state],
        "ends_on": each.ends_on,
        "notice_on": each.notice_on,
        "starts_on": each.starts_on,
        "live_on": each.live_on,
        "ceased_on": each.ceased_on,
        "monthly": each.monthly,
        "reference": each.reference,
        "cfr_code": asset_words.CFR_CODES.get(each.cfr_code, each.cfr_code),
    }


def _broadband_cells(
    school: SchoolBroadband, schools: Mapping[int, str]
) -> dict[str, Cell]:
    del schools
    words, main, back_up = circuit_words, school.main, school.back_up
    return {
        "name": school.school_name,
        "standing": words.STANDINGS.get(school.standing, school.standing),
        "lacks": "; ".join(words.LACKS.get(each, each) for each in school.lacks),
        "contradictions": "; ".join(
            words.CONTRADICTIONS.get(each, each) for each in school.contradictions
        ),
        "phase": school_words.PHASES.get(school.phase or "", school.phase),
        "main": main and words.summary(main.technology, main.down_kbps, main.up_kbps),
        "measured": main
        and words.speeds(main.measured_down_kbps, main.measured_up_kbps),
        "back_up": back_up
        and words.summary(back_up.technology, back_up.down_kbps, back_up.up_kbps),
        "tested": back_up and back_up.tested_on,
        "ends_on": school.ends_on,
        "monthly": school.monthly,
    }


def _supplier_cells(each: Supplier, schools: Mapping[int, str]) -> dict[str, Cell]:
    del schools
    return {column.key: getattr(each, column.key) for column in model.SUPPLIERS.columns}


def _licence_cells(each: Licence, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = licence_words
    del schools
    return {
        "name": each.name,
        "publisher": each.publisher,
        "state": words.STATES.get(each.state, each.state),
        "seats": words.WHOLE_SITE if each.seats is None else each.seats,
        "term": words.TERMS_SHORT.get(each.term, each.term),
        "starts_on": each.starts_on,
        "ends_on": each.ends_on,
        "notice_on": each.notice_on,
        "price": each.price,
        "holder": each.school_name or words.ALL_SCHOOLS,
        "release": each.release,
        "supplier": each.supplier,
        "reference": each.reference,
        "counted": each.counted,
        "cfr_code": asset_words.CFR_CODES.get(each.cfr_code, each.cfr_code),
    }


def _standing_cells(each: Standing, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = licence_words
    holder = each.school_name or words.ALL_SCHOOLS
    return {
        "name": each.name,
        "school": schools.get(each.school_urn or 0, holder),
        "publisher": each.publisher,
        "state": words.STANDINGS.get(each.state, each.state),
        "used": each.used,
        "seats": words.WHOLE_SITE if each.seats is None else each.seats,
        "from_authority": each.from_authority if each.school_urn else None,
        "short_by": each.short_by,
        "installed": each.installed,
        "counted": each.counted,
        "ends_on": each.ends_on,
    }


def _agreement_cells(each: Agreement, schools: Mapping[int, str]) -> dict[str, Cell]:
    words, urn = agreement_words, each.school_urn
    return {
        "name": each.name,
        "kind": words.KINDS.get(each.kind, each.kind),
        "holder": schools.get(urn, str(urn)) if urn else words.ALL_SCHOOLS,
        "state": words.STATES.get(each.state, each.state),
        "supplier": each.supplier_name,
        "account": each.supplier and each.supplier.account_reference,
        "starts_on": each.starts_on,
        "next_end_on": each.next_end_on,
        "notice_on": each.notice_on,
        "renews": words.RENEWS_SHORT.get(each.renews, each.renews),
    }


def _not_chosen(
    item: Counted | Kit | Custody | Consumable | Machine | Taken,
) -> Chosen:
    """Refuse to choose what nothing can be done to."""
    raise TypeError(item)


def _cost_cells(each: ModelCost, schools: Mapping[int, str]) -> dict[str, Cell]:
    del schools
    return cost_words.cells(each)


def _device_cells(device: Device, schools: Mapping[int, str]) -> dict[str, Cell]:
    words = device_words
    return {
        "name": device.title,
        "school": schools.get(device.school_urn, str(device.school_urn)),
        "kind": words.KINDS.get(device.kind, device.kind),
        "model": device.make,
        "serial": device.serial,
        "last_seen_at": device.last_seen_at,
        "asset": device.asset_tag or words.STANDINGS.get(device.standing),
        "matched_by": words.MATCHED_BY.get(device.matched_by or ""),
        "agent": device.agent,
        "first_seen_at": device.first_seen_at,
    }


def _chosen_device(device: Device) -> Chosen:
    return Chosen(device.device_id, device.version, device.title)


ASSETS = Kind(
    model.ASSETS,
    "inventory",
    "/api/inventory/v1/assets",
    TypeAdapter(Listing[Asset]),
    model.ASSET_ACTIONS,
    "asset_id",
    _chosen_asset,
    _asset_cells,
    "asset",
)
TICKETS = Kind(
    model.TICKETS,
    "servicedesk",
    "/api/servicedesk/v1/tickets",
    TypeAdapter(Listing[Ticket]),
    model.TICKET_ACTIONS,
    "ticket_id",
    _chosen_ticket,
    _ticket_cells,
    "ticket",
)
MODELS = Kind(
    model.MODELS,
    "inventory",
    "/api/inventory/v1/models",
    TypeAdapter(Listing[Model]),
    {},
    "model_id",
    _not_chosen,
    _model_cells,
    "asset",
    "assets",
)
TITLES = Kind(
    model.TITLES,
    "inventory",
    "/api/inventory/v1/titles",
    TypeAdapter(Listing[Title]),
    {},
    "title_id",
    _not_chosen,
    _title_cells,
    "asset",
    "assets",
)
DEVICES = Kind(
    model.DEVICES,
    "inventory",
    "/api/inventory/v1/agent-devices",
    TypeAdapter(Listing[Device]),
    {},
    "device_id",
    _chosen_device,
    _device_cells,
    # A machine that is new is mostly a new asset.
    "asset",
    "devices",
)
KIT = Kind(
    model.KIT,
    "inventory",
    "/api/inventory/v1/estate/kit",
    TypeAdapter(Listing[Kit]),
    {},
    "asset_id",
    _not_chosen,
    _kit_cells,
    "asset",
    "estate",
)
SYSTEMS = Kind(
    model.SYSTEMS,
    "inventory",
    "/api/inventory/v1/support/devices",
    TypeAdapter(Listing[Machine]),
    {},
    "asset_id",
    _not_chosen,
    _machine_cells,
    "asset",
    "estate",
)
CUSTODY = Kind(
    model.CUSTODY,
    "inventory",
    "/api/inventory/v1/custodies",
    TypeAdapter(Listing[Custody]),
    {},
    "custody_id",
    _not_chosen,
    _custody_cells,
    "asset",
    "assets",
)
HEALTH = Kind(
    model.HEALTH,
    "inventory",
    "/api/inventory/v1/estate/schools",
    TypeAdapter(Listing[SchoolEstate]),
    {},
    "school_urn",
    _not_chosen,
    _health_cells,
    "asset",
    "estate",
)
CONSUMABLES = Kind(
    model.CONSUMABLES,
    "inventory",
    "/api/inventory/v1/consumables",
    TypeAdapter(Listing[Consumable]),
    {},
    "consumable_id",
    _not_chosen,
    _consumable_cells,
    "consumable",
    "assets",
)
COSTS = Kind(
    model.COSTS,
    "inventory",
    "/api/inventory/v1/costs/models",
    TypeAdapter(Listing[ModelCost]),
    {},
    "model_id",
    _not_chosen,
    _cost_cells,
    "asset",
    "estate",
)
DISPOSALS = Kind(
    model.DISPOSALS,
    "inventory",
    "/api/inventory/v1/disposals",
    TypeAdapter(Listing[Disposal]),
    {},
    "reference",
    _not_chosen,
    disposal_words.cells,
    "asset",
    "assets",
)
ENDINGS = Kind(
    model.ENDINGS,
    "inventory",
    "/api/inventory/v1/endings",
    TypeAdapter(Listing[Ending]),
    {},
    "name",
    _not_chosen,
    ending_words.cells,
    "asset",
    "estate",
)
CIRCUITS = Kind(
    model.CIRCUITS,
    "inventory",
    "/api/inventory/v1/circuits",
    TypeAdapter(Listing[Circuit]),
    {},
    "circuit_id",
    _not_chosen,
    _circuit_cells,
    "circuit",
    "assets",
)
NETWORK_SERVICES = Kind(
    model.NETWORK_SERVICES,
    "inventory",
    "/api/inventory/v1/network-services",
    TypeAdapter(Listing[NetworkService]),
    {},
    "service_id",
    _not_chosen,
    _service_cells,
    "asset",
    "assets",
)
BROADBAND = Kind(
    model.BROADBAND,
    "inventory",
    "/api/inventory/v1/broadband/schools",
    TypeAdapter(Listing[SchoolBroadband]),
    {},
    "school_urn",
    _not_chosen,
    _broadband_cells,
    "circuit",
    "assets",
)
SUPPLIERS = Kind(
    model.SUPPLIERS,
    "inventory",
    "/api/inventory/v1/suppliers",
    TypeAdapter(Listing[Supplier]),
    {},
    "supplier_id",
    _not_chosen,
    _supplier_cells,
    # What they are shown beside: of a supplier itself nothing is said.
    "circuit",
    "assets",
)
LICENCES = Kind(
    model.LICENCES,
    "inventory",
    licences.PATH,
    TypeAdapter(Listing[Licence]),
    {},
    "licence_id",
    _not_chosen,
    _licence_cells,
    "licence",
    "assets",
    licences.compliance_of,
)
COMPLIANCE = Kind(
    model.COMPLIANCE,
    "inventory",
    licences.COMPLIANCE,
    TypeAdapter(Listing[Standing]),
    {},
    "title_id",
    _not_chosen,
    _standing_cells,
    "licence",
    "assets",
)
AGREEMENTS = Kind(
    model.AGREEMENTS,
    "servicedesk",
    agreements.PATH,
    TypeAdapter(Listing[Agreement]),
    {},
    "agreement_id",
    _not_chosen,
    _agreement_cells,
    # What they are about: of an agreement itself nothing is said.
    "ticket",
    "tickets",
    agreements.soon_of,
)
