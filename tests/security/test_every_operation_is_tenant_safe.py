"""Every operation, every id it takes, another tenant's real id: as if there were none.

The cases are made from the merged document, so a new operation or parameter has its
case at once, or fails here until somebody says what kind of value it takes.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.security.product import (
    FAR_AWAY,
    LA_OF,
    MINE,
    NEXT_DOOR,
    Product,
    Session,
    Tenant,
    addition,
    agreed,
    agreement,
    api_client,
    asset,
    back_up_line,
    calendar,
    consumable,
    custody,
    enrolment_key,
    failover_test,
    ical,
    let_leave,
    licence,
    loss,
    mark,
    measurements,
    network_service,
    notice,
    person,
    put_in_use,
    repair,
    room_scans,
    scanned,
    scans,
    stock_line,
    stock_take,
    stock_use,
    supplier,
    ticket,
    view,
    wipe,
    worked,
)

REAL: Mapping[str, Callable[[Tenant], Any]] = {
    "asset_ids": lambda tenant: [tenant.asset["asset_id"]],
    "asset_id": lambda tenant: tenant.asset["asset_id"],
    "asset": lambda tenant: tenant.asset["asset_id"],
    "ticket_id": lambda tenant: tenant.ticket["ticket_id"],
    "assets": lambda tenant: [
        {"asset_id": tenant.asset["asset_id"], "version": tenant.asset["version"]}
    ],
    "tickets": lambda tenant: [
        {"ticket_id": tenant.ticket["ticket_id"], "version": tenant.ticket["version"]}
    ],
    "batch_id": lambda tenant: tenant.batch,
    "notice_id": lambda tenant: tenant.notice["notice_id"],
    "school_urns": lambda tenant: [tenant.urn],
    "import_id": lambda tenant: tenant.imported["import_id"],
    "asset_import_id": lambda tenant: tenant.sheet["import_id"],
    "attachment_id": lambda tenant: tenant.attachment["attachment_id"],
    "job_id": lambda tenant: tenant.imported["job_id"],
    "subject_id": lambda tenant: tenant.imported["import_id"],
    "view_id": lambda tenant: tenant.view,
    "person_id": lambda tenant: tenant.person["person_id"],
    "assignment_id": lambda tenant: tenant.held["assignment_id"],
    "deputises_for": lambda tenant: tenant.person["person_id"],
    "assignments": lambda tenant: [{"role": "learner", "school_urn": tenant.urn}],
    "api_client_id": lambda tenant: tenant.client["api_client_id"],
    "key_id": lambda tenant: tenant.key["key_id"],
    "device_id": lambda tenant: tenant.doubt["device_id"],
    "doubt_id": lambda tenant: tenant.doubt["doubt_id"],
    "repair_id": lambda tenant: tenant.repair["repair_id"],
    "custody_id": lambda tenant: tenant.custody["custody_id"],
    "loss_id": lambda tenant: tenant.loss["loss_id"],
    "consumable_id": lambda tenant: tenant.stock["consumable_id"],
    "line_id": lambda tenant: tenant.stock["line_id"],
    "use_id": lambda tenant: tenant.stock["use_id"],
    "scan_id": lambda tenant: tenant.scan["scan_id"],
    "stock_take_id": lambda tenant: tenant.take["stock_take_id"],
    "move": lambda tenant: [{"asset_id": tenant.asset["asset_id"], "version": 1}],
    "circuit_id": lambda tenant: tenant.line["circuit_id"],
    "service_id": lambda tenant: tenant.service["service_id"],
    "supplier_id": lambda tenant: tenant.supplier["supplier_id"],
    "licence_id": lambda tenant: tenant.licence["licence_id"],
    "agreement_id": lambda tenant: tenant.agreement["agreement_id"],
    "time_entry_id": lambda tenant: tenant.time_entry["time_entry_id"],
    "document_id": lambda tenant: tenant.document["document_id"],
    "backs": lambda tenant: tenant.line["backs"],
    "relation_id": lambda tenant: tenant.relation["relation_id"],
    "other_id": lambda tenant: tenant.part["asset_id"],
    "model_id": lambda tenant: tenant.model["model_id"],
    "from_id": lambda tenant: tenant.model["model_id"],
    "into_id": lambda tenant: tenant.model["model_id"],
    "make_id": lambda tenant: tenant.model["make_id"],
    "title_id": lambda tenant: tenant.title["title_id"],
    "merge_id": lambda tenant: tenant.merge["merge_id"],
    "asset_merge_id": lambda tenant: tenant.twins["merge_id"],
    "duplicate_id": lambda tenant: tenant.part["asset_id"],
    "school_id": lambda tenant: str(tenant.school_id),
    "urn": lambda tenant: tenant.urn,
    "school": lambda tenant: tenant.urn,
    "school_urn": lambda tenant: tenant.urn,
    "la_code": lambda tenant: tenant.la_code,
}
"""By name, what a parameter or field names of a tenant."""
NEVER = {
    "asset_id": str(uuid4()),
    "asset_ids": [str(uuid4())],
    "asset": str(uuid4()),
    "ticket_id": str(uuid4()),
    "assets": [{"asset_id": str(uuid4()), "version": 2}],
    "tickets": [{"ticket_id": str(uuid4()), "version": 1}],
    "batch_id": str(uuid4()),
    "relation_id": str(uuid4()),
    "repair_id": str(uuid4()),
    "custody_id": str(uuid4()),
    "loss_id": str(uuid4()),
    "consumable_id": str(uuid4()),
    "line_id": str(uuid4()),
    "use_id": str(uuid4()),
    "scan_id": str(uuid4()),
    "stock_take_id": str(uuid4()),
    "move": [{"asset_id": str(uuid4()), "version": 1}],
    "circuit_id": str(uuid4()),
    "service_id": str(uuid4()),
    "supplier_id": str(uuid4()),
    "licence_id": str(uuid4()),
    "agreement_id": str(uuid4()),
    "time_entry_id": str(uuid4()),
    "document_id": str(uuid4()),
    "backs": str(uuid4()),
    "other_id": str(uuid4()),
    "model_id": str(uuid4()),
    "from_id": str(uuid4()),
    "into_id": str(uuid4()),
    "make_id": str(uuid4()),
    "title_id": str(uuid4()),
    "merge_id": str(uuid4()),
    "asset_merge_id": str(uuid4()),
    "duplicate_id": str(uuid4()),
    "notice_id": str(uuid4()),
    "school_urns": [999998],
    "import_id": str(uuid4()),
    "asset_import_id": str(uuid4()),
    "attachment_id": str(uuid4()),
    "job_id": str(uuid4()),
    "subject_id": str(uuid4()),
    "view_id": str(uuid4()),
    "person_id": str(uuid4()),
    "assignment_id": str(uuid4()),
    "deputises_for": str(uuid4()),
    "assignments": [{"role": "learner", "school_urn": 999998}],
    "api_client_id": str(uuid4()),
    "key_id": str(uuid4()),
    "device_id": str(uuid4()),
    "doubt_id": str(uuid4()),
    "school_id": str(uuid4()),
    "urn": 999998,
    "school": 999998,
    "school_urn": 999998,
    "la_code": "998",
}
NO_ID = {
    # Words of a fixed list, numbers and dates.
    *("category", "impact", "kind", "limit", "phase", "priority", "purchased_on"),
    *("from_on", "phases", "role", "roles", "to_on", "tone"),
    *("frequency", "match", "size", "sort", "state", "status", "urgency"),
    # What is told of kit beside what it is: its purchase, its cover, its end.
    *("order_number", "ordered_on", "price_pence", "supplier", "funding_line"),
    *("cfr_code", "warranty_until", "support_until", "warranty_by", "details"),
    *("site", "building", "on", "method", "reference", "years"),
    # What is known of a model, and how a listing of models is narrowed by it.
    *("alt", "launched_on", "sold_until", "supported_until", "source", "note"),
    *("support", "held", "version", "pence_per_mwh"),
    *("fault", "sent_on", "is_under_warranty", "returned_on", "outcome", "cost_pence"),
    # Who has kit, for what, since when, and how it was.
    *("holder", "holder_kind", "holder_name", "holder_reference", "purpose"),
    *("issued_at", "due_on", "returned_at", "condition"),
    *("lost_on", "police_reference", "found_on"),
    # Scans have ids of their own making, and a code is looked for at its school.
    *("session", "scans", "settle_as"),
    # How a stock-take ends, and how what is in it stands.
    *("end_as", "mark_seen", "list_missing", "standing"),
    # Concerns by their names, and files with theirs: looked up nowhere.
    *("dry_run", "file", "links", "name", "overrides"),
    # How the columns of a file are read: headings, words and values by their names.
    *("columns", "defaults", "words", "dates", "on_known"),
    # What is to happen to each; the school that it may name has a test of its own.
    "change",
    # How somebody's table is set, and whom it is shared with: tests/gateway/views.
    *("table", "shared_with", "is_default"),
    # What is supported, what software needs and what mends cost: public words, numbers.
    *("product", "cycle", "windows_11", "system", "release", "memory_gib"),
    *("storage_gb", "listed_processor", "memory_pence", "storage_pence"),
    *("system_pence", "replacement_pence"),
    # Names of places and trusts, which narrow a listing and are no tenant's.
    *("district", "grouping"),
    # Free text, looked up nowhere; `q` has a test of its own below.
    *(
        "assignee",
        "assignee_id",
        "body",
        "description",
        "manufacturer",
        "model",
        "q",
        "room",
    ),
    *("display_name", "serial", "summary", "tag", "title"),
    # Whether an address is taken is said, and nothing of whose: tests/gateway/people.
    "email",
    # What a client is let do, how often, and whom to ask about it.
    *("contact", "overlap_hours", "requests_per_minute", "scopes", "is_sandbox"),
    # Of two assets that are one: what of the duplicate is right, and what stays.
    *("duplicate_version", "take", "leave_changed"),
    # What a doubtful device is said to be, and for how long one was unheard of.
    *("resolution", "standing", "unseen_days"),
    # What is told of consumables, of their order lines and uses, and of a count.
    *("code", "unit", "fits", "lead_time_days", "minimum", "is_stocked"),
    *("received_on", "quantity", "unit_price_pence", "used_on", "used_for"),
    *("counted", "counted_on", "months"),
    # What is told of lines, of what was measured and tested, and asked of the standard.
    *("reference", "role", "provider", "technology", "down_kbps", "up_kbps"),
    *("is_contended", "starts_on", "ends_on", "notice_on", "monthly_pence", "live_on"),
    *("on", "ends", "tested_on", "outcome", "switch_seconds"),
    *("lack", "is_contradicted"),
    # What a licence is of, for how many and for how long.
    *("publisher", "measure", "seats", "term"),
    # Until when something is used.
    "ceased_on",
    # What an LA knows of a supplier.
    *("desk_phone", "desk_email", "website", "account_number", "contract_reference"),
    # What kit in use, and schools by it, are narrowed to.
    *("age", "band", "concern", "year_begins", "month"),
    # What is agreed, for how long, and what is promised by it.
    *("renews", "notice_days", "service_credit", "is_managed_service", "targets"),
    # What is written of a calendar, and of which days it is asked.
    *("periods", "parts", "hours", "first", "last", "year"),
    *("start", "end", "minutes", "work", "ical"),
    # Whose turn a ticket is, what it waits for and why, and what is due of it.
    *("party", "waits_for", "reason", "due_within", "worked_on", "by"),
    # How one went, and what stood in the way.
    *("score", "view", "obstacle", "obstacles", "comment"),
    # Within which days something ends; what left together; how data was erased.
    *("within", "disposed_on", "wiped_on", "is_verified", "done_by", "tool"),
    "certificate",
    # How somebody is erased, and for how long things are kept.
    *("with_texts", "people_months", "tickets_months", "record_months"),
    "imports_months",
    # What the audit is narrowed to: tests/shared/audit.
    *("action", "outcome", "principal", "target_id"),
    # Each has a test of its own below.
    *("after", "idempotency-key", "if-none-match", "items"),
    # A version's number says nothing of what it is a version of.
    "if-match",
}
ROLES_OF = "/api/directory/v1/people/{person_id}/assignments"
LEARNER = {"role": "learner", "school_urn": MINE}
STOCK = "/api/inventory/v1/consumables/{consumable_id}"
LINE = "/api/inventory/v1/circuits/{circuit_id}"
REPAIR = "/api/inventory/v1/assets/{asset_id}/repairs/{repair_id}"
TAKE = "/api/inventory/v1/stock-takes/{stock_take_id}"
BODIES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "POST /api/directory/v1/schools/imports": dict[str, Any],
    # Its rows have a test of their own: tests/gateway/people/test_importing_people.py.
    "POST /api/directory/v1/people/imports": dict[str, Any],
    "POST /api/directory/v1/schools/imports/{import_id}/apply": dict[str, Any],
    "POST /api/directory/v1/people": lambda: person(LEARNER),
    "PATCH /api/directory/v1/people/{person_id}": lambda: {"display_name": mark(MINE)},
    f"POST {ROLES_OF}": lambda: dict(LEARNER),
    f"PATCH {ROLES_OF}/{{assignment_id}}": lambda: {"to_on": None},
    "POST /api/directory/v1/people/{person_id}/erasures": lambda: {"la_code": "940"},
    "PATCH /api/directory/v1/authorities/{la_code}/retention": dict[str, Any],
    "POST /api/directory/v1/clients": lambda: api_client(MINE),
    "PATCH /api/directory/v1/clients/{api_client_id}": lambda: {"contact": mark(MINE)},
    "POST /api/directory/v1/clients/{api_client_id}/rotate": dict[str, Any],
    "POST /api/directory/v1/me/mail-choices": lambda: {
        "kind": "ticket-resolved",
        "frequency": "daily",
    },
    "POST /api/directory/v1/views": lambda: view(uuid4().hex),
    "PATCH /api/directory/v1/views/{view_id}": lambda: {"is_default": False},
    "POST /api/inventory/v1/agent-doubts/{doubt_id}/settle": lambda: {
        "resolution": "asset",
        "asset_id": NEVER["asset_id"],
    },
    "POST /api/inventory/v1/agent-devices/{device_id}/identify": lambda: {
        "resolution": "asset",
        "asset_id": NEVER["asset_id"],
    },
    "POST /api/inventory/v1/enrolment-keys": lambda: enrolment_key(MINE),
    "POST /api/inventory/v1/enrolment-keys/{key_id}/rotate": dict[str, Any],
    "POST /api/inventory/v1/assets": lambda: asset(MINE, tag=uuid4().hex),
    "POST /api/inventory/v1/assets/imports": dict[str, Any],
    "POST /api/inventory/v1/assets/{asset_id}/files": dict[str, Any],
    "PUT /api/inventory/v1/assets/imports/{asset_import_id}/reading": lambda: {
        "columns": {}
    },
    "POST /api/inventory/v1/assets/bulk": lambda: {
        "items": [asset(MINE, tag=uuid4().hex)]
    },
    "POST /api/inventory/v1/software/bulk": lambda: {
        "items": [{"asset_id": NEVER["asset_id"], "titles": []}]
    },
    "PATCH /api/inventory/v1/assets/{asset_id}": lambda: {"model": mark(MINE)},
    "POST /api/inventory/v1/assets/{asset_id}/move": lambda: {"room": mark(MINE)},
    "POST /api/inventory/v1/assets/{asset_id}/dispose": lambda: {
        "on": "2026-07-20",
        "method": "recycled",
    },
    "POST /api/inventory/v1/assets/{asset_id}/relations": lambda: {
        "kind": "connected-to",
        "other_id": NEVER["other_id"],
    },
    "POST /api/inventory/v1/assets/{asset_id}/merges": lambda: {
        "duplicate_id": NEVER["duplicate_id"],
        "duplicate_version": 1,
    },
    "POST /api/inventory/v1/asset-merges/{asset_merge_id}/split": dict[str, Any],
    "POST /api/inventory/v1/assets/{asset_id}/repairs": lambda: repair(MINE),
    f"POST {REPAIR}/close": lambda: {
        "returned_on": "2026-09-08",
        "outcome": "repaired",
    },
    "POST /api/inventory/v1/wipes": lambda: wipe(str(uuid4())),
    "POST /api/inventory/v1/assets/{asset_id}/custody": lambda: custody(MINE),
    "POST /api/inventory/v1/custody/scans": lambda: scans(MINE),
    "POST /api/inventory/v1/custody/scans/{scan_id}/settle": lambda: {
        "settle_as": "kept"
    },
    "POST /api/inventory/v1/stock-takes": lambda: stock_take(MINE, room=uuid4().hex),
    f"POST {TAKE}/scans": lambda: room_scans(MINE),
    f"POST {TAKE}/end": dict[str, Any],
    "PATCH /api/inventory/v1/custodies/{custody_id}": lambda: {"due_on": None},
    "POST /api/inventory/v1/custodies/{custody_id}/return": dict[str, Any],
    "POST /api/inventory/v1/assets/{asset_id}/losses": lambda: loss(MINE),
    "POST /api/inventory/v1/assets/{asset_id}/losses/{loss_id}/found": lambda: {
        "found_on": "2026-09-08"
    },
    "POST /api/inventory/v1/consumables": lambda: consumable(MINE),
    f"PATCH {STOCK}": lambda: {"code": mark(MINE)},
    f"POST {STOCK}/lines": lambda: stock_line(MINE),
    f"POST {STOCK}/lines/{{line_id}}/receive": lambda: {"received_on": "2026-09-08"},
    f"POST {STOCK}/uses": lambda: stock_use(MINE),
    f"POST {STOCK}/stock-takes": lambda: {
        "counted_on": "2026-09-08",
        "counted": 1,
        "note": mark(MINE),
    },
    "POST /api/inventory/v1/network-services": lambda: network_service(MINE),
    "PATCH /api/inventory/v1/network-services/{service_id}": lambda: {
        "reference": mark(MINE)
    },
    "POST /api/inventory/v1/suppliers": lambda: supplier("940"),
    "PATCH /api/inventory/v1/suppliers/{supplier_id}": lambda: {"website": "x"},
    "POST /api/inventory/v1/licences": lambda: licence(MINE),
    "POST /api/inventory/v1/licences/{licence_id}/files": dict[str, Any],
    "PATCH /api/inventory/v1/licences/{licence_id}": lambda: {"note": mark(MINE)},
    "POST /api/inventory/v1/circuits": lambda: back_up_line(MINE, str(uuid4())),
    f"PATCH {LINE}": lambda: {"note": mark(MINE)},
    f"POST {LINE}/state": lambda: {"state": "ceased", "on": "2026-09-10"},
    f"POST {LINE}/measurements": measurements,
    f"POST {LINE}/failover-tests": lambda: failover_test(MINE),
    "PUT /api/inventory/v1/models/lifecycles": lambda: {
        "la_code": "940",
        "items": [{"make": "HP", "model": uuid4().hex}],
    },
    "PUT /api/inventory/v1/models/{model_id}/lifecycle": lambda: {"note": "x"},
    "POST /api/inventory/v1/models/{model_id}/picture/files": dict[str, Any],
    "POST /api/inventory/v1/merges": lambda: {
        "kind": "model",
        "from_id": NEVER["from_id"],
        "into_id": NEVER["into_id"],
    },
    "PUT /api/inventory/v1/kinds/expected-life": lambda: {
        "category": "laptop",
        "school_urn": MINE,
        "years": 5,
    },
    "PUT /api/inventory/v1/tariffs": lambda: {
        "school_urn": MINE,
        "starts_on": "2026-04-01",
        "pence_per_mwh": 27_350,
    },
    "POST /api/directory/v1/notices": lambda: notice(MINE),
    "PATCH /api/directory/v1/notices/{notice_id}": lambda: {"title": mark(MINE)},
    "POST /api/inventory/v1/assets/batch-changes": lambda: {
        "assets": NEVER["assets"],
        "change": {"kind": "retire"},
    },
    "POST /api/servicedesk/v1/calendars/schools/{school_urn}/ical": ical,
    "POST /api/servicedesk/v1/agreements": lambda: agreement(MINE),
    "PUT /api/servicedesk/v1/agreements/{agreement_id}": lambda: agreed(MINE),
    "POST /api/servicedesk/v1/agreements/{agreement_id}/end": lambda: {
        "ends_on": "2099-12-31"
    },
    "POST /api/servicedesk/v1/calendars/additions": lambda: addition(MINE),
    "PUT /api/servicedesk/v1/calendars/authorities/{la_code}": calendar,
    "PUT /api/servicedesk/v1/calendars/schools/{school_urn}": calendar,
    "POST /api/servicedesk/v1/tickets/batch-changes": lambda: {
        "tickets": NEVER["tickets"],
        "change": {"kind": "resolve"},
    },
    "POST /api/servicedesk/v1/tickets": lambda: ticket(MINE),
    "POST /api/servicedesk/v1/tickets/bulk": lambda: {
        "items": [ticket(MINE, opened_at="2025-03-03T09:05:00Z")]
    },
    "PATCH /api/servicedesk/v1/tickets/{ticket_id}": lambda: {"summary": mark(MINE)},
    "POST /api/servicedesk/v1/tickets/{ticket_id}/comments": lambda: {"body": "x"},
    "POST /api/servicedesk/v1/tickets/{ticket_id}/hand-over": lambda: {
        "party": "supplier",
        "agreement_id": str(uuid4()),
        "reason": "x",
    },
    "POST /api/servicedesk/v1/tickets/{ticket_id}/time": worked,
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/satisfaction": lambda: {
        "score": "good",
        "comment": "x",
    },
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/obstacles": lambda: {
        "obstacles": ["parts"],
        "comment": "x",
    },
}
GONE = "/api/inventory/v1/disposals"
LEFT = {"disposed_on": "2026-07-20", "method": "recycled"}
OTHERWISE = {
    # A filter by what is not there finds nothing.
    ("GET /api/directory/v1/schools", "la_code"): 200,
    ("GET /api/directory/v1/people", "la_code"): 200,
    ("GET /api/directory/v1/people", "school"): 200,
    **{
        (f"GET /api/{service}/v1/audit", name): 200
        for service in ("directory", "inventory", "servicedesk", "strategy")
        for name in ("la_code", "school_id")
    },
    ("GET /api/directory/v1/jobs", "subject_id"): 200,
    ("GET /api/inventory/v1/jobs", "subject_id"): 200,
    ("GET /api/servicedesk/v1/tickets", "asset"): 200,
    ("GET /api/inventory/v1/assets", "la_code"): 200,
    ("GET /api/inventory/v1/assets/count", "la_code"): 200,
    ("GET /api/inventory/v1/assets", "model_id"): 200,
    ("GET /api/inventory/v1/custodies", "la_code"): 200,
    ("GET /api/inventory/v1/custodies/count", "la_code"): 200,
    ("GET /api/inventory/v1/stock-takes", "la_code"): 200,
    ("GET /api/inventory/v1/stock-takes/count", "la_code"): 200,
    # What was not scanned there is not moved there, whoever has it.
    (f"POST {TAKE}/end", "move"): 409,
    ("GET /api/inventory/v1/assets/count", "model_id"): 200,
    ("GET /api/inventory/v1/models", "la_code"): 200,
    ("GET /api/inventory/v1/models", "make_id"): 200,
    ("GET /api/inventory/v1/models/count", "la_code"): 200,
    ("GET /api/inventory/v1/models/count", "make_id"): 200,
    ("GET /api/inventory/v1/makes", "la_code"): 200,
    ("GET /api/inventory/v1/merges", "la_code"): 200,
    ("GET /api/inventory/v1/consumables", "la_code"): 200,
    ("GET /api/inventory/v1/consumables/count", "la_code"): 200,
    ("GET /api/inventory/v1/consumables/spend", "la_code"): 200,
    ("GET /api/inventory/v1/network-services", "la_code"): 200,
    ("GET /api/inventory/v1/network-services/count", "la_code"): 200,
    ("GET /api/inventory/v1/suppliers", "la_code"): 200,
    ("GET /api/inventory/v1/suppliers/count", "la_code"): 200,
    ("GET /api/inventory/v1/circuits", "la_code"): 200,
    ("GET /api/inventory/v1/circuits/count", "la_code"): 200,
    ("GET /api/inventory/v1/broadband/schools", "la_code"): 200,
    ("GET /api/inventory/v1/broadband/schools/count", "la_code"): 200,
    ("GET /api/inventory/v1/titles", "la_code"): 200,
    ("GET /api/inventory/v1/titles/count", "la_code"): 200,
    # What is narrowed to what one may not see is empty.
    ("GET /api/inventory/v1/depreciation", "la_code"): 200,
    ("GET /api/inventory/v1/disposals", "la_code"): 200,
    ("GET /api/inventory/v1/disposals/count", "la_code"): 200,
    ("GET /api/inventory/v1/endings", "la_code"): 200,
    ("GET /api/inventory/v1/endings/count", "la_code"): 200,
    **{
        (f"GET /api/inventory/v1/support{tail}", "la_code"): 200
        for tail in ("", "/devices", "/devices/count")
    },
    **{
        (f"GET /api/inventory/v1/licences{tail}", name): 200
        for tail in ("", "/count", "/compliance", "/compliance/count")
        for name in ("la_code", "title_id")
    },
    **{
        (f"GET /api/inventory/v1/costs{tail}", "la_code"): 200
        for tail in ("", "/models", "/models/count")
    },
    **{
        (f"GET /api/inventory/v1/estate{tail}", "la_code"): 200
        for tail in ("", "/schools", "/schools/count", "/kit", "/kit/count")
    },
    **{
        (f"GET /api/inventory/v1/agent-devices{tail}", name): 200
        for tail in ("", "/count")
        for name in ("la_code", "asset")
    },
    # Of many things each has its own answer: that it is not there.
    ("POST /api/inventory/v1/assets/batch-changes", "assets"): 200,
    ("GET /api/servicedesk/v1/agreements", "la_code"): 200,
    ("GET /api/servicedesk/v1/agreements/count", "la_code"): 200,
    ("GET /api/servicedesk/v1/tickets", "la_code"): 200,
    ("GET /api/servicedesk/v1/time", "la_code"): 200,
    ("GET /api/servicedesk/v1/feedback", "la_code"): 200,
    ("GET /api/servicedesk/v1/feedback/sums", "la_code"): 200,
    ("GET /api/servicedesk/v1/reports/service", "la_code"): 200,
    ("GET /api/servicedesk/v1/workload", "la_code"): 200,
    ("GET /api/servicedesk/v1/tickets/count", "la_code"): 200,
    ("GET /api/servicedesk/v1/tickets/count", "asset"): 200,
    ("POST /api/servicedesk/v1/tickets/batch-changes", "tickets"): 200,
    # What a body points at is no address: the value is wrong, and the pointer says so.
    ("POST /api/directory/v1/notices", "school_urns"): 422,
    (f"POST {ROLES_OF}", "deputises_for"): 422,
    # Nobody lets a system in where they have no say: refused, and recorded.
    ("POST /api/directory/v1/clients", "la_code"): 403,
    ("POST /api/directory/v1/clients", "school_urns"): 403,
    ("PATCH /api/directory/v1/clients/{api_client_id}", "school_urns"): 403,
    # Nobody lets go of somebody, nor says how long things are kept, elsewhere.
    ("POST /api/directory/v1/people/{person_id}/erasures", "la_code"): 403,
    ("GET /api/directory/v1/authorities/{la_code}/retention", "la_code"): 403,
    ("PATCH /api/directory/v1/authorities/{la_code}/retention", "la_code"): 403,
    ("GET /api/directory/v1/erasures", "la_code"): 200,
    ("POST /api/inventory/v1/assets/{asset_id}/relations", "other_id"): 422,
    # One place too many beside the school that the body names.
    ("PUT /api/inventory/v1/kinds/expected-life", "la_code"): 422,
    ("PUT /api/inventory/v1/tariffs", "la_code"): 422,
    ("POST /api/inventory/v1/licences", "la_code"): 422,
    ("POST /api/servicedesk/v1/agreements", "la_code"): 422,
    (f"POST {ROLES_OF}", "la_code"): 422,
    ("POST /api/servicedesk/v1/tickets", "asset_id"): 422,
    ("PATCH /api/servicedesk/v1/tickets/{ticket_id}", "asset_id"): 422,
}
"""Where the answer is not 404; it is the same for a foreign id and for none, too."""
CALENDAR = "/api/servicedesk/v1/calendars/schools/{school_urn}"
AUTHORITY = "/api/servicedesk/v1/calendars/authorities/{la_code}"
WINDOW = {"start": "2026-09-01T09:00:00Z", "end": "2026-09-01T12:00:00Z"}
TERM = {"first": "2026-09-01", "last": "2026-09-30"}
ASKED_BESIDE: Mapping[str, Mapping[str, str]] = {
    "POST /api/inventory/v1/models/{model_id}/picture/files": {"alt": "A laptop"},
    "GET /api/inventory/v1/disposals/kit": LEFT,
    f"GET {CALENDAR}/days": {"first": "2026-09-01", "last": "2026-09-02"},
    f"GET {CALENDAR}/year": {"year": "2026"},
    f"GET {CALENDAR}/next-year": {"year": "2031"},
    f"GET {AUTHORITY}/days": {"first": "2026-09-01", "last": "2026-09-02"},
    "GET /api/servicedesk/v1/time": TERM,
    "GET /api/servicedesk/v1/feedback/sums": TERM,
    "GET /api/servicedesk/v1/reports/service": TERM,
    f"GET {AUTHORITY}/year": {"year": "2026"},
    f"GET {AUTHORITY}/next-year": {"year": "2031"},
    f"GET {CALENDAR}/working-time": WINDOW,
    f"GET {CALENDAR}/objections": WINDOW,
    f"GET {CALENDAR}/due": {"start": WINDOW["start"], "minutes": "60"},
}
"""What an operation must be told in its address beside ids."""
LISTINGS_ALONE = {
    "GET /api/strategy/v1/benchmarks": {"school": MINE},
    "GET /api/strategy/v1/benchmarks/facts": {"school": MINE},
    "GET /api/directory/v1/views": {"table": "assets"},
    "GET /api/inventory/v1/kinds": {"school": MINE},
    "GET /api/inventory/v1/tariffs": {"school": MINE},
    "GET /api/inventory/v1/estate/today": {"school": MINE},
    "GET /api/inventory/v1/disposals/kit": {"school": MINE},
    "GET /api/inventory/v1/stock-takes/places": {"school": MINE},
    "GET /api/inventory/v1/fit": {"school": MINE},
    "GET /api/inventory/v1/duplicates": {"school": MINE},
    "GET /api/inventory/v1/consumables/next-order": {"school": MINE},
}
"""What a reading without a foreign id must name to be answered."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document, and every value that a caller gives it."""

    method: str
    path: str
    places: tuple[tuple[str, str], ...]
    has_body: bool

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    def names(self, where: str) -> set[str]:
        return {name for place, name in self.places if place == where}


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method, said in item.items():
            places = [(each["in"], each["name"]) for each in said.get("parameters", ())]
            content = said.get("requestBody", {}).get("content", {})
            for media in content.values():
                fields = _resolved(document, media["schema"])["properties"]
                places += [("body", name) for name in fields]
            yield Operation(method.upper(), path, tuple(places), bool(content))


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return {"properties": {}, **schema}
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


