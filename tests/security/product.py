"""The gateway before the three real services, in one process: three schools, two LAs.

Every word that a tenant wrote bears the tenant's mark, so that a reply can be searched
for what it must not hold.
"""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from cryptography.fernet import Fernet
from fastapi import FastAPI
from joserfc.jwk import KeySet

import inventory.app
import inventory.work
import servicedesk.app
import servicedesk.work
import strategy.app
import strategy.work
from chassis import auth, consumer, db, json
from chassis.audit import service as audit
from chassis.audit.model import Entry, Target
from chassis.embedded import child
from chassis.settings import ServiceSettings
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import Signing
from contracts import event
from contracts.event import Event, Received
from contracts.gateway import SchoolRecorded
from contracts.inventory import AssetRegistered
from gateway.app import create_app as create_gateway
from gateway.directory import loading
from gateway.sessions.model import hash_of
from gateway.sessions.seal import Seal
from gateway.settings import GatewaySettings
from tests.gateway.conftest import serving
from tests.gateway.local_issuer import SECRET, LocalIssuer
from tests.gateway.world import Browser
from tests.inventory.attachments.samples import PDF, picture

SERVICES: Mapping[str, Callable[[ServiceSettings], FastAPI]] = {
    "inventory": inventory.app.create_app,
    "servicedesk": servicedesk.app.create_app,
    "strategy": strategy.app.create_app,
}
SUBSCRIPTIONS: Mapping[str, Sequence[consumer.Subscription]] = {
    "inventory": inventory.work.SERVICE.subscriptions,
    "servicedesk": servicedesk.work.SERVICE.subscriptions,
    "strategy": strategy.work.SERVICE.subscriptions,
}
MINE, NEXT_DOOR, FAR_AWAY = 140401, 140402, 150401
LAS = ("940", "941")
LA_OF = {MINE: "940", NEXT_DOOR: "940", FAR_AWAY: "941"}
ROLES_AT_SCHOOL = ("school-technician", "school-leader", "staff", "learner")
AGREEMENTS = "/api/servicedesk/v1/agreements"
NETWORK_SERVICES = "/api/inventory/v1/network-services"
ROLES_AT_LA = ("la-manager", "la-technician", "auditor")


def mark(urn: int) -> str:
    """The word that only this tenant's replies may hold."""
    return f"canary{urn}x"


