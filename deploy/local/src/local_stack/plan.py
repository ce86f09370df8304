"""The stack as a list of parts: what runs, what each needs, and what it is told."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from chassis import provision
from chassis.embedded import nats, postgres
from local_stack import done, keycloak_server, realm, secret_files, signins
from local_stack.county import generator, register
from local_stack.part import Part
from local_stack.place import REALM, SERVICES, Place

PASSED_ON = (
    *("OTLP_ENDPOINT", "LOG_LEVEL", "POOL_SIZE"),
    *("BODY_LIMIT", "UPLOAD_LIMIT", "FILES_QUOTA", "AUDIT_ANCHOR_MINUTES"),
    *("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY"),
    *("SMTP_FROM", "SMTP_USER", "SMTP_PASSWORD_FILE"),
)
DIRECTORY_WORK, REGISTER_WORK = "directory", "register"
PEOPLE_WORK, COUNTY_WORK = "people", "county"


def make_parts(place: Place) -> list[Part]:
    """Return every part of the stack."""
    parts = [_postgres(place), _nats(place), _keycloak(place), _realm(place)]
    parts.append(_mail(place))
    for service in SERVICES:
        parts += [
            _migration(place, service),
            _api(place, service),
            _worker(place, service),
        ]
    loads = (_directory(place), _register(place), _people(place), _county(place))
    return [*parts, *loads]


def cluster(place: Place) -> postgres.Cluster:
    """Return the stack's PostgreSQL."""
    password = secret_files.password(place, "postgres-superuser")
    data_dir = place.run_dir / "postgres"
    return postgres.Cluster(data_dir, place.ports["postgres"], password)


def broker(place: Place) -> nats.Broker:
    """Return the stack's NATS, which each service signs in to by its own name."""
    return nats.Broker(
        store_dir=place.run_dir / "nats",
        port=place.ports["nats"],
        monitor_port=place.ports["nats-monitor"],
        users=tuple(_broker_user(place, service) for service in SERVICES),
    )


def service_environment(place: Place, service: str, verb: str) -> dict[str, str]:
    """Return what a process of a service is told: no more than its verb needs."""
    told = {
        "NATS_URL": broker(place).url(_broker_user(place, service)),
        "INTERNAL_JWKS_FILE": str(place.secrets_dir / secret_files.INTERNAL_JWKS),
        "HOST": "127.0.0.1",
        "PORT": str(place.ports[service]),
        "WORKER_PORT": str(place.ports[f"{service}-worker"]),
        "FILES_DIR": str(place.run_dir / "files" / service),
        "AUDIT_DIR": str(place.audit_dir),
        "AUDIT_JWKS_FILE": str(place.secrets_dir / secret_files.AUDIT_JWKS),
        "DATABASE_URL": _database_url(place, service, "app"),
    }
    if verb == "migrate":
        told["OWNER_DATABASE_URL"] = _database_url(place, service, "owner")
    elif verb != "api":
        told["WORKER_DATABASE_URL"] = _database_url(place, service, "worker")
    if verb == "worker":
        keys = place.secrets_dir / secret_files.AUDIT_KEYS
        told["AUDIT_KEY_FILE"] = str(keys)
    if service == "gateway":
        told |= _gateway_environment(place)
        told["SMTP_PORT"] = str(place.ports["mail-smtp"])
    if (service, verb) == ("gateway", "worker"):
        # Made here if need be: the worker may be there before the realm is.
        secret_files.password(place, "clients-client")
        told["CLIENTS_CLIENT_SECRET_FILE"] = str(place.secrets_dir / "clients-client")
    if service == "gateway" and verb in {"worker", "people-sync"}:
        secret_files.password(place, "people-client")
        told["PEOPLE_CLIENT_SECRET_FILE"] = str(place.secrets_dir / "people-client")
    passed = {name: os.environ.get(f"JOINEDUP_{name}") for name in PASSED_ON}
    told |= {name: value for name, value in passed.items() if value}
    return {f"JOINEDUP_{name}": value for name, value in told.items()}