async def call(
    session: Session, operation: Operation, own: Tenant, **given: Any
) -> httpx.Response:
    """Ask with one's own ids, but for what is given: place_name=value."""
    path = operation.path
    for name in operation.names("path"):
        path = path.replace(f"{{{name}}}", str(given.get(name, REAL[name](own))))
    body = BODIES[operation.label]() if operation.has_body else None
    if body is not None:
        body |= {name: given[name] for name in operation.names("body") & given.keys()}
    query = dict(ASKED_BESIDE.get(operation.label, {}))
    query |= {name: given[name] for name in operation.names("query") & given.keys()}
    headers = {"if-match": '"1"'} if "if-match" in operation.names("header") else {}
    return await session.ask(operation.method, path, headers, json=body, params=query)


def comparable(answer: httpx.Response, sent: object) -> tuple[int, str]:
    """What must be equal: all but the trace and the id that was asked for."""
    said = answer.json()
    for name in ("trace_id", "instance", "batch_id"):
        said.pop(name, None)
    return answer.status_code, str(said).replace(str(sent), "<id>")


def leaks(answer: httpx.Response, tenant: Tenant, sent: object) -> list[str]:
    held = beside_attempts(answer) + str(answer.headers)
    return [word for word in tenant.secrets if word != str(sent) and word in held]


