"""Every operation that changes something leaves its entry, and no reading leaves one.

The operations are those of the merged document: a new one has to be told here how it
succeeds, and then has to record it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from chassis import auth
from chassis.db import Database
from chassis.testing.databases import ServiceDatabase
from gateway.register import service as register
from gateway.register.previewing import Files
from tests.gateway.register import files
from tests.inventory.attachments.samples import PDF, picture
from tests.security.product import (
    LA_OF,
    MINE,
    Product,
    Session,
    addition,
    agreed,
    agreement,
    api_client,
    asset,
    calendar,
    circuit,
    consumable,
    custody,
    doubtful,
    enrolment_key,
    failover_test,
    ical,
    joined,
    licence,
    loss,
    measurements,
    network_service,
    notice,
    person,
    repair,
    room_scans,
    scanned,
    scans,
    sent_sheet,
    stock_line,
    stock_take,
    stock_use,
    stocked,
    supplier,
    ticket,
    view,
    wipe,
    worked,
)
from tests.security.test_every_operation_is_tenant_safe import operations

DIRECTORY = "/api/directory/v1"
KIT, DESK = "/api/inventory/v1", "/api/servicedesk/v1"
DATABASE_OF = {"directory": "gateway"}


@dataclass(slots=True)
class Walker:
    """Somebody who does one thing after the other, each under a trace of its own."""

    product: Product
    database_of: Callable[..., ServiceDatabase]
    technician: Session
    manager: Session
    trace_id: str = ""

    async def post(self, path: str, body: object = None, **more: Any) -> httpx.Response:
        return await self.send(self.technician, "POST", path, body, **more)

    async def manage(self, path: str, body: object = None, **more: Any) -> Any:
        answer = await self.send(self.manager, "POST", path, body, **more)
        assert answer.is_success, answer.text
        return answer

    async def send(
        self,
        session: Session,
        method: str,
        path: str,
        body: object = None,
        version: int | None = None,
        **more: Any,
    ) -> httpx.Response:
        self.trace_id = token_hex(16)
        headers = {"traceparent": f"00-{self.trace_id}-{token_hex(8)}-01"}
        if version is not None:
            headers["if-match"] = f'"{version}"'
        sent = more if body is None else {"json": body, **more}
        return await session.ask(method, path, headers, **sent)

    def entries(self, service: str, trace_id: str) -> list[tuple[Any, ...]]:
        """Read what a request left in a service's trail."""
        name = DATABASE_OF.get(service, service)
        stored = self.database_of(name, "_product")
        with psycopg.connect(stored.admin, autocommit=True) as admin:
            return admin.execute(
                "SELECT principal, details::jsonb ->> 'source', outcome, action"
                " FROM audit_entry WHERE trace_id = %s",
                [trace_id],
            ).fetchall()

    async def new_asset(self) -> dict[str, Any]:
        made = await self.post(f"{KIT}/assets", asset(MINE, tag=uuid4().hex))
        found: dict[str, Any] = made.json()
        return found

    async def new_ticket(self) -> dict[str, Any]:
        found: dict[str, Any] = (
            await self.post(f"{DESK}/tickets", ticket(MINE))
        ).json()
        return found

    async def new_notice(self) -> dict[str, Any]:
        found: dict[str, Any] = (
            await self.manage(f"{DIRECTORY}/notices", notice(MINE))
        ).json()
        return found

    async def new_view(self) -> dict[str, Any]:
        found: dict[str, Any] = (
            await self.post(f"{DIRECTORY}/views", view(uuid4().hex))
        ).json()
        return found

    async def new_person(self) -> dict[str, Any]:
        role = {"role": "staff", "school_urn": MINE}
        made = await self.manage(f"{DIRECTORY}/people", person(role))
        found: dict[str, Any] = made.json()
        return found

    async def new_client(self) -> dict[str, Any]:
        made = await self.manage(f"{DIRECTORY}/clients", api_client(MINE))
        found: dict[str, Any] = made.json()
        return found

    async def new_import(self) -> dict[str, Any]:
        """Send a file that nobody sent before: the same one is the same import."""
        where = f"{DIRECTORY}/schools/imports?name={uuid4().hex}.csv"
        content = b"URN,EstablishmentName\n" + uuid4().hex.encode() + b",x\n"
        found: dict[str, Any] = (await self.manage(where, content=content)).json()
        return found

    async def new_sheet(self, state: str = "sent") -> dict[str, Any]:
        """Send a file of kit, and let it be where its jobs would have brought it."""
        found = await sent_sheet(self.technician, MINE)
        stored = self.database_of("inventory", "_product")
        with psycopg.connect(stored.admin, autocommit=True) as admin:
            admin.execute(
                "UPDATE asset_import SET state = %s WHERE import_id = %s",
                [state, found["import_id"]],
            )
        return found

    async def new_key(self) -> dict[str, Any]:
        made = await self.post(f"{KIT}/enrolment-keys", enrolment_key(MINE))
        found: dict[str, Any] = made.json()
        return found

    async def batch(self, kind: str) -> str:
        answer = await (change_assets if kind == "assets" else change_tickets)(self)
        found: str = answer.json()["batch_id"]
        return found


