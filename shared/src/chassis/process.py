"""The verbs that every service has, each one process: api, worker, migrate and two
for the operator: replay (dead letters) and restate (the present state, as events).
"""

import argparse
import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI

from chassis import auth, bus, consumer, db, http, migrate, relay, telemetry
from chassis.settings import ServiceSettings

_LOG = structlog.get_logger("chassis.process")

Restate = Callable[[db.Database, auth.Actor], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Service:
    """What a service is made of; its `app` module says it once."""

    name: str
    settings: Callable[[], Any]
    create_app: Callable[[Any], Any]
    subscriptions: Sequence[consumer.Subscription] = ()
    restate: Restate | None = None
    http_protocol: Any = "httptools"


def main(service: Service) -> None:
    """Run the verb that the command line names."""
    verbs: dict[str, Callable[[Service, ServiceSettings], object]] = {
        "api": _api,
        "worker": lambda s, settings: uvloop_run(_worker(s, settings)),
        "migrate": _migrate,
        "replay": lambda s, settings: uvloop_run(_replay(s, settings)),
        "restate": lambda s, settings: uvloop_run(_restate(s, settings)),
    }
    parser = argparse.ArgumentParser(prog=f"python -m {service.name}")
    parser.add_argument("verb", choices=verbs)
    verb: str = parser.parse_args().verb
    settings: ServiceSettings = service.settings()
    telemetry.configure(
        f"{service.name}-{verb}", settings.log_level, settings.otlp_endpoint
    )
    verbs[verb](service, settings)