@dataclass(slots=True)
class Tenant:
    """A school, and the real ids of what is in it."""

    urn: int
    school_id: UUID
    asset: dict[str, Any] = field(default_factory=dict[str, Any])
    ticket: dict[str, Any] = field(default_factory=dict[str, Any])
    comment: dict[str, Any] = field(default_factory=dict[str, Any])
    batch: str = ""
    notice: dict[str, Any] = field(default_factory=dict[str, Any])
    imported: dict[str, Any] = field(default_factory=dict[str, Any])
    view: str = ""
    person: dict[str, Any] = field(default_factory=dict[str, Any])
    client: dict[str, Any] = field(default_factory=dict[str, Any])
    key: dict[str, Any] = field(default_factory=dict[str, Any])
    doubt: dict[str, Any] = field(default_factory=dict[str, Any])
    part: dict[str, Any] = field(default_factory=dict[str, Any])
    """An asset that is part of the other one."""
    relation: dict[str, Any] = field(default_factory=dict[str, Any])
    repair: dict[str, Any] = field(default_factory=dict[str, Any])
    custody: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of one of its assets, which is lost as well."""
    loss: dict[str, Any] = field(default_factory=dict[str, Any])
    stock: dict[str, Any] = field(default_factory=dict[str, Any])
    """A consumable of it, with an order line and a use of it."""
    scan: dict[str, Any] = field(default_factory=dict[str, Any])
    """That could not be done."""
    take: dict[str, Any] = field(default_factory=dict[str, Any])
    """A stock-take of the room that its kit is in, under way."""
    supplier: dict[str, Any] = field(default_factory=dict[str, Any])
    """What its LA knows of a supplier: one for all schools of the LA."""
    licence: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of the software on its kit; its LA holds another for all of its schools."""
    document: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of that licence."""
    agreement: dict[str, Any] = field(default_factory=dict[str, Any])
    """What a supplier promises it."""
    time_entry: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of its ticket."""
    line: dict[str, Any] = field(default_factory=dict[str, Any])
    """A back-up line of it, which was measured and tested; it `backs` a main line."""
    service: dict[str, Any] = field(default_factory=dict[str, Any])
    """What it takes over the network."""
    model: dict[str, Any] = field(default_factory=dict[str, Any])
    """What its kit is, in its LA's catalogue."""
    title: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of the software on its kit."""
    merge: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of two models that its LA alone knows of."""
    twins: dict[str, Any] = field(default_factory=dict[str, Any])
    """A merge of two of its assets."""
    sheet: dict[str, Any] = field(default_factory=dict[str, Any])
    """An import of a file of assets."""
    work: str = ""
    """A job of another such file."""
    attachment: dict[str, Any] = field(default_factory=dict[str, Any])
    """A picture of its asset."""

    @property
    def la_code(self) -> str:
        return LA_OF[self.urn]

    @property
    def held(self) -> dict[str, Any]:
        """The one role of the school's teacher."""
        found: dict[str, Any] = self.person["assignments"][0]
        return found

    @property
    def secrets(self) -> tuple[str, ...]:
        """What a foreigner must never read."""
        things = (self.asset, self.ticket, self.comment)
        ids = (
            thing.get(f"{kind}_id") for kind, thing in zip(KINDS, things, strict=True)
        )
        sent = (str(self.imported[name]) for name in ("import_id", "job_id"))
        return (
            *(mark(self.urn), str(self.school_id), self.held["assignment_id"]),
            *(self.person["person_id"], self.client["api_client_id"]),
            *(self.key["key_id"], self.key["enrolment_key"]),
            *(self.doubt["doubt_id"], self.doubt["device_id"]),
            *(self.part["asset_id"], self.relation["relation_id"]),
            *(self.repair["repair_id"], self.model["model_id"]),
            *(self.custody["custody_id"], self.loss["loss_id"]),
            *(self.scan["scan_id"], self.take["stock_take_id"]),
            *(self.model["make_id"], self.merge["merge_id"]),
            *(self.stock[f"{kind}_id"] for kind in ("consumable", "line", "use")),
            *(self.line["circuit_id"], self.line["backs"], self.line["test_id"]),
            *(self.attachment["attachment_id"], self.licence["licence_id"]),
            *(self.document["document_id"], self.service["service_id"]),
            *(self.title["title_id"], self.agreement["agreement_id"]),
            self.time_entry["time_entry_id"],
            *(str(each) for each in ids),
            *sent,
        )


KINDS = ("asset", "ticket", "comment")
STOCK_TAKES = "/api/inventory/v1/stock-takes"


@dataclass(slots=True)
class Product:
    """The running whole, and the ways in."""

    url: str
    edge: Any
    apps: Mapping[str, FastAPI]
    signing: Signing
    issuer: LocalIssuer
    seal: Seal
    databases: Mapping[str, db.Database]
    http: httpx.AsyncClient
    origins: Mapping[str, str]
    """Where each service listens."""
    tenants: dict[int, Tenant] = field(default_factory=dict[int, Tenant])

    async def document(self) -> dict[str, Any]:
        """The merged OpenAPI document."""
        found: dict[str, Any] = (await self.http.get(f"{self.url}/openapi.json")).json()
        return found

    async def signed_in(self, role: str, where: int | str) -> "Session":
        """Sign in who holds a role at a school or LA."""
        browser = Browser(self.url, self.http)
        self.issuer.subject = f"subject-{role}-{where}"
        answer = await browser.sign_in()
        assert answer.status_code == 303, answer.text
        token = self.seal.csrf_token(hash_of(browser.cookies["__Host-joinedup"]))
        return Session(browser, {"origin": self.url, "x-csrf-token": token})

    async def tell(self, fact: Event) -> None:
        """Let every consumer hear a fact, as the bus would bring it."""
        name = event.name_of(type(fact))
        received = Received(uuid4(), name, datetime.now(UTC), None, fact)
        for service, subscriptions in SUBSCRIPTIONS.items():
            for subscription in subscriptions:
                if type(fact) in subscription.facts:
                    await consumer.apply(
                        self.databases[service], service, subscription, [received]
                    )


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's browser, with what their pages would send along."""

    browser: Browser
    headers: dict[str, str]

    async def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        **rest: Any,
    ) -> httpx.Response:
        sent = self.headers | dict(headers or {})
        return await self.browser.send(method, path, sent, **rest)