def service_command(service: str, *words: str) -> list[str]:
    """Return the command that runs one verb of a service."""
    return [sys.executable, "-m", service, *words]


def stack_environment(place: Place) -> dict[str, str]:
    """Return what tells a command of ours which stack is meant."""
    return {
        "JOINEDUP_RUN_DIR": str(place.run_dir),
        "JOINEDUP_CACHE_DIR": str(place.cache_dir),
        "JOINEDUP_PORT_BASE": str(place.port_base),
        "JOINEDUP_PORT": str(place.public_port),
        "JOINEDUP_COUNTY": place.county,
    }


def provision_databases(place: Place) -> None:
    """Make every database and its roles, or bring them to what is wanted."""
    admin = cluster(place).dsn()
    for service in SERVICES:
        names = (f"postgres-{service}-{role}" for role in ("owner", "app", "worker"))
        owner, app, worker = (secret_files.password(place, name) for name in names)
        passwords = provision.Passwords(owner=owner, app=app, worker=worker)
        provision.provision_database(admin, service, passwords)
    password = secret_files.password(place, "postgres-keycloak")
    provision.provision_private_database(admin, "keycloak", password)


def _postgres(place: Place) -> Part:
    made = cluster(place)
    return Part(
        name="postgres",
        command=postgres.command(made),
        prepare=lambda: postgres.prepare(made),
        is_ready=lambda: postgres.is_ready(made),
        finish=lambda: provision_databases(place),
        stop_signal=postgres.STOP_SIGNAL,
    )


def _nats(place: Place) -> Part:
    made = broker(place)
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
        ready_seconds=180,
    )


def _realm(place: Place) -> Part:
    def is_done() -> bool:
        return done.is_done(place, realm.WORK, realm.wanted_digest(place))

    return Part(
        name="realm",
        command=[sys.executable, "-m", "local_stack", "provision-realm"],
        env=stack_environment(place),
        needs=("keycloak",),
        is_done=is_done,
    )


def _mail(place: Place) -> Part:
    port = place.ports["mail"]
    return Part(
        name="mail",
        command=[sys.executable, "-m", "local_stack", "catch-mail"],
        env=stack_environment(place),
        is_ready=lambda: keycloak_server.answers(port, "/messages.json"),
        is_alive=lambda: keycloak_server.answers(port, "/messages.json"),
    )


def _migration(place: Place, service: str) -> Part:
    work = f"migrate-{service}"
    wanted = done.digest(*_migration_texts(place, service))
    return Part(
        name=work,
        command=service_command(service, "migrate"),
        env=service_environment(place, service, "migrate"),
        needs=("postgres",),
        is_done=lambda: done.is_done(place, work, wanted),
        finish=lambda: done.remember(place, work, wanted),
    )


def _api(place: Place, service: str) -> Part:
    port = place.ports[service]
    needs = ("nats", f"migrate-{service}")
    return Part(
        name=service,
        command=service_command(service, "api"),
        env=service_environment(place, service, "api"),
        needs=(*needs, "realm") if service == "gateway" else needs,
        is_ready=lambda: keycloak_server.answers(port, "/health/ready"),
        is_alive=lambda: keycloak_server.answers(port, "/health/live"),
    )


def _worker(place: Place, service: str) -> Part:
    port = place.ports[f"{service}-worker"]
    return Part(
        name=f"{service}-worker",
        command=service_command(service, "worker"),
        env=service_environment(place, service, "worker"),
        needs=("nats", f"migrate-{service}"),
        is_ready=lambda: keycloak_server.answers(port, "/health/ready"),
        is_alive=lambda: keycloak_server.answers(port, "/health/live"),
    )


def _directory(place: Place) -> Part:
    county = generator.make_county(place.county)
    return _loading(place, DIRECTORY_WORK, generator.authorities_document(county))


