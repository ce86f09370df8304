"""The limits: the same answers from one file, with no gateway, no scope and no telling.

Its role sees every row, so the statement's own places are all that bounds it.
What takes a search in the product is asked for here by its keys.
"""

import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated, Any, LiteralString

import orjson
from fastapi import FastAPI, Query, Request, Response
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from chassis import sql
from inventory.assets.model import Asset

Connections = AsyncConnectionPool[AsyncConnection[DictRow]]
_DATABASES = ("inventory", "gateway", "strategy")
_QUERIES = sql.load("inventory.assets")
_PAGE = _QUERIES.rows("list_assets_by_tag", Asset).text
_ANY = (
    *("la_code", "school_urn", "category", "status", "room", "parts"),
    *("warranty_by", "after_key", "after_id"),
)
_NOWHERE: dict[str, list[str]] = {"la_codes": [], "school_ids": []}
_SCHOOLS = """
SELECT s.*, l.name AS la_name, l.region_code
FROM school AS s JOIN local_authority AS l USING (la_code)
WHERE s.urn = ANY(%(urns)s) ORDER BY s.name, s.urn
"""
_COMPARED = """
SELECT s.school_id, s.urn, s.name, s.phase, s.pupils, d.devices, t.open_tickets
FROM school AS s
LEFT JOIN device_count AS d USING (la_code, school_id)
LEFT JOIN open_ticket_count AS t USING (la_code, school_id)
WHERE s.la_code = %(la_code)s AND s.status <> 'closed'
"""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    async with AsyncExitStack() as stack:
        pools: dict[str, Connections] = {}
        for name in _DATABASES:
            pool = Connections(
                os.environ[f"BENCH_{name.upper()}_URL"],
                min_size=8,
                max_size=8,
                open=False,
                kwargs={"autocommit": True, "row_factory": dict_row},
            )
            pools[name] = await stack.enter_async_context(pool)
        app.state.pools = pools
        yield


app = FastAPI(lifespan=_lifespan, openapi_url=None)


@app.get("/assets")
async def list_assets(
    request: Request,
    la: Annotated[list[str], Query()],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    values: dict[str, Any] = {**dict.fromkeys(_ANY), **_NOWHERE}
    values |= {"whole_las": la, "page_size": limit + 1}
    rows = await _rows(request, "inventory", _PAGE, values)
    return _answer(rows[:limit])


@app.get("/schools")
async def list_schools(
    request: Request, urn: Annotated[list[int], Query()]
) -> Response:
    return _answer(await _rows(request, "gateway", _SCHOOLS, {"urns": urn}))


@app.get("/comparison")
async def compare(request: Request, la: Annotated[str, Query()]) -> Response:
    return _answer(await _rows(request, "strategy", _COMPARED, {"la_code": la}))


async def _rows(
    request: Request, database: str, statement: LiteralString, values: Mapping[str, Any]
) -> list[DictRow]:
    pools: Mapping[str, Connections] = request.app.state.pools
    async with pools[database].connection() as connection:
        return await (await connection.execute(statement, values)).fetchall()


def _answer(rows: list[DictRow]) -> Response:
    answer = {"items": rows, "next": None}
    return Response(
        orjson.dumps(answer, default=str, option=orjson.OPT_UTC_Z),
        media_type="application/json",
    )