Act = Callable[[Walker], Awaitable[httpx.Response]]


async def change_assets(walker: Walker) -> httpx.Response:
    kit = await walker.new_asset()
    body = {
        "assets": [{"asset_id": kit["asset_id"], "version": 1}],
        "change": {"kind": "retire"},
    }
    return await walker.post(f"{KIT}/assets/batch-changes", body)


async def change_tickets(walker: Walker) -> httpx.Response:
    told = await walker.new_ticket()
    body = {
        "tickets": [{"ticket_id": told["ticket_id"], "version": 1}],
        "change": {"kind": "resolve"},
    }
    return await walker.post(f"{DESK}/tickets/batch-changes", body)


async def reinstate(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}"
    await walker.post(f"{where}/retire", version=1)
    return await walker.post(f"{where}/reinstate", version=2)


async def dispose(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}"
    await walker.post(f"{where}/retire", version=1)
    gone = {"on": "2026-07-20", "method": "recycled"}
    return await walker.post(f"{where}/dispose", gone, version=2)


async def relate(walker: Walker) -> httpx.Response:
    one, other = await walker.new_asset(), await walker.new_asset()
    body = {"kind": "part-of", "other_id": other["asset_id"]}
    return await walker.post(f"{KIT}/assets/{one['asset_id']}/relations", body)


async def part(walker: Walker) -> httpx.Response:
    began = (await relate(walker)).json()
    path = f"{KIT}/assets/{began['asset_id']}/relations/{began['relation_id']}"
    return await walker.send(walker.technician, "DELETE", path)


async def merge_assets(walker: Walker) -> httpx.Response:
    kept, duplicate = await walker.new_asset(), await walker.new_asset()
    body = {"duplicate_id": duplicate["asset_id"], "duplicate_version": 1}
    where = f"{KIT}/assets/{kept['asset_id']}/merges"
    return await walker.post(where, body, version=1)


async def split_assets(walker: Walker) -> httpx.Response:
    made = (await merge_assets(walker)).json()
    where = f"{KIT}/asset-merges/{made['merge_id']}/split"
    return await walker.post(where, {}, version=1)


async def mend(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}/repairs"
    sent = (await walker.post(where, repair(MINE))).json()
    mended = {"returned_on": "2026-09-08", "outcome": "repaired"}
    return await walker.post(f"{where}/{sent['repair_id']}/close", mended)


async def lend(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}/custody"
    return await walker.post(where, custody(MINE))


async def renew(walker: Walker) -> httpx.Response:
    where = f"{KIT}/custodies/{(await lend(walker)).json()['custody_id']}"
    body = {"due_on": "2099-01-01"}
    return await walker.send(walker.technician, "PATCH", where, body, 1)


async def take_in(walker: Walker) -> httpx.Response:
    where = f"{KIT}/custodies/{(await lend(walker)).json()['custody_id']}/return"
    return await walker.post(where, {})


async def settle_scan(walker: Walker) -> httpx.Response:
    made = await scanned(walker.technician, MINE)
    where = f"{KIT}/custody/scans/{made['scan_id']}/settle"
    return await walker.post(where, {"settle_as": "kept"})


def on_take(path: str, body: object) -> Act:
    """Do something to a stock-take that was just opened."""

    async def act(walker: Walker) -> httpx.Response:
        opened = stock_take(MINE, room=uuid4().hex)
        made = (await walker.post(f"{KIT}/stock-takes", opened)).json()
        where = f"{KIT}/stock-takes/{made['stock_take_id']}{path}"
        return await walker.post(where, body, version=1)

    return act


async def find(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}/losses"
    lost = (await walker.post(where, loss(MINE))).json()
    found = {"found_on": "2026-09-08"}
    return await walker.post(f"{where}/{lost['loss_id']}/found", found)


def on_stock(
    path: str, body: object = None, method: str = "POST", version: int | None = None
) -> Act:
    """Do something to a consumable of which some came, and one was taken."""

    async def act(walker: Walker) -> httpx.Response:
        stock = await stocked(walker.technician, MINE)
        where = f"{KIT}/consumables/{stock['consumable_id']}{path.format(**stock)}"
        return await walker.send(walker.technician, method, where, body, version)

    return act


async def receive_order(walker: Walker) -> httpx.Response:
    stock = await stocked(walker.technician, MINE)
    where = f"{KIT}/consumables/{stock['consumable_id']}/lines"
    body = stock_line(MINE) | {"received_on": None}
    ordered = (await walker.post(where, body)).json()
    came = {"received_on": "2026-09-08"}
    return await walker.post(f"{where}/{ordered['line_id']}/receive", came)


async def cancel_order(walker: Walker) -> httpx.Response:
    stock = await stocked(walker.technician, MINE)
    where = f"{KIT}/consumables/{stock['consumable_id']}/lines"
    ordered = (await walker.post(where, stock_line(MINE))).json()
    return await walker.post(f"{where}/{ordered['line_id']}/cancel")


