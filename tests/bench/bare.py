"""The limit: the same page from one file, with no gateway, no scope and no telling.

Its role sees every row, so the Local Authorities are a plain condition of the query.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Query, Request, Response
from psycopg import AsyncConnection
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from chassis import sql
from inventory.assets.model import Asset

_QUERIES = sql.load("inventory.assets")
_PAGE = _QUERIES.rows("list_assets_by_tag", Asset).text
_MINE = _PAGE.replace("WHERE", "WHERE asset.la_code = ANY(%(las)s::text[]) AND", 1)
_NOTHING = ("school_urn", "category", "status", "q", "after_key", "after_id")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    async with AsyncConnectionPool[AsyncConnection[DictRow]](
        os.environ["BENCH_DATABASE_URL"],
        min_size=8,
        max_size=8,
        open=False,
        kwargs={"autocommit": True, "row_factory": dict_row},
    ) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=_lifespan, openapi_url=None)


@app.get("/assets")
async def list_assets(
    request: Request,
    la: Annotated[list[str], Query()],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    values: dict[str, Any] = dict.fromkeys(_NOTHING)
    values |= {"las": la, "page_size": limit + 1}
    async with request.app.state.pool.connection() as connection:
        rows = await (await connection.execute(_MINE, values)).fetchall()
    answer = {"items": rows[:limit], "next": None}
    return Response(
        orjson.dumps(answer, option=orjson.OPT_UTC_Z), media_type="application/json"
    )
