"""A POST that is repeated with its `Idempotency-Key` is done once and answered twice.

The key is claimed in the caller's own transaction: two at a time, the second waits for
the first to commit and then gets its answer.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

import orjson
from fastapi import Depends, Header
from pydantic import BaseModel, TypeAdapter

from chassis import db, errors, sql

T = TypeVar("T")

_QUERIES = sql.load("chassis")


@dataclass(frozen=True, slots=True)
class _Claimed:
    fingerprint: bytes
    result: str | None


_CLAIM = _QUERIES.command("claim_idempotency_key")
_READ = _QUERIES.rows("get_idempotency_key", _Claimed)
_KEEP = _QUERIES.command("keep_idempotent_result")


class IdempotencyKeyReused(errors.Invalid):
    """The same key came with another request."""

    slug = "idempotency-key-reused"
    title = "This Idempotency-Key was used for a different request"


async def idempotency_key(
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=128,
            pattern=r"^[\x21-\x7e]+$",
            description="Makes a repeat of this request safe for a day.",
        ),
    ] = None,
) -> str | None:
    return idempotency_key


IdempotencyKey = Annotated[str | None, Depends(idempotency_key)]


async def earlier(
    tx: db.Tx, key: str | None, command: object, kind: type[T]
) -> T | None:
    """Claim the key for a command; return the first answer if there was one.

    Raises:
        IdempotencyKeyReused: the key belongs to another command.
    """
    if key is None:
        return None
    named = {"idempotency_key": key, "fingerprint": _fingerprint(command)}
    if await tx.run(_CLAIM, named):
        return None
    claimed = await tx.one(_READ, named)
    if claimed.fingerprint != named["fingerprint"]:
        raise IdempotencyKeyReused
    return TypeAdapter(kind).validate_json(claimed.result or "null")


async def keep(tx: db.Tx, key: str | None, result: object) -> None:
    """Keep what this key's repeats will be answered with."""
    if key is not None:
        kept = orjson.dumps(result).decode()
        tx.at_end(_KEEP, {"idempotency_key": key, "result": kept})


def _fingerprint(command: object) -> bytes:
    said = orjson.dumps(command, default=_plain, option=orjson.OPT_SORT_KEYS)
    return sha256(type(command).__qualname__.encode() + said).digest()


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        # Not by orjson: what was sent may hold whole numbers of any length.
        said = json.dumps(value.model_dump(mode="json"), sort_keys=True)
        return orjson.Fragment(said)
    raise TypeError(f"{type(value).__name__} cannot be told apart from another")