def on_line(
    path: str, body: object = None, method: str = "POST", version: int | None = None
) -> Act:
    """Do something to a back-up line that was measured and tested."""

    async def act(walker: Walker) -> httpx.Response:
        line = await joined(walker.technician, MINE)
        where = f"{KIT}/circuits/{line['circuit_id']}{path}"
        return await walker.send(walker.technician, method, where, body, version)

    return act


def on_licence(method: str, body: object = None) -> Act:
    """Do something to a licence that was just written down."""

    async def act(walker: Walker) -> httpx.Response:
        made = (await walker.post(f"{KIT}/licences", licence(MINE))).json()
        where = f"{KIT}/licences/{made['licence_id']}"
        return await walker.send(walker.technician, method, where, body, 1)

    return act


async def document(walker: Walker) -> httpx.Response:
    made = (await walker.post(f"{KIT}/licences", licence(MINE))).json()
    where = f"{KIT}/licences/{made['licence_id']}/files"
    return await walker.post(where, content=PDF)


async def undocument(walker: Walker) -> httpx.Response:
    made = (await document(walker)).json()
    where = f"{KIT}/licences/{made['licence_id']}/files/{made['document_id']}"
    return await walker.send(walker.technician, "DELETE", where)


def on_agreement(method: str, body: object, path: str = "") -> Act:
    """Do something to an agreement that was just written down."""

    async def act(walker: Walker) -> httpx.Response:
        made = (await walker.post(f"{DESK}/agreements", agreement(MINE))).json()
        where = f"{DESK}/agreements/{made['agreement_id']}{path}"
        return await walker.send(walker.technician, method, where, body, 1)

    return act


async def add_service(walker: Walker) -> httpx.Response:
    return await walker.post(f"{KIT}/network-services", network_service(MINE))


async def change_service(walker: Walker) -> httpx.Response:
    made = (await add_service(walker)).json()
    where = f"{KIT}/network-services/{made['service_id']}"
    body = {"live_on": "2026-09-01"}
    return await walker.send(walker.technician, "PATCH", where, body, 1)


async def add_supplier(walker: Walker) -> httpx.Response:
    body = supplier(LA_OF[MINE])
    return await walker.manage(f"{KIT}/suppliers", body)


async def change_supplier(walker: Walker) -> httpx.Response:
    made = (await add_supplier(walker)).json()
    path, body = f"{KIT}/suppliers/{made['supplier_id']}", {"account_number": "7"}
    return await walker.send(walker.manager, "PATCH", path, body, version=1)


async def new_models(walker: Walker) -> list[str]:
    """Let the LA know of two more models, by their ids."""
    names = [uuid4().hex, uuid4().hex]
    items = [{"make": "HP", "model": name, "note": "x"} for name in names]
    body = {"la_code": LA_OF[MINE], "items": items}
    await walker.send(walker.manager, "PUT", f"{KIT}/models/lifecycles", body)
    found = [
        await walker.manager.ask("GET", f"{KIT}/models", params={"q": name})
        for name in names
    ]
    return [each.json()["items"][0]["model_id"] for each in found]


async def take_lifecycles(walker: Walker) -> httpx.Response:
    item = {"make": "HP", "model": uuid4().hex, "note": "x"}
    body = {"la_code": LA_OF[MINE], "items": [item]}
    return await walker.send(walker.manager, "PUT", f"{KIT}/models/lifecycles", body)


async def set_lifecycle(walker: Walker) -> httpx.Response:
    [model_id, _] = await new_models(walker)
    path = f"{KIT}/models/{model_id}/lifecycle"
    return await walker.send(walker.manager, "PUT", path, {"note": "y"}, version=1)


async def show_picture(walker: Walker) -> httpx.Response:
    [model_id, _] = await new_models(walker)
    where = f"{KIT}/models/{model_id}/picture/files"
    return await walker.send(
        walker.manager, "POST", where, content=picture(), params={"alt": "x"}
    )


async def hide_picture(walker: Walker) -> httpx.Response:
    shown = (await show_picture(walker)).json()["picture"]
    where = f"{KIT}/models/{shown['model_id']}/picture"
    return await walker.send(walker.manager, "DELETE", where)


async def merge(walker: Walker) -> httpx.Response:
    [one, two] = await new_models(walker)
    body = {"kind": "model", "from_id": one, "into_id": two}
    return await walker.manage(f"{KIT}/merges", body)


async def undo_merge(walker: Walker) -> httpx.Response:
    path = f"{KIT}/merges/{(await merge(walker)).json()['merge_id']}"
    return await walker.send(walker.manager, "DELETE", path)


async def expect_otherwise(walker: Walker) -> httpx.Response:
    """Let kit last for other years than before: what changes nothing is no change."""
    for years in (5, 6):
        body = {"category": "laptop", "school_urn": MINE, "years": years}
        path = f"{KIT}/kinds/expected-life"
        answer = await walker.send(walker.technician, "PUT", path, body)
    return answer


