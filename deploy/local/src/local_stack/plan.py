"""The stack as a list of parts: what runs, what each needs, and what it is told."""

import sys
from pathlib import Path

from chassis import provision
from chassis.embedded import child, nats, postgres
from local_stack import (
    done,
    keycloak_server,
    loads,
    realm,
    secret_files,
    services,
)
from local_stack.part import Part
from local_stack.place import SERVICES, Place


def make_parts(place: Place) -> list[Part]:
    """Return every part of the stack."""
    parts = [_postgres(place), _nats(place), _keycloak(place), _realm(place)]
    if place.sends_nothing:
        parts.append(_mail(place))
    for service in SERVICES:
        parts += [
            _migration(place, service),
            _api(place, service),
            _worker(place, service),
        ]
    if place.takes_mail_back:
        parts.append(_returns(place))
    return [*parts, *loads.make_parts(place)]


def provision_databases(place: Place) -> None:
    """Make every database and its roles, or bring them to what is wanted."""
    admin = services.cluster(place).dsn()
    for service in SERVICES:
        names = (f"postgres-{service}-{role}" for role in ("owner", "app", "worker"))
        owner, app, worker = (secret_files.password(place, name) for name in names)
        passwords = provision.Passwords(owner=owner, app=app, worker=worker)
        provision.provision_database(admin, service, passwords)
    password = secret_files.password(place, "postgres-keycloak")
    provision.provision_private_database(admin, "keycloak", password)


def _postgres(place: Place) -> Part:
    made = services.cluster(place)
    return Part(
        name="postgres",
        command=postgres.command(made),
        prepare=lambda: postgres.prepare(made),
        is_ready=lambda: postgres.is_ready(made),
        finish=lambda: provision_databases(place),
        stop_signal=postgres.STOP_SIGNAL,
    )


def _nats(place: Place) -> Part:
    made = services.broker(place)
    return Part(
        name="nats",
        command=nats.command(made),
        prepare=lambda: nats.write_config(made),
        is_ready=lambda: nats.is_ready(made),
        is_alive=lambda: nats.is_ready(made),
        stop_signal=nats.STOP_SIGNAL,
    )


def _keycloak(place: Place) -> Part:
    return Part(
        name="keycloak",
        command=keycloak_server.command(place),
        env=keycloak_server.environment(place),
        needs=("postgres",),
        is_ready=lambda: keycloak_server.is_ready(place),
        ready_seconds=600,
    )


def _realm(place: Place) -> Part:
    def is_done() -> bool:
        return done.is_done(place, realm.WORK, realm.wanted_digest(place))

    return Part(
        name="realm",
        command=[sys.executable, "-m", "local_stack", "provision-realm"],
        env=services.stack_environment(place),
        needs=("keycloak",),
        is_done=is_done,
    )


def _mail(place: Place) -> Part:
    port = place.ports["mail"]
    return Part(
        name="mail",
        command=[sys.executable, "-m", "local_stack", "catch-mail"],
        env=services.stack_environment(place),
        is_ready=lambda: keycloak_server.answers(port, "/messages.json"),
        is_alive=lambda: keycloak_server.answers(port, "/messages.json"),
    )


def _migration(place: Place, service: str) -> Part:
    work = f"migrate-{service}"
    wanted = done.digest(*_migration_texts(place, service))
    return Part(
        name=work,
        command=services.service_command(service, "migrate"),
        env=services.service_environment(place, service, "migrate"),
        needs=("postgres",),
        is_done=lambda: done.is_done(place, work, wanted),
        finish=lambda: done.remember(place, work, wanted),
    )


def _api(place: Place, service: str) -> Part:
    port = place.ports[service]
    needs = ("nats", f"migrate-{service}")
    return Part(
        name=service,
        command=services.service_command(service, "api"),
        env=services.service_environment(place, service, "api"),
        needs=(*needs, "realm") if service == "gateway" else needs,
        is_ready=lambda: keycloak_server.answers(port, "/health/ready"),
        is_alive=lambda: keycloak_server.answers(port, "/health/live"),
    )


def _worker(place: Place, service: str) -> Part:
    port = place.ports[f"{service}-worker"]
    return Part(
        name=f"{service}-worker",
        command=services.service_command(service, "worker"),
        env=services.service_environment(place, service, "worker"),
        needs=("nats", f"migrate-{service}"),
        is_ready=lambda: keycloak_server.answers(port, "/health/ready"),
        is_alive=lambda: keycloak_server.answers(port, "/health/live"),
    )


def _returns(place: Place) -> Part:
    """What takes in mail that could not be delivered."""
    port = place.ports["gateway-returns"]
    return Part(
        name="gateway-returns",
        command=services.service_command("gateway", "returned-mail"),
        env=services.service_environment(place, "gateway", "returned-mail"),
        needs=("migrate-gateway",),
        is_ready=lambda: child.listens(port),
        is_alive=lambda: child.listens(port),
    )


def _migration_texts(place: Place, service: str) -> list[str]:
    folders = (
        place.root / "shared" / "src" / "chassis" / "migrations",
        place.root / "services" / service / "src" / service / "migrations",
    )
    return [_text(file) for folder in folders for file in sorted(folder.glob("*.sql"))]


def _text(file: Path) -> str:
    return f"{file.name}\n{file.read_text(encoding='utf-8')}"