def beside_attempts(answer: httpx.Response) -> str:
    """Leave out which ids were tried in vain: the record says what its own LA sent."""
    if "access.not-found" not in answer.text or not answer.is_success:
        return answer.text

    def unnamed(entry: dict[str, Any]) -> dict[str, Any]:
        is_attempt = entry.get("action") == "access.not-found"
        return entry | ({"target_id": None, "on_id": None} if is_attempt else {})

    return json.dumps(json.loads(answer.text, object_hook=unnamed), ensure_ascii=False)


async def test_every_value_that_a_caller_gives_has_its_kind(product: Product) -> None:
    found = list(operations(await product.document()))

    named = {name for each in found for _, name in each.places}
    assert named - REAL.keys() - NO_ID == set()
    assert {each.label for each in found if each.has_body} == BODIES.keys()
    assert {each.path.split("/")[2] for each in found} == {
        *("directory", "inventory", "servicedesk", "strategy"),
    }


@pytest.mark.parametrize(
    ("role", "at", "foreign"),
    [
        ("school-technician", MINE, NEXT_DOOR),
        ("school-technician", MINE, FAR_AWAY),
        ("school-leader", MINE, FAR_AWAY),
        ("staff", MINE, NEXT_DOOR),
        ("learner", MINE, FAR_AWAY),
        ("la-manager", "940", FAR_AWAY),
        ("la-technician", "940", FAR_AWAY),
        ("auditor", "940", FAR_AWAY),
    ],
)
async def test_a_foreign_id_is_answered_as_one_that_never_was(
    product: Product, role: str, at: int | str, foreign: int
) -> None:
    session = await product.signed_in(role, at)
    own, other = product.tenants[MINE], product.tenants[foreign]
    asked: list[str] = []
    wrong: list[object] = []
    for operation in operations(await product.document()):
        for _, name in operation.places:
            if name not in REAL or REAL[name](own) == (sent := REAL[name](other)):
                continue
            theirs = await call(session, operation, own, **{name: sent})
            none = await call(session, operation, own, **{name: NEVER[name]})
            told = comparable(theirs, sent), comparable(none, NEVER[name])
            asked.append(f"{operation.label} {name}")
            if told[0] != told[1] or leaks(theirs, other, sent):
                wrong.append((asked[-1], *told))
            if theirs.status_code not in expected(operation, name, role):
                wrong.append((asked[-1], theirs.status_code, theirs.text))

    assert wrong == []
    assert len(asked) >= 20
    assert await as_it_was(product, other)