async def price_electricity(walker: Walker) -> httpx.Response:
    """Say another price than before: what changes nothing is no change."""
    for pence in (20_000, 30_000):
        body = {"school_urn": MINE, "starts_on": "2026-04-01", "pence_per_mwh": pence}
        path = f"{KIT}/tariffs"
        answer = await walker.send(walker.technician, "PUT", path, body)
    return answer


async def add_to_calendar(walker: Walker) -> httpx.Response:
    """Add a day that it does not hold yet, among those of the year after."""
    where = f"{DESK}/calendars"
    held = (await walker.technician.ask("GET", f"{where}/schools/{MINE}")).json()
    day = date(2027, 9, 1) + timedelta(held["version"])
    return await walker.post(f"{where}/additions", addition(MINE, day.isoformat()))


async def read_calendar(walker: Walker) -> httpx.Response:
    where = f"{DESK}/calendars/schools/{MINE}"
    held = (await walker.technician.ask("GET", where)).json()
    return await walker.post(f"{where}/ical", ical("20280907"), version=held["version"])


def write_calendar(whose: str) -> Callable[[Walker], Awaitable[httpx.Response]]:
    """Write a calendar, and another: what changes nothing is no change."""

    async def do(walker: Walker) -> httpx.Response:
        where = f"{DESK}/calendars/{whose}"
        held = (await walker.manager.ask("GET", where)).json()
        day = "2026-09-02" if held["version"] % 2 else "2026-09-03"
        body, version = calendar(day), held["version"]
        return await walker.send(walker.manager, "PUT", where, body, version)

    return do


async def take_time_back(walker: Walker) -> httpx.Response:
    where = f"{DESK}/tickets/{(await walker.new_ticket())['ticket_id']}/time"
    entry = (await walker.post(where, worked())).json()
    return await walker.post(f"{where}/{entry['time_entry_id']}/take-back")


async def rate(walker: Walker) -> httpx.Response:
    where = f"{DESK}/tickets/{(await walker.new_ticket())['ticket_id']}"
    await walker.post(f"{where}/resolve", version=1)
    said = {"score": "fair", "comment": "x"}
    return await walker.send(walker.technician, "PUT", f"{where}/satisfaction", said)


async def reopen(walker: Walker) -> httpx.Response:
    where = f"{DESK}/tickets/{(await walker.new_ticket())['ticket_id']}"
    await walker.post(f"{where}/resolve", version=1)
    return await walker.post(f"{where}/reopen", version=2)


async def report_software(walker: Walker) -> httpx.Response:
    titles = [{"publisher": "x", "name": "y", "version": "1"}]
    item = {"asset_id": (await walker.new_asset())["asset_id"], "titles": titles}
    return await walker.post(f"{KIT}/software/bulk", {"items": [item]})


async def record_wipe(walker: Walker) -> httpx.Response:
    kit = await walker.new_asset()
    return await walker.post(f"{KIT}/wipes", wipe(kit["asset_id"]))


def on_asset(word: str, body: object = None, method: str = "POST") -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}{word}"
        return await walker.send(walker.technician, method, path, body, 1)

    return act


async def settle(walker: Walker) -> httpx.Response:
    tenant = walker.product.tenants[MINE]
    name = uuid4().hex
    doubt = await doubtful(walker.product, walker.technician, tenant, name)
    where = f"{KIT}/agent-doubts/{doubt['doubt_id']}/settle"
    return await walker.post(where, {"resolution": "ignored"}, version=1)


async def identify(walker: Walker) -> httpx.Response:
    tenant = walker.product.tenants[MINE]
    name = uuid4().hex
    doubt = await doubtful(walker.product, walker.technician, tenant, name)
    where = f"{KIT}/agent-devices/{doubt['device_id']}/identify"
    return await walker.post(where, {"resolution": "ignored"}, version=1)


def on_key(word: str, body: object = None) -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{KIT}/enrolment-keys/{(await walker.new_key())['key_id']}{word}"
        return await walker.post(path, body, version=1)

    return act


def on_ticket(word: str, body: object = None, method: str = "POST") -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{DESK}/tickets/{(await walker.new_ticket())['ticket_id']}{word}"
        return await walker.send(walker.technician, method, path, body, 1)

    return act


def on_notice(word: str, body: object = None, method: str = "POST") -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{DIRECTORY}/notices/{(await walker.new_notice())['notice_id']}{word}"
        return await walker.send(walker.manager, method, path, body, 1)

    return act


def on_view(method: str, body: object = None) -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{DIRECTORY}/views/{(await walker.new_view())['view_id']}"
        return await walker.send(walker.technician, method, path, body, 1)

    return act


def on_person(word: str, body: object = None, method: str = "POST") -> Act:
    async def act(walker: Walker) -> httpx.Response:
        found = await walker.new_person()
        [held] = found["assignments"]
        path = f"{DIRECTORY}/people/{found['person_id']}{word}"
        path = path.format(assignment_id=held["assignment_id"])
        version = held["version"] if "{" in word else found["version"]
        return await walker.send(walker.manager, method, path, body, version)

    return act


