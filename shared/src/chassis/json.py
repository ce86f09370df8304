"""JSON for answers: dataclasses, ids and times as they are, decimals as text."""

from decimal import Decimal

import orjson


def encode(value: object) -> bytes:
    return orjson.dumps(value, default=_other, option=orjson.OPT_UTC_Z)


def _other(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form on the wire")
