"""How a process of a service is started, and what it is told: no more than it needs."""

import json
import os
import sys

from chassis.embedded import nats, postgres
from local_stack import secret_files
from local_stack.place import REALM, SERVICES, Place

PASSED_ON = (
    *("OTLP_ENDPOINT", "LOG_LEVEL", "POOL_SIZE"),
    "TRUSTED_PROXIES",
    *("BODY_LIMIT", "UPLOAD_LIMIT", "FILES_QUOTA", "AUDIT_ANCHOR_MINUTES"),
    *("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY"),
    *("SMTP_FROM", "SMTP_USER", "SMTP_PASSWORD_FILE", "SMTP_RETURN"),
    *("RETURNS_HOST", "RETURNS_PORT", "RETURNS_PROTOCOL"),
)


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
        told |= _mail_environment(place)
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


def _mail_environment(place: Place) -> dict[str, str]:
    mail = place.installation and place.installation.mail
    if not mail:
        return {"SMTP_PORT": str(place.ports["mail-smtp"])}
    told = {
        "SMTP_HOST": mail.host,
        "SMTP_PORT": str(mail.port),
        "SMTP_FROM": mail.sender,
        "SMTP_SECURITY": mail.security,
        "SMTP_USER": mail.user,
        "SMTP_PASSWORD_FILE": mail.password_file and str(mail.password_file),
        "SMTP_RETURN": mail.return_address,
        "RETURNS_PORT": str(place.ports["gateway-returns"]),
    }
    return {name: value for name, value in told.items() if value}


def _gateway_environment(place: Place) -> dict[str, str]:
    secrets_dir = place.secrets_dir
    services = {
        f"{service.upper()}_URL": f"http://127.0.0.1:{place.ports[service]}"
        for service in SERVICES[:3]
    }
    static = place.root / "services/gateway/src/gateway/portal/static"
    if place.is_behind_proxy:
        services["TRUSTED_PROXIES"] = json.dumps(["127.0.0.1"])
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
