"""Facts leave by the outbox: inserted in the transaction that makes them true.

Nothing else ever publishes. The row is numbered after the thing's own row was locked
and its version counted up, so the order of the outbox is the order of each thing.
"""

from collections.abc import Sequence
from uuid import UUID

import orjson
from opentelemetry.trace.propagation import tracecontext

from chassis import db, sql
from contracts import event

_QUERIES = sql.load("chassis")
_ENQUEUE = _QUERIES.command("enqueue_event")
_ENQUEUE_MANY = _QUERIES.command("enqueue_events")
_PROPAGATOR = tracecontext.TraceContextTextMapPropagator()


async def enqueue(tx: db.Tx, fact: event.Event) -> None:
    """Say a fact, if and only if this transaction commits."""
    row = _row(fact)
    row["data"] = fact.model_dump_json()
    row["traceparent"] = _traceparent()
    tx.at_end(_ENQUEUE, row)


async def enqueue_many(tx: db.Tx, facts: Sequence[event.Event]) -> None:
    """Say many facts with one statement, in their order."""
    if not facts:
        return
    rows = [
        {**_row(fact), "data": orjson.Fragment(fact.model_dump_json())}
        for fact in facts
    ]
    said = {"facts": orjson.dumps(rows).decode(), "traceparent": _traceparent()}
    tx.at_end(_ENQUEUE_MANY, said)


def _row(fact: event.Event) -> dict[str, str | int | UUID | None]:
    name = event.name_of(type(fact))
    return {
        "type": name.type,
        "subject": name.subject(fact.la_code),
        "la_code": fact.la_code,
        "school_id": fact.school_id,
        "entity_id": fact.entity_id,
        "entity_version": fact.entity_version,
    }


def _traceparent() -> str | None:
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier)
    return carrier.get("traceparent")