def expected(operation: Operation, name: str, role: str) -> set[int]:
    """Say what is right: 404, or as the table has it, or 403 for one's own thing.

    Who may not touch even their own school's thing hears that before a body's id is
    looked at; and who may not see the thing that is to be moved never gets that far.
    """
    usual = {OTHERWISE.get((operation.label, name), 404)}
    writers = next(
        (w for part, w in WRITERS_OF.items() if part in operation.path), WRITERS
    )
    # Of a thing of one's own thing, too, the role is judged first.
    things = {
        "asset_id": "/assets/",
        "consumable_id": "/consumables/",
        "licence_id": "/licences/",
        "ticket_id": "/tickets/",
    }
    is_below = any(
        name != key and f"{part}{{{key}}}/" in operation.path
        for key, part in things.items()
    )
    if (name in operation.names("body") or is_below) and role not in writers:
        return usual | {403, 404}
    if name in operation.names("body") and operation.names("path"):
        return usual | {412}
    return usual


WRITERS = {"school-technician", "la-manager", "la-technician"}
WRITERS_OF = {
    "/notices": {"la-manager"},
    "/people": {"la-manager", "school-leader"},
    "/clients": {"la-manager"},
    "/models": {"la-manager"},
    "/suppliers": {"la-manager"},
    "/agreements": {"la-manager", "school-leader", "school-technician"},
    "/calendars": {"la-manager", "school-leader", "school-technician"},
    "/licences": WRITERS | {"school-leader"},
    "/merges": {"la-manager"},
}


