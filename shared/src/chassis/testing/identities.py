"""Fixture of the signing key, and callers as the directory would describe them."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from joserfc.jwk import ECKey, KeySet

from chassis import auth


@dataclass(frozen=True, slots=True)
class Signing:
    """A local key in the gateway's place: it signs, services verify as ever."""

    key: ECKey
    jwks_file: Path

    def token(self, actor: auth.Actor, audience: str) -> str:
        return auth.sign_internal_token(self.key, actor, audience, time.time())

    def headers(self, actor: auth.Actor, audience: str) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(actor, audience)}"}


@pytest.fixture(scope="session")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    key = new_key()
    file = tmp_path_factory.mktemp("keys") / "internal.jwks"
    public = KeySet([key]).as_dict(private=False)
    file.write_text(json.dumps(public), "utf-8")
    return Signing(key, file)


def new_key() -> ECKey:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": auth.ALGORITHM})
    key.ensure_kid()
    return key


def at_school(role: str, *school_ids: UUID, principal: str | None = None) -> auth.Actor:
    """Make a person with one role in some schools."""
    return auth.Actor(
        principal or f"{role}-of-{school_ids[0]}",
        "person",
        (auth.Grant(role, school_ids=school_ids),),
    )


def at_la(role: str, *la_codes: str, principal: str | None = None) -> auth.Actor:
    """Make a person with one role over whole LAs."""
    return auth.Actor(
        principal or f"{role}-of-{la_codes[0]}",
        "person",
        (auth.Grant(role, la_codes=la_codes),),
    )
