"""Who may do what: every role at every operation, and nothing that is not said here.

The thing asked for is somebody else's, at a school of the caller's scope. A change is
sent with a version that is not the present one: who may make it gets as far as 412.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.auth import Actor
from chassis.testing.identities import at_la, at_school
from contracts import roles
from tests.security.product import (
    MINE,
    SERVICES,
    Product,
    addition,
    agreed,
    agreement,
    asset,
    calendar,
    circuit,
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
    repair,
    room_scans,
    scans,
    stock_line,
    stock_take,
    stock_use,
    supplier,
    ticket,
    wipe,
    worked,
)

EVERYONE = (
    *(roles.LA_MANAGER, roles.LA_TECHNICIAN, roles.RBC_SYSTEM),
    *(roles.SCHOOL_TECHNICIAN, roles.SCHOOL_LEADER, roles.STAFF, roles.LEARNER),
    *(roles.AUDITOR, roles.REGIONAL_ANALYST),
    *("nobody", "head-of-everything"),
)
"""In the order of the columns; the last two hold no role, and one that there is not."""

REPORT = "/api/servicedesk/v1/reports/service"
LISTING = (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200)
READING = (200, 200, 200, 200, 200, 404, 404, 200, 404, 404, 404)
ON_AT_SCHOOL = (200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404)
OF_THE_WHOLE_LA = (200, 200, 200, 404, 404, 404, 404, 200, 404, 404, 404)
NOT_WRITTEN = (409, 409, 409, 409, 409, 409, 409, 409, 404, 404, 404)
CHANGING = (412, 412, 412, 412, 403, 404, 404, 403, 404, 404, 404)
BUYING = (412, 412, 412, 412, 412, 404, 404, 403, 404, 404, 404)
AGREEING = (403, 403, 403, 412, 412, 404, 404, 403, 404, 404, 404)
KEEPING_KEYS = (412, 412, 404, 412, 404, 404, 404, 403, 404, 404, 404)
ANSWERED = (200,) * len(EVERYONE)
NOT_THEIRS = (404,) * len(EVERYONE)
LEFT = "disposed_on=2026-07-20&method=recycled"
STOCK = "/api/inventory/v1/consumables/{consumable_id}"
DOCUMENTS = "/api/inventory/v1/licences/{licence_id}/files"
LINE = "/api/inventory/v1/circuits/{circuit_id}"
AGREED = "/api/servicedesk/v1/agreements/{agreement_id}"
CALENDAR = "/api/servicedesk/v1/calendars/schools/{school_urn}"
AUTHORITY = "/api/servicedesk/v1/calendars/authorities/{la_code}"
WINDOW = "start=2026-09-01T09:00:00Z&end=2026-09-01T12:00:00Z"
TAKE = "/api/inventory/v1/stock-takes/{stock_take_id}"
MATRIX: Mapping[str, tuple[int, ...]] = {
    # Whose roles read none of it are answered with none: tests/shared/audit.
    "GET /api/inventory/v1/audit": LISTING,
    "GET /api/servicedesk/v1/audit": LISTING,
    "GET /api/strategy/v1/audit": LISTING,
    "GET /api/inventory/v1/assets": LISTING,
    "POST /api/inventory/v1/assets": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/count": LISTING,
    "GET /api/inventory/v1/assets/{asset_id}": READING,
    "GET /api/inventory/v1/assets/{asset_id}/history": READING,
    "GET /api/inventory/v1/assets/{asset_id}/model": READING,
    "GET /api/inventory/v1/assets/{asset_id}/relations": READING,
    "GET /api/inventory/v1/assets/{asset_id}/impact": READING,
    "GET /api/inventory/v1/assets/{asset_id}/cost": READING,
    "GET /api/inventory/v1/assets/{asset_id}/depreciation": READING,
    "GET /api/inventory/v1/assets/{asset_id}/support": READING,
    f"GET /api/inventory/v1/fit?school={MINE}": READING,
    "GET /api/inventory/v1/support": LISTING,
    f"GET /api/inventory/v1/support?school={MINE}": READING,
    "GET /api/inventory/v1/support/devices": LISTING,
    "GET /api/inventory/v1/support/devices/count": LISTING,
    "POST /api/inventory/v1/assets/{asset_id}/relations": (
        *(422, 422, 422, 422, 403, 404, 404, 403, 404, 404, 404),
    ),
    "DELETE /api/inventory/v1/assets/{asset_id}/relations/{relation_id}": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/{asset_id}/merges": READING,
    "GET /api/inventory/v1/assets/{asset_id}/likenesses": READING,
    "GET /api/inventory/v1/assets/{asset_id}/merge-preview/{duplicate_id}": READING,
    "POST /api/inventory/v1/assets/{asset_id}/merges": CHANGING,
    f"GET /api/inventory/v1/duplicates?school={MINE}": READING,
    "GET /api/inventory/v1/asset-merges/{asset_merge_id}": READING,
    "POST /api/inventory/v1/asset-merges/{asset_merge_id}/split": CHANGING,
    "GET /api/inventory/v1/assets/{asset_id}/repairs": READING,
    "POST /api/inventory/v1/assets/{asset_id}/repairs": (
        *(409, 409, 409, 409, 403, 404, 404, 403, 404, 404, 404),
    ),
    "POST /api/inventory/v1/assets/{asset_id}/repairs/{repair_id}/close": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/{asset_id}/custody": READING,
    "POST /api/inventory/v1/assets/{asset_id}/custody": (
        *(409, 409, 409, 409, 403, 404, 404, 403, 404, 404, 404),
    ),
    "POST /api/inventory/v1/custody/scans": (
        *(200, 200, 200, 200, 403, 403, 403, 403, 404, 404, 404),
    ),
    f"GET /api/inventory/v1/custody/scans/conflicts?school={MINE}": READING,
    "POST /api/inventory/v1/custody/scans/{scan_id}/settle": (
        *(409, 409, 409, 409, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/stock-takes": LISTING,
    "GET /api/inventory/v1/stock-takes/count": LISTING,
    f"GET /api/inventory/v1/stock-takes/places?school={MINE}": READING,
    "POST /api/inventory/v1/stock-takes": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    f"GET {TAKE}": READING,
    f"GET {TAKE}/lines": READING,
    f"POST {TAKE}/scans": (*(200, 200, 200, 200, 403, 404, 404, 403, 404, 404, 404),),
    f"POST {TAKE}/end": CHANGING,
    "GET /api/inventory/v1/assets/{asset_id}/sighting": READING,
    "GET /api/inventory/v1/custodies": LISTING,
    "GET /api/inventory/v1/custodies/count": LISTING,
    "GET /api/inventory/v1/custodies/{custody_id}": READING,
    "PATCH /api/inventory/v1/custodies/{custody_id}": CHANGING,
    # Before it was given out: nobody changes what other rows of the matrix read.
    "POST /api/inventory/v1/custodies/{custody_id}/return": (
        *(422, 422, 422, 422, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/{asset_id}/losses": READING,
    "POST /api/inventory/v1/assets/{asset_id}/losses": (
        *(422, 422, 422, 422, 403, 404, 404, 403, 404, 404, 404),
    ),
    "POST /api/inventory/v1/assets/{asset_id}/losses/{loss_id}/found": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/consumables": LISTING,
    "GET /api/inventory/v1/consumables/count": LISTING,
    f"GET /api/inventory/v1/consumables/next-order?school={MINE}": READING,
    f"GET /api/inventory/v1/consumables/spend?school={MINE}": READING,
    "POST /api/inventory/v1/consumables": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    f"GET {STOCK}": READING,
    f"PATCH {STOCK}": CHANGING,
    f"GET {STOCK}/lines": READING,
    f"POST {STOCK}/lines": (*(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),),
    # Of another's line or use: who may do it at all is told that it is not there.
    f"POST {STOCK}/lines/{{line_id}}/receive": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    f"POST {STOCK}/lines/{{line_id}}/cancel": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    f"GET {STOCK}/uses": READING,
    f"POST {STOCK}/uses": (*(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),),
    f"POST {STOCK}/uses/{{use_id}}/undo": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    f"POST {STOCK}/stock-takes": CHANGING,
    "GET /api/inventory/v1/broadband/schools": LISTING,
    "GET /api/inventory/v1/broadband/schools/count": LISTING,
    "GET /api/inventory/v1/suppliers": LISTING,
    "GET /api/inventory/v1/suppliers/count": LISTING,
    "POST /api/inventory/v1/suppliers": (
        *(201, 403, 403, 404, 404, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/suppliers/{supplier_id}": READING,
    "PATCH /api/inventory/v1/suppliers/{supplier_id}": (
        *(412, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/licences": LISTING,
    "GET /api/inventory/v1/licences/count": LISTING,
    "GET /api/inventory/v1/licences/compliance": LISTING,
    "GET /api/inventory/v1/licences/compliance/count": LISTING,
    "POST /api/inventory/v1/licences": (
        *(201, 201, 201, 201, 201, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/licences/{licence_id}": READING,
    "PATCH /api/inventory/v1/licences/{licence_id}": BUYING,
    "DELETE /api/inventory/v1/licences/{licence_id}": BUYING,
    f"GET {DOCUMENTS}": READING,
    # An empty file, by whoever may send one there.
    f"POST {DOCUMENTS}": (422, 422, 422, 422, 422, 404, 404, 403, 404, 404, 404),
    # Of none: that a real one goes, tests/inventory/licences.
    f"DELETE {DOCUMENTS}/{{document_id}}": (
        *(404, 404, 404, 404, 404, 404, 404, 403, 404, 404, 404),
    ),
    f"GET {DOCUMENTS}/{{document_id}}/file": NOT_THEIRS,
    "GET /api/inventory/v1/network-services": LISTING,
    "GET /api/inventory/v1/network-services/count": LISTING,
    "POST /api/inventory/v1/network-services": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/network-services/{service_id}": READING,
    "PATCH /api/inventory/v1/network-services/{service_id}": CHANGING,
    "GET /api/inventory/v1/circuits": LISTING,
    "GET /api/inventory/v1/circuits/count": LISTING,
    "POST /api/inventory/v1/circuits": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    f"GET {LINE}": READING,
    f"PATCH {LINE}": CHANGING,
    f"POST {LINE}/state": CHANGING,
    f"GET {LINE}/measurements": READING,
    f"POST {LINE}/measurements": (
        *(200, 200, 200, 200, 403, 404, 404, 403, 404, 404, 404),
    ),
    f"GET {LINE}/failover-tests": READING,
    f"POST {LINE}/failover-tests": (
        *(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),
    ),
    # Whoever scans a label says what is wrong: all who are at the school.
    "GET /api/inventory/v1/assets/{asset_id}/label": (
        *(200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404),
    ),
    "PATCH /api/inventory/v1/assets/{asset_id}": CHANGING,
    "POST /api/inventory/v1/assets/{asset_id}/move": CHANGING,
    "POST /api/inventory/v1/assets/{asset_id}/retire": CHANGING,
    "POST /api/inventory/v1/assets/{asset_id}/dispose": CHANGING,
    "POST /api/inventory/v1/assets/{asset_id}/reinstate": CHANGING,
    f"GET /api/inventory/v1/kinds?school={MINE}": (
        *(200, 200, 200, 200, 200, 200, 200, 200, 404, 404, 404),
    ),
    "GET /api/inventory/v1/kinds?la_code=940": (
        *(200, 200, 200, 404, 404, 404, 404, 200, 404, 404, 404),
    ),
    "PUT /api/inventory/v1/kinds/expected-life": (
        *(200, 403, 403, 200, 200, 403, 403, 403, 404, 404, 404),
    ),
    f"GET /api/inventory/v1/tariffs?school={MINE}": READING,
    "GET /api/inventory/v1/tariffs?la_code=940": (
        *(200, 200, 200, 404, 404, 404, 404, 200, 404, 404, 404),
    ),
    "PUT /api/inventory/v1/tariffs": (
        *(200, 403, 403, 200, 200, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/models": LISTING,
    "GET /api/inventory/v1/models/count": LISTING,
    "GET /api/inventory/v1/models/{model_id}": READING,
    "PUT /api/inventory/v1/models/{model_id}/lifecycle": (
        *(412, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    # Of a model without a picture; an empty file, by whoever may send one.
    "GET /api/inventory/v1/models/{model_id}/picture": NOT_THEIRS,
    "POST /api/inventory/v1/models/{model_id}/picture/files?alt=x": (
        *(422, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    "DELETE /api/inventory/v1/models/{model_id}/picture": (
        *(404, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    "PUT /api/inventory/v1/models/lifecycles": (
        *(200, 403, 403, 404, 404, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/titles": LISTING,
    "GET /api/inventory/v1/titles/count": LISTING,
    "GET /api/inventory/v1/titles/{title_id}": READING,
    "GET /api/inventory/v1/titles/{title_id}/devices": READING,
    "GET /api/inventory/v1/estate": LISTING,
    f"GET /api/inventory/v1/estate?school={MINE}": READING,
    "GET /api/inventory/v1/costs": LISTING,
    f"GET /api/inventory/v1/costs?school={MINE}": READING,
    "GET /api/inventory/v1/costs/models": LISTING,
    "GET /api/inventory/v1/costs/models/count": LISTING,
    "GET /api/inventory/v1/disposals": LISTING,
    "GET /api/inventory/v1/disposals/count": LISTING,
    f"GET /api/inventory/v1/disposals/kit?school={MINE}&{LEFT}": READING,
    "GET /api/inventory/v1/assets/{asset_id}/wipes": READING,
    "POST /api/inventory/v1/wipes": (
        *(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/endings": LISTING,
    "GET /api/inventory/v1/endings/count": LISTING,
    f"GET /api/inventory/v1/endings?school={MINE}": READING,
    "GET /api/inventory/v1/depreciation": LISTING,
    f"GET /api/inventory/v1/depreciation?school={MINE}": READING,
    "GET /api/inventory/v1/estate/schools": LISTING,
    "GET /api/inventory/v1/estate/schools/count": LISTING,
    "GET /api/inventory/v1/estate/kit": LISTING,
    "GET /api/inventory/v1/estate/kit/count": LISTING,
    f"GET /api/inventory/v1/estate/today?school={MINE}": READING,
    "GET /api/inventory/v1/makes": LISTING,
    "GET /api/inventory/v1/merges": LISTING,
    "POST /api/inventory/v1/merges": (
        *(409, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    "DELETE /api/inventory/v1/merges/{merge_id}": NOT_THEIRS,
    # Each thing of a batch has an answer of its own: tests/inventory/batches.
    "POST /api/inventory/v1/assets/batch-changes": ANSWERED,
    "POST /api/inventory/v1/assets/batch-changes/{batch_id}/undo": NOT_THEIRS,
    "POST /api/inventory/v1/assets/bulk": (
        *(201, 201, 201, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/imports": LISTING,
    # An empty file, by whoever may send one there.
    f"POST /api/inventory/v1/assets/imports?school_urn={MINE}": (
        *(422, 422, 422, 422, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/imports/{asset_import_id}": READING,
    "GET /api/inventory/v1/assets/imports/{asset_import_id}/faults": READING,
    "GET /api/inventory/v1/assets/imports/{asset_import_id}/faults.csv": READING,
    "GET /api/inventory/v1/assets/imports/{asset_import_id}/file": READING,
    "PUT /api/inventory/v1/assets/imports/{asset_import_id}/reading": CHANGING,
    "POST /api/inventory/v1/assets/imports/{asset_import_id}/apply": CHANGING,
    "POST /api/inventory/v1/assets/imports/{asset_import_id}/undo": CHANGING,
    "POST /api/inventory/v1/assets/imports/{asset_import_id}/cancel": CHANGING,
    # Of no job of theirs: tests/shared/jobs.
    "GET /api/inventory/v1/jobs": LISTING,
    "GET /api/inventory/v1/jobs/{job_id}": NOT_THEIRS,
    "POST /api/inventory/v1/jobs/{job_id}/cancel": NOT_THEIRS,
    "GET /api/inventory/v1/assets/{asset_id}/files": READING,
    # An empty file, by whoever may attach one there.
    "POST /api/inventory/v1/assets/{asset_id}/files?title=x": (
        *(422, 422, 422, 422, 403, 404, 404, 403, 404, 404, 404),
    ),
    # Of the part, which has none: that a real one goes, tests/inventory/attachments.
    "DELETE /api/inventory/v1/assets/{asset_id}/files/{attachment_id}": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/assets/{asset_id}/files/{attachment_id}/file": READING,
    "GET /api/inventory/v1/assets/{asset_id}/files/{attachment_id}/picture": READING,
    "GET /api/inventory/v1/assets/{asset_id}/software": READING,
    "GET /api/inventory/v1/software": LISTING,
    "POST /api/inventory/v1/software/bulk": (
        *(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/agent-devices": LISTING,
    "GET /api/inventory/v1/agent-devices/count": LISTING,
    "GET /api/inventory/v1/agent-refusals": LISTING,
    "GET /api/inventory/v1/agent-devices/{device_id}": READING,
    "POST /api/inventory/v1/agent-devices/{device_id}/identify": CHANGING,
    "GET /api/inventory/v1/agent-devices/{device_id}/changes": READING,
    "GET /api/inventory/v1/agent-doubts": LISTING,
    "GET /api/inventory/v1/agent-doubts/{doubt_id}": READING,
    "POST /api/inventory/v1/agent-doubts/{doubt_id}/settle": CHANGING,
    "GET /api/inventory/v1/enrolment-keys": LISTING,
    "POST /api/inventory/v1/enrolment-keys": (
        *(201, 201, 403, 201, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/inventory/v1/enrolment-keys/{key_id}": (
        *(200, 200, 404, 200, 404, 404, 404, 200, 404, 404, 404),
    ),
    "POST /api/inventory/v1/enrolment-keys/{key_id}/rotate": KEEPING_KEYS,
    "POST /api/inventory/v1/enrolment-keys/{key_id}/withdraw": KEEPING_KEYS,
    "GET /api/servicedesk/v1/agreements": LISTING,
    "GET /api/servicedesk/v1/agreements/count": LISTING,
    # With a supplier of the school: its own people write it.
    "POST /api/servicedesk/v1/agreements": (
        *(201, 403, 403, 201, 201, 404, 404, 403, 404, 404, 404),
    ),
    f"GET {AGREED}": READING,
    f"PUT {AGREED}": AGREEING,
    f"POST {AGREED}/end": AGREEING,
    f"GET {AUTHORITY}": OF_THE_WHOLE_LA,
    f"PUT {AUTHORITY}": (*(412, 403, 403, 404, 404, 404, 404, 403, 404, 404, 404),),
    "GET /api/servicedesk/v1/calendars/schools/{school_urn}": ON_AT_SCHOOL,
    "PUT /api/servicedesk/v1/calendars/schools/{school_urn}": (
        *(412, 403, 403, 412, 412, 403, 403, 403, 404, 404, 404),
    ),
    f"GET {CALENDAR}/days?first=2026-09-01&last=2026-09-02": ON_AT_SCHOOL,
    f"GET {CALENDAR}/year?year=2026": ON_AT_SCHOOL,
    f"GET {CALENDAR}/calendar.ics": ON_AT_SCHOOL,
    f"POST {CALENDAR}/ical": (
        *(412, 403, 403, 412, 412, 403, 403, 403, 404, 404, 404),
    ),
    f"GET {CALENDAR}/objections?{WINDOW}": ON_AT_SCHOOL,
    # No terms are written: who may ask is told so.
    f"GET {CALENDAR}/working-time?{WINDOW}": NOT_WRITTEN,
    f"GET {CALENDAR}/due?start=2026-09-01T09:00:00Z&minutes=60": NOT_WRITTEN,
    f"GET {CALENDAR}/next-year?year=2031": NOT_WRITTEN,
    f"GET {AUTHORITY}/days?first=2026-09-01&last=2026-09-02": OF_THE_WHOLE_LA,
    f"GET {AUTHORITY}/year?year=2026": OF_THE_WHOLE_LA,
    f"GET {AUTHORITY}/next-year?year=2031": (
        *(409, 409, 409, 404, 404, 404, 404, 409, 404, 404, 404),
    ),
    "POST /api/servicedesk/v1/calendars/additions": (
        *(200, 403, 403, 200, 200, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/servicedesk/v1/tickets": LISTING,
    "POST /api/servicedesk/v1/tickets": (
        *(201, 201, 201, 201, 201, 201, 201, 403, 404, 404, 404),
    ),
    "POST /api/servicedesk/v1/tickets/bulk": (
        *(201, 403, 201, 403, 403, 403, 403, 403, 404, 404, 404),
    ),
    "GET /api/servicedesk/v1/tickets/count": LISTING,
    "POST /api/servicedesk/v1/tickets/batch-changes": ANSWERED,
    "POST /api/servicedesk/v1/tickets/batch-changes/{batch_id}/undo": NOT_THEIRS,
    "GET /api/servicedesk/v1/tickets/{ticket_id}": READING,
    "PATCH /api/servicedesk/v1/tickets/{ticket_id}": CHANGING,
    "GET /api/servicedesk/v1/tickets/{ticket_id}/comments": READING,
    "POST /api/servicedesk/v1/tickets/{ticket_id}/comments": (
        *(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/servicedesk/v1/tickets/{ticket_id}/history": READING,
    "GET /api/servicedesk/v1/tickets/{ticket_id}/clocks": READING,
    "POST /api/servicedesk/v1/tickets/{ticket_id}/hand-over": CHANGING,
    "GET /api/servicedesk/v1/tickets/{ticket_id}/time": READING,
    "POST /api/servicedesk/v1/tickets/{ticket_id}/time": (
        *(201, 201, 201, 201, 403, 404, 404, 403, 404, 404, 404),
    ),
    "POST /api/servicedesk/v1/tickets/{ticket_id}/time/{time_entry_id}/take-back": (
        *(404, 404, 404, 404, 403, 404, 404, 403, 404, 404, 404),
    ),
    "GET /api/servicedesk/v1/time?first=2026-09-01&last=2026-09-30": LISTING,
    "GET /api/servicedesk/v1/feedback": LISTING,
    "GET /api/servicedesk/v1/feedback/sums?first=2026-09-01&last=2026-09-30": LISTING,
    "GET /api/servicedesk/v1/workload": LISTING,
    f"GET {REPORT}?first=2026-09-01&last=2026-09-30": LISTING,
    "GET /api/servicedesk/v1/tickets/{ticket_id}/feedback": READING,
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/satisfaction": (
        *(403, 403, 403, 403, 403, 404, 404, 403, 404, 404, 404),
    ),
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/obstacles": (
        *(200, 200, 200, 200, 403, 404, 404, 403, 404, 404, 404),
    ),
    "POST /api/servicedesk/v1/tickets/{ticket_id}/resolve": CHANGING,
    "POST /api/servicedesk/v1/tickets/{ticket_id}/reopen": CHANGING,
    "POST /api/servicedesk/v1/tickets/{ticket_id}/close": CHANGING,
    f"GET /api/strategy/v1/benchmarks?school={MINE}": (
        *(200, 200, 200, 200, 200, 403, 403, 200, 404, 404, 404),
    ),
    "GET /api/strategy/v1/benchmarks?la_code=940": (
        *(200, 200, 200, 403, 403, 403, 403, 200, 403, 404, 404),
    ),
    f"GET /api/strategy/v1/benchmarks/facts?school={MINE}": (
        *(200, 200, 200, 200, 200, 403, 403, 200, 404, 404, 404),
    ),
    "GET /api/strategy/v1/benchmarks/authorities": (
        *(200, 200, 200, 403, 403, 403, 403, 200, 200, 403, 403),
    ),
}
TITLE = {"publisher": mark(MINE), "name": mark(MINE), "version": "1"}
BODIES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "POST /api/inventory/v1/assets": lambda: asset(MINE, tag=uuid4().hex),
    "PATCH /api/inventory/v1/assets/{asset_id}": lambda: {"model": "other"},
    "POST /api/inventory/v1/assets/{asset_id}/move": lambda: {"room": "other"},
    "POST /api/inventory/v1/assets/{asset_id}/dispose": lambda: {
        "on": "2026-07-20",
        "method": "recycled",
    },
    "POST /api/inventory/v1/assets/{asset_id}/relations": lambda: {
        "kind": "connected-to",
        "other_id": str(uuid4()),
    },
    "POST /api/inventory/v1/assets/{asset_id}/merges": lambda: {
        "duplicate_id": "{duplicate_id}",
        "duplicate_version": 1,
    },
    "POST /api/inventory/v1/asset-merges/{asset_merge_id}/split": dict[str, Any],
    "POST /api/inventory/v1/assets/{asset_id}/repairs": lambda: repair(MINE),
    "POST /api/inventory/v1/assets/{asset_id}/repairs/{repair_id}/close": lambda: {
        "returned_on": "2026-09-08",
        "outcome": "repaired",
    },
    "POST /api/inventory/v1/assets/{asset_id}/custody": lambda: custody(MINE),
    "POST /api/inventory/v1/custody/scans": lambda: scans(MINE),
    # Of what nobody has: it cannot be taken, and other rows of the matrix read it.
    "POST /api/inventory/v1/custody/scans/{scan_id}/settle": lambda: {
        "settle_as": "taken"
    },
    "POST /api/inventory/v1/stock-takes": lambda: stock_take(MINE, room=uuid4().hex),
    f"POST {TAKE}/scans": lambda: room_scans(MINE),
    f"POST {TAKE}/end": dict[str, Any],
    "PATCH /api/inventory/v1/custodies/{custody_id}": lambda: {"due_on": None},
    "POST /api/inventory/v1/custodies/{custody_id}/return": lambda: {
        "returned_at": "2001-01-01T00:00:00Z"
    },
    "POST /api/inventory/v1/assets/{asset_id}/losses": lambda: {
        **loss(MINE),
        "lost_on": "2999-01-01",
    },
    "POST /api/inventory/v1/assets/{asset_id}/losses/{loss_id}/found": lambda: {
        "found_on": "2026-09-08"
    },
    "POST /api/inventory/v1/consumables": lambda: consumable(MINE),
    f"PATCH {STOCK}": lambda: {"code": "other"},
    f"POST {STOCK}/lines": lambda: stock_line(MINE),
    f"POST {STOCK}/lines/{{line_id}}/receive": lambda: {"received_on": "2026-09-08"},
    f"POST {STOCK}/uses": lambda: stock_use(MINE),
    f"POST {STOCK}/stock-takes": lambda: {
        "counted_on": "2026-09-08",
        "counted": 1,
        "note": "x",
    },
    "POST /api/inventory/v1/network-services": lambda: network_service(MINE),
    "PATCH /api/inventory/v1/network-services/{service_id}": lambda: {
        "reference": "other"
    },
    "POST /api/inventory/v1/suppliers": lambda: supplier("940"),
    "PATCH /api/inventory/v1/suppliers/{supplier_id}": lambda: {"website": "x"},
    "POST /api/inventory/v1/licences": lambda: licence(MINE),
    "PATCH /api/inventory/v1/licences/{licence_id}": lambda: {"seats": 31},
    "POST /api/inventory/v1/circuits": lambda: circuit(MINE),
    f"PATCH {LINE}": lambda: {"technology": "5g"},
    f"POST {LINE}/state": lambda: {"state": "ceased", "on": "2026-09-10"},
    f"POST {LINE}/measurements": measurements,
    f"POST {LINE}/failover-tests": lambda: failover_test(MINE),
    "PUT /api/inventory/v1/assets/imports/{asset_import_id}/reading": lambda: {
        "columns": {"Tag": "tag"}
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
    "PUT /api/inventory/v1/models/{model_id}/lifecycle": lambda: {"note": "x"},
    "PUT /api/inventory/v1/models/lifecycles": lambda: {
        "la_code": "940",
        "items": [{"make": "HP", "model": "ProBook 440 G9", "note": "x"}],
    },
    "POST /api/inventory/v1/merges": lambda: {
        "kind": "model",
        "from_id": "{model_id}",
        "into_id": "{model_id}",
    },
    "POST /api/inventory/v1/assets/batch-changes": lambda: {
        "assets": [{"asset_id": str(uuid4()), "version": 1}],
        "change": {"kind": "retire"},
    },
    "POST /api/inventory/v1/assets/bulk": lambda: {
        "items": [asset(MINE, tag=uuid4().hex)]
    },
    "POST /api/inventory/v1/agent-doubts/{doubt_id}/settle": lambda: {
        "resolution": "ignored"
    },
    "POST /api/inventory/v1/agent-devices/{device_id}/identify": lambda: {
        "resolution": "ignored"
    },
    "POST /api/inventory/v1/enrolment-keys": lambda: enrolment_key(MINE),
    "POST /api/inventory/v1/enrolment-keys/{key_id}/rotate": dict[str, Any],
    "POST /api/inventory/v1/wipes": lambda: wipe("{asset_id}"),
    "POST /api/inventory/v1/software/bulk": lambda: {
        # What it has already: other rows of the matrix read it.
        "items": [{"asset_id": "{asset_id}", "titles": [TITLE]}]
    },
    "POST /api/servicedesk/v1/agreements": lambda: agreement(MINE),
    f"PUT {AGREED}": lambda: agreed(MINE),
    f"POST {AGREED}/end": lambda: {"ends_on": "2099-12-31"},
    f"POST {CALENDAR}/ical": ical,
    "POST /api/servicedesk/v1/calendars/additions": lambda: addition(MINE),
    f"PUT {AUTHORITY}": calendar,
    f"PUT {CALENDAR}": calendar,
    "POST /api/servicedesk/v1/tickets/batch-changes": lambda: {
        "tickets": [{"ticket_id": str(uuid4()), "version": 1}],
        "change": {"kind": "resolve"},
    },
    "POST /api/servicedesk/v1/tickets": lambda: ticket(MINE),
    "POST /api/servicedesk/v1/tickets/bulk": lambda: {
        "items": [ticket(MINE, opened_at="2025-03-03T09:05:00Z")]
    },
    "PATCH /api/servicedesk/v1/tickets/{ticket_id}": lambda: {"summary": "other"},
    "POST /api/servicedesk/v1/tickets/{ticket_id}/comments": lambda: {"body": "x"},
    "POST /api/servicedesk/v1/tickets/{ticket_id}/hand-over": lambda: {
        "party": "school",
        "reason": "x",
    },
    "POST /api/servicedesk/v1/tickets/{ticket_id}/time": worked,
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/satisfaction": lambda: {
        "score": "good"
    },
    "PUT /api/servicedesk/v1/tickets/{ticket_id}/obstacles": lambda: {
        "obstacles": ["parts"]
    },
}


def actor(role: str, product: Product) -> Actor:
    match role:
        case "nobody":
            return Actor("nobody", "person")
        case "head-of-everything":
            # Held everywhere, and of no use anywhere: a role is never guessed at.
            school = product.tenants[MINE].school_id
            held = (*at_la(role, "940").grants, *at_school(role, school).grants)
            return Actor(role, "person", held)
        case _ if role in roles.OF_A_SCHOOL:
            return at_school(role, product.tenants[MINE].school_id)
        case _:
            return at_la(role, "940")


async def call(
    product: Product, operation: str, caller: Actor, body: dict[str, Any] | None
) -> httpx.Response:
    method, path = operation.split()
    service, tenant = path.split("/")[2], product.tenants[MINE]
    # The part is in repair: who may send it there is told so, and changes nothing.
    of_part = path.endswith("/repairs") or (method == "DELETE" and "/files/" in path)
    kit = tenant.part if of_part else tenant.asset
    path = path.format(
        asset_id=kit["asset_id"],
        relation_id=uuid4(),
        repair_id=uuid4(),
        custody_id=tenant.custody["custody_id"],
        loss_id=uuid4(),
        consumable_id=tenant.stock["consumable_id"],
        line_id=uuid4(),
        use_id=uuid4(),
        circuit_id=tenant.line["circuit_id"],
        supplier_id=tenant.supplier["supplier_id"],
        licence_id=tenant.licence["licence_id"],
        agreement_id=tenant.agreement["agreement_id"],
        time_entry_id=uuid4(),
        document_id=uuid4(),
        service_id=tenant.service["service_id"],
        scan_id=tenant.scan["scan_id"],
        stock_take_id=tenant.take["stock_take_id"],
        model_id=tenant.model["model_id"],
        merge_id=uuid4(),
        asset_merge_id=tenant.twins["merge_id"],
        duplicate_id=tenant.part["asset_id"],
        title_id=tenant.title["title_id"],
        job_id=uuid4(),
        asset_import_id=tenant.sheet["import_id"],
        attachment_id=tenant.attachment["attachment_id"],
        ticket_id=tenant.ticket["ticket_id"],
        school_urn=tenant.urn,
        la_code=tenant.la_code,
        batch_id=tenant.batch,
        key_id=tenant.key["key_id"],
        device_id=tenant.doubt["device_id"],
        doubt_id=tenant.doubt["doubt_id"],
    )
    sent = json.dumps(body).replace("{asset_id}", tenant.asset["asset_id"])
    sent = sent.replace("{model_id}", tenant.model["model_id"])
    sent = sent.replace("{duplicate_id}", tenant.part["asset_id"])
    headers = product.signing.headers(caller, service) | {"if-match": '"7777"'}
    transport = httpx.ASGITransport(product.apps[service])
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.request(
            method, path, headers=headers, json=json.loads(sent)
        )


def test_every_operation_has_its_row(product: Product) -> None:
    found = {
        f"{method.upper()} {path}"
        for name in SERVICES
        for path, item in product.apps[name].openapi()["paths"].items()
        for method in item
    }

    assert {row.partition("?")[0] for row in MATRIX} == found


def test_every_role_has_its_column() -> None:
    assert roles.NAMED_SCHOOLS | {roles.REGIONAL_ANALYST} == {*EVERYONE[:-2]}
    assert {len(row) for row in MATRIX.values()} == {len(EVERYONE)}


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("operation", MATRIX)
async def test_a_role_does_what_the_matrix_says(
    product: Product, operation: str, role: str
) -> None:
    body = BODIES[operation]() if operation in BODIES else None
    if LEFT in operation:
        await let_leave(await product.signed_in("la-manager", "940"), "2026-07-20")

    answer = await call(product, operation, actor(role, product), body)

    wanted = MATRIX[operation][EVERYONE.index(role)]
    assert answer.status_code == wanted, answer.text
    if role in {"nobody", "head-of-everything"}:
        assert mark(MINE) not in answer.text


def answered_fields(document: dict[str, Any]) -> set[str]:
    return {
        field
        for name, schema in document["components"]["schemas"].items()
        if name.endswith("Answer")
        for field in schema["properties"]
    }


@pytest.mark.parametrize("operation", BODIES)
async def test_nothing_can_be_written_that_is_not_asked_for(
    product: Product, operation: str
) -> None:
    service = operation.split("/")[2]
    document = product.apps[service].openapi()
    method, path = operation.split()
    content = document["paths"][path][method.lower()]["requestBody"]["content"]
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    asked = document["components"]["schemas"][name]["properties"].keys()
    manager = at_la(roles.LA_MANAGER, "940")
    known = answered_fields(document) | {
        "la_code",
        "school_id",
        "is_admin",
        "__class__",
    }
    others = sorted(known - asked)
    for value in (mark(MINE), 1, None, str(uuid4())):
        body = BODIES[operation]() | dict.fromkeys(others, value)
        answer = await call(product, operation, manager, body)
        assert answer.status_code == 422, (value, answer.text)
        told = sorted(error["pointer"] for error in answer.json()["errors"])
        assert told == [f"/{field}" for field in others]
