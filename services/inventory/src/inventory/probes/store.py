"""The tables of what was measured and tested: one function per query."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis import db, json, paging, sql
from chassis.paging import BadCursor, Page, PageRequest
from inventory.probes import model
from inventory.probes.model import FailoverTest, Measurement

_QUERIES = sql.load("inventory.probes")
_INSERT_MEASUREMENTS = _QUERIES.rows("insert_measurements", Measurement)
_MEASUREMENTS = _QUERIES.rows("list_measurements", Measurement)
_INSERT_TEST = _QUERIES.rows("insert_test", FailoverTest)
_TESTS = _QUERIES.rows("list_tests", FailoverTest)
_RESTATE_MEASUREMENTS = _QUERIES.rows("restate_measurements", Measurement)
_RESTATE_TESTS = _QUERIES.rows("restate_tests", FailoverTest)
_MEASURED, _TESTED = "-measured_at", "-tested_on"


async def insert_measurements(
    tx: db.Tx, whose: Mapping[str, Any], items: Sequence[object]
) -> list[Measurement]:
    """Store what is new of them, and return that."""
    told = {**whose, "items": json.encode(items).decode()}
    return await tx.all(_INSERT_MEASUREMENTS, told)


async def list_measurements(
    tx: db.Tx, circuit_id: UUID, page: PageRequest
) -> Page[Measurement]:
    at, after_id = page.key(_MEASURED, (int, str))
    asked = {
        "circuit_id": circuit_id,
        "after_at": _moment_of(at),
        "after_id": paging.uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_MEASUREMENTS, asked)
    return page.page(
        rows,
        _MEASURED,
        lambda last: (model.microseconds_of(last.measured_at), last.measurement_id),
    )


async def insert_test(tx: db.Tx, values: Mapping[str, Any]) -> FailoverTest:
    return await tx.one(_INSERT_TEST, values)


async def list_tests(
    tx: db.Tx, circuit_id: UUID, page: PageRequest
) -> Page[FailoverTest]:
    day, after_id = page.key(_TESTED, (str, str))
    asked = {
        "circuit_id": circuit_id,
        "after_on": _day_of(day),
        "after_id": paging.uuid_of(after_id),
        "page_size": page.page_size,
    }
    rows = await tx.all(_TESTS, asked)
    return page.page(rows, _TESTED, lambda last: (last.tested_on, last.test_id))


async def restate_measurements(
    tx: db.Tx, after_id: UUID, page_size: int
) -> list[Measurement]:
    asked = {"after_id": after_id, "page_size": page_size}
    return await tx.all(_RESTATE_MEASUREMENTS, asked)


async def restate_tests(
    tx: db.Tx, after_id: UUID, page_size: int
) -> list[FailoverTest]:
    return await tx.all(_RESTATE_TESTS, {"after_id": after_id, "page_size": page_size})


def _moment_of(key: str | int | None) -> datetime | None:
    """Read a key that is a moment.

    Raises:
        BadCursor: it is none.
    """
    if key is None:
        return None
    try:
        return model.moment_of(int(key))
    except OverflowError as wrong:
        raise BadCursor from wrong


def _day_of(key: str | int | None) -> date | None:
    """Read a key that is a day.

    Raises:
        BadCursor: it is none.
    """
    if key is None:
        return None
    try:
        return date.fromisoformat(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong
