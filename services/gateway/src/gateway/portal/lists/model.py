"""The tables of the lists, and what can be done to many things at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gateway.portal.agreements import model as agreements
from gateway.portal.assets import model as assets
from gateway.portal.catalogue import model as catalogue
from gateway.portal.circuits import model as circuits
from gateway.portal.consumables import model as consumables
from gateway.portal.custody import model as custody
from gateway.portal.devices import model as devices
from gateway.portal.endings import model as endings
from gateway.portal.estate import model as estate
from gateway.portal.licences import model as licences
from gateway.portal.network_services import model as network_services
from gateway.portal.suppliers import model as suppliers
from gateway.portal.support import model as support
from gateway.portal.tables.model import Column, Filter, State, Table
from gateway.portal.tickets import model as tickets

_ASSET_COLUMNS = (
    Column("tag", "Tag", up="tag", down="-tag"),
    Column("model", "Make and model", up="model", down="-model"),
    Column("category", "Category"),
    Column("serial", "Serial number"),
    Column("room", "Room"),
    Column("building", "Building", shown=False),
    Column("site", "Site", shown=False),
    Column("status", "Status"),
    Column("support", "Support of the model", shown=False),
    Column("recorded", "Make and model as recorded", shown=False),
    Column("purchased_on", "Bought", "day", up="purchased_on", down="-purchased_on"),
    Column("warranty_until", "Warranty until", "day", shown=False),
    Column("support_until", "Supported until", "day", shown=False),
    Column("replace_on", "To be replaced", "day", shown=False),
    Column("price", "Price in pounds", "number", shown=False),
    Column("supplier", "Supplier", shown=False),
    Column("order_number", "Order number", shown=False),
    Column("funding_line", "Funding line", shown=False),
    Column("cfr_code", "CFR code", shown=False),
    Column("registered_at", "Added", "moment", shown=False),
    Column("changed_at", "Last changed", "moment", down="-changed_at", shown=False),
)
_TICKET_COLUMNS = (
    Column("summary", "Ticket"),
    Column("status", "Status"),
    Column("priority", "Priority", up="priority", orders=("most urgent first", "")),
    Column("due_at", "Due", "moment", up="due_at", orders=("soonest first", "")),
    Column("party", "With"),
    Column("kind", "Kind", shown=False),
    Column("opened_at", "Opened", "moment", up="opened_at", down="-opened_at"),
    Column("resolved_at", "Resolved", "moment", shown=False),
    Column("changed_at", "Last changed", "moment", down="-changed_at", shown=False),
)
_DEVICE_COLUMNS = (
    Column("name", "Machine", up="name", down="-name"),
    Column("kind", "Kind"),
    Column("model", "Make and model"),
    Column("serial", "Serial number", shown=False),
    Column(
        "last_seen_at", "Last seen", "moment", up="last_seen_at", down="-last_seen_at"
    ),
    Column("asset", "Asset"),
    Column("matched_by", "How it was found", shown=False),
    Column("agent", "Told by", shown=False),
    Column("first_seen_at", "First seen", "moment", shown=False),
)
_SCHOOL = Column("school", "School")
_MODEL_COLUMNS = (
    Column("name", "Make and model", up="name", down="-name"),
    Column("category", "Category"),
    Column("devices", "Devices", "number", up="devices", down="-devices"),
    Column("support", "Support"),
    Column(
        *("supported_until", "Supported until", "day"),
        up="supported_until",
        down="-supported_until",
    ),
    Column("sold_until", "Sold until", "day", shown=False),
    Column("launched_on", "Launched", "day", shown=False),
    Column("oldest_on", "First bought", "day"),
    Column("newest_on", "Last bought", "day", shown=False),
    Column("source", "Source", shown=False),
)
_TITLE_COLUMNS = (
    Column("name", "Title", up="name", down="-name"),
    Column("publisher", "Publisher"),
    Column("devices", "Devices", "number", up="devices", down="-devices"),
    Column("kind", "Kind", shown=False),
)
OF_MODEL = Filter("model_id", "Model", is_id=True)
"""Kit of one model of the catalogue, to which that model's page leads."""
_HELD = Filter("held", "Kit", {"true": "not out of use"}, of="model_id")
NEARLY = Filter("match", "Spelling", {"near": "but for one letter"}, of="q")
"""How words are taken where nothing is written just so."""
_KIT_COLUMNS = (
    Column("tag", "Tag", up="tag", down="-tag"),
    Column("model", "Make and model"),
    Column("category", "Category"),
    Column("room", "Room"),
    Column("serial", "Serial number", shown=False),
    Column("purchased_on", "Bought", "day"),
    Column("replace_on", "To be replaced", "day"),
    Column("warranty_until", "Warranty until", "day"),
    Column("support_until", "Supported until", "day", shown=False),
    Column("seen_at", "Last report", "moment", shown=False),
    Column("seen_on", "Seen by people", "day", shown=False),
    Column("missed_on", "Missing since", "day", shown=False),
)
_HEALTH_COLUMNS = (
    Column("name", "School", up="name", down="-name"),
    Column("health", "Estate health", "number", up="health", down="-health"),
    Column("assets", "Kit in use", "number", up="assets", down="-assets"),
    Column(
        *("median_age", "Median age in years", "number"),
        up="median_age",
        down="-median_age",
    ),
    Column(
        *("past_life", "Past expected life", "number"),
        up="past_life",
        down="-past_life",
    ),
    Column(
        *("out_of_warranty", "Out of warranty", "number"),
        up="out_of_warranty",
        down="-out_of_warranty",
    ),
    Column(*("unseen", "Silent", "number"), shown=False, up="unseen", down="-unseen"),
    Column("gaps", "Gaps", "number", up="gaps", down="-gaps"),
)
_CONSUMABLE_COLUMNS = (
    Column("name", "Consumable", up="name", down="-name"),
    Column("state", "How it stands"),
    Column("on_hand", "There now", "number", up="on_hand", down="-on_hand"),
    Column("on_order", "On order", "number"),
    Column("reorder_point", "Order at", "number"),
    Column("runs_out_on", "Runs out", "day", up="runs_out_on", down="-runs_out_on"),
    Column("used", "Used in a year", "number", shown=False),
    Column("value", "Value in pounds", "number", up="value", down="-value"),
    Column("category", "Category", shown=False),
    Column("code", "Maker\u2019s code", shown=False),
    Column("site", "Site", shown=False),
    Column("supplier", "Last supplier", shown=False),
    Column("ordered_on", "Last ordered", "day", shown=False),
    Column("counted_on", "Last counted", "day", shown=False),
)
_CONSUMABLE_FILTERS = (
    Filter("q", "Search"),
    Filter("state", "How it stands", consumables.STATES, "Any"),
    Filter("category", "Category", consumables.CATEGORIES, "Every category"),
)
_CIRCUIT_COLUMNS = (
    Column("reference", "Line", up="reference", down="-reference"),
    Column("provider", "Provider"),
    Column("role", "For"),
    Column("state", "State"),
    Column("technology", "Type"),
    Column("down", "Download", "number", up="down", down="-down"),
    Column("up", "Upload", "number", shown=False),
    Column("measured_down", "Measured download", "number", shown=False),
    Column("measured_up", "Measured upload", "number", shown=False),
    Column("ends_on", "Contract ends", "day", up="ends_on", down="-ends_on"),
    Column("notice_on", "Last day for notice", "day", shown=False),
    Column("starts_on", "Contract begins", "day", shown=False),
    Column("live_on", "Used since", "day", shown=False),
    Column(
        *("monthly", "A month in pounds", "number"),
        up="monthly",
        down="-monthly",
        shown=False,
    ),
    Column("cfr_code", "CFR code", shown=False),
    Column("tested", "Last failover test", shown=False),
)
_CIRCUIT_FILTERS = (
    Filter("q", "Search"),
    Filter("state", "State", circuits.STATES, "Any"),
    Filter("role", "For", circuits.ROLES, "Main or back-up"),
    Filter("technology", "Type", circuits.TECHNOLOGIES, "Every type"),
    Filter("ends", "Contract ends", circuits.ENDS, "Whenever"),
)
_SERVICE_COLUMNS = (
    Column("name", "Service", up="name", down="-name"),
    Column("kind", "What for"),
    Column("provider", "Provider"),
    Column("state", "State"),
    Column("ends_on", "Contract ends", "day", up="ends_on", down="-ends_on"),
    Column("notice_on", "Last day for notice", "day", shown=False),
    Column("starts_on", "Contract begins", "day", shown=False),
    Column("live_on", "Used since", "day", shown=False),
    Column("ceased_on", "Ceased", "day", shown=False),
    Column("monthly", "A month in pounds", "number", up="monthly", down="-monthly"),
    Column("reference", "Their number", shown=False),
    Column("cfr_code", "CFR code", shown=False),
)
_SERVICE_FILTERS = (
    Filter("q", "Search"),
    Filter("kind", "What for", network_services.KINDS, "Anything"),
    Filter("state", "State", network_services.STATES, "Any"),
    Filter("ends", "Contract ends", network_services.ENDS, "Whenever"),
)
_BROADBAND_COLUMNS = (
    Column("name", "School", up="name", down="-name"),
    Column(
        *("standing", "Standard"),
        up="standing",
        down="-standing",
        orders=("not met first", "met first"),
    ),
    Column("lacks", "What lacks"),
    Column("contradictions", "What contradicts it", shown=False),
    Column("phase", "Phase", shown=False),
    Column("main", "Main line"),
    Column("measured", "Measured"),
    Column("back_up", "Back-up line"),
    Column("tested", "Last failover test", shown=False),
    Column("ends_on", "Next contract ends", "day", up="ends_on", down="-ends_on"),
    Column("monthly", "A month in pounds", "number", shown=False),
)
_BROADBAND_FILTERS = (
    Filter("q", "Search"),
    Filter("standing", "Standard", circuits.STANDINGS, "Met or not"),
    Filter("lack", "What lacks", circuits.LACKS, "Anything"),
    Filter("is_contradicted", "Measurements", circuits.CONTRADICTED, "Any"),
)
_SUPPLIER_COLUMNS = (
    Column("name", "Supplier", up="name", down="-name"),
    Column("desk_phone", "Telephone of the desk"),
    Column("desk_email", "E-mail address of the desk"),
    Column("account_number", "Account number"),
    Column("contract_reference", "Contract", shown=False),
    Column("starts_on", "Contract begins", "day", shown=False),
    Column("ends_on", "Contract ends", "day", up="ends_on", down="-ends_on"),
    Column("notice_on", "Last day for notice", "day", shown=False),
    Column("circuits", "Lines", "number"),
    Column("monthly", "A month in pounds", "number", up="monthly", down="-monthly"),
    Column("website", "Website", shown=False),
)
_SUPPLIER_FILTERS = (
    Filter("q", "Search"),
    Filter("ends", "Contract ends", suppliers.ENDS, "Whenever"),
)
_LICENCE_COLUMNS = (
    Column("name", "Title", up="name", down="-name"),
    Column("publisher", "Publisher"),
    Column("state", "State"),
    Column("seats", "Devices", "number", up="seats", down="-seats"),
    Column("term", "For how long"),
    Column("starts_on", "First day", "day", shown=False),
    Column("ends_on", "Last day", "day", up="ends_on", down="-ends_on"),
    Column("notice_on", "Last day for notice", "day", shown=False),
    Column("price", "Price in pounds", "number", up="price", down="-price"),
    Column("holder", "Held by"),
    Column("release", "Version", shown=False),
    Column("supplier", "Bought from", shown=False),
    Column("reference", "Order or agreement", shown=False),
    Column("counted", "Counted by the maker", "number", shown=False),
    Column("cfr_code", "CFR code", shown=False),
)
_LICENCE_FILTERS = (
    Filter("q", "Search"),
    Filter("state", "State", licences.STATES, "Any"),
    Filter("measure", "For how many", licences.MEASURES_SHORT, "Any number"),
    Filter("term", "For how long", licences.TERMS_SHORT, "Any"),
    Filter("holder", "Held by", licences.HOLDERS, "Anybody"),
    Filter("ends", "Ends", licences.ENDS, "Whenever"),
)
_COMPLIANCE_COLUMNS = (
    Column("name", "Title", up="name", down="-name"),
    Column("publisher", "Publisher", shown=False),
    Column(
        *("state", "Standing"),
        up="state",
        down="-state",
        orders=("the worst first", "the best first"),
    ),
    Column("used", "Used", "number", up="used", down="-used"),
    Column("seats", "Own seats", "number"),
    Column("from_authority", "From the LA", "number"),
    Column("short_by", "Short by", "number", up="short_by", down="-short_by"),
    Column("installed", "Devices that have it", "number", shown=False),
    Column("counted", "Counted by the maker", "number", shown=False),
    Column("ends_on", "Next end", "day", up="ends_on", down="-ends_on"),
)
_COMPLIANCE_FILTERS = (
    Filter("q", "Search"),
    Filter("state", "Standing", licences.STANDINGS, "Any"),
    Filter("ends", "Ends", licences.ENDS, "Whenever"),
)
_AGREEMENT_COLUMNS = (
    Column("name", "Agreement", up="name", down="-name"),
    Column("kind", "Who promises"),
    Column("holder", "For"),
    Column("state", "State"),
    Column("supplier", "Supplier"),
    Column("account", "Account", shown=False),
    Column("starts_on", "First day", "day", shown=False),
    Column("next_end_on", "Next end", "day", up="ends_on", down="-ends_on"),
    Column("notice_on", "Last day for notice", "day"),
    Column("renews", "Goes on", shown=False),
)
_AGREEMENT_FILTERS = (
    Filter("q", "Search"),
    Filter("kind", "Who promises", agreements.KINDS, "Anybody"),
    Filter("ends", "Ends or needs notice", agreements.ENDS, "Whenever"),
)
_DISPOSAL_COLUMNS = (
    Column(*("disposed_on", "Left on", "day"), up="disposed_on", down="-disposed_on"),
    Column("method", "How"),
    Column("reference", "Reference"),
    Column("assets", "Assets", "number", up="assets", down="-assets"),
    Column("data", "Data"),
)
_DISPOSAL_FILTERS = (
    Filter("q", "Search"),
    Filter("method", "How", assets.METHODS, "Any way"),
)
_ENDING_COLUMNS = (
    Column("name", "What", up="name", down="-name"),
    Column("kind", "What ends"),
    Column("first_on", "From", "day", up="first_on", down="-first_on"),
    Column("last_on", "To", "day"),
    Column("devices", "Devices", "number", up="devices", down="-devices"),
    Column("reference", "Reference"),
    Column("monthly", "A month in pounds", "number", shown=False),
)
_ENDING_FILTERS = (
    Filter("q", "Search"),
    Filter("kind", "What ends", endings.KINDS, "Anything"),
    Filter("within", "When", endings.WITHIN, "Within a year"),
)
_KIT_FILTERS = (
    Filter("concern", "What to look at", estate.CONCERNS, "All kit in use"),
    Filter("category", "Category", assets.CATEGORIES, "Every category"),
    Filter("age", "Age", estate.AGES, "Every age"),
    Filter("room", "Room"),
    Filter("model", "Make and model", of="concern"),
    Filter("month", "Month", of="concern"),
)
_COST_COLUMNS = (
    Column("name", "Make and model", up="name", down="-name"),
    Column("category", "Category", shown=False),
    Column("assets", "Assets", "number", up="assets", down="-assets"),
    Column("price", "To buy", "number"),
    Column("repairs", "Repairs", "number"),
    Column("consumables", "Consumables", "number"),
    Column("electricity", "Electricity", "number"),
    Column("total", "In all", "number", up="total", down="-total"),
    Column(
        *("running", "To run one for a year", "number"),
        up="running",
        down="-running",
    ),
    Column("a_year", "A year of one", "number", up="a_year", down="-a_year"),
    Column("kwh", "Electricity in kWh", "number", shown=False),
    Column("carbon", "CO\u2082e in kg", "number", shown=False),
    Column("measured", "Measured", "number", shown=False),
)
_COST_FILTERS = (
    Filter("q", "Search"),
    Filter("category", "Category", assets.CATEGORIES, "Every category"),
)
_CUSTODY_COLUMNS = (
    Column("tag", "Tag", up="tag", down="-tag"),
    Column("holder", "Holder", up="holder", down="-holder"),
    Column("holder_kind", "Kind of holder", shown=False),
    Column("holder_reference", "Number", shown=False),
    Column("model", "Make and model"),
    Column("purpose", "What for"),
    Column("issued_at", "Given out", "moment", up="issued_at", down="-issued_at"),
    Column("due_on", "Due", "day", up="due_on", down="-due_on"),
    Column("returned_at", "Back", "moment", shown=False),
    Column("condition_out", "As it was given out", shown=False),
    Column("condition_in", "As it came back", shown=False),
)
_CUSTODY_FILTERS = (
    Filter("q", "Search"),
    Filter("state", "Which", custody.STATES, "Out or back", usual="out"),
    Filter("purpose", "What for", custody.PURPOSES, "Whatever for"),
    Filter("holder_kind", "Holder", custody.HOLDERS, "Every holder"),
)
_SYSTEM_COLUMNS = (
    Column("tag", "Tag", up="tag", down="-tag"),
    Column("model", "Make and model"),
    Column("category", "Category"),
    Column("room", "Room"),
    Column("runs", "Runs"),
    Column("state", "Support"),
    Column("ends_on", "Supported until", "day"),
    Column("extended_until", "Paid extension until", "day", shown=False),
    Column("windows_11", "Windows 11", shown=False),
    Column("operating_system", "System as recorded", shown=False),
    Column("os_version", "Version as recorded", shown=False),
)
_SYSTEM_FILTERS = (
    Filter("state", "Support", support.STATES, "Any"),
    Filter("product", "Product", support.PRODUCTS, "Every product"),
    Filter("cycle", "Release", of="product"),
    Filter("windows_11", "Windows 11", support.READINESS, "Any"),
    Filter("room", "Room"),
)
_HEALTH_FILTERS = (
    Filter("q", "Search"),
    Filter("band", "Estate health", estate.BANDS, "Any"),
)
_ASSET_FILTERS = (
    Filter("q", "Search"),
    NEARLY,
    Filter("category", "Category", assets.CATEGORIES, "Every category"),
    Filter("status", "Status", assets.STATUSES, "Every status"),
    Filter("support", "Support", catalogue.SUPPORT, "Any"),
    OF_MODEL,
    _HELD,
)
_MODEL_FILTERS = (
    Filter("q", "Search"),
    Filter("category", "Category", assets.CATEGORIES, "Every category"),
    Filter("support", "Support", catalogue.SUPPORT, "Any"),
    Filter("held", "Devices", catalogue.HELD, "Any", usual="true"),
)
_TITLE_FILTERS = (
    Filter("q", "Search"),
    Filter("kind", "Kind", catalogue.KINDS, "Every kind", usual="application"),
)
_PRIORITIES = {str(code): words for code, words in tickets.PRIORITIES.items()}
_TICKET_FILTERS = (
    Filter("q", "Search"),
    Filter("status", "Status", tickets.STATUSES, "Every status"),
    Filter("priority", "Priority", _PRIORITIES, "Every priority"),
    Filter("kind", "Kind", tickets.KIND_NAMES, "Every kind"),
    Filter("party", "With", tickets.PARTIES, "Whoever has it"),
    Filter("due_within", "Due", tickets.WITHIN, "Whenever due"),
)
_DEVICE_FILTERS = (
    Filter("q", "Search"),
    Filter("kind", "Kind", devices.KINDS, "Every kind"),
    Filter("standing", "Asset", devices.STANDINGS, "Known or not"),
    Filter("unseen_days", "Not seen for", devices.UNSEEN, "Whenever seen"),
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done to many: its words, and what to say of it first."""

    text: str
    does: str
    """What happens to them, after "They will": "be in store"."""
    change: Mapping[str, object]
    undoable: bool = True
    warns: str = ""
    asks: str = "bulk/confirm.html"
    """The page that says what will happen, before it does."""


ASSET_ACTIONS: Mapping[str, Action] = {
    **{
        f"set-{status}": Action(
            f"Change the status to {words.lower()}",
            f"be {words.lower()}",
            {"kind": "set-status", "status": status},
        )
        for status, words in {**assets.WORKING, "missing": "Missing"}.items()
    },
    "move": Action("Move to a school", "stand at another school", {"kind": "move"}),
    "retire": Action(
        "Retire",
        "be out of use, in no room, and count as devices no more",
        {"kind": "retire"},
    ),
    "dispose": Action(
        "Dispose of",
        "have left for good; only what is retired or missing can",
        {"kind": "dispose"},
    ),
    "reinstate": Action(
        "Reinstate",
        "be as they were before they were taken out of use",
        {"kind": "reinstate"},
    ),
    "labels": Action("Print labels", "stay as they are", {}, asks="labels/form.html"),
    "wipe": Action(
        "Record that data was erased", "stay as they are", {}, asks="wipes/many.html"
    ),
}
TICKET_ACTIONS: Mapping[str, Action] = {
    "resolve": Action("Resolve", "be resolved", {"kind": "resolve"}),
    "close": Action(
        "Close",
        "be closed",
        {"kind": "close"},
        undoable=False,
        warns="A closed ticket stays closed: this cannot be undone.",
    ),
    "set-priority": Action(
        "Change the priority",
        "have the priority that follows from your two answers",
        {"kind": "set-priority"},
    ),
}


def nearly(table: Table, state: State) -> State | None:
    """Take a state's words but for one letter; None where that is not to be had."""
    if NEARLY not in table.filters or "q" not in state.filters:
        return None
    if NEARLY.key in state.filters:
        return None
    return replace(state, filters={**state.filters, NEARLY.key: "near"})


def of_authority(table: Table, schools: Mapping[int, str]) -> Table:
    """The same table for a whole LA: it says which school each is of.

    What is counted over schools is of none of them alone.
    """
    first, *rest = table.columns
    if table.key not in _COUNTED:
        rest = [_SCHOOL, *rest]
    names = {str(urn): name for urn, name in schools.items()}
    school = Filter("school", "School", names, "Every school")
    return Table(
        f"authority-{table.key}",
        table.one,
        table.many,
        (first, *rest),
        table.filters if table.key in _OF_AUTHORITY else (*table.filters, school),
        table.sort,
    )


ASSETS = Table("assets", "asset", "assets", _ASSET_COLUMNS, _ASSET_FILTERS, "tag")
TICKETS = Table(
    "tickets", "ticket", "tickets", _TICKET_COLUMNS, _TICKET_FILTERS, "-opened_at"
)
MODELS = Table("models", "model", "models", _MODEL_COLUMNS, _MODEL_FILTERS, "name")
TITLES = Table("software", "title", "titles", _TITLE_COLUMNS, _TITLE_FILTERS, "name")
HEALTH = Table("health", "school", "schools", _HEALTH_COLUMNS, _HEALTH_FILTERS, "name")
KIT = Table("kit", "asset in use", "assets in use", _KIT_COLUMNS, _KIT_FILTERS, "tag")
CUSTODY = Table(
    "custody", "loan", "loans", _CUSTODY_COLUMNS, _CUSTODY_FILTERS, "due_on"
)
CONSUMABLES = Table(
    "consumables",
    "consumable",
    "consumables",
    _CONSUMABLE_COLUMNS,
    _CONSUMABLE_FILTERS,
    "name",
)
SYSTEMS = Table(
    *("systems", "machine in use", "machines in use"),
    _SYSTEM_COLUMNS,
    _SYSTEM_FILTERS,
    "tag",
)
COSTS = Table("model-costs", "model", "models", _COST_COLUMNS, _COST_FILTERS, "-total")
DISPOSALS = Table(
    *("disposals", "disposal", "disposals"),
    _DISPOSAL_COLUMNS,
    _DISPOSAL_FILTERS,
    "-disposed_on",
)
ENDINGS = Table(
    *("endings", "thing that runs out", "things that run out"),
    _ENDING_COLUMNS,
    _ENDING_FILTERS,
    "first_on",
)
CIRCUITS = Table(
    "circuits", "line", "lines", _CIRCUIT_COLUMNS, _CIRCUIT_FILTERS, "reference"
)
NETWORK_SERVICES = Table(
    *("network-services", "service", "services"),
    _SERVICE_COLUMNS,
    _SERVICE_FILTERS,
    "name",
)
BROADBAND = Table(
    *("broadband", "school", "schools"), _BROADBAND_COLUMNS, _BROADBAND_FILTERS, "name"
)
SUPPLIERS = Table(
    "suppliers", "supplier", "suppliers", _SUPPLIER_COLUMNS, _SUPPLIER_FILTERS, "name"
)
LICENCES = Table(
    *("licences", "licence", "licences"), _LICENCE_COLUMNS, _LICENCE_FILTERS, "name"
)
COMPLIANCE = Table(
    *("licence-compliance", "licensed title", "licensed titles"),
    _COMPLIANCE_COLUMNS,
    _COMPLIANCE_FILTERS,
    "state",
)
AGREEMENTS = Table(
    *("agreements", "agreement", "agreements"),
    _AGREEMENT_COLUMNS,
    _AGREEMENT_FILTERS,
    "name",
)
_OF_AUTHORITY = frozenset({HEALTH.key, BROADBAND.key, SUPPLIERS.key})
"""Those whose rows are schools, or the LA's own."""
_COUNTED = _OF_AUTHORITY | {
    MODELS.key,
    TITLES.key,
    COSTS.key,
    LICENCES.key,
    AGREEMENTS.key,
}
"""Those whose rows are no things of one school, or say themselves whose they are."""
DEVICES = Table(
    "devices",
    "machine",
    "machines",
    _DEVICE_COLUMNS,
    _DEVICE_FILTERS,
    "-last_seen_at",
)
