"""The heads of the chains, kept where the database's superuser does not reach.

One file a service, added to only. A line is a signed statement (JWS, compact): which
chain was how long at which moment and with which hash, and the digest of the line
before. The signing key is not in the database.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import orjson
from joserfc import errors as jose_errors
from joserfc import jws
from joserfc.jwk import ECKey, KeySet

from chassis.audit.model import Head

ALGORITHM = "ES256"
TYPE = "joinedup-audit-anchor"
_LONGEST_LINE = 4096
_FIRST = sha256(b"joinedup audit anchors").hexdigest()


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a line of the file says."""

    line: int
    chain: str
    number: int
    hash: bytes
    at: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that cannot be trusted, and why."""

    line: int
    reason: str


def file_of(folder: Path, service: str) -> Path:
    return folder / f"{service}.anchors"


def load_keys(path: Path) -> KeySet:
    return KeySet.import_key_set(json.loads(path.read_text("utf-8")))


def append(
    path: Path, keys: KeySet, service: str, heads: Sequence[Head], now: datetime
) -> None:
    """Add a line for each head, on disk when this returns; the first key signs."""
    [key, *_] = keys.keys
    if not isinstance(key, ECKey):
        raise TypeError("the key that signs anchors is no elliptic-curve key")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _whole_end(file)
        lines: list[bytes] = []
        for head in heads:
            lines.append(_signed(key, service, head, now, last))
            last = sha256(lines[-1]).hexdigest()
        file.write(b"".join(line + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def newest(path: Path, service: str, keys: KeySet) -> dict[str, Anchor]:
    """Read the last anchor of each chain."""
    found = read(path, service, keys)
    return {each.chain: each for each in found if isinstance(each, Anchor)}


def read(path: Path, service: str, keys: KeySet) -> Iterator[Anchor | Broken]:
    """Read the file from its beginning, and trust no line without its reasons."""
    if not path.exists():
        return
    last = _FIRST
    with path.open("rb") as file:
        for number, ended in enumerate(file, start=1):
            line = ended.removesuffix(b"\n")
            if line == ended:
                # Power went while it was written: nothing was said by it yet.
                return
            yield _judged(number, line, service, keys, last)
            last = sha256(line).hexdigest()


def _judged(
    number: int, line: bytes, service: str, keys: KeySet, last: str
) -> Anchor | Broken:
    try:
        found = jws.deserialize_compact(line, keys, algorithms=[ALGORITHM])
        said = orjson.loads(found.payload)
        if found.headers().get("typ") != TYPE or said["service"] != service:
            return Broken(number, "it is no anchor of this service")
        if said["previous"] != last:
            return Broken(number, "it does not follow the line before it")
        return Anchor(
            number,
            said["chain"],
            said["number"],
            bytes.fromhex(said["hash"]),
            said["at"],
        )
    except (jose_errors.JoseError, ValueError, KeyError, TypeError):
        return Broken(number, "its signature is not ours")


def _signed(key: ECKey, service: str, head: Head, now: datetime, last: str) -> bytes:
    said = {
        "service": service,
        "chain": head.chain,
        "number": head.number,
        "hash": head.hash.hex(),
        "at": now,
        "previous": last,
    }
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.thumbprint()}
    return jws.serialize_compact(header, orjson.dumps(said), key).encode()


def _whole_end(file: BinaryIO) -> str:
    """Say the digest of the last whole line; half a line at the end is dropped."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _LONGEST_LINE)
    file.seek(start)
    text = file.read()
    whole = text.rpartition(b"\n")[0]
    if text and not text.endswith(b"\n"):
        file.truncate(start + len(whole) + 1 if whole else 0)
    return sha256(whole.rpartition(b"\n")[2]).hexdigest() if whole else _FIRST