def _people(place: Place) -> Part:
    county = generator.make_county(place.county)
    part = _loading(place, PEOPLE_WORK, generator.people_document(county))

    def finish() -> None:
        signins.write(place, county)
        part.finish()

    return replace(
        part,
        needs=(REGISTER_WORK, "realm"),
        is_done=lambda: part.is_done() and signins.are_written(place, county),
        finish=finish,
    )


def _loading(place: Place, work: str, told: dict[str, Any]) -> Part:
    """Load a directory document, whatever it tells of."""
    document = json.dumps(told)
    wanted = done.digest(document)
    return Part(
        name=work,
        command=service_command("gateway", "load"),
        env=service_environment(place, "gateway", "load"),
        stdin=document,
        needs=("migrate-gateway",),
        is_done=lambda: done.is_done(place, work, wanted),
        finish=lambda: done.remember(place, work, wanted),
    )


def _register(place: Place) -> Part:
    """Import the county's register as an operator would."""
    county = generator.make_county(place.county)
    folder = place.run_dir / REGISTER_WORK
    files = {
        folder / register.FILE_NAME: register.register_file(county),
        folder / register.LINKS_NAME: register.links_file(county),
    }
    wanted = done.digest(*(content.decode("cp1252") for content in files.values()))

    def write() -> None:
        folder.mkdir(exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)

    schools, links = map(str, files)
    words = ("schools-import", schools, "--links", links, "--yes")
    return Part(
        name=REGISTER_WORK,
        command=service_command("gateway", *words),
        env=service_environment(place, "gateway", "schools-import"),
        needs=(DIRECTORY_WORK,),
        prepare=write,
        is_done=lambda: done.is_done(place, REGISTER_WORK, wanted),
        finish=lambda: done.remember(place, REGISTER_WORK, wanted),
    )


def _county(place: Place) -> Part:
    everything = tuple(SERVICES) + tuple(f"{service}-worker" for service in SERVICES)
    wanted = f"{generator.SEED} {place.county}"
    return Part(
        name=COUNTY_WORK,
        command=[sys.executable, "-m", "local_stack", "seed"],
        env=stack_environment(place),
        needs=(*everything, PEOPLE_WORK),
        is_done=lambda: done.is_done(place, COUNTY_WORK, wanted),
        finish=lambda: done.remember(place, COUNTY_WORK, wanted),
    )


def _gateway_environment(place: Place) -> dict[str, str]:
    secrets_dir = place.secrets_dir
    services = {
        f"{service.upper()}_URL": f"http://127.0.0.1:{place.ports[service]}"
        for service in SERVICES[:3]
    }
    static = place.root / "services/gateway/src/gateway/portal/static"
    return services | {
        "ASSETS_DIR": str(static),
        "PUBLIC_URL": place.public_url,
        "INTERNAL_KEY_FILE": str(secrets_dir / secret_files.INTERNAL_KEYS),
        "SESSION_KEY_FILE": str(secrets_dir / secret_files.SESSION_KEYS),
        "KEYCLOAK_URL": place.keycloak_url,
        "KEYCLOAK_REALM": REALM,
        "PORTAL_CLIENT_ID": "joinedup-portal",
        "PORTAL_CLIENT_SECRET_FILE": str(secrets_dir / "portal-client"),
    }


def _broker_user(place: Place, service: str) -> nats.BrokerUser:
    others = (other for other in SERVICES if other != service)
    return nats.BrokerUser(
        name=service,
        password=secret_files.password(place, f"nats-{service}"),
        publish_denied=tuple(f"joinedup.{other}.>" for other in others),
    )


def _database_url(place: Place, service: str, role: str) -> str:
    password = secret_files.password(place, f"postgres-{service}-{role}")
    return postgres.dsn(place.ports["postgres"], service, f"{service}_{role}", password)


def _migration_texts(place: Place, service: str) -> list[str]:
    folders = (
        place.root / "shared" / "src" / "chassis" / "migrations",
        place.root / "services" / service / "src" / service / "migrations",
    )
    return [_text(file) for folder in folders for file in sorted(folder.glob("*.sql"))]


def _text(file: Path) -> str:
    return f"{file.name}\n{file.read_text(encoding='utf-8')}"
