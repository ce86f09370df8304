"""The verbs that every service has, each one process of the same artefact.

`api` answers HTTP; `worker` publishes the outbox, applies other services' facts and
does long work; `migrate` brings the schema up to date; `replay` puts dead letters
through again;
`restate LA...` says the present state of those LAs once more, as events;
`verify-audit` proves that the audit trail is as it was recorded, or says what is not.
"""

import argparse
import asyncio
import pkgutil
import signal
import sys
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from chassis import auth, bus, consumer, db, http, migrate, relay, replay, telemetry
from chassis.audit import anchors, linking, verifying
from chassis.jobs import worker as jobs
from chassis.jobs.model import Chore, Kind
from chassis.settings import ServiceSettings

_LOG = structlog.stdlib.get_logger("chassis.process")

_WORKER_CONNECTIONS = 8
_DRAIN_SECONDS = 10

Known = Callable[[Any], Sequence[Kind | Chore]]
Restate = Callable[[db.Database, auth.Actor], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Service:
    """What a service is made of; its `work` module says it once."""

    name: str
    settings: Callable[..., ServiceSettings]
    app: str
    """What makes its application of the settings, as `module:function`.

    By name, since it is for `api` alone: to build hundreds of routes takes seconds.
    """
    subscriptions: Sequence[consumer.Subscription] = ()
    jobs: Known | None = None
    """The kinds of long work and the chores, made from the settings."""
    restate: Restate | None = None
    http_protocol: Any = "httptools"


def main(service: Service) -> None:
    """Run the verb that the command line names."""
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("api", "worker", "migrate", "replay"):
        verbs.add_parser(verb)
    if service.restate is not None:
        saying = verbs.add_parser("restate")
        saying.add_argument("la_codes", nargs="+", metavar="LA")
    verifying_audit = verbs.add_parser("verify-audit")
    verifying_audit.add_argument("--anchors", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    settings = service.settings()
    telemetry.configure(
        f"{service.name}-{asked.verb}", settings.log_level, settings.otlp_endpoint
    )
    match asked.verb:
        case "api":
            serve(service, settings)
        case "worker":
            uvloop.run(work(service, settings))
        case "migrate":
            count = migrate.migrate(settings.owner_database_url, service.name)
            _LOG.info("migrated", applied=count)
        case "replay":
            uvloop.run(_replay(service, settings))
        case "verify-audit":
            folder = asked.anchors or settings.audit_dir
            sys.exit(uvloop.run(_verify_audit(service, settings, folder)))
        case _:
            uvloop.run(_restate(service, settings, asked.la_codes))


def serve(service: Service, settings: ServiceSettings) -> None:
    """Answer HTTP until told to stop; requests under way are finished first."""
    create_app: Callable[[Any], http.AsgiApp] = pkgutil.resolve_name(service.app)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=service.http_protocol,
        loop="uvloop",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )


async def work(service: Service, settings: ServiceSettings) -> None:
    """Publish and consume until told to stop, and answer for one's health."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await run_worker(service, settings, stop)


async def run_worker(
    service: Service, settings: ServiceSettings, stop: asyncio.Event
) -> None:
    """Run the relay, the consumers, the jobs and the health server, till `stop` is set.

    One of them that ends by an error ends all: the supervisor starts a fresh process.
    """
    async with AsyncExitStack() as stack:
        database = await _opened(stack, service, settings)
        broker = bus.Bus(settings.nats_url, f"{service.name}-worker")
        await broker.open()
        stack.push_async_callback(broker.close)
        told, work, trail = relay.State(), jobs.State(), linking.State()
        consumers = [
            consumer.Consumer(database, service.name, each)
            for each in service.subscriptions
        ]
        stream = bus.Stream(service.name)
        health = _health(
            settings, _reasons(database, broker, told, work, trail, consumers)
        )
        # Before anything runs: uvicorn ends a process whose port is taken, and a worker
        # of jobs that is broken off so waits for them for ever.
        door = health.config.bind_socket()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(health.serve(sockets=[door]))
            url = settings.worker_database_url
            tasks.create_task(relay.run(url, broker, stream, stop, told))
            anchoring = _anchoring(settings)
            tasks.create_task(linking.run(url, service.name, anchoring, stop, trail))
            for each in consumers:
                tasks.create_task(consumer.run(each, broker, stop))
            if service.jobs is not None:
                known = service.jobs(settings)
                tasks.create_task(
                    jobs.run(url, database, service.name, known, stop, work)
                )
            await stop.wait()
            health.should_exit = True


class _HealthServer(uvicorn.Server):
    """A server whose end is the worker's to say, not a signal's."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave the signals to the worker."""
        yield


def _health(settings: ServiceSettings, reasons: Sequence[http.Check]) -> uvicorn.Server:
    app = FastAPI(openapi_url=None)
    app.include_router(http.health_router(reasons))
    return _HealthServer(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.worker_port,
            access_log=False,
            log_config=None,
            lifespan="off",
        )
    )


