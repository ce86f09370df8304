"""Brings a service's database to the newest schema: plain SQL, forward only."""

# yoyo leaves its arguments untyped.
# pyright: reportUnknownVariableType=false

from importlib import resources
from pathlib import Path

from yoyo import get_backend, read_migrations
from yoyo.migrations import MigrationList


def migrations(service: str) -> MigrationList:
    """The chassis' migrations, then the service's own, in order."""
    found = read_migrations(
        *(str(_folder(package)) for package in ("chassis", service))
    )
    return MigrationList(list(found))


def migrate(url: str, service: str) -> int:
    """Apply what is missing under an advisory lock; return how many were applied."""
    backend = get_backend(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with backend, backend.lock():
        missing = backend.to_apply(migrations(service))
        count = len(missing)
        backend.apply_migrations(missing)
    return count


def _folder(package: str) -> Path:
    with resources.as_file(resources.files(package) / "migrations") as folder:
        return folder