async def as_it_was(product: Product, tenant: Tenant) -> bool:
    """Read the foreign tenant's things as its own technician."""
    theirs = await product.signed_in("school-technician", tenant.urn)
    kit = f"/api/inventory/v1/assets/{tenant.asset['asset_id']}"
    desk = f"/api/servicedesk/v1/tickets/{tenant.ticket['ticket_id']}"
    comments = (await theirs.ask("GET", f"{desk}/comments")).json()["items"]
    return (
        (await theirs.ask("GET", kit)).json() == tenant.asset
        and (await theirs.ask("GET", desk)).json() == tenant.ticket
        and comments == [tenant.comment]
    )


@pytest.mark.parametrize(
    ("role", "at", "hidden"),
    [
        ("school-technician", MINE, {NEXT_DOOR, FAR_AWAY}),
        ("school-leader", MINE, {NEXT_DOOR, FAR_AWAY}),
        ("staff", MINE, {NEXT_DOOR, FAR_AWAY}),
        ("learner", MINE, {NEXT_DOOR, FAR_AWAY}),
        ("la-manager", "940", {FAR_AWAY}),
        ("auditor", "940", {FAR_AWAY}),
        ("la-technician", "941", {MINE, NEXT_DOOR}),
    ],
)
async def test_no_reading_holds_a_foreign_tenants_words(
    product: Product, role: str, at: int | str, hidden: set[int]
) -> None:
    session = await product.signed_in(role, at)
    own = product.tenants[next(urn for urn in LA_OF if urn not in hidden)]
    found: list[object] = []
    reads = 0
    for operation in operations(await product.document()):
        if operation.method != "GET":
            continue
        more = {"q": "canary"} if "q" in operation.names("query") else {}
        alone = LISTINGS_ALONE.get(operation.label, {})
        for given in (alone, alone | more):
            answer = await call(session, operation, own, **given)
            reads += answer.status_code == 200
            found += [
                (operation.label, leak)
                for urn in hidden
                for leak in leaks(answer, product.tenants[urn], None)
            ]

    assert found == []
    assert reads >= 10


CONFLICTS = "/api/inventory/v1/custody/scans/conflicts"
LISTINGS = (
    "/api/directory/v1/schools",
    "/api/directory/v1/people",
    "/api/directory/v1/clients",
    "/api/directory/v1/erasures",
    "/api/directory/v1/groupings",
    "/api/directory/v1/notices",
    "/api/directory/v1/jobs",
    "/api/directory/v1/schools/imports",
    "/api/inventory/v1/assets",
    "/api/inventory/v1/assets/imports",
    "/api/inventory/v1/broadband/schools",
    "/api/inventory/v1/circuits",
    "/api/inventory/v1/suppliers",
    "/api/inventory/v1/licences",
    "/api/inventory/v1/licences/compliance",
    "/api/inventory/v1/network-services",
    "/api/inventory/v1/consumables",
    "/api/inventory/v1/costs/models",
    "/api/inventory/v1/custodies",
    GONE,
    f"{GONE}/kit",
    "/api/inventory/v1/endings",
    CONFLICTS,
    "/api/inventory/v1/stock-takes",
    "/api/inventory/v1/jobs",
    "/api/inventory/v1/software",
    "/api/inventory/v1/models",
    "/api/inventory/v1/titles",
    "/api/inventory/v1/estate/schools",
    "/api/inventory/v1/estate/kit",
    "/api/inventory/v1/support/devices",
    "/api/inventory/v1/makes",
    "/api/inventory/v1/merges",
    "/api/inventory/v1/enrolment-keys",
    "/api/inventory/v1/agent-devices",
    "/api/inventory/v1/agent-doubts",
    "/api/inventory/v1/agent-refusals",
    "/api/directory/v1/audit",
    "/api/inventory/v1/audit",
    "/api/servicedesk/v1/audit",
    "/api/strategy/v1/audit",
    "/api/servicedesk/v1/agreements",
    "/api/servicedesk/v1/feedback",
    "/api/servicedesk/v1/tickets",
)


async def test_every_listing_is_among_those_whose_cursors_are_tried(
    product: Product,
) -> None:
    found = {
        each.path
        for each in operations(await product.document())
        if "after" in each.names("query") and not each.names("path")
    }

    assert found == set(LISTINGS)


async def let_go(manager: Session) -> None:
    """Ask for the erasure of somebody who came and left."""
    people = "/api/directory/v1/people"
    made = await manager.ask("POST", people, json=person(LEARNER))
    where = f"{people}/{made.json()['person_id']}"
    await manager.ask("POST", f"{where}/leave")
    answer = await manager.ask("POST", f"{where}/erasures", json={"la_code": "940"})
    assert answer.status_code == 202, answer.text


@pytest.mark.parametrize("path", LISTINGS)
async def test_a_foreign_cursor_leads_to_nothing_foreign(
    product: Product, path: str
) -> None:
    manager = await product.signed_in("la-manager", "940")
    stranger = await product.signed_in("school-technician", FAR_AWAY)
    if path.endswith("/erasures"):
        await let_go(manager)
        await let_go(manager)
    if path.endswith(("/estate/kit", "/support/devices")):
        await put_in_use(manager, 2)
    if path.endswith("/endings"):
        soon = (datetime.now(UTC) + timedelta(30)).date().isoformat()
        await put_in_use(manager, 1, warranty_until=soon, support_until=soon)
    mine: dict[str, object] = {}
    theirs: dict[str, object] = {}
    if path.startswith(GONE):
        await let_leave(manager, "2026-07-20", "2026-07-20", "2026-07-21")
    if path == f"{GONE}/kit":
        mine, theirs = {"school": MINE, **LEFT}, {"school": FAR_AWAY, **LEFT}
    if path == CONFLICTS:
        mine, theirs = {"school": MINE}, {"school": FAR_AWAY}
        for _ in range(2):
            await scanned(await product.signed_in("school-technician", MINE), MINE)
    page = await manager.ask("GET", path, params={**mine, "limit": 1})
    assert page.json()["next"], page.text

    after = page.json()["next"]
    answer = await stranger.ask("GET", path, params={**theirs, "after": after})

    assert answer.status_code == 200
    for urn in (MINE, NEXT_DOOR):
        assert leaks(answer, product.tenants[urn], None) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [("/api/inventory/v1/assets", asset), ("/api/servicedesk/v1/tickets", ticket)],
)
async def test_a_foreign_idempotency_key_is_anybodys(
    product: Product, path: str, body: Callable[..., dict[str, Any]]
) -> None:
    key = {"idempotency-key": uuid4().hex}
    sent = {urn: body(urn) for urn in (MINE, FAR_AWAY)}
    for each in sent.values():
        if "tag" in each:
            each["tag"] = uuid4().hex
    answers = [
        await (await product.signed_in("school-technician", urn)).ask(
            "POST", path, key, json=said
        )
        for urn, said in sent.items()
    ]

    assert [each.status_code for each in answers] == [201, 201]
    assert leaks(answers[1], product.tenants[MINE], None) == []


async def test_a_foreign_entity_tag_is_no_sign_of_what_it_tagged(
    product: Product,
) -> None:
    path = "/api/strategy/v1/benchmarks"
    manager = await product.signed_in("la-manager", "940")
    stranger = await product.signed_in("la-manager", "941")
    tag = (await manager.ask("GET", path, params={"la_code": "940"})).headers["etag"]

    held = {"if-none-match": tag}
    theirs = await stranger.ask("GET", path, held, params={"la_code": "940"})
    own = await stranger.ask("GET", path, held, params={"la_code": "941"})

    assert (theirs.status_code, own.status_code) == (404, 200)


def _asset_at(urn: int, _tenant: Tenant) -> dict[str, Any]:
    return asset(MINE, tag=uuid4().hex) | {"school_urn": urn}


def _ticket_at(urn: int, _tenant: Tenant) -> dict[str, Any]:
    return ticket(MINE, opened_at="2025-03-03T09:05:00Z") | {"school_urn": urn}


def _software_of(_urn: int, tenant: Tenant) -> dict[str, Any]:
    titles = [{"publisher": "x", "name": "x", "version": "1"}]
    return {"asset_id": tenant.asset["asset_id"], "titles": titles}


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("/api/inventory/v1/assets/bulk", _asset_at),
        ("/api/inventory/v1/software/bulk", _software_of),
        ("/api/servicedesk/v1/tickets/bulk", _ticket_at),
    ],
)
async def test_an_item_of_another_tenants_takes_all_others_down_with_it(
    product: Product, path: str, item: Callable[[int, Tenant], dict[str, Any]]
) -> None:
    session = await product.signed_in("la-manager", "940")
    own, other = product.tenants[MINE], product.tenants[FAR_AWAY]
    never = Tenant(999998, uuid4(), {"asset_id": NEVER["asset_id"]})
    sent = [item(MINE, own)]
    theirs = await session.ask(
        "POST", path, json={"items": [*sent, item(FAR_AWAY, other)]}
    )
    none = await session.ask(
        "POST", path, json={"items": [*sent, item(never.urn, never)]}
    )

    assert theirs.status_code == none.status_code == 404
    assert comparable(theirs, None) == comparable(none, None)
    assert leaks(theirs, other, other.asset["asset_id"]) == []
    assert {e["pointer"].split("/")[2] for e in theirs.json()["errors"]} == {"1"}
    assert await as_it_was(product, other)
