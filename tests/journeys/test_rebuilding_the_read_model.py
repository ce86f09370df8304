"""A reader that lost everything, and streams that are empty: it is all said again."""

import asyncio
from typing import Any

import nats
import psycopg

from chassis.testing.databases import EMPTY_BUT_FOR_THE_RECORD
from local_stack import services
from tests.stack import Stack, eventually

SOURCES = ("gateway", "inventory", "servicedesk")
LAS = ("990", "991")


def comparisons(stack: Stack) -> list[dict[str, Any]]:
    """Read both LAs' comparisons, but for how fresh they are."""
    with stack.client() as api:
        answers = [
            api.get("/api/strategy/v1/benchmarks", params={"la_code": la}) for la in LAS
        ]
    return [
        {k: v for k, v in answer.json().items() if k != "as_of"} for answer in answers
    ]


async def purge(stack: Stack) -> None:
    for service in SOURCES:
        told = services.service_environment(stack.place, service, "worker")
        connection = await nats.connect(told["JOINEDUP_NATS_URL"])  # pyright: ignore[reportUnknownMemberType]
        await connection.jetstream().purge_stream(service.upper())
        await connection.close()


def test_a_rebuild_from_an_empty_stream_gives_the_same_comparison(
    stack: Stack,
) -> None:
    before = comparisons(stack)
    assert all(each["schools"] for each in before)

    asyncio.run(purge(stack))
    with psycopg.connect(services.cluster(stack.place).dsn("strategy")) as strategy:
        strategy.execute(EMPTY_BUT_FOR_THE_RECORD)
    assert comparisons(stack) != before
    for service in SOURCES:
        stack.run("events", "restate", service, *LAS)

    eventually(lambda: comparisons(stack) == before)
