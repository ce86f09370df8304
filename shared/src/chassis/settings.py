"""What a service is told from outside: environment variables `JOINEDUP_*`, frozen."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """Settings that every service has; a service adds its own in its `settings.py`."""

    model_config = SettingsConfigDict(env_prefix="JOINEDUP_", frozen=True)

    database_url: str
    """PostgreSQL as the app role: under row-level security, owner of nothing."""
    worker_database_url: str = ""
    """PostgreSQL as the worker role, for the relay and the consumers."""
    owner_database_url: str = ""
    """PostgreSQL as the owner, for migrations only."""
    nats_url: str = "nats://127.0.0.1:20422"
    internal_jwks_file: Path
    """Public keys (a JWK set) that verify the gateway's internal tokens."""
    host: str = "127.0.0.1"
    port: int = 20001
    worker_port: int = 20011
    """Where the worker answers for its health."""
    pool_size: int = 8
    otlp_endpoint: str | None = None
    """OTLP/HTTP collector; without it nothing is recorded or sent."""
    log_level: str = "INFO"
    body_limit: int = 1 << 20
    """Bytes of a request body; more is answered 413."""
    upload_limit: int = 100 << 20
    """Bytes of a body that brings files, where an address takes them."""
    files_dir: Path = Path(".run/files")
    """Where the files of this service lie; part of its backup, as its database is."""
    files_quota: int = 5 << 30
    """Bytes of files that one LA may keep here."""
    audit_dir: Path = Path(".run/audit")
    """Where the heads of the audit's chains are anchored: not where the database is."""
    audit_key_file: Path | None = None
    """Private JWK set (ES256) that signs anchors, for the worker; without it, none."""
    audit_jwks_file: Path | None = None
    """Public keys (a JWK set) that verify anchors."""
    audit_anchor_minutes: float = 15
    """How often a head that has moved is anchored, beside each start and stop."""