def on_client(word: str, body: object = None, method: str = "POST") -> Act:
    async def act(walker: Walker) -> httpx.Response:
        path = f"{DIRECTORY}/clients/{(await walker.new_client())['api_client_id']}"
        return await walker.send(walker.manager, method, path + word, body, 1)

    return act


async def try_mail_again(walker: Walker) -> httpx.Response:
    """Have messages go again to somebody whose address took none."""
    person_id = (await walker.new_person())["person_id"]
    stored = walker.database_of("gateway", "_product")
    with psycopg.connect(stored.admin, autocommit=True) as admin:
        admin.execute(
            "INSERT INTO mail_hold (person_id, address, status, reply, since_at)"
            " SELECT person_id, email, '5.1.1', 'nobody', now() FROM person"
            " WHERE person_id = %s",
            [person_id],
        )
    return await walker.manage(f"{DIRECTORY}/people/{person_id}/mail-retry")


async def put_away(walker: Walker) -> httpx.Response:
    made = await walker.new_notice()
    where = f"{DIRECTORY}/notices/{made['notice_id']}"
    await walker.manage(f"{where}/publish", version=1)
    return await walker.post(f"{where}/put-away")


async def choose_post(walker: Walker) -> httpx.Response:
    """Choose otherwise than before: what changes nothing is no change."""
    where = f"{DIRECTORY}/me/mail-choices"
    for frequency in ("never", "daily"):
        answer = await walker.post(
            where, {"kind": "ticket-resolved", "frequency": frequency}
        )
    return answer


async def apply_import(walker: Walker) -> httpx.Response:
    sent = await walker.new_import()
    database = Database(walker.database_of("gateway", "_product").worker, 1, "walker")
    await database.open()
    try:
        ourselves = auth.service_actor("gateway", [])
        found = await register.get_import(database, ourselves, UUID(sent["import_id"]))
        content = files.text(files.row(149_401, la="940"))
        seen = await register.preview_import(database, found, Files(content, None))
    finally:
        await database.close()
    overrides = [concern["name"] for concern in seen.concerns]
    path = f"{DIRECTORY}/schools/imports/{sent['import_id']}/apply"
    body = {"overrides": overrides}
    return await walker.send(walker.manager, "POST", path, body, seen.version)


async def cancel_import(walker: Walker) -> httpx.Response:
    sent = await walker.new_import()
    path = f"{DIRECTORY}/schools/imports/{sent['import_id']}/cancel"
    return await walker.send(walker.manager, "POST", path, version=sent["version"])


def on_sheet(step: str, state: str) -> Act:
    async def act(walker: Walker) -> httpx.Response:
        sent = await walker.new_sheet(state)
        path = f"{KIT}/assets/imports/{sent['import_id']}/{step}"
        return await walker.post(path, version=sent["version"])

    return act


async def read_sheet(walker: Walker) -> httpx.Response:
    sent = await walker.new_sheet()
    path = f"{KIT}/assets/imports/{sent['import_id']}/reading"
    body, version = sent["reading"], sent["version"]
    return await walker.send(walker.technician, "PUT", path, body, version)


async def send_sheet(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/imports?school_urn={MINE}"
    return await walker.post(where, content=b"Tag,Make\n1,Dell\n")


async def attach(walker: Walker) -> httpx.Response:
    where = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}/files?title=x"
    return await walker.post(where, content=PDF)


async def take_away(walker: Walker) -> httpx.Response:
    made = (await attach(walker)).json()
    where = f"{KIT}/assets/{made['asset_id']}/files/{made['attachment_id']}"
    return await walker.send(walker.technician, "DELETE", where)


async def cancel_work(walker: Walker) -> httpx.Response:
    sent = await walker.new_sheet("tried")
    path = f"{KIT}/assets/imports/{sent['import_id']}/apply"
    job_id = (await walker.post(path, version=sent["version"])).json()["job_id"]
    return await walker.post(f"{KIT}/jobs/{job_id}/cancel")


async def cancel_job(walker: Walker) -> httpx.Response:
    job_id = (await walker.new_import())["job_id"]
    return await walker.manage(f"{DIRECTORY}/jobs/{job_id}/cancel")


async def send_import(walker: Walker) -> httpx.Response:
    where = f"{DIRECTORY}/schools/imports?name=x.csv"
    content = b"URN,EstablishmentName\n" + uuid4().hex.encode() + b",x\n"
    return await walker.manage(where, content=content)


async def import_people(walker: Walker) -> httpx.Response:
    where = f"{DIRECTORY}/people/imports?dry_run=false"
    row = f"Nora,{uuid4().hex}@example.org,Staff,{MINE}\n"
    content = f"Name,E-mail,Role,URN\n{row}".encode()
    return await walker.manage(where, content=content)


async def erase(walker: Walker) -> httpx.Response:
    where = f"{DIRECTORY}/people/{(await walker.new_person())['person_id']}"
    await walker.manage(f"{where}/leave")
    answer: httpx.Response = await walker.manage(
        f"{where}/erasures", {"la_code": "940"}
    )
    return answer


