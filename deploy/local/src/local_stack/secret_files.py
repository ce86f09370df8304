"""Every secret of a stack is made at random once and kept in a file of our own."""

import json
import os
import secrets
import string
from pathlib import Path

from cryptography.fernet import Fernet
from joserfc.jwk import ECKey, KeySet

from local_stack.place import Place

PASSWORD_ALPHABET = string.ascii_letters + string.digits
INTERNAL_KEYS = "internal-keys.json"
INTERNAL_JWKS = "internal-jwks.json"
AUDIT_KEYS = "audit-keys.json"
AUDIT_JWKS = "audit-jwks.json"
SESSION_KEYS = "session-keys"


def password(place: Place, name: str) -> str:
    """Return a named password, made when it is first asked for."""
    path = place.secrets_dir / name
    if not path.exists():
        write(path, "".join(secrets.choice(PASSWORD_ALPHABET) for _ in range(24)))
    return path.read_text(encoding="utf-8").strip()


def ensure_keys(place: Place) -> None:
    """Make what signs tokens, anchors and sessions, unless it is there."""
    for private, public in ((INTERNAL_KEYS, INTERNAL_JWKS), (AUDIT_KEYS, AUDIT_JWKS)):
        if not (place.secrets_dir / public).exists():
            _make_signing_key(place, private, public)
    session_keys = place.secrets_dir / SESSION_KEYS
    if not session_keys.exists():
        write(session_keys, Fernet.generate_key().decode())


def write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _make_signing_key(place: Place, private: str, public: str) -> None:
    key = ECKey.generate_key(
        "P-256", {"use": "sig", "alg": "ES256"}, private=True, auto_kid=True
    )
    keys = KeySet([key])
    write(place.secrets_dir / private, json.dumps(keys.as_dict(private=True)))
    write(place.secrets_dir / public, json.dumps(keys.as_dict(private=False)))
