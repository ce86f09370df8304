"""Secrets that leave the process are sealed with keys that are not in the database."""

import hashlib
import hmac
from pathlib import Path

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Seal:
    """Encrypts and signs with the newest key, and reads with every key of the file."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys:
            raise ValueError("the session key file holds no key")
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._mac_keys = [
            hmac.digest(key, b"joinedup csrf token", hashlib.sha256) for key in keys
        ]
        self._return_keys = [
            hmac.digest(key, b"joinedup returned mail", hashlib.sha256) for key in keys
        ]

    @classmethod
    def from_file(cls, path: Path) -> "Seal":
        return cls(path.read_bytes().split())

    def close(self, value: dict[str, str]) -> bytes:
        return self._fernet.encrypt(orjson.dumps(value))

    def open(self, sealed: bytes, seconds: int | None = None) -> dict[str, str] | None:
        """Read what was sealed, or None where it was not by us or too long ago."""
        try:
            found: dict[str, str] = orjson.loads(self._fernet.decrypt(sealed, seconds))
        except (InvalidToken, orjson.JSONDecodeError):
            return None
        return found

    def csrf_token(self, session_hash: bytes) -> str:
        return _mac(self._mac_keys[0], session_hash)

    def is_csrf_token(self, session_hash: bytes, token: str) -> bool:
        given = token.encode("utf-8", "replace")
        return any(
            hmac.compare_digest(_mac(key, session_hash).encode(), given)
            for key in self._mac_keys
        )

    def signature(self, value: bytes) -> bytes:
        """Sign what is sent out and comes back by others; 32 bytes."""
        return hmac.digest(self._return_keys[0], value, hashlib.sha256)

    def is_signature(self, value: bytes, given: bytes) -> bool:
        """Say whether the beginning of a signature, as long as it is, is of ours."""
        return any(
            hmac.compare_digest(
                hmac.digest(key, value, hashlib.sha256)[: len(given)], given
            )
            for key in self._return_keys
        )


def _mac(key: bytes, session_hash: bytes) -> str:
    return hmac.digest(key, session_hash, hashlib.sha256).hex()