async def keep_otherwise(walker: Walker) -> httpx.Response:
    """Keep things for other times than before: what changes nothing is no change."""
    where = f"{DIRECTORY}/authorities/940/retention"
    for months in (13, 14):
        body = {"people_months": months}
        answer = await walker.send(walker.manager, "PATCH", where, body)
    return answer


async def undo(walker: Walker, kind: str, root: str) -> httpx.Response:
    return await walker.post(f"{root}/batch-changes/{await walker.batch(kind)}/undo")


ROLE = {"role": "learner", "school_urn": MINE}
HELD = "/assignments/{assignment_id}"
STOCK = f"{KIT}/consumables/{{consumable_id}}"
LINE = f"{KIT}/circuits/{{circuit_id}}"
HOW: Mapping[str, Act] = {
    f"POST {KIT}/assets": lambda w: w.post(
        f"{KIT}/assets", asset(MINE, tag=uuid4().hex)
    ),
    f"POST {KIT}/agent-doubts/{{doubt_id}}/settle": settle,
    f"POST {KIT}/agent-devices/{{device_id}}/identify": identify,
    f"POST {KIT}/enrolment-keys": lambda w: w.post(
        f"{KIT}/enrolment-keys", enrolment_key(MINE)
    ),
    f"POST {KIT}/enrolment-keys/{{key_id}}/rotate": on_key("/rotate", {}),
    f"POST {KIT}/enrolment-keys/{{key_id}}/withdraw": on_key("/withdraw"),
    f"POST {KIT}/assets/bulk": lambda w: w.post(
        f"{KIT}/assets/bulk", {"items": [asset(MINE, tag=uuid4().hex)]}
    ),
    f"POST {KIT}/assets/imports": send_sheet,
    f"POST {KIT}/assets/{{asset_id}}/files": attach,
    f"DELETE {KIT}/assets/{{asset_id}}/files/{{attachment_id}}": take_away,
    f"PUT {KIT}/assets/imports/{{asset_import_id}}/reading": read_sheet,
    f"POST {KIT}/assets/imports/{{asset_import_id}}/apply": on_sheet("apply", "tried"),
    f"POST {KIT}/assets/imports/{{asset_import_id}}/undo": on_sheet("undo", "applied"),
    f"POST {KIT}/assets/imports/{{asset_import_id}}/cancel": on_sheet("cancel", "sent"),
    f"POST {KIT}/jobs/{{job_id}}/cancel": cancel_work,
    f"POST {KIT}/assets/batch-changes": change_assets,
    f"POST {KIT}/assets/batch-changes/{{batch_id}}/undo": lambda w: undo(
        w, "assets", f"{KIT}/assets"
    ),
    f"PATCH {KIT}/assets/{{asset_id}}": on_asset("", {"model": "other"}, "PATCH"),
    f"POST {KIT}/assets/{{asset_id}}/move": on_asset("/move", {"room": "other"}),
    f"POST {KIT}/assets/{{asset_id}}/retire": on_asset("/retire"),
    f"POST {KIT}/assets/{{asset_id}}/dispose": dispose,
    f"POST {KIT}/assets/{{asset_id}}/reinstate": reinstate,
    f"POST {KIT}/assets/{{asset_id}}/relations": relate,
    f"DELETE {KIT}/assets/{{asset_id}}/relations/{{relation_id}}": part,
    f"POST {KIT}/assets/{{asset_id}}/merges": merge_assets,
    f"POST {KIT}/asset-merges/{{asset_merge_id}}/split": split_assets,
    f"POST {KIT}/assets/{{asset_id}}/repairs": on_asset("/repairs", repair(MINE)),
    f"POST {KIT}/assets/{{asset_id}}/repairs/{{repair_id}}/close": mend,
    f"POST {KIT}/assets/{{asset_id}}/custody": lend,
    f"POST {KIT}/custody/scans": lambda w: w.post(f"{KIT}/custody/scans", scans(MINE)),
    f"POST {KIT}/custody/scans/{{scan_id}}/settle": settle_scan,
    f"POST {KIT}/stock-takes": lambda w: w.post(
        f"{KIT}/stock-takes", stock_take(MINE, room=uuid4().hex)
    ),
    f"POST {KIT}/stock-takes/{{stock_take_id}}/scans": on_take(
        "/scans", room_scans(MINE)
    ),
    f"POST {KIT}/stock-takes/{{stock_take_id}}/end": on_take("/end", {}),
    f"PATCH {KIT}/custodies/{{custody_id}}": renew,
    f"POST {KIT}/custodies/{{custody_id}}/return": take_in,
    f"POST {KIT}/assets/{{asset_id}}/losses": on_asset("/losses", loss(MINE)),
    f"POST {KIT}/assets/{{asset_id}}/losses/{{loss_id}}/found": find,
    f"POST {KIT}/consumables": lambda w: w.post(f"{KIT}/consumables", consumable(MINE)),
    f"PATCH {STOCK}": on_stock("", {"code": "other"}, "PATCH", 3),
    f"POST {STOCK}/lines": on_stock("/lines", stock_line(MINE)),
    f"POST {STOCK}/lines/{{line_id}}/receive": receive_order,
    f"POST {STOCK}/lines/{{line_id}}/cancel": cancel_order,
    f"POST {STOCK}/uses": on_stock("/uses", stock_use(MINE)),
    f"POST {STOCK}/uses/{{use_id}}/undo": on_stock("/uses/{use_id}/undo"),
    f"POST {STOCK}/stock-takes": on_stock(
        "/stock-takes",
        {"counted_on": "2026-09-10", "counted": 2, "note": "x"},
        version=3,
    ),
    f"POST {KIT}/circuits": lambda w: w.post(f"{KIT}/circuits", circuit(MINE)),
    f"PATCH {LINE}": on_line("", {"technology": "5g"}, "PATCH", 1),
    f"POST {LINE}/state": on_line(
        "/state", {"state": "ceased", "on": "2026-09-10"}, version=1
    ),
    f"POST {LINE}/measurements": on_line(
        "/measurements",
        {"items": [measurements()["items"][0] | {"measured_at": "2026-09-09T09:30Z"}]},
    ),
    f"POST {LINE}/failover-tests": on_line("/failover-tests", failover_test(MINE)),
    f"POST {KIT}/licences": lambda w: w.post(f"{KIT}/licences", licence(MINE)),
    f"PATCH {KIT}/licences/{{licence_id}}": on_licence("PATCH", {"seats": 31}),
    f"DELETE {KIT}/licences/{{licence_id}}": on_licence("DELETE"),
    f"POST {KIT}/licences/{{licence_id}}/files": document,
    f"DELETE {KIT}/licences/{{licence_id}}/files/{{document_id}}": undocument,
    f"POST {KIT}/network-services": add_service,
    f"PATCH {KIT}/network-services/{{service_id}}": change_service,
    f"POST {KIT}/suppliers": add_supplier,
    f"PATCH {KIT}/suppliers/{{supplier_id}}": change_supplier,
    f"PUT {KIT}/kinds/expected-life": expect_otherwise,
    f"PUT {KIT}/tariffs": price_electricity,
    f"PUT {KIT}/models/lifecycles": take_lifecycles,
    f"PUT {KIT}/models/{{model_id}}/lifecycle": set_lifecycle,
    f"POST {KIT}/models/{{model_id}}/picture/files": show_picture,
    f"DELETE {KIT}/models/{{model_id}}/picture": hide_picture,
    f"POST {KIT}/merges": merge,
    f"DELETE {KIT}/merges/{{merge_id}}": undo_merge,
    f"POST {KIT}/software/bulk": report_software,
    f"POST {KIT}/wipes": record_wipe,
    f"POST {DESK}/calendars/additions": add_to_calendar,
    f"POST {DESK}/calendars/schools/{{school_urn}}/ical": read_calendar,
    f"POST {DESK}/agreements": lambda w: w.post(f"{DESK}/agreements", agreement(MINE)),
    f"PUT {DESK}/agreements/{{agreement_id}}": on_agreement(
        "PUT", agreed(MINE) | {"name": "Printers"}
    ),
    f"POST {DESK}/agreements/{{agreement_id}}/end": on_agreement(
        "POST", {"ends_on": "2099-12-31"}, "/end"
    ),
    f"PUT {DESK}/calendars/authorities/{{la_code}}": write_calendar("authorities/940"),
    f"PUT {DESK}/calendars/schools/{{school_urn}}": write_calendar(f"schools/{MINE}"),
    f"POST {DESK}/tickets": lambda w: w.post(f"{DESK}/tickets", ticket(MINE)),
    f"POST {DESK}/tickets/bulk": lambda w: w.manage(
        f"{DESK}/tickets/bulk",
        {"items": [ticket(MINE, opened_at="2025-03-03T09:05:00Z")]},
    ),
    f"POST {DESK}/tickets/batch-changes": change_tickets,
    f"POST {DESK}/tickets/batch-changes/{{batch_id}}/undo": lambda w: undo(
        w, "tickets", f"{DESK}/tickets"
    ),
    f"PATCH {DESK}/tickets/{{ticket_id}}": on_ticket("", {"summary": "other"}, "PATCH"),
    f"POST {DESK}/tickets/{{ticket_id}}/comments": on_ticket(
        "/comments", {"body": "x"}
    ),
    f"POST {DESK}/tickets/{{ticket_id}}/hand-over": on_ticket(
        "/hand-over", {"party": "school", "reason": "x"}
    ),
    f"POST {DESK}/tickets/{{ticket_id}}/time": on_ticket("/time", worked()),
    f"POST {DESK}/tickets/{{ticket_id}}/time/{{time_entry_id}}/take-back": (
        take_time_back
    ),
    f"PUT {DESK}/tickets/{{ticket_id}}/satisfaction": rate,
    f"PUT {DESK}/tickets/{{ticket_id}}/obstacles": on_ticket(
        "/obstacles", {"obstacles": ["parts"], "comment": "x"}, "PUT"
    ),
    f"POST {DESK}/tickets/{{ticket_id}}/resolve": on_ticket("/resolve"),
    f"POST {DESK}/tickets/{{ticket_id}}/reopen": reopen,
    f"POST {DESK}/tickets/{{ticket_id}}/close": on_ticket("/close"),
    f"POST {DIRECTORY}/notices": lambda w: w.manage(
        f"{DIRECTORY}/notices", notice(MINE)
    ),
    f"PATCH {DIRECTORY}/notices/{{notice_id}}": on_notice(
        "", {"title": "other"}, "PATCH"
    ),
    f"POST {DIRECTORY}/notices/{{notice_id}}/publish": on_notice("/publish"),
    f"POST {DIRECTORY}/notices/{{notice_id}}/withdraw": on_notice("/withdraw"),
    f"POST {DIRECTORY}/notices/{{notice_id}}/put-away": put_away,
    f"POST {DIRECTORY}/me/mail-choices": choose_post,
    f"POST {DIRECTORY}/views": lambda w: w.post(
        f"{DIRECTORY}/views", view(uuid4().hex)
    ),
    f"PATCH {DIRECTORY}/views/{{view_id}}": on_view("PATCH", {"is_default": False}),
    f"DELETE {DIRECTORY}/views/{{view_id}}": on_view("DELETE"),
    f"POST {DIRECTORY}/schools/imports": send_import,
    f"POST {DIRECTORY}/schools/imports/{{import_id}}/apply": apply_import,
    f"POST {DIRECTORY}/schools/imports/{{import_id}}/cancel": cancel_import,
    f"POST {DIRECTORY}/jobs/{{job_id}}/cancel": cancel_job,
    f"POST {DIRECTORY}/people": lambda w: w.manage(
        f"{DIRECTORY}/people", person({"role": "staff", "school_urn": MINE})
    ),
    f"POST {DIRECTORY}/clients": lambda w: w.manage(
        f"{DIRECTORY}/clients", api_client(MINE)
    ),
    f"PATCH {DIRECTORY}/clients/{{api_client_id}}": on_client(
        "", {"contact": "other"}, "PATCH"
    ),
    f"POST {DIRECTORY}/clients/{{api_client_id}}/rotate": on_client("/rotate", {}),
    f"POST {DIRECTORY}/clients/{{api_client_id}}/withdraw": on_client("/withdraw"),
    f"POST {DIRECTORY}/people/imports": import_people,
    f"PATCH {DIRECTORY}/people/{{person_id}}": on_person(
        "", {"display_name": "Other"}, "PATCH"
    ),
    f"POST {DIRECTORY}/people/{{person_id}}/invite": on_person("/invite"),
    f"POST {DIRECTORY}/people/{{person_id}}/mail-retry": try_mail_again,
    f"POST {DIRECTORY}/people/{{person_id}}/assignments": on_person(
        "/assignments", ROLE
    ),
    f"PATCH {DIRECTORY}/people/{{person_id}}{HELD}": on_person(
        HELD, {"to_on": "2099-01-01"}, "PATCH"
    ),
    f"POST {DIRECTORY}/people/{{person_id}}{HELD}/end": on_person(f"{HELD}/end"),
    f"POST {DIRECTORY}/people/{{person_id}}/leave": on_person("/leave"),
    f"POST {DIRECTORY}/people/{{person_id}}/erasures": erase,
    f"PATCH {DIRECTORY}/authorities/{{la_code}}/retention": keep_otherwise,
}


