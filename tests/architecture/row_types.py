"""Whether a column's type fits what a row's field says of it, roughly."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin
from uuid import UUID

_STORED: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "bytea": (bytes,),
    "date": (date,),
    "float8": (float,),
    "int2": (int,),
    "int4": (int,),
    "int8": (int,),
    "json": (dict, list, object),
    "jsonb": (dict, Mapping, list, object),
    "numeric": (Decimal,),
    "text": (str,),
    "timestamptz": (datetime,),
    "uuid": (UUID,),
    "void": (NoneType,),
}


def _python_types(hint: Any) -> set[Any]:
    """Flatten an annotation into the plain types that it admits."""
    if isinstance(hint, NewType):
        return _python_types(hint.__supertype__)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return {kind for part in get_args(hint) for kind in _python_types(part)}
    if origin is Literal:
        return {type(value) for value in get_args(hint)}
    return {origin or hint}


def fits(column: str, hint: Any) -> bool:
    admitted = _python_types(hint)
    if column.endswith("[]"):
        return bool(admitted & {list, tuple, object, Any})
    return bool(admitted & {*_STORED[column], Any})