def directory() -> bytes:
    """The directory document: one person per role and place."""
    region = "E12000004"
    holders = [(role, {"urn": urn}) for role in ROLES_AT_SCHOOL for urn in LA_OF]
    holders += [(role, {"la_code": la}) for role in ROLES_AT_LA for la in LAS]
    names = [f"{role}-{next(iter(at.values()))}" for role, at in holders]
    told = {
        "regions": [{"region_code": region, "name": "East Midlands"}],
        "authorities": [
            {"la_code": la, "name": f"Authority {la}", "region_code": region}
            for la in LAS
        ],
        "schools": [_school(urn) for urn in LA_OF],
        "people": [_person(name) for name in names],
        "clients": [],
        "assignments": [
            {"username": name, "role": role, "from": "2020-01-01", **at}
            for name, (role, at) in zip(names, holders, strict=True)
        ],
    }
    return json.encode(told)


def _school(urn: int) -> dict[str, Any]:
    return {
        "urn": urn,
        "laestab": f"{LA_OF[urn]}/{urn % 10_000}",
        "la_code": LA_OF[urn],
        "name": mark(urn),
        "phase": "primary",
        "status": "open",
        "pupils": 210,
        "free_school_meals_percent": "12.5",
        "trust": f"Trust {mark(urn)}",
        "federation": f"Federation {mark(urn)}",
    }


def _person(name: str) -> dict[str, Any]:
    """Somebody whose own words bear the mark of their school, if they have one."""
    place = name.rpartition("-")[2]
    shown = mark(int(place)) if int(place) in LA_OF else name
    return {
        "subject": f"subject-{name}",
        "username": name,
        "display_name": f"{shown} {name}",
        "email": f"{name}@example.org",
    }


@asynccontextmanager
async def running(
    databases: Mapping[str, ServiceDatabase], signing: Signing, folder: Path
) -> AsyncGenerator[Product]:
    """Start it all, and fill it."""
    async with AsyncExitStack() as stack:
        issuer = LocalIssuer(child.free_port())
        await stack.enter_async_context(serving(issuer, issuer.port))
        apps = {
            name: create_app(
                ServiceSettings(
                    database_url=databases[name].app,
                    internal_jwks_file=signing.jwks_file,
                )
            )
            for name, create_app in SERVICES.items()
        }
        ports = {name: child.free_port() for name in apps}
        for name, app in apps.items():
            await stack.enter_async_context(serving(app, ports[name]))
        settings = _settings(databases["gateway"], signing, folder, issuer, ports)
        edge = create_gateway(settings)
        await stack.enter_async_context(serving(edge, settings.port))
        workers = {name: db.Database(databases[name].worker, 2, name) for name in apps}
        for worker in workers.values():
            await worker.open()
            stack.push_async_callback(worker.close)
        client = await stack.enter_async_context(httpx.AsyncClient(timeout=20))
        seal = Seal.from_file(settings.session_key_file)
        made = Product(
            *(settings.public_url, edge, apps, signing, issuer, seal, workers, client),
            origins=settings.service_urls,
        )
        await loading.load_from_text(databases["gateway"].app, directory())
        await _fill(made)
        await _know(made)
        yield made


def _settings(
    database: ServiceDatabase,
    signing: Signing,
    folder: Path,
    issuer: LocalIssuer,
    ports: Mapping[str, int],
) -> GatewaySettings:
    port = child.free_port()
    private = KeySet([signing.key]).as_dict(private=True)
    return GatewaySettings(
        database_url=database.app,
        internal_jwks_file=signing.jwks_file,
        internal_key_file=_written(
            folder / "internal", httpx.Response(200, json=private).text
        ),
        session_key_file=_written(folder / "session", Fernet.generate_key().decode()),
        portal_client_secret_file=_written(folder / "secret", SECRET),
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        keycloak_url=issuer.url,
        inventory_url=f"http://127.0.0.1:{ports['inventory']}",
        servicedesk_url=f"http://127.0.0.1:{ports['servicedesk']}",
        strategy_url=f"http://127.0.0.1:{ports['strategy']}",
        files_dir=folder / "files",
    )