@pytest.fixture
async def walker(
    product: Product, database_of: Callable[..., ServiceDatabase]
) -> Walker:
    technician = await product.signed_in("school-technician", MINE)
    manager = await product.signed_in("la-manager", "940")
    return Walker(product, database_of, technician, manager)


async def test_every_operation_that_changes_something_is_told_here(
    product: Product,
) -> None:
    found = {each.label for each in operations(await product.document())}

    assert {each for each in found if not each.startswith("GET ")} == HOW.keys()


@pytest.mark.parametrize("operation", HOW)
async def test_a_change_leaves_its_entry(walker: Walker, operation: str) -> None:
    answer = await HOW[operation](walker)

    assert answer.is_success, answer.text
    found = walker.entries(operation.split("/")[2], walker.trace_id)
    assert found, "it left no entry"
    assert {entry[1:3] for entry in found} == {("127.0.0.1", "done")}
    assert len({entry[0] for entry in found}) == 1


async def test_a_reading_leaves_none(walker: Walker) -> None:
    kit = await walker.new_asset()
    path = f"{KIT}/assets/{kit['asset_id']}"

    answer = await walker.send(walker.technician, "GET", path)

    assert answer.is_success
    assert walker.entries("inventory", walker.trace_id) == []


async def test_a_change_that_is_refused_leaves_no_word_of_its_being_done(
    walker: Walker,
) -> None:
    path = f"{KIT}/assets/{(await walker.new_asset())['asset_id']}/retire"

    answer = await walker.send(walker.technician, "POST", path, version=7)

    assert answer.status_code == 412
    assert walker.entries("inventory", walker.trace_id) == []