def _reasons(
    database: db.Database,
    broker: bus.Bus,
    told: relay.State,
    work: jobs.State,
    trail: linking.State,
    consumers: Sequence[consumer.Consumer],
) -> list[http.Check]:
    async def database_answers() -> str | None:
        return await http.answers(database)

    async def broker_answers() -> str | None:
        return None if broker.is_connected else "The broker does not answer"

    async def relay_works() -> str | None:
        return f"The relay is hindered: {told.trouble}" if told.trouble else None

    async def consumers_work() -> str | None:
        stuck = [c.subscription.durable for c in consumers if not c.state.connected]
        return f"Not consuming: {', '.join(stuck)}" if stuck else None

    async def jobs_work() -> str | None:
        return f"No job is taken up: {work.trouble}" if work.trouble else None

    async def audit_works() -> str | None:
        return f"The audit is not linked: {trail.trouble}" if trail.trouble else None

    return [
        *(database_answers, broker_answers),
        *(relay_works, consumers_work, jobs_work, audit_works),
    ]


def _anchoring(settings: ServiceSettings) -> linking.Anchoring:
    file = settings.audit_key_file
    return linking.Anchoring(
        settings.audit_dir,
        None if file is None else anchors.load_keys(file),
        timedelta(minutes=settings.audit_anchor_minutes),
    )


async def _verify_audit(
    service: Service, settings: ServiceSettings, folder: Path
) -> int:
    """Tell every fault on a line of its own, then what was looked at."""
    file = settings.audit_jwks_file
    keys = None if file is None else anchors.load_keys(file)
    found, url = verifying.Findings(), settings.worker_database_url
    async for fault in verifying.verify(url, service.name, folder, keys, found):
        sys.stdout.write(verifying.told(service.name, fault) + "\n")
    sys.stdout.write(verifying.summary(service.name, found) + "\n")
    return 1 if found.faults else 0


async def _replay(service: Service, settings: ServiceSettings) -> None:
    async with AsyncExitStack() as stack:
        database = await _opened(stack, service, settings)
        done = await replay.run(database, service.name, service.subscriptions)
    for each in done:
        _LOG.info("replayed", **asdict(each))
    if any(each.failing for each in done):
        raise SystemExit(1)


async def _restate(
    service: Service, settings: ServiceSettings, la_codes: Sequence[str]
) -> None:
    if service.restate is None:
        return
    async with AsyncExitStack() as stack:
        database = await _opened(stack, service, settings)
        actor = auth.service_actor(service.name, la_codes)
        _LOG.info("restated", events=await service.restate(database, actor))


async def _opened(
    stack: AsyncExitStack, service: Service, settings: ServiceSettings
) -> db.Database:
    database = db.Database(
        settings.worker_database_url, _WORKER_CONNECTIONS, f"{service.name}-worker"
    )
    await database.open()
    stack.push_async_callback(database.close)
    return database
