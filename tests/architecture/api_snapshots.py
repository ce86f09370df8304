"""`python -m tests.architecture.api_snapshots write|check [FOLDER]`: docs/api/*.json.

One OpenAPI document a service, as its application says it. It stands outside the
services because it is the one place that knows them all.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from joserfc.jwk import KeySet

from chassis.settings import ServiceSettings
from chassis.testing.identities import new_key
from gateway.app import create_app as create_gateway
from gateway.settings import GatewaySettings
from inventory.app import create_app as create_inventory
from servicedesk.app import create_app as create_servicedesk
from strategy.app import create_app as create_strategy

KEPT = Path("docs/api")


def documents() -> dict[str, str]:
    """Each service's document, rendered as it is kept."""
    with tempfile.TemporaryDirectory() as folder:
        return {
            f"{name}.json": json.dumps(document, indent=2, sort_keys=True) + "\n"
            for name, document in _described(_keys(Path(folder)))
        }


def write(folder: Path, told: dict[str, str]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in told.items():
        (folder / name).write_text(text, "utf-8")
    return 0


def check(folder: Path, told: dict[str, str]) -> int:
    """Say which kept documents are not what the services say."""
    stale = stale_documents(folder, told)
    for name in stale:
        sys.stderr.write(f"{folder / name} is not what the code says: make contracts\n")
    return 1 if stale else 0


def stale_documents(folder: Path, told: dict[str, str]) -> list[str]:
    return [
        name
        for name, text in told.items()
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text
    ]


def _keys(folder: Path) -> dict[str, Any]:
    """Settings that let an application be made; it is never started."""
    key = new_key()
    jwks, private = folder / "internal.jwks", folder / "internal-private.jwks"
    jwks.write_text(json.dumps(KeySet([key]).as_dict(private=False)), "utf-8")
    private.write_text(json.dumps(KeySet([key]).as_dict(private=True)), "utf-8")
    (folder / "session.keys").write_bytes(Fernet.generate_key())
    (folder / "client.secret").write_text("never used", "utf-8")
    return {
        "database_url": "postgresql://nobody@127.0.0.1:1/none",
        "internal_jwks_file": jwks,
        "internal_key_file": private,
        "session_key_file": folder / "session.keys",
        "portal_client_secret_file": folder / "client.secret",
    }


def _described(given: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    settings = ServiceSettings(
        database_url=given["database_url"],
        internal_jwks_file=given["internal_jwks_file"],
    )
    yield "inventory", create_inventory(settings).openapi()
    yield "servicedesk", create_servicedesk(settings).openapi()
    yield "strategy", create_strategy(settings).openapi()
    # What the gateway shows as /openapi.json is all of these merged.
    edge: Any = create_gateway(GatewaySettings(**given))
    yield "gateway", edge._app.openapi()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.architecture.api_snapshots")
    parser.add_argument("verb", choices=("write", "check"))
    parser.add_argument("folder", nargs="?", type=Path, default=KEPT)
    asked = parser.parse_args(arguments)
    verb = write if asked.verb == "write" else check
    return verb(asked.folder, documents())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