async def _twins(session: Session, urn: int) -> dict[str, Any]:
    """Merge two assets of a school that are one thing."""
    kit = "/api/inventory/v1/assets"
    kept = await _posted(session, kit, asset(urn, tag=f"{mark(urn)}-kept"))
    other = await _posted(session, kit, asset(urn, tag=f"{mark(urn)}-twin"))
    body = {"duplicate_id": other["asset_id"], "duplicate_version": 1}
    where, headers = f"{kit}/{kept['asset_id']}/merges", {"if-match": '"1"'}
    answer = await session.ask("POST", where, headers, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


async def _fill(product: Product) -> None:
    """Let each school's technician write down kit and a ticket with its mark."""
    await _audit(product)
    for urn in LA_OF:
        session = await product.signed_in("school-technician", urn)
        school = (await session.ask("GET", f"/api/directory/v1/schools/{urn}")).json()
        product.tenants[urn] = tenant = Tenant(urn, UUID(school["school_id"]))
        await product.tell(_recorded(school))
        tenant.asset = await _posted(session, "/api/inventory/v1/assets", asset(urn))
        await product.tell(_registered(tenant.asset))
        await _change_many(session, tenant)
        await _posted(session, "/api/inventory/v1/software/bulk", _software(tenant))
        kit = "/api/inventory/v1/assets"
        part = asset(urn, tag=f"{mark(urn)}-part")
        tenant.part = await _posted(session, kit, part)
        hangs = {"kind": "part-of", "other_id": tenant.asset["asset_id"]}
        where = f"{kit}/{tenant.part['asset_id']}/relations"
        tenant.relation = await _posted(session, where, hangs)
        tenant.twins = await _twins(session, urn)
        where = f"{kit}/{tenant.part['asset_id']}/repairs"
        tenant.repair = await _posted(session, where, repair(urn))
        await _lend(session, tenant)
        tenant.stock, tenant.line, tenant.service, tenant.licence, tenant.document = (
            await stocked(session, urn),
            await joined(session, urn),
            await _posted(session, NETWORK_SERVICES, network_service(urn)),
            *await licensed(session, urn),
        )
        where = "/api/inventory/v1/enrolment-keys"
        tenant.key = await _posted(session, where, enrolment_key(urn))
        tenant.sheet = await sent_sheet(session, urn)
        tenant.attachment = await attached(session, urn, tenant.asset["asset_id"])
        # By which it is another version.
        changed = await session.ask("GET", f"{kit}/{tenant.asset['asset_id']}")
        tenant.asset = changed.json()
        tenant.work = (await sent_lines(session, urn))["job_id"]
        tenant.doubt = await doubtful(product, session, tenant, mark(urn))
        await _refused(product, tenant)
        await _import(product, tenant)
        saved = view(mark(urn))
        tenant.view = (await _posted(session, "/api/directory/v1/views", saved))[
            "view_id"
        ]
        await _discuss(session, tenant)
        tenant.notice = await _noticed(product, urn)
        teacher = {"school": urn, "role": "staff"}
        found = await session.ask("GET", "/api/directory/v1/people", params=teacher)
        [tenant.person] = found.json()["items"]
        manager = await product.signed_in("la-manager", tenant.la_code)
        where = "/api/directory/v1/clients"
        tenant.client = await _posted(manager, where, api_client(urn))
        found = await session.ask("GET", "/api/inventory/v1/models")
        [tenant.model] = found.json()["items"]
        found = await session.ask("GET", "/api/inventory/v1/titles")
        [tenant.title, *_] = found.json()["items"]
    for tenant in product.tenants.values():
        tenant.merge = await _merged(product, tenant)


async def _discuss(session: Session, tenant: Tenant) -> None:
    """Report something, and say and agree what there is to say of it."""
    where, urn = "/api/servicedesk/v1/tickets", tenant.urn
    linked = ticket(urn, asset_id=tenant.asset["asset_id"])
    tenant.ticket = await _posted(session, where, linked)
    where += f"/{tenant.ticket['ticket_id']}"
    tenant.comment, tenant.agreement, tenant.time_entry = (
        await _posted(session, f"{where}/comments", {"body": mark(urn)}),
        await _posted(session, AGREEMENTS, agreement(urn)),
        await _posted(session, f"{where}/time", worked()),
    )
    met = {"obstacles": ["parts"], "comment": mark(urn)}
    said = await session.ask("PUT", f"{where}/obstacles", json=met)
    said.raise_for_status()


async def _know(product: Product) -> None:
    """Let each LA know of two suppliers, and hold a licence for all its schools."""
    where = "/api/inventory/v1/suppliers"
    for la_code in sorted(set(LA_OF.values())):
        manager = await product.signed_in("la-manager", la_code)
        await _posted(manager, where, supplier(la_code))
        made = await _posted(manager, where, supplier(la_code))
        for_all = licence(MINE) | {"school_urn": None, "la_code": la_code}
        for_all |= {"publisher": "Adobe", "name": uuid4().hex, "note": None}
        await _posted(manager, "/api/inventory/v1/licences", for_all)
        for tenant in product.tenants.values():
            if tenant.la_code == la_code:
                tenant.supplier = made


def calendar(day: str = "2026-09-01") -> dict[str, Any]:
    """Write a calendar that holds one INSET day."""
    training = {"kind": "inset", "first": day, "last": day, "name": ""}
    return {"periods": [training], "parts": [], "hours": {}}


def worked() -> dict[str, Any]:
    """Say how long somebody worked on a ticket."""
    return {"minutes": 30, "worked_on": "2026-09-14"}


def agreed(urn: int) -> dict[str, Any]:
    """Say what a supplier promises a school."""
    return {
        "name": mark(urn),
        "supplier": {"name": mark(urn)},
        "starts_on": "2026-09-01",
        "targets": [{"priority": 1, "fix_minutes": 240}],
    }


def agreement(urn: int) -> dict[str, Any]:
    """Write down for a school what its supplier promises."""
    return {"kind": "supplier", "school_urn": urn, **agreed(urn)}


def addition(urn: int, day: str = "2026-09-04") -> dict[str, Any]:
    """Add a day on which a school is closed to its calendar."""
    closed = {"kind": "closure", "first": day, "last": day, "name": mark(urn)}
    return {"school_urns": [urn], "periods": [closed], "parts": []}


def ical(day: str = "20260907") -> dict[str, Any]:
    """Say one INSET day as another program does."""
    event = f"BEGIN:VEVENT\nSUMMARY:INSET\nDTSTART;VALUE=DATE:{day}\nEND:VEVENT"
    return {"ical": f"BEGIN:VCALENDAR\n{event}\nEND:VCALENDAR\n"}


async def _lend(session: Session, tenant: Tenant) -> None:
    """Let somebody have kit of a school, and lose it."""
    kit = "/api/inventory/v1/assets"
    lent = asset(tenant.urn, tag=f"{mark(tenant.urn)}-lent", serial=None)
    where = f"{kit}/{(await _posted(session, kit, lent))['asset_id']}"
    given = custody(tenant.urn)
    tenant.custody = await _posted(session, f"{where}/custody", given)
    tenant.loss = await _posted(session, f"{where}/losses", loss(tenant.urn))
    for _ in range(2):
        tenant.scan = await scanned(session, tenant.urn)
    tenant.take = await _posted(session, STOCK_TAKES, stock_take(tenant.urn))
    where = f"{STOCK_TAKES}/{tenant.take['stock_take_id']}/scans"
    answer = await session.ask("POST", where, json=room_scans(tenant.urn))
    assert answer.status_code == 200, answer.text


async def scanned(session: Session, urn: int) -> dict[str, Any]:
    """Scan what a school does not have: somebody has to settle it."""
    where = "/api/inventory/v1/custody/scans"
    answer = await session.ask("POST", where, json=scans(urn))
    assert answer.status_code == 200, answer.text
    [found] = answer.json()["results"]
    assert found["result"] == "conflict"
    return dict[str, Any](found)


async def _audit(product: Product) -> None:
    """Let there be something in the record of a service that changes nothing itself."""
    entries = [
        Entry("report.made", Target("report", n, la)) for n in "12" for la in LAS
    ]
    ourselves = auth.service_actor("strategy", LAS)
    database = product.databases["strategy"]
    async with database.begin(ourselves, auth.SERVICE_ACCESS) as tx:
        await audit.record_many(tx, entries)


async def _import(product: Product, tenant: Tenant) -> None:
    """Let an LA's manager send a file of the register, with the school's mark."""
    manager = await product.signed_in("la-manager", tenant.la_code)
    where = f"/api/directory/v1/schools/imports?name={mark(tenant.urn)}.csv"
    answer = await manager.ask("POST", where, content=b"URN,EstablishmentName\n")
    assert answer.status_code == 202, answer.text
    tenant.imported = answer.json()


async def sent_sheet(session: Session, urn: int) -> dict[str, Any]:
    """Send a file of a school's kit, with its mark in its name and in its rows."""
    where = f"/api/inventory/v1/assets/imports?school_urn={urn}&name={mark(urn)}.csv"
    content = f"Tag,Category,Make,Model\n{mark(urn)},laptop,Dell,L1\n".encode()
    answer = await session.ask("POST", where, content=content)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def attached(session: Session, urn: int, asset_id: str) -> dict[str, Any]:
    """Attach a picture to an asset, with the school's mark in what is said of it."""
    said = {"title": mark(urn), "name": f"{mark(urn)}.png", "kind": "picture"}
    where = f"/api/inventory/v1/assets/{asset_id}/files"
    answer = await session.ask("POST", where, params=said, content=picture())
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def licensed(session: Session, urn: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Let a school hold a licence, with a document of it that bears its mark."""
    where = "/api/inventory/v1/licences"
    held = await _posted(session, where, licence(urn))
    where += f"/{held['licence_id']}/files"
    said = {"title": mark(urn), "name": f"{mark(urn)}.pdf"}
    answer = await session.ask("POST", where, params=said, content=PDF)
    assert answer.status_code == 201, answer.text
    return held, answer.json()


async def sent_lines(session: Session, urn: int) -> dict[str, Any]:
    """Send a file that needs no reading: a job waits for it."""
    where = f"/api/inventory/v1/assets/imports?school_urn={urn}&name={mark(urn)}.jsonl"
    answer = await session.ask("POST", where, content=b'{"tag": "1"}\n')
    found: dict[str, Any] = answer.json()
    return found


async def _change_many(session: Session, tenant: Tenant) -> None:
    """Let there be a change of many that somebody could try to take back."""
    where = "/api/inventory/v1/assets"
    body = {
        "assets": [{"asset_id": tenant.asset["asset_id"], "version": 1}],
        "change": {"kind": "set-status", "status": "in-repair"},
    }
    answer = await session.ask("POST", f"{where}/batch-changes", json=body)
    tenant.batch = answer.json()["batch_id"]
    kit = await session.ask("GET", f"{where}/{tenant.asset['asset_id']}")
    tenant.asset = kit.json()


async def _noticed(product: Product, urn: int) -> dict[str, Any]:
    """Let the LA tell this school something that no other school is to read."""
    manager = await product.signed_in("la-manager", LA_OF[urn])
    where = "/api/directory/v1/notices"
    written = await _posted(manager, where, notice(urn))
    answer = await manager.ask(
        "POST", f"{where}/{written['notice_id']}/publish", {"if-match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _merged(product: Product, tenant: Tenant) -> dict[str, Any]:
    """Let an LA say of two models, with no school's mark, that they are one."""
    manager = await product.signed_in("la-manager", tenant.la_code)
    names = [f"Listed {tenant.urn} {which}" for which in ("one", "two")]
    models = "/api/inventory/v1/models"
    items = [{"make": "HP", "model": name, "note": "x"} for name in names]
    body = {"la_code": tenant.la_code, "items": items}
    answer = await manager.ask("PUT", f"{models}/lifecycles", json=body)
    assert answer.status_code == 200, answer.text
    one, two = [
        (await manager.ask("GET", models, params={"q": name})).json()["items"][0]
        for name in names
    ]
    body = {"kind": "model", "from_id": one["model_id"], "into_id": two["model_id"]}
    return await _posted(manager, "/api/inventory/v1/merges", body)


async def _posted(session: Session, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await session.ask("POST", path, json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def doubtful(
    product: Product, session: Session, tenant: Tenant, name: str
) -> dict[str, Any]:
    """Let a school's agent tell of what has a name alone: that may be anything."""
    told = {"deviceid": name, "content": {"hardware": {"name": name}}}
    answer = await product.http.post(
        f"{product.url}/agent",
        json=told,
        auth=(str(tenant.urn), tenant.key["enrolment_key"]),
    )
    assert answer.status_code == 200, answer.text
    found = await session.ask("GET", "/api/inventory/v1/agent-doubts?limit=200")
    doubts: list[dict[str, Any]] = found.json()["items"]
    return next(each for each in doubts if each["name"] == name)


async def _refused(product: Product, tenant: Tenant) -> None:
    """Let a school's agent send what cannot be read."""
    credentials = (str(tenant.urn), tenant.key["enrolment_key"])
    answer = await product.http.post(
        f"{product.url}/agent",
        content=b"{",
        headers={"content-type": "application/json"},
        auth=credentials,
    )
    assert answer.status_code == 400, answer.text


async def stocked(session: Session, urn: int) -> dict[str, Any]:
    """Let a school have a consumable, some of which came and of which one was taken."""
    where = "/api/inventory/v1/consumables"
    one = await _posted(session, where, consumable(urn))
    where += f"/{one['consumable_id']}"
    line = await _posted(session, f"{where}/lines", stock_line(urn))
    use = await _posted(session, f"{where}/uses", stock_use(urn))
    return {**one, "line_id": line["line_id"], "use_id": use["use_id"]}


async def joined(session: Session, urn: int) -> dict[str, Any]:
    """Let a school have a main line and one that backs it, measured and tested."""
    where = "/api/inventory/v1/circuits"
    main = await _posted(session, where, circuit(urn))
    one = await _posted(session, where, back_up_line(urn, main["circuit_id"]))
    where += f"/{one['circuit_id']}"
    taken = await session.ask("POST", f"{where}/measurements", json=measurements())
    assert taken.status_code == 200, taken.text
    tested = await _posted(session, f"{where}/failover-tests", failover_test(urn))
    return {**one, "test_id": tested["test_id"]}


def supplier(la_code: str) -> dict[str, Any]:
    """A supplier of a name that no other has."""
    return {"la_code": la_code, "name": uuid4().hex, "desk_phone": "0370 000 2288"}


def licence(urn: int) -> dict[str, Any]:
    """A licence of the title that is on the school's asset."""
    word = mark(urn)
    return {
        "school_urn": urn,
        "publisher": word,
        "name": word,
        "measure": "seats",
        "seats": 30,
        "term": "subscription",
        "starts_on": "2026-01-01",
        "ends_on": "2099-12-31",
        "note": word,
    }


def circuit(urn: int) -> dict[str, Any]:
    """A main line of a reference that no other has."""
    word = mark(urn)
    return {
        "school_urn": urn,
        "reference": f"{word} {uuid4().hex}",
        "provider": word,
        "technology": "full-fibre",
        "down_kbps": 100_000,
        "up_kbps": 30_000,
        "live_on": "2026-09-01",
    }


def network_service(urn: int) -> dict[str, Any]:
    """What a school takes over the network, of a name that no other has."""
    word = mark(urn)
    return {
        "school_urn": urn,
        "kind": "filtering",
        "name": f"{word} {uuid4().hex}",
        "provider": word,
        "note": word,
    }


def back_up_line(urn: int, main_id: str) -> dict[str, Any]:
    return circuit(urn) | {"role": "back-up", "backs": main_id, "technology": "4g"}


def measurements() -> dict[str, Any]:
    moment = "2026-09-08T09:30:00+01:00"
    return {"items": [{"measured_at": moment, "down_kbps": 1, "up_kbps": 1}]}


def failover_test(urn: int) -> dict[str, Any]:
    return {"tested_on": "2026-09-08", "outcome": "passed", "note": mark(urn)}


def consumable(urn: int) -> dict[str, Any]:
    """Something that is used up, of a name that no other has."""
    word = mark(urn)
    name = f"{word} {uuid4().hex}"
    return {"school_urn": urn, "name": name, "category": "toner", "fits": [word]}


def stock_line(urn: int) -> dict[str, Any]:
    return {
        "ordered_on": "2026-09-01",
        "received_on": "2026-09-07",
        "quantity": 5,
        "unit_price_pence": 5_499,
        "supplier": mark(urn),
    }


def stock_use(urn: int) -> dict[str, Any]:
    return {"used_on": "2026-09-09", "quantity": 1, "used_for": mark(urn)}


def repair(urn: int) -> dict[str, Any]:
    return {"fault": f"{mark(urn)} no picture", "sent_on": "2026-09-01"}


def custody(urn: int) -> dict[str, Any]:
    return {"holder_name": f"{mark(urn)} Amy", "condition": mark(urn)}


def scans(urn: int) -> dict[str, Any]:
    made = {
        "scan_id": str(uuid4()),
        "at": "2026-09-01T09:00:00Z",
        "code": f"{mark(urn)} {uuid4().hex}",
        "action": "issue",
        "holder_name": f"{mark(urn)} Amy",
    }
    return {"school_urn": urn, "session": str(uuid4()), "scans": [made]}


def stock_take(urn: int, **changes: Any) -> dict[str, Any]:
    """A stock-take of the room that a school's kit is in."""
    return {"school_urn": urn, "room": mark(urn), **changes}


def room_scans(urn: int) -> dict[str, Any]:
    """What no asset of a school bears."""
    code = f"{mark(urn)} {uuid4().hex}"
    made = {"scan_id": str(uuid4()), "at": "2026-09-01T09:00:00Z", "code": code}
    return {"scans": [made]}


def loss(urn: int) -> dict[str, Any]:
    return {"kind": "lost", "lost_on": "2026-09-01", "note": mark(urn)}


def enrolment_key(urn: int) -> dict[str, Any]:
    return {"school_urn": urn, "name": mark(urn)}


def asset(urn: int, **changes: Any) -> dict[str, Any]:
    """Kit with its school's mark in every word."""
    word = mark(urn)
    return {
        "school_urn": urn,
        "tag": word,
        "category": "laptop",
        "manufacturer": word,
        "model": word,
        "serial": word,
        "room": word,
        **changes,
    }


async def put_in_use(session: Session, count: int, **told: Any) -> None:
    """Register so much kit more at a school: what each has first is in repair."""
    for _ in range(count):
        kit = asset(MINE, tag=uuid4().hex, serial=uuid4().hex, **told)
        await _posted(session, "/api/inventory/v1/assets", kit)


async def let_leave(session: Session, *days: str) -> None:
    """Let an asset more of a school be recycled on each of some days."""
    kit = "/api/inventory/v1/assets"
    for day in days:
        told = asset(MINE, tag=uuid4().hex, serial=uuid4().hex)
        where = f"{kit}/{(await _posted(session, kit, told))['asset_id']}"
        for version, (step, body) in enumerate(
            [("retire", None), ("dispose", {"on": day, "method": "recycled"})], 1
        ):
            held = {"if-match": f'"{version}"'}
            answer = await session.ask("POST", f"{where}/{step}", held, json=body)
            assert answer.status_code == 200, answer.text


def wipe(asset_id: str) -> dict[str, Any]:
    """How the data on an asset was erased."""
    return {
        "asset_ids": [asset_id],
        "wiped_on": "2026-07-01",
        "method": "purge",
        "is_verified": True,
        "done_by": mark(MINE),
        "note": mark(MINE),
    }


def notice(urn: int, **changes: Any) -> dict[str, Any]:
    """What an LA tells one school, with its mark in every word."""
    return {
        "la_code": LA_OF[urn],
        "title": mark(urn),
        "body": mark(urn),
        "school_urns": [urn],
        "from_on": "2020-01-01",
        **changes,
    }


def ticket(urn: int, **changes: Any) -> dict[str, Any]:
    """A fault with its school's mark in every word."""
    return {
        "school_urn": urn,
        "summary": mark(urn),
        "description": mark(urn),
        **changes,
    }


def person(*roles: dict[str, Any]) -> dict[str, Any]:
    """Somebody new with an address that nobody has."""
    email = f"{uuid4().hex}@example.org"
    return {"display_name": "x", "email": email, "assignments": list(roles)}


def api_client(urn: int, **changes: Any) -> dict[str, Any]:
    """A system that works in one school, with its mark in every word."""
    return {
        "la_code": LA_OF[urn],
        "name": f"{mark(urn)} {uuid4().hex}",
        "contact": mark(urn),
        "scopes": ["inventory:read"],
        "school_urns": [urn],
        **changes,
    }


def _software(tenant: Tenant) -> dict[str, Any]:
    """Two titles on the school's asset."""
    word = mark(tenant.urn)
    titles = [{"publisher": word, "name": word, "version": n} for n in ("1", "2")]
    return {"items": [{"asset_id": tenant.asset["asset_id"], "titles": titles}]}


def view(name: str) -> dict[str, Any]:
    """A table as somebody set it."""
    return {"table": "assets", "name": name, "state": {"filters": {"q": name}}}


def _recorded(school: dict[str, Any]) -> SchoolRecorded:
    known = SchoolRecorded.model_fields.keys() & school.keys()
    return SchoolRecorded.model_validate(
        {name: school[name] for name in known}
        | {"entity_id": school["school_id"], "entity_version": school["version"]}
    )


def _registered(made: dict[str, Any]) -> Event:
    known = AssetRegistered.model_fields.keys() & made.keys()
    return AssetRegistered.model_validate(
        {name: made[name] for name in known}
        | {"entity_id": made["asset_id"], "entity_version": made["version"]}
    )
